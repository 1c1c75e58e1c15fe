"""Shapefiles (ESRI, 1998) with their .dbf, .prj and .cpg: in a folder or in a zip archive."""

import codecs
import logging
import struct
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol

import numpy as np
import shapefile
import shapely
from pyproj import CRS

from paser_command.errors import InputError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.archive import Archive
from paser_command.maps.vector.building import FURTHEST, Batch, Tally
from paser_command.maps.vector.formats import Opened, in_batches, objects, short
from paser_command.maps.vector.messages import Table, Understood
from paser_command.maps.vector.shapes import Mend, Skip
from paser_command.maps.vector.systems import LONGEST, system_of

_DAMAGE = (shapefile.ShapefileException, struct.error, ValueError, LookupError, EOFError, OSError)
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_POINTS, _POINT_SETS, _LINES, _AREAS = (1, 11, 21), (8, 18, 28), (3, 13, 23), (5, 15, 25)
_PER_PLACE = 16

_Record = tuple[object, tuple[object, ...]]


class _Place(Protocol):
    """Where the files of shapefiles lie."""

    def named(self, suffix: str) -> list[str]: ...
    def sibling(self, name: str, suffix: str) -> str | None: ...
    def read(self, name: str) -> IO[bytes]: ...


class _Folder:
    """A folder, or one shapefile in it."""

    def __init__(self, path: Path) -> None:
        self._folder = path if path.is_dir() else path.parent
        self._only = None if path.is_dir() else path.name
        self._names = {entry.name for entry in self._folder.iterdir() if entry.is_file()}

    def named(self, suffix: str) -> list[str]:
        names = {self._only} if self._only else self._names
        return sorted(name for name in names if name.casefold().endswith(suffix))

    def sibling(self, name: str, suffix: str) -> str | None:
        wanted = (name.rpartition(".")[0] + suffix).casefold()
        return next((other for other in self._names if other.casefold() == wanted), None)

    def read(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("rb")


def open_shapefile(path: Path, source: FileSource, tally: Tally) -> Opened:
    """Open a shapefile; InputError where there is none, or not the table that is wanted."""
    # pyshp tells of each thing that it finds odd; what matters of it is counted.
    logging.getLogger("shapefile").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="shapefile")
    place: _Place = (
        Archive(path) if path.is_file() and path.suffix.casefold() == ".zip" else _Folder(path)
    )
    names = place.named(".shp")
    name = _chosen(names, source.table, path)
    dbf = place.sibling(name, ".dbf")
    encoding = _encoding(place, name, dbf, source.encoding)
    files = ExitStack()
    try:
        reader = shapefile.Reader(
            shp=files.enter_context(place.read(name)),
            dbf=files.enter_context(place.read(dbf)) if dbf else None,
            encoding=encoding,
            encodingErrors="replace",
        )
    except _DAMAGE as cause:
        files.close()
        raise InputError("{file} is no sound shapefile", file=name[-80:]) from cause
    columns = [field.name for field in reader.fields if field.name != "DeletionFlag"]
    understood = Understood(
        format="Shapefile",
        tables=tuple(Table(_table(each), -1) for each in names),
        table=_table(name),
        encoding=encoding,
        columns=tuple(columns),
    )
    return Opened(understood, _system(place, name), _batches(reader, files, columns, tally))


def _content(place: _Place, name: str, most: int = -1) -> bytes:
    with place.read(name) as file:
        return file.read(most)


def _table(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _chosen(names: list[str], wanted: str, path: Path) -> str:
    for name in names:
        if wanted in ("", _table(name)):
            return name
    if not names:
        raise InputError("{file} holds no shapefile: nothing in it ends in .shp", file=path.name)
    raise InputError(
        "{file} has no table {table}: it has {tables}",
        file=path.name,
        table=wanted[:80],
        tables=", ".join(_table(name)[:80] for name in names[:20]),
    )


def _encoding(place: _Place, name: str, dbf: str | None, given: str) -> str:
    """Return the given encoding, what the .cpg says, else UTF-8 or the one of old Windows."""
    if given:
        return known_encoding(given)
    cpg = place.sibling(name, ".cpg")
    if cpg:
        told = _content(place, cpg, 100).decode("ascii", "replace").strip()
        try:
            return codecs.lookup(f"cp{told}" if told.isdecimal() else told).name
        except LookupError:
            pass
    if dbf is None:
        return "utf-8"
    try:
        _content(place, dbf).decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def known_encoding(name: str) -> str:
    """Return the encoding's name as Python has it; InputError where it has none."""
    try:
        return codecs.lookup(name).name
    except LookupError as cause:
        raise InputError(
            "there is no encoding {encoding}: try utf-8 or cp1252", encoding=name[:40]
        ) from cause


def _system(place: _Place, name: str) -> CRS | None:
    prj = place.sibling(name, ".prj")
    if prj is None:
        return None
    told = _content(place, prj, LONGEST).decode("utf-8", "replace").strip()
    if not told:
        return None
    system = system_of(told)
    # ESRI's names for the systems say no code: the one that means the same is told instead.
    code = system.to_epsg(min_confidence=70)
    return CRS.from_epsg(code) if code else system


def _batches(
    reader: shapefile.Reader, files: ExitStack, columns: list[str], tally: Tally
) -> Iterator[Batch]:
    done, total = 0, max(1, len(reader))
    with files:
        for batch in in_batches(_records(reader, tally), _weight):
            done += len(batch)
            geometries = objects(_geometry(shape, tally) for shape, _ in batch)
            values = {
                name: [_value(row[at] if at < len(row) else None, tally) for _, row in batch]
                for at, name in enumerate(columns)
            }
            yield Batch(geometries, values, min(1.0, done / total))


def _records(reader: shapefile.Reader, tally: Tally) -> Iterator[_Record]:
    """Give shapes with their values; after damage nothing is read, and what is lost is counted."""
    total, read = len(reader), 0
    shapes = reader.iterShapes()
    rows = reader.iterRecords() if reader.dbf is not None else None
    try:
        for shape in shapes:
            row = tuple(next(rows, ())) if rows is not None else ()
            read += 1
            yield shape, row
    except (*_DAMAGE, MemoryError):
        tally[Skip.BROKEN] += max(1, total - read)
    else:
        tally[Skip.BROKEN] += max(0, total - read)


def _weight(record: _Record) -> int:
    return _PER_PLACE * len(getattr(record[0], "points", ()))


def _value(value: object, tally: Tally) -> object:
    if isinstance(value, str) and _REPLACED in value:
        tally[Mend.TEXT] += 1
    return short(value)


def _geometry(shape: object, tally: Tally) -> object:
    """Return the geometry of pyshp's shape; None for its null shape, and for a broken one."""
    kind = getattr(shape, "shapeType", 0)
    points = np.array([point[:2] for point in getattr(shape, "points", ())], float).reshape(-1, 2)
    if not len(points):
        return None
    if not (np.abs(points) <= FURTHEST).all():
        return shapely.multipoints(points)  # No rings to sort: it is left out for where it lies.
    parts = [part for part in np.split(points, list(getattr(shape, "parts", ()))[1:]) if len(part)]
    try:
        if kind in _POINTS:
            return shapely.Point(points[0])
        if kind in _POINT_SETS:
            return shapely.multipoints(points)
        if kind in _LINES:
            return shapely.multilinestrings([shapely.linestrings(part) for part in parts])
        if kind in _AREAS:
            return _areas(parts)
    except (ValueError, shapely.GEOSException):
        pass
    tally[Skip.BROKEN] += 1
    return shapely.Point()


def _areas(parts: list[np.ndarray]) -> object:
    """Return the areas of rings: outer ones turn right, and holes lie in the one about them."""
    rings = [shapely.linearrings(part) for part in parts if len(part) > 2]
    if len(rings) == 1:
        return shapely.polygons(rings[0])
    outer = [ring for ring in rings if not shapely.is_ccw(ring)] or rings
    holes: list[list[object]] = [[] for _ in outer]
    areas = [shapely.polygons(ring) for ring in outer]
    for ring in rings:
        if outer is not rings and shapely.is_ccw(ring):
            start = shapely.Point(shapely.get_coordinates(ring)[0])
            about = [at for at, area in enumerate(areas) if area.covers(start)]
            if about:
                holes[min(about, key=lambda at: areas[at].area)].append(ring)
            else:
                outer.append(ring)
                holes.append([])
                areas.append(shapely.polygons(ring))
    return shapely.multipolygons(
        [
            shapely.polygons(ring, holes=inner or None)
            for ring, inner in zip(outer, holes, strict=True)
        ]
    )
