"""Delimited text (CSV, RFC 4180, and what spreadsheets make of it) with a place on each line."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np
import shapely

from paser_command.errors import InputError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.building import Batch, Tally
from paser_command.maps.vector.esri import known_encoding
from paser_command.maps.vector.formats import Opened, in_batches, objects, short
from paser_command.maps.vector.messages import Understood
from paser_command.maps.vector.shapes import Mend, Skip

LONGEST_CELL = 1 << 20
MOST_COLUMNS = 1_000

_DELIMITERS = ";\t,|"
_SAMPLE = 1 << 16
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_X_NAMES = (
    *("lon", "long", "lng", "longitude", "bujur", "garis bujur", "x", "koordinat x", "coord x"),
    *("easting", "timur", "lng centroid", "lon centroid", "point x", "xcoord"),
)
_Y_NAMES = (
    *("lat", "latitude", "lintang", "garis lintang", "y", "koordinat y", "coord y"),
    *("northing", "utara", "lat centroid", "point y", "ycoord"),
)
_NUMBER = re.compile(r"[+-]?(\d+([.]\d*)?|[.]\d+)([eE][+-]?\d+)?\Z")
_CODE = re.compile(r"0\d")
"""A number that begins so is a code: its zero would be lost."""


class _Columns(NamedTuple):
    names: tuple[str, ...]
    x: int
    y: int


def open_delimited(path: Path, source: FileSource, tally: Tally) -> Opened:
    """Open a table of places; InputError where its columns are not found."""
    csv.field_size_limit(LONGEST_CELL)
    encoding = known_encoding(source.encoding) if source.encoding else _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
    if "\0" in sample:
        raise InputError("{file} is no text", file=path.name)
    delimiter = _delimiter(sample)
    try:
        header = next(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter), [])
    except csv.Error as cause:
        raise InputError("{file} is no table of text", file=path.name) from cause
    columns = _columns(header, source, path)
    names = columns.names
    understood = Understood(
        format="CSV",
        encoding=encoding,
        columns=names,
        x_field=names[columns.x] if columns.x >= 0 else "",
        y_field=names[columns.y] if columns.y >= 0 else "",
    )
    size = max(1, path.stat().st_size)
    return Opened(understood, None, _batches(path, encoding, delimiter, columns, size, tally))


def _encoding(path: Path) -> str:
    """Return what the file begins with, else UTF-8 where all of it is that, else old Windows'."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        with path.open(encoding="utf-8", newline="") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(sample: str) -> str:
    """Return the sign that cuts most lines of the sample into as many cells as the first."""
    lines = sample.splitlines()[:20]
    counts = {sign: [line.count(sign) for line in lines] for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: (_agreeing(counts[sign]), counts[sign][:1]))


def _agreeing(counts: list[int]) -> int:
    return sum(count == counts[0] for count in counts) if counts and counts[0] else 0


def _columns(header: list[str], source: FileSource, path: Path) -> _Columns:
    if len(header) > MOST_COLUMNS:
        raise InputError(
            "{file} has more than {most} columns: it is not read", file=path.name, most=MOST_COLUMNS
        )
    names = tuple(_unlike(header))
    return _Columns(
        names,
        _found(names, source.x_field, _X_NAMES, path),
        _found(names, source.y_field, _Y_NAMES, path),
    )


def _unlike(header: Sequence[str]) -> Iterator[str]:
    """Give the columns' names; nameless ones and those that are there twice get a number."""
    seen: set[str] = set()
    for number, name in enumerate(header, start=1):
        wanted = name.strip()[:80]
        if not wanted or wanted in seen:
            wanted = f"{wanted} {number}".strip()
        seen.add(wanted)
        yield wanted


def _found(names: Sequence[str], wanted: str, usual: Sequence[str], path: Path) -> int:
    """Return the wanted column, else the one that is called as usual; -1 where there is none."""
    if wanted:
        if wanted not in names:
            raise InputError("{file} has no column {column}", file=path.name, column=wanted[:80])
        return names.index(wanted)
    plain = [name.casefold().replace("_", " ") for name in names]
    return next((plain.index(name) for name in usual if name in plain), -1)


def _batches(
    path: Path, encoding: str, delimiter: str, columns: _Columns, size: int, tally: Tally
) -> Iterator[Batch]:
    if columns.x < 0 or columns.y < 0:
        raise InputError(
            "{file} does not tell which columns hold the place: choose them", file=path.name
        )
    read_numbers = _Numbers(len(columns.names), tally)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        read = 0
        for batch in in_batches(_rows(file, delimiter, len(columns.names), tally), _weight):
            read += sum(map(_weight, batch))
            geometries, kept = _points(batch, columns, tally)
            values = zip(*kept, strict=True) if kept else ((),) * len(columns.names)
            told = {
                name: read_numbers.column(at, cells)
                for at, (name, cells) in enumerate(zip(columns.names, values, strict=True))
            }
            yield Batch(geometries, told, min(1.0, read / size))


def _weight(row: list[str]) -> int:
    return sum(map(len, row)) + len(row)


def _rows(file: TextIO, delimiter: str, width: int, tally: Tally) -> Iterator[list[str]]:
    """Give the lines after the first as rows of that many cells."""
    lines = csv.reader(_without_nul(file), delimiter=delimiter)
    next(lines, None)
    while True:
        try:
            row = next(lines)
        except StopIteration:
            return
        except csv.Error:
            tally[Skip.BROKEN] += 1
            continue
        if len(row) == width:
            yield row
        elif any(row):
            tally[Skip.BROKEN] += 1


def _without_nul(file: TextIO) -> Iterator[str]:
    return (line.replace("\0", "") for line in file)


def _points(
    batch: list[list[str]], columns: _Columns, tally: Tally
) -> tuple[np.ndarray, list[list[str]]]:
    x = [_coordinate(row[columns.x]) for row in batch]
    y = [_coordinate(row[columns.y]) for row in batch]
    there = [at for at in range(len(batch)) if x[at] is not None and y[at] is not None]
    tally[Skip.NO_PLACE] += len(batch) - len(there)
    places = np.array([(x[at], y[at]) for at in there], float).reshape(-1, 2)
    return objects(shapely.points(places)), [batch[at] for at in there]


def _coordinate(cell: str) -> float | None:
    """Return the number in a cell, with a decimal point or comma; None where there is none."""
    text = cell.strip().replace("\N{MINUS SIGN}", "-")
    if "." not in text:
        text = text.replace(",", ".", 1)
    return float(text) if _NUMBER.match(text) else None


class _Numbers:
    """Which columns hold numbers: those whose cells all are, among the first that are told."""

    def __init__(self, columns: int, tally: Tally) -> None:
        self._numbers: list[bool | None] = [None] * columns
        self._tally = tally

    def column(self, at: int, cells: Sequence[str]) -> list[object]:
        """Return the cells of a column as numbers or texts; None where a cell is empty."""
        told = [cell.strip() for cell in cells]
        if self._numbers[at] is None and any(told):
            self._numbers[at] = all(_is_number(cell) for cell in told if cell)
        if self._numbers[at]:
            return [_coordinate(cell) if _is_number(cell) else cell or None for cell in told]
        self._tally[Mend.TEXT] += sum(_REPLACED in cell for cell in told)
        return [short(cell) if cell else None for cell in told]


def _is_number(cell: str) -> bool:
    return not _CODE.match(cell) and _coordinate(cell) is not None
