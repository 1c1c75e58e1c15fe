"""Places on the earth: degrees in WGS 84, distances, and plain geometries."""

import math
from collections.abc import Iterable
from typing import Literal

import msgspec

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth in metres (IUGG)."""

MERCATOR_LIMIT_DEG = 85.051128779806604
"""Latitude at which EPSG:3857 is square."""

LonLat = tuple[float, float]
Ring = tuple[LonLat, ...]


class Geometry(msgspec.Struct, frozen=True):
    """Points, lines or areas as rings of (longitude, latitude) in degrees.

    "point": each ring is one position. "line": each ring is one line. "area": rings are closed and
    filled by the even-odd rule, so that several areas, and holes in them, are one flat list.
    """

    kind: Literal["point", "line", "area"]
    rings: tuple[Ring, ...]


class Circle(msgspec.Struct, frozen=True):
    """A circle on the ground: centre in degrees, radius in metres."""

    lon: float
    lat: float
    radius_m: float


class Box(msgspec.Struct, frozen=True):
    """A box of longitudes and latitudes in degrees; it does not cross the antimeridian."""

    west: float
    south: float
    east: float
    north: float


def is_place(lon: float, lat: float) -> bool:
    """Tell whether the numbers are finite degrees that lie on the earth."""
    return -180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the great-circle distance in metres (haversine; within 0.6 % of the ellipsoid)."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    half_lat = math.sin((b - a) / 2)
    half_lon = math.sin(math.radians(lon_b - lon_a) / 2)
    chord = half_lat * half_lat + math.cos(a) * math.cos(b) * half_lon * half_lon
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def bounds(rings: Iterable[Ring]) -> Box | None:
    """Return the box of all positions, or None where there are none."""
    places = [place for ring in rings for place in ring]
    if not places:
        return None
    lons, lats = zip(*places, strict=True)
    return Box(min(lons), min(lats), max(lons), max(lats))


def middle_of(geometry: Geometry | None) -> LonLat | None:
    """Return where to go for a shape: a line's middle place, else the middle of its box."""
    if geometry is None or not geometry.rings:
        return None
    if geometry.kind == "line":
        line = geometry.rings[0]
        return line[len(line) // 2] if line else None
    box = bounds(geometry.rings)
    return ((box.west + box.east) / 2, (box.south + box.north) / 2) if box else None
