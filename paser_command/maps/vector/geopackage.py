"""GeoPackage (OGC 12-128): an SQLite file, read through SQLite, its geometries through GEOS."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import numpy as np
import shapely
from pyproj import CRS

from paser_command.errors import InputError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.building import Batch, Geometries, Tally
from paser_command.maps.vector.formats import MOST_DEPTH, Opened, in_batches, objects, short
from paser_command.maps.vector.messages import Table, Understood
from paser_command.maps.vector.shapes import Skip
from paser_command.maps.vector.systems import system_of
from paser_command.maps.vector.wkb import nests_deeper

LONGEST_VALUE = 64 << 20
"""Bytes: no geometry and no text is longer."""

_TABLES = (
    "SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g "
    "JOIN sqlite_master m ON m.name = g.table_name ORDER BY g.rowid"
)
_SYSTEM = (
    "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys "
    "WHERE srs_id = ?"
)
_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the envelope in a geometry's header, by its code."""

_Row = tuple[object, ...]


class _Layer(NamedTuple):
    name: str
    column: str
    system: int


def open_geopackage(path: Path, source: FileSource, tally: Tally) -> Opened:
    """Open a GeoPackage; InputError where it is none, or has no such table."""
    file = _connected(path)
    try:
        layers = [
            _Layer(str(name), str(column), int(srs)) for name, column, srs in file.execute(_TABLES)
        ]
        counts = {layer.name: _count(file, layer.name) for layer in layers}
        layer = _chosen(layers, source.table, path)
        columns = _columns(file, layer)
        system = _system(file, layer.system)
    except (sqlite3.Error, ValueError, TypeError) as cause:
        file.close()
        raise InputError("{file} is no sound GeoPackage", file=path.name) from cause
    understood = Understood(
        format="GeoPackage",
        tables=tuple(Table(name, count) for name, count in counts.items()),
        table=layer.name,
        encoding="utf-8",
        columns=tuple(columns),
    )
    return Opened(
        understood, system, _batches(file, layer, columns, max(1, counts[layer.name]), tally)
    )


def _connected(path: Path) -> sqlite3.Connection:
    """Open the file for reading alone: nothing in it is believed, nothing beside it is made."""
    # What a writer has not yet put into the file itself stands in its -wal.
    waiting = path.with_name(path.name + "-wal")
    mode = "mode=ro" if waiting.is_file() and waiting.stat().st_size else "mode=ro&immutable=1"
    try:
        file = sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True)
        file.text_factory = _text
        file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        file.execute("PRAGMA trusted_schema = OFF")
        file.execute("PRAGMA cell_size_check = ON")
    except sqlite3.Error as cause:
        raise InputError("{file} is no sound GeoPackage", file=path.name) from cause
    return file


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _chosen(layers: Sequence[_Layer], wanted: str, path: Path) -> _Layer:
    if not layers:
        raise InputError("{file} holds no table with geometries", file=path.name)
    for layer in layers:
        if wanted in ("", layer.name):
            return layer
    raise InputError(
        "{file} has no table {table}: it has {tables}",
        file=path.name,
        table=wanted[:80],
        tables=", ".join(layer.name[:80] for layer in layers[:20]),
    )


def _system(file: sqlite3.Connection, number: int) -> CRS | None:
    if number <= 0:
        return None
    told = file.execute(_SYSTEM, (number,)).fetchone()
    if told is None:
        return None
    organisation, code, definition = told
    try:
        return system_of(f"{organisation}:{code}")
    except InputError:
        return system_of(str(definition))


def _count(file: sqlite3.Connection, table: str) -> int:
    return int(file.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0])


def _columns(file: sqlite3.Connection, layer: _Layer) -> list[str]:
    told = file.execute(f"PRAGMA table_info({_quoted(layer.name)})").fetchall()
    return [str(row[1]) for row in told if row[1] != layer.column]


def _batches(
    file: sqlite3.Connection, layer: _Layer, columns: list[str], total: int, tally: Tally
) -> Iterator[Batch]:
    wanted = ", ".join(_quoted(name) for name in (layer.column, *columns))
    done = 0
    with closing(file):
        rows = _rows(file, f"SELECT {wanted} FROM {_quoted(layer.name)}", tally)
        for batch in in_batches(rows, lambda row: len(row[0]) if isinstance(row[0], bytes) else 0):
            done += len(batch)
            bodies, *values = zip(*batch, strict=True)
            told = {
                name: [short(value) for value in column]
                for name, column in zip(columns, values, strict=True)
            }
            geometries, kept = _geometries(bodies, tally)
            if not kept.all():
                indices = np.flatnonzero(kept).tolist()
                geometries = geometries[kept]
                told = {name: [column[i] for i in indices] for name, column in told.items()}
            yield Batch(geometries, told, min(1.0, done / total))


def _rows(file: sqlite3.Connection, query: str, tally: Tally) -> Iterator[_Row]:
    """Give the rows; what lies behind a damaged page is counted as one broken feature."""
    try:
        yield from file.execute(query)
    except sqlite3.Error:
        tally[Skip.BROKEN] += 1


def _geometries(bodies: Sequence[object], tally: Tally) -> tuple[Geometries, np.ndarray]:
    """Return the geometries, and which of them could be read; None and empty ones count as read."""
    stripped = [_wkb(body) for body in bodies]
    deep = np.array([body is not None and nests_deeper(body, MOST_DEPTH) for body in stripped])
    there = np.array([bool(body) for body in stripped]) & ~deep
    geometries = objects([None] * len(bodies))
    geometries[there] = shapely.from_wkb(objects(stripped)[there], on_invalid="fix")
    broken = there & shapely.is_missing(geometries)
    broken |= np.array([body == b"" for body in stripped])
    tally[Skip.TOO_DEEP] += int(deep.sum())
    tally[Skip.BROKEN] += int(broken.sum())
    return geometries, ~(deep | broken)


def _wkb(body: object) -> bytes | None:
    """Return what stands behind the header; None for no geometry, b"" for what is none."""
    if body is None:
        return None
    if not isinstance(body, bytes) or body[:2] != b"GP" or len(body) < 8:
        return b""
    envelope = body[3] >> 1 & 7
    return body[8 + _ENVELOPES[envelope] :] if envelope < len(_ENVELOPES) else b""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
