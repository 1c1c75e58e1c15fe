"""Lengths, areas and circles on the ellipsoid of WGS 84, by Karney's geodesics.

C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 43-55 (2013), as PROJ has them. Between
two places runs the shortest line on the ellipsoid. Places are degrees, finite and on the earth.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from paser_command.geo import LonLat, Ring

if TYPE_CHECKING:
    from pyproj import Geod

CIRCLE_STEPS = 96
"""How many places stand round a circle: the chord is 0.05 % nearer to the centre at its middle."""


class Course(NamedTuple):
    """From one place to another: metres, and the azimuth of the start, 0 to 360 from north."""

    metres: float
    azimuth_deg: float


def course(start: LonLat, end: LonLat) -> Course:
    """Return how far it is and where it goes; the azimuth of no way at all is nobody's to use."""
    azimuth, _, metres = _wgs84().inv(*start, *end)
    return Course(float(metres), float(azimuth) % 360.0)


def length_m(places: Sequence[LonLat]) -> float:
    """Return the length of the line through the places, in metres."""
    if len(places) < 2:
        return 0.0
    lons, lats = zip(*places, strict=True)
    return float(_wgs84().line_length(lons, lats))


def area_m2(ring: Sequence[LonLat]) -> float:
    """Return the area inside a ring, closed or not, in square metres; its turn does not matter.

    Where the ring crosses itself, parts that turn against each other are taken off one another.
    """
    if len(ring) < 3:
        return 0.0
    lons, lats = zip(*ring, strict=True)
    area, _ = _wgs84().polygon_area_perimeter(lons, lats)
    return abs(float(area))


def circle(centre: LonLat, radius_m: float, steps: int = CIRCLE_STEPS) -> Ring:
    """Return places round the circle at the distance from its centre, closed."""
    lons, lats = [centre[0]] * steps, [centre[1]] * steps
    azimuths = [360.0 * step / steps for step in range(steps)]
    east, north, _ = _wgs84().fwd(lons, lats, azimuths, [radius_m] * steps)
    ring = tuple(zip(east, north, strict=True))
    return (*ring, ring[0])


@cache
def _wgs84() -> "Geod":
    # PROJ is loaded by the first who measures: it would cost the console a part of its start.
    from pyproj import Geod

    return Geod(ellps="WGS84")
