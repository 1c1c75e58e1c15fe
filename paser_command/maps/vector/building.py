"""From a batch of geometries and values to columns; what cannot be drawn is counted instead."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from paser_command.maps.vector.shapes import (
    Column,
    FloatArray,
    IntArray,
    Kind,
    Mend,
    Shapes,
    Skip,
    column_of,
)
from paser_command.maps.vector.systems import Project

MOST_POSITIONS = 2_000_000
"""Of one feature."""

FURTHEST = 1e12
"""No system's coordinates go so far, whatever its unit; GEOS overflows beyond some 1e150."""

_MOST_MENDED = 50_000
"""Positions of an area whose crossings are mended: more could take minutes."""

_COLLECTION = 7
_MULTIPLE = (4, _COLLECTION)
"""GEOS' types between which all consist of parts."""

_KINDS = np.full(32, -1, np.int8)
_KINDS[:7] = (0, 1, 1, 2, 0, 1, 2)
"""The kind of each of GEOS' types; -1 for collections, curves, and no geometry."""

_MULTI = {Kind.POINT: "multipoints", Kind.LINE: "multilinestrings", Kind.AREA: "multipolygons"}

Geometries = NDArray[np.object_]
Tally = Counter[str]


class Batch(NamedTuple):
    """Features as a format's reader gives them; `share` of the file was read so far, 0 to 1."""

    geometries: Geometries
    columns: Mapping[str, Sequence[object]]
    share: float


class Builder:
    """Makes shapes of one batch after the other, and counts what it leaves out."""

    def __init__(self, project: Project, tally: Tally) -> None:
        self._project = project
        self._tally = tally
        self._numbers: dict[str, bool] = {}
        self._count = 0

    def build(self, batch: Batch) -> Shapes:
        """Return the shapes of a batch."""
        geometries, rows = self._sound(*_apart(batch.geometries, self._tally))
        flat = _flat(geometries)
        coords = self._project(flat.coords)
        lost = np.unique(flat.owner_of(np.isnan(coords[:, 0])))
        if len(lost):
            self._tally[Skip.OUTSIDE] += len(lost)
            kept = np.ones(len(geometries), bool)
            kept[lost] = False
            geometries, rows = geometries[kept], rows[kept]
            flat = _flat(geometries)
            coords = self._project(flat.coords)
        first, self._count = self._count, self._count + len(geometries)
        fields = {
            name: self._column(name, [values[row] for row in rows.tolist()])
            for name, values in batch.columns.items()
        }
        return Shapes(
            first,
            _KINDS[shapely.get_type_id(geometries)],
            coords,
            flat.rings,
            flat.begins,
            flat.features,
            {name: column for name, column in fields.items() if column is not None},
        )

    def _column(self, name: str, values: list[object]) -> Column | None:
        """Return a column; its kind is settled by the first batch that has a value in it."""
        if name not in self._numbers:
            told = [value for value in values if value is not None and value != ""]
            if not told:
                return None
            self._numbers[name] = all(
                isinstance(value, int | float) and not isinstance(value, bool) for value in told
            )
        column, misfits = column_of(values, number=self._numbers[name])
        self._tally[Mend.VALUE] += misfits
        return column

    def _sound(self, geometries: Geometries, rows: IntArray) -> tuple[Geometries, IntArray]:
        """Return the geometries that can be drawn: finite, not empty, areas without crossings."""
        too_large = shapely.get_num_coordinates(geometries) > MOST_POSITIONS
        geometries, rows = self._without(too_large, Skip.TOO_LARGE, geometries, rows)
        curved = shapely.get_type_id(geometries) > _COLLECTION
        geometries, rows = self._without(curved, Skip.CURVED, geometries, rows)
        nothing = shapely.is_missing(geometries) | shapely.is_empty(geometries)
        geometries, rows = self._without(nothing, Skip.EMPTY, geometries, rows)
        coords, owner = shapely.get_coordinates(geometries, return_index=True)
        infinite = np.zeros(len(geometries), bool)
        infinite[owner[~np.isfinite(coords).all(axis=1)]] = True
        nowhere = np.zeros(len(geometries), bool)
        nowhere[owner[(np.abs(coords) > FURTHEST).any(axis=1)]] = True
        geometries, rows = self._without(infinite, Skip.NOT_FINITE, geometries, rows)
        geometries, rows = self._without(nowhere[~infinite], Skip.OUTSIDE, geometries, rows)
        geometries = shapely.orient_polygons(self._mended(geometries))
        return self._without(shapely.is_empty(geometries), Skip.EMPTY, geometries, rows)

    def _without(
        self, left_out: NDArray[np.bool_], why: Skip, geometries: Geometries, rows: IntArray
    ) -> tuple[Geometries, IntArray]:
        self._tally[why] += int(left_out.sum())
        return geometries[~left_out], rows[~left_out]

    def _mended(self, geometries: Geometries) -> Geometries:
        areas = _KINDS[shapely.get_type_id(geometries)] == Kind.AREA
        small = shapely.get_num_coordinates(geometries) <= _MOST_MENDED
        crossing = np.flatnonzero(areas & small)
        crossing = crossing[~shapely.is_valid(geometries[crossing])]
        self._tally[Mend.CROSSING] += len(crossing)
        if len(crossing):
            geometries = geometries.copy()
            geometries[crossing] = shapely.make_valid(
                geometries[crossing], method="structure", keep_collapsed=False
            )
        return geometries


class _Flat(NamedTuple):
    """Rings and positions of geometries, one after the other."""

    coords: FloatArray
    rings: IntArray
    begins: NDArray[np.bool_]
    features: IntArray

    def owner_of(self, positions: NDArray[np.bool_]) -> IntArray:
        """Return the geometry of each of the positions."""
        ring = np.searchsorted(self.rings, np.flatnonzero(positions), side="right") - 1
        owner: IntArray = np.searchsorted(self.features, ring, side="right") - 1
        return owner


def _flat(geometries: Geometries) -> _Flat:
    parts, owner = shapely.get_parts(geometries, return_index=True)
    holed = np.flatnonzero(shapely.get_num_interior_rings(parts) > 0)
    plain = np.setdiff1d(np.arange(len(parts)), holed, assume_unique=True)
    # The rings of areas with holes among the parts that are a single ring, in the parts' order.
    inner, of_holed = shapely.get_rings(parts[holed], return_index=True)
    part_of = np.concatenate((plain, holed[of_holed])) if len(holed) else plain
    order = np.argsort(part_of, kind="stable")
    rings = np.concatenate((parts[plain], inner))[order] if len(holed) else parts
    part_of = part_of[order]
    coords, ring_of = shapely.get_coordinates(rings, return_index=True)
    return _Flat(
        coords,
        _offsets(np.bincount(ring_of, minlength=len(rings))),
        np.diff(part_of, prepend=-1) != 0,
        _offsets(np.bincount(owner[part_of], minlength=len(geometries))),
    )


def _offsets(lengths: IntArray) -> IntArray:
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def _apart(geometries: Geometries, tally: Tally) -> tuple[Geometries, IntArray]:
    """Return the geometries with a collection's kinds as features of their own, and their rows."""
    rows = np.arange(len(geometries))
    mixed = np.flatnonzero(shapely.get_type_id(geometries) == _COLLECTION)
    if not len(mixed):
        return geometries, rows
    made: list[object] = []
    made_rows: list[int] = []
    for row in mixed.tolist():
        pieces = _by_kind(geometries[row])
        made += pieces
        made_rows += [row] * len(pieces)
        tally[Mend.SPLIT] += max(0, len(pieces) - 1)
    plain = np.delete(rows, mixed)
    all_rows = np.concatenate((plain, np.array(made_rows, np.int64)))
    everything = np.concatenate((geometries[plain], _objects(made)))
    order = np.argsort(all_rows, kind="stable")
    return everything[order], all_rows[order]


def _by_kind(collection: object) -> list[object]:
    """Return a multi-geometry for each kind in a collection; the empty collection for none."""
    parts = _objects([collection])
    while _consist_of_parts(parts).any():
        parts = shapely.get_parts(parts)
    kinds = _KINDS[shapely.get_type_id(parts)]
    pieces = [
        getattr(shapely, maker)(parts[kinds == kind])
        for kind, maker in _MULTI.items()
        if (kinds == kind).any()
    ]
    return pieces or [collection]


def _consist_of_parts(geometries: Geometries) -> NDArray[np.bool_]:
    types = shapely.get_type_id(geometries)
    found: NDArray[np.bool_] = (types >= _MULTIPLE[0]) & (types <= _MULTIPLE[1])
    return found


def _objects(things: Sequence[object]) -> Geometries:
    array = np.empty(len(things), object)
    array[:] = things
    return array
