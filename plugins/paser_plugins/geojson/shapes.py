"""Geometries of GeoJSON (RFC 7946) as ours: longitude first, rings closed, few kinds."""

from collections.abc import Sequence

from paser_command.api import Geometry, ParseError, Ring, closed_ring, geojson, place_of

MOST_POSITIONS = 200_000
"""Most positions of one geometry."""


def geometry_of(shape: geojson.Shape) -> Geometry:
    """Return the geometry; ParseError where a position is not on the earth or a ring is none."""
    match shape:
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
