"""GeoJSON (RFC 7946): collections, single features and geometries, and a feature a line.

The `crs` member of the format's first form (2008) is understood too. Geometries are made from
checked numbers: no text gets to GEOS.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import shapely
from pyproj import CRS

from paser_command import geojson
from paser_command.errors import InputError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.building import Batch, Tally
from paser_command.maps.vector.formats import (
    MOST_DEPTH,
    Opened,
    columns_of,
    in_batches,
    objects,
    short,
)
from paser_command.maps.vector.messages import Understood
from paser_command.maps.vector.shapes import Skip
from paser_command.maps.vector.systems import system_of

LARGEST = 1 << 30
"""Bytes: a document is held in memory as a whole."""

_NULL = msgspec.Raw(b"null")
_NUMBERLESS = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b')
"""Texts, and the words that Python and others write for what is no number."""


class _Collection(msgspec.Struct, tag="GeometryCollection"):
    geometries: list[msgspec.Raw]


_Geometry = geojson.Shape | _Collection


class _Document(msgspec.Struct):
    type: str = ""
    features: list[msgspec.Raw] | None = None
    crs: msgspec.Raw = _NULL


class _Feature(msgspec.Struct):
    geometry: msgspec.Raw = _NULL
    properties: dict[str, Any] | None = None
    id: Any = None


_DOCUMENT = msgspec.json.Decoder(_Document)
_FEATURE = msgspec.json.Decoder(_Feature)
_GEOMETRY = msgspec.json.Decoder(_Geometry | None)

_MISFITS = (msgspec.MsgspecError, UnicodeDecodeError, ValueError, IndexError, shapely.GEOSException)


def open_geojson(path: Path, source: FileSource, tally: Tally) -> Opened:
    """Open a GeoJSON file; InputError where it is none."""
    if path.stat().st_size > LARGEST:
        raise InputError(
            "{file} is larger than {most} MB of text: make a GeoPackage of it",
            file=path.name,
            most=LARGEST >> 20,
        )
    body = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    items, crs = _items(body, path)
    return Opened(
        Understood(format="GeoJSON", encoding="utf-8"), _system(crs), _batches(items, tally)
    )


def _items(body: bytes, path: Path) -> tuple[list[msgspec.Raw], msgspec.Raw]:
    """Return the file's features, undecoded, and what it says of its coordinate system."""
    first_line = body.lstrip()[:1_000_000].split(b"\n", 1)[0]
    try:
        document = _decoded(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as cause:
        if first_line.strip().endswith(b"}") and b"\n" in body:
            return [
                msgspec.Raw(line) for line in body.splitlines() if line.strip(b"\x1e \t\r")
            ], _NULL
        raise InputError("{file} is no whole JSON document", file=path.name) from cause
    except RecursionError as cause:
        raise InputError("{file} is nested too deeply", file=path.name) from cause
    if document.features is not None:
        return document.features, document.crs
    if document.type == "Feature":
        return [msgspec.Raw(body)], document.crs
    if document.type:
        return [msgspec.Raw(b'{"geometry":' + body + b"}")], document.crs
    raise InputError("{file} is JSON, and no GeoJSON: it has no features", file=path.name)


def _decoded(body: bytes) -> _Document:
    try:
        return _DOCUMENT.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        if b"NaN" not in body and b"Infinity" not in body:
            raise
    return _DOCUMENT.decode(_NUMBERLESS.sub(_null_or_text, body))


def _null_or_text(found: re.Match[bytes]) -> bytes:
    return found[0] if found[0].startswith(b'"') else b"null"


def _system(crs: msgspec.Raw) -> CRS | None:
    """Return what the member `crs` of GeoJSON 2008 names; None where there is none."""
    told = msgspec.json.decode(crs)
    if told is None:
        return None
    properties = told.get("properties") if isinstance(told, dict) else None
    named = properties if isinstance(properties, dict) else {}
    return system_of(str(named.get("name") or named.get("code") or told))


def _batches(items: list[msgspec.Raw], tally: Tally) -> Iterator[Batch]:
    done = 0
    for batch in in_batches(items, lambda item: len(memoryview(item)) // 2):
        done += len(batch)
        features = [made for item in batch if (made := _feature(item, tally)) is not None]
        geometries = objects(geometry for geometry, _ in features)
        yield Batch(geometries, columns_of(row for _, row in features), done / len(items))


def _feature(item: msgspec.Raw, tally: Tally) -> tuple[object, dict[str, object]] | None:
    try:
        feature = _FEATURE.decode(item)
        geometry = _geometry(feature.geometry, 0)
    except RecursionError:
        tally[Skip.TOO_DEEP] += 1
        return None
    except _MISFITS as misfit:
        tally[Skip.NOT_FINITE if "out of range" in str(misfit) else Skip.BROKEN] += 1
        return None
    row = {name: short(value) for name, value in (feature.properties or {}).items()}
    if isinstance(feature.id, str | int) and "id" not in row:
        row["id"] = short(feature.id)
    return geometry, row


def _geometry(raw: msgspec.Raw, depth: int) -> object:
    """Return the geometry; what is wrong with it raises."""
    if depth > MOST_DEPTH:
        raise RecursionError
    told = _GEOMETRY.decode(raw)
    match told:
        case None:
            return None
        case geojson.Point():
            return shapely.Point(_places([told.coordinates])[0]) if told.coordinates else None
        case geojson.MultiPoint():
            return shapely.multipoints(_places(told.coordinates))
        case geojson.LineString():
            return shapely.linestrings(_places(told.coordinates))
        case geojson.MultiLineString():
            lines = [shapely.linestrings(_places(line)) for line in told.coordinates]
            return shapely.multilinestrings(lines)
        case geojson.Polygon():
            return _area(told.coordinates)
        case geojson.MultiPolygon():
            return shapely.multipolygons([_area(area) for area in told.coordinates])
        case _:
            parts = [_geometry(part, depth + 1) for part in told.geometries]
            return shapely.geometrycollections([part for part in parts if part is not None])


def _area(rings: list[list[geojson.Position]]) -> object:
    made = [shapely.linearrings(_places(ring)) for ring in rings]
    return shapely.polygons(made[0], holes=made[1:] or None) if made else shapely.Polygon()


def _places(positions: list[geojson.Position]) -> np.ndarray:
    return np.array([(position[0], position[1]) for position in positions], float).reshape(-1, 2)
