"""The gazetteer: districts, towns and rivers that the program knows by name."""

import json
from importlib.resources import files
from typing import Any

import msgspec

from paser_command.picture.summary import Summary

DISTRICT = "district"
TOWN = "town"
RIVER = "river"


class Place(msgspec.Struct, frozen=True):
    """A place that is not in the picture: its kind, name and position.

    `codes` are those of a district, Kemendagri's and BPS'. Where a place is `approximate` nobody
    has surveyed the position: a district's seat without a source, the middle of a drawn river.
    """

    kind: str
    name: str
    lon: float
    lat: float
    district: str = ""
    codes: tuple[str, ...] = ()
    approximate: bool = False


def shipped_places() -> tuple[Place, ...]:
    """Return the places of Paser that the program ships."""
    path = files("paser_resources") / "basemap" / "places.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    districts = [place for entry in known["districts"] for place in _of_district(entry)]
    return (*districts, *(_of_river(entry) for entry in known["rivers"]))


def findable_place(place: Place) -> Summary:
    """Return the place as one that can be searched for by its name and its codes."""
    return Summary(
        kind=place.kind,
        key=place.codes[0] if place.codes else place.name,
        name=place.name,
        words=" ".join((place.district, *place.codes)),
        lon=place.lon,
        lat=place.lat,
        district=place.district,
    )


def _of_district(entry: dict[str, Any]) -> tuple[Place, Place]:
    """Return the district, which stands at its seat, and the seat."""
    where = (entry["lon"], entry["lat"])
    codes, approximate = (entry["code"], entry["bps"]), entry["approximate"]
    district = Place(DISTRICT, entry["name"], *where, "", codes, approximate)
    return district, Place(TOWN, entry["seat"], *where, entry["name"], (), approximate)


def _of_river(entry: dict[str, Any]) -> Place:
    lon, lat = entry["line"][len(entry["line"]) // 2]
    return Place(RIVER, entry["name"], lon, lat, approximate=True)
