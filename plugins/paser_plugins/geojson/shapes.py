"""Geometries of GeoJSON (RFC 7946) as ours: longitude first, rings closed, few kinds."""

from collections.abc import Sequence

import msgspec

from paser_command.api import Geometry, LonLat, ParseError, Ring, closed_ring, place

MOST_POSITIONS = 200_000
"""Most positions of one geometry."""

_Place = list[float]


class PointShape(msgspec.Struct, tag="Point"):
    """One position."""

    coordinates: _Place


class _MultiPoint(msgspec.Struct, tag="MultiPoint"):
    coordinates: list[_Place]


class _LineString(msgspec.Struct, tag="LineString"):
    coordinates: list[_Place]


class _MultiLineString(msgspec.Struct, tag="MultiLineString"):
    coordinates: list[list[_Place]]


class _Polygon(msgspec.Struct, tag="Polygon"):
    coordinates: list[list[_Place]]


class _MultiPolygon(msgspec.Struct, tag="MultiPolygon"):
    coordinates: list[list[list[_Place]]]


Shape = PointShape | _MultiPoint | _LineString | _MultiLineString | _Polygon | _MultiPolygon


def geometry_of(shape: Shape) -> Geometry:
    """Return the geometry; ParseError where a position is not on the earth or a ring is none."""
    match shape:
        case PointShape(coordinates):
            return Geometry("point", _points([coordinates]))
        case _MultiPoint(coordinates):
            return Geometry("point", _points(coordinates))
        case _LineString(coordinates):
            return Geometry("line", _lines([coordinates]))
        case _MultiLineString(coordinates):
            return Geometry("line", _lines(coordinates))
        case _Polygon(coordinates):
            return Geometry("area", _areas([coordinates]))
        case _MultiPolygon(coordinates):
            return Geometry("area", _areas(coordinates))


def _points(positions: Sequence[_Place]) -> tuple[Ring, ...]:
    return tuple((lonlat,) for lonlat in _ring(positions, 1))


def _lines(lines: Sequence[Sequence[_Place]]) -> tuple[Ring, ...]:
    return _some(tuple(_ring(line, 2) for line in lines))


def _areas(areas: Sequence[Sequence[Sequence[_Place]]]) -> tuple[Ring, ...]:
    return _some(tuple(closed_ring(_ring(ring, 3), "geometry") for area in areas for ring in area))


def _some(rings: tuple[Ring, ...]) -> tuple[Ring, ...]:
    if not rings or sum(map(len, rings)) > MOST_POSITIONS:
        raise ParseError("bad_value", where="geometry")
    return rings


def _ring(positions: Sequence[_Place], fewest: int) -> Ring:
    if not fewest <= len(positions) <= MOST_POSITIONS:
        raise ParseError("bad_value", where="geometry")
    return tuple(map(_lonlat, positions))


def _lonlat(position: _Place) -> LonLat:
    if len(position) < 2:
        raise ParseError("bad_value", where="geometry")
    return place(position[0], position[1], "geometry")
