"""Geometries of GeoJSON (RFC 7946) as ours: longitude first, rings closed, few kinds."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from paser_command.api import Geometry, ParseError, Ring, closed_ring, geojson, place_of

_COVERING: tuple[Literal["area", "line", "point"], ...] = ("area", "line", "point")

MOST_POSITIONS = 200_000
"""Most positions of one geometry."""


class GeometryCollection(msgspec.Struct, tag=True):
    """Geometries of several kinds of one thing: a fire's place and its extent."""

    geometries: list[geojson.Shape]


AnyShape = geojson.Shape | GeometryCollection


def geometry_of(shape: AnyShape) -> Geometry:
    """Return the geometry; ParseError where a position is not on the earth or a ring is none.

    Of a collection those are taken that cover most: its areas, else its lines, else its points.
    """
    match shape:
        case GeometryCollection(geometries):
            return _largest([geometry_of(one) for one in geometries])
        case geojson.Point(coordinates):
            return Geometry("point", _points([coordinates]))
        case geojson.MultiPoint(coordinates):
            return Geometry("point", _points(coordinates))
        case geojson.LineString(coordinates):
            return Geometry("line", _lines([coordinates]))
        case geojson.MultiLineString(coordinates):
            return Geometry("line", _lines(coordinates))
        case geojson.Polygon(coordinates):
            return Geometry("area", _areas([coordinates]))
        case geojson.MultiPolygon(coordinates):
            return Geometry("area", _areas(coordinates))


def _largest(geometries: Sequence[Geometry]) -> Geometry:
    for kind in _COVERING:
        if rings := tuple(ring for one in geometries if one.kind == kind for ring in one.rings):
            return Geometry(kind, _some(rings))
    raise ParseError("bad_value", where="geometry")


def _points(positions: Sequence[geojson.Position]) -> tuple[Ring, ...]:
    return tuple((lonlat,) for lonlat in _ring(positions, 1))


def _lines(lines: Sequence[Sequence[geojson.Position]]) -> tuple[Ring, ...]:
    return _some(tuple(_ring(line, 2) for line in lines))


def _areas(areas: Sequence[Sequence[Sequence[geojson.Position]]]) -> tuple[Ring, ...]:
    return _some(tuple(closed_ring(_ring(ring, 3), "geometry") for area in areas for ring in area))


def _some(rings: tuple[Ring, ...]) -> tuple[Ring, ...]:
    if not rings or sum(map(len, rings)) > MOST_POSITIONS:
        raise ParseError("bad_value", where="geometry")
    return rings


def _ring(positions: Sequence[geojson.Position], fewest: int) -> Ring:
    if not fewest <= len(positions) <= MOST_POSITIONS:
        raise ParseError("bad_value", where="geometry")
    return tuple(place_of(position, "geometry") for position in positions)
