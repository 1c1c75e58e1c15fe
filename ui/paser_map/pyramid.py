"""How many points of which category lie in each square of each zoom level.

Far out a picture is made of these counts, so that it costs by its pixels and not by the points.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paser_map.morton import BITS, Codes

SIDE_BITS = 7
SIDE = 1 << SIDE_BITS
"""Cells along a side of a tile: a tile of 256 pixels has cells of two pixels."""

CATEGORIES = 7
"""Four severities and none, and then what nobody has acknowledged yet: high, critical."""

_POINTS_A_CELL = 4
"""Levels whose cells would hold fewer are not kept: the points themselves are counted there."""
_MOST_ZOOM = 17
_IN_TILE = np.uint64(SIDE * SIDE - 1)


class Cells(NamedTuple):
    """The cells of a tile that hold something: which (Morton's order, rising), and what is in each.

    `places` (n,) are below SIDE * SIDE, `totals` (n,) count all, `worst` (n,) is the highest
    category, `alarming` (n, 2) counts the last two categories.
    """

    places: NDArray[np.int64]
    totals: NDArray[np.int64]
    worst: NDArray[np.int64]
    alarming: NDArray[np.int64]

    def with_those_of(self, other: "Cells") -> "Cells":
        """Return the cells of both."""
        totals, worst = np.zeros(SIDE * SIDE, np.int64), np.zeros(SIDE * SIDE, np.int64)
        alarming = np.zeros((SIDE * SIDE, 2), np.int64)
        for cells in (self, other):
            totals[cells.places] += cells.totals
            worst[cells.places] = np.maximum(worst[cells.places], cells.worst)
            alarming[cells.places] += cells.alarming
        places = np.flatnonzero(totals)
        return Cells(places, totals[places], worst[places], alarming[places])


class _Level(NamedTuple):
    codes: Codes
    counts: NDArray[np.int32]
    parents: NDArray[np.int32]


class Pyramid:
    """Counts of points that are sorted by code; `categories` (n,) of each, CATEGORIES for none."""

    def __init__(self, codes: Codes, categories: NDArray[np.uint8]) -> None:
        self._codes, self._categories = codes, categories
        self._base = _base_zoom(codes)
        self._cell_of: NDArray[np.int32] = np.zeros(0, np.int32)
        self._levels = self._counted() if self._base >= 0 else []

    def change(self, slots: NDArray[np.integer], categories: NDArray[np.uint8]) -> None:
        """Count the points at these places of the list, each named once, as of other categories."""
        differs = self._categories[slots] != categories
        order = np.argsort(slots[differs])
        slots, categories = slots[differs][order], categories[differs][order]
        delta = _one_each(categories) - _one_each(self._categories[slots])
        self._categories[slots] = categories
        if not self._levels or not len(slots):
            return
        cells = self._cell_of[slots]
        for level in self._levels:
            starts = _starts(cells)
            cells, delta = cells[starts], np.add.reduceat(delta, starts, axis=0)
            level.counts[cells] += delta
            cells = level.parents[cells]

    def cells(self, zoom: int, tile: int) -> Cells:
        """Return the counts of a tile, which is named by the leading 2 * zoom bits of its codes."""
        if zoom > self._base:
            return self._cells_of_points(zoom, tile)
        level = self._levels[self._base - zoom]
        shift = 2 * SIDE_BITS
        first, last = np.searchsorted(
            level.codes, np.array([tile << shift, tile + 1 << shift], np.uint64)
        )
        counts = level.counts[first:last]
        totals = counts.sum(axis=1, dtype=np.int64)
        held = np.flatnonzero(totals)
        counts = counts[held]
        places = (level.codes[first:last][held] & _IN_TILE).astype(np.int64)
        worst = CATEGORIES - 1 - np.argmax(counts[:, ::-1] > 0, axis=1)
        return Cells(places, totals[held], worst, counts[:, -2:].astype(np.int64))

    def totals(self) -> NDArray[np.int64]:
        """Return how many points of each category there are."""
        if self._levels:
            return np.asarray(self._levels[-1].counts.sum(axis=0, dtype=np.int64), np.int64)
        return np.bincount(self._categories, minlength=CATEGORIES)[:CATEGORIES].astype(np.int64)

    def _cells_of_points(self, zoom: int, tile: int) -> Cells:
        first, last = run_of(self._codes, zoom, tile)
        there = self._categories[first:last] < CATEGORIES
        categories = self._categories[first:last][there]
        shift = np.uint64(2 * (BITS - zoom - SIDE_BITS))
        places = ((self._codes[first:last][there] >> shift) & _IN_TILE).astype(np.int64)
        starts = _starts(places)
        if not len(starts):
            return Cells(places, places, places, np.zeros((0, 2), np.int64))
        alarms = [
            np.add.reduceat(categories == category, starts, dtype=np.int64)
            for category in (CATEGORIES - 2, CATEGORIES - 1)
        ]
        worst = np.maximum.reduceat(categories, starts).astype(np.int64)
        totals = np.diff(np.append(starts, len(places)))
        return Cells(places[starts], totals, worst, np.stack(alarms, axis=1))

    def _counted(self) -> list[_Level]:
        codes = self._codes >> np.uint64(2 * (BITS - self._base - SIDE_BITS))
        starts = _starts(codes)
        sizes = np.diff(np.append(starts, len(codes)))
        self._cell_of = np.repeat(np.arange(len(starts), dtype=np.int32), sizes)
        flat = self._cell_of.astype(np.int64) * (CATEGORIES + 1) + self._categories
        counted = np.bincount(flat, minlength=len(starts) * (CATEGORIES + 1))
        counts: NDArray[np.int32] = counted.reshape(-1, CATEGORIES + 1)[:, :CATEGORIES].astype(
            np.int32
        )
        codes = codes[starts]
        levels = []
        for _ in range(self._base + 1):
            above = codes >> np.uint64(2)
            starts = _starts(above)
            sizes = np.diff(np.append(starts, len(codes)))
            parents = np.repeat(np.arange(len(starts), dtype=np.int32), sizes)
            levels.append(_Level(codes, counts, parents))
            counts = np.add.reduceat(counts, starts, axis=0, dtype=np.int32)
            codes = above[starts]
        return levels


def run_of(codes: Codes, zoom: int, tile: int) -> tuple[int, int]:
    """Return where in the sorted codes those of a tile begin and end."""
    shift = 2 * (BITS - zoom)
    first = np.searchsorted(codes, np.uint64(tile << shift))
    last = np.searchsorted(codes, np.uint64((tile + 1 << shift) - 1), side="right")
    return int(first), int(last)


def _base_zoom(codes: Codes) -> int:
    """Return the deepest zoom at which cells are worth their keep; -1 where none is."""
    most = len(codes) // _POINTS_A_CELL
    for zoom in range(_MOST_ZOOM + 1):
        cells = codes >> np.uint64(2 * (BITS - zoom - SIDE_BITS))
        if np.count_nonzero(cells[1:] != cells[:-1]) >= most:
            return zoom - 1
    return _MOST_ZOOM


def _starts(codes: NDArray[np.integer]) -> NDArray[np.intp]:
    """Return where each run of equal codes begins."""
    if not len(codes):
        return np.zeros(0, np.intp)
    return np.concatenate(([0], np.flatnonzero(codes[1:] != codes[:-1]) + 1))


def _one_each(categories: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Return the counts of single points: a row of CATEGORIES each."""
    counts: NDArray[np.int32] = _ONES[categories]
    return counts


_ONES = np.eye(CATEGORIES + 1, CATEGORIES, dtype=np.int32)
