"""The geometries of GeoJSON (RFC 7946) as a document tells them, for a decoder of msgspec.

A position is a list, longitude first; how many numbers it has, and where on earth it lies, is for
the reader to check.
"""

import msgspec

Position = list[float]


class Point(msgspec.Struct, tag=True):
    """One position."""

    coordinates: Position


class MultiPoint(msgspec.Struct, tag=True):
    """Positions beside each other."""

    coordinates: list[Position]


class LineString(msgspec.Struct, tag=True):
    """Positions in a row."""

    coordinates: list[Position]


class MultiLineString(msgspec.Struct, tag=True):
    """Lines beside each other."""

    coordinates: list[list[Position]]


class Polygon(msgspec.Struct, tag=True):
    """An outer ring, and the rings of its holes."""

    coordinates: list[list[Position]]


class MultiPolygon(msgspec.Struct, tag=True):
    """Polygons beside each other."""

    coordinates: list[list[list[Position]]]


Shape = Point | MultiPoint | LineString | MultiLineString | Polygon | MultiPolygon
"""All kinds but the collection of others, which readers bound in their own way."""
