"""What the map knows of a site by itself: where home is, and what is named there."""

import math
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from paser_command.areas import Area
from paser_command.geo import Box, Geometry, LonLat, bounds, middle_of
from paser_command.stand.gazetteer import Gazetteer, Town
from paser_command.stand.paser import PASER_BOX, is_in_paser, paser_districts, paser_known

DISTRICT = "district"
TOWN = "town"
RIVER = "river"

HALF_HOME_DEG = 0.25
"""Without districts home reaches so far north and south of the site's place: 28 km."""

ARCHIPELAGO = Box(95.0, -11.0, 141.0, 6.0)
"""Home of a journal of which nobody says where it is from."""

_MOST_TOWNS = 60
_TOWNS_ACROSS = 14
"""Of towns nearer to one another than this part of home the largest alone is named."""


class Place(msgspec.Struct, frozen=True):
    """A place that is not in the picture: its kind, name and position.

    `codes` are those of a district: its own, in Paser Kemendagri's and BPS'. Where a place is
    `approximate` nobody has surveyed the position: a district's seat without a source, the middle
    of a district or of a drawn river.
    """

    kind: str
    name: str
    lon: float
    lat: float
    district: str = ""
    codes: tuple[str, ...] = ()
    approximate: bool = False


class Stand(msgspec.Struct, frozen=True, eq=False):
    """A site on the map. `place` and the ends of `home` are degrees, `rivers` are drawn by hand.

    `schematic` says that the districts follow no official boundary.
    """

    place: LonLat
    home: Box
    districts: tuple[Area, ...] = ()
    schematic: bool = False
    rivers: tuple[tuple[LonLat, ...], ...] = ()
    places: tuple[Place, ...] = ()


def stand_of(lon: float, lat: float, districts: tuple[Area, ...], *, schematic: bool) -> Stand:
    """Return the stand of a site at a place in degrees with these districts.

    Home is the extent of the districts, else a box about the place. Towns come from the gazetteer.
    """
    if is_in_paser(lon, lat):
        return _paser(lon, lat, districts, schematic=schematic)
    home = _extent(districts) or _about(lon, lat)
    towns = islice(_apart(Gazetteer.shipped().within(home), home), _MOST_TOWNS)
    places = (*_middles(districts), *(Place(TOWN, one.name, one.lon, one.lat) for one in towns))
    return Stand((lon, lat), home, districts, schematic, (), places)


def paser_stand() -> Stand:
    """Return the stand of Paser with the schematic districts: that of every exercise."""
    lon, lat = _middle(PASER_BOX)
    return _paser(lon, lat, paser_districts(), schematic=True)


def unknown_stand() -> Stand:
    """Return the stand where nobody says where the site is: all of Indonesia, nothing named."""
    return Stand(_middle(ARCHIPELAGO), ARCHIPELAGO)


def _paser(lon: float, lat: float, districts: tuple[Area, ...], *, schematic: bool) -> Stand:
    known = paser_known()
    seats = [place for entry in known["districts"] for place in _of_district(entry)]
    rivers = tuple(tuple((x, y) for x, y in river["line"]) for river in known["rivers"])
    if not schematic:
        towns = (place for place in seats if place.kind == TOWN)
        seats = [*_middles(districts), *towns]
    places = (*seats, *(_of_river(entry["name"], entry["line"]) for entry in known["rivers"]))
    home = PASER_BOX if schematic else _extent(districts) or PASER_BOX
    return Stand((lon, lat), home, districts, schematic, rivers, places)


def _of_district(entry: dict[str, object]) -> tuple[Place, Place]:
    """Return the district, which stands at its seat, and the seat."""
    told = msgspec.convert(entry, _District)
    district = Place(
        DISTRICT, told.name, told.lon, told.lat, "", (told.code, told.bps), told.approximate
    )
    return district, Place(TOWN, told.seat, told.lon, told.lat, told.name, (), told.approximate)


class _District(msgspec.Struct):
    code: str
    bps: str
    name: str
    seat: str
    lon: float
    lat: float
    approximate: bool


def _of_river(name: str, line: list[list[float]]) -> Place:
    lon, lat = line[len(line) // 2]
    return Place(RIVER, name, lon, lat, approximate=True)


def _middles(districts: Iterable[Area]) -> Iterator[Place]:
    for area in districts:
        middle = middle_of(area.geometry)
        if middle is not None:
            yield Place(DISTRICT, area.name, *middle, "", (area.key,), approximate=True)


def _apart(towns: Iterable[Town], home: Box) -> Iterator[Town]:
    """Give the towns, the largest first, that no larger one stands close to."""
    least_lon = (home.east - home.west) / _TOWNS_ACROSS
    least_lat = (home.north - home.south) / _TOWNS_ACROSS
    given: list[Town] = []
    for town in towns:
        near = (
            abs(town.lon - o.lon) < least_lon and abs(town.lat - o.lat) < least_lat for o in given
        )
        if not any(near):
            given.append(town)
            yield town


def _extent(districts: Iterable[Area]) -> Box | None:
    geometries: list[Geometry] = [area.geometry for area in districts]
    return bounds(ring for geometry in geometries for ring in geometry.rings)


def _about(lon: float, lat: float) -> Box:
    """Return the box about a place that is as wide on the ground as it is high."""
    half_lon = HALF_HOME_DEG / max(0.2, math.cos(math.radians(lat)))
    return Box(
        max(-180.0, lon - half_lon),
        max(-85.0, lat - HALF_HOME_DEG),
        min(180.0, lon + half_lon),
        min(85.0, lat + HALF_HOME_DEG),
    )


def _middle(box: Box) -> LonLat:
    return (box.west + box.east) / 2, (box.south + box.north) / 2
