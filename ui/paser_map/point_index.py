"""Points that change, kept in the order of their places so that a view costs what it shows."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paser_map.morton import BITS, Codes, interleaved, separated
from paser_map.pyramid import CATEGORIES, Cells, Pyramid, run_of

Rows = NDArray[np.intp]

GONE = CATEGORIES
"""The category of a point that is no more."""

_FEWEST_FRESH = 4_096
_FRESH_SHARE = 16
"""Points not yet in order, as a share of all, past which all are put in order anew."""
_AT_ONCE = 100_000
"""So many points are put in order while one waits; more are by a thread."""
_QUADS = 6


class _Order(NamedTuple):
    """Points in the order of their codes, with the counts of them.

    `slots` has the place in the order of each row there was, -1 for those not in it.
    """

    codes: Codes
    rows: Rows
    slots: NDArray[np.int32]
    pyramid: Pyramid


class PointIndex:
    """Points by row: the code of the place (`morton`), and a category below CATEGORIES.

    Most are in one order with its pyramid; what came or moved since is in a small second one, which
    is merged in from time to time. One thread owns it; the merging of many points runs in a thread
    of its own on copies, and is taken in by `settle`.
    """

    def __init__(self) -> None:
        self._codes: Codes = np.zeros(_FEWEST_FRESH, np.uint64)
        self._categories = np.full(_FEWEST_FRESH, GONE, np.uint8)
        self._is_fresh = np.zeros(_FEWEST_FRESH, bool)
        self._fresh_rows: Rows = np.zeros(0, np.intp)
        self._main = self._fresh = self._ordered(self._fresh_rows)
        self._thread: ThreadPoolExecutor | None = None
        self._merging: Future[_Order] | None = None
        self._since: list[Rows] = []

    def reserve(self, size: int) -> None:
        """Have rows for so many points."""
        more = size - len(self._codes)
        if more > 0:
            more = max(more, len(self._codes) // 2)
            self._codes = np.append(self._codes, np.zeros(more, np.uint64))
            self._categories = np.append(self._categories, np.full(more, GONE, np.uint8))
            self._is_fresh = np.append(self._is_fresh, np.zeros(more, bool))
            slots = np.append(self._main.slots, np.full(more, -1, np.int32))
            self._main = self._main._replace(slots=slots)

    def put(self, rows: Rows, codes: Codes, categories: NDArray[np.uint8]) -> None:
        """Place points at rows of those reserved, each named once."""
        there = (self._codes[rows] == codes) & (self._categories[rows] != GONE)
        self._recount(rows[there], categories[there])
        rest = rows[~there]
        self._leave_main(rest)
        self._codes[rest], self._categories[rest] = codes[~there], categories[~there]
        new = rest[~self._is_fresh[rest]]
        self._is_fresh[new] = True
        self._fresh_rows = np.concatenate((self._fresh_rows, new))
        self._changed(rows)

    def set_categories(self, rows: Rows, categories: NDArray[np.uint8]) -> None:
        """Give points, each named once, other categories where they are."""
        self._recount(rows, categories)
        self._changed(rows)

    def drop(self, rows: Rows) -> None:
        """Take points away."""
        self._leave_main(rows)
        self._categories[rows] = GONE
        self._is_fresh[rows] = False
        self._fresh_rows = self._fresh_rows[self._is_fresh[self._fresh_rows]]
        self._changed(rows)

    def settle(self) -> bool:
        """Take in what the thread has put in order; True where it did."""
        if self._merging is None or not self._merging.done():
            return False
        merged, self._merging = self._merging.result(), None
        since = np.unique(np.concatenate([np.zeros(0, np.intp), *self._since]))
        self._since = []
        self._take(merged, since)
        return True

    def cells(self, zoom: int, tile: int) -> Cells:
        """Return what the cells of a tile hold."""
        main, fresh = (order.pyramid.cells(zoom, tile) for order in (self._main, self._fresh))
        return main.with_those_of(fresh) if len(fresh.places) else main

    def totals(self) -> NDArray[np.int64]:
        """Return how many points of each category there are."""
        return self._main.pyramid.totals() + self._fresh.pyramid.totals()

    def count_about(self, west: int, north: int, east: int, south: int) -> int:
        """Return how many points lie in a box of steps (`morton.fixed`), with a few around it."""
        return sum(
            last - first
            for order in (self._main, self._fresh)
            for first, last in _runs(order.codes, west, north, east, south)
        )

    def rows_in(self, west: int, north: int, east: int, south: int) -> Rows:
        """Return the points in a box of steps."""
        found = [
            order.rows[first:last]
            for order in (self._main, self._fresh)
            for first, last in _runs(order.codes, west, north, east, south)
        ]
        rows = np.concatenate([np.zeros(0, np.intp), *found])
        across, down = separated(self._codes[rows])
        inside = (across >= west) & (across <= east) & (down >= north) & (down <= south)
        kept: Rows = rows[inside & (self._categories[rows] != GONE)]
        return kept

    def places(self, rows: Rows) -> tuple[Codes, Codes]:
        """Return `across` and `down` of points."""
        return separated(self._codes[rows])

    def codes(self, rows: Rows) -> Codes:
        """Return the codes of points; 0 for rows that were never placed."""
        return self._codes[rows]

    def is_gone(self, row: int) -> bool:
        """Tell whether there is no point at the row."""
        return row >= len(self._categories) or self._categories[row] == GONE

    def categories(self, rows: Rows) -> NDArray[np.uint8]:
        """Return the categories of points."""
        return self._categories[rows]

    def _recount(self, rows: Rows, categories: NDArray[np.uint8]) -> None:
        self._categories[rows] = categories
        slots = self._main.slots[rows]
        in_main = slots >= 0
        self._main.pyramid.change(slots[in_main], categories[in_main])

    def _leave_main(self, rows: Rows) -> None:
        slots = self._main.slots[rows]
        left = slots[slots >= 0]
        self._main.pyramid.change(left, np.full(len(left), GONE, np.uint8))
        self._main.slots[rows] = -1

    def _changed(self, rows: Rows) -> None:
        if self._merging is not None:
            self._since.append(rows)
        if len(self._fresh_rows) > max(_FEWEST_FRESH, len(self._main.rows) // _FRESH_SHARE):
            self._merge()
        if len(self._fresh_rows) <= _AT_ONCE:
            self._fresh = self._ordered(self._fresh_rows)

    def _merge(self) -> None:
        if self._merging is not None:
            return
        rows = np.flatnonzero(self._categories != GONE)
        if len(rows) <= _AT_ONCE:
            self._take(self._ordered(rows), rows[:0])
            return
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="points")
        codes, categories = self._codes.copy(), self._categories.copy()
        self._merging = self._thread.submit(_ordered, codes, categories, rows)

    def _take(self, merged: _Order, since: Rows) -> None:
        """Make `merged` the main order; the points of `since` have changed after it was begun."""
        before, self._main = len(merged.slots), merged
        more = len(self._codes) - before
        if more:
            slots = np.append(merged.slots, np.full(more, -1, np.int32))
            self._main = merged._replace(slots=slots)
        slots = self._main.slots[since]
        known = slots >= 0
        stays = known.copy()
        stays[known] = merged.codes[slots[known]] == self._codes[since[known]]
        now = np.where(stays, self._categories[since], np.uint8(GONE)).astype(np.uint8)
        merged.pyramid.change(slots[known], now[known])
        apart = since[~stays]
        self._main.slots[apart] = -1
        self._is_fresh.fill(False)
        self._fresh_rows = apart[self._categories[apart] != GONE]
        self._is_fresh[self._fresh_rows] = True
        self._fresh = self._ordered(self._fresh_rows)

    def _ordered(self, rows: Rows) -> _Order:
        return _ordered(self._codes, self._categories, rows)


def _ordered(codes: Codes, categories: NDArray[np.uint8], rows: Rows) -> _Order:
    rows = rows[np.argsort(codes[rows])]
    slots = np.full(len(codes), -1, np.int32)
    slots[rows] = np.arange(len(rows), dtype=np.int32)
    return _Order(codes[rows], rows, slots, Pyramid(codes[rows], categories[rows]))


def _runs(codes: Codes, west: int, north: int, east: int, south: int) -> list[tuple[int, int]]:
    """Return runs of the sorted codes that hold all in the box: those of the squares it meets."""
    side = max(east - west, south - north, 1)
    zoom = max(0, min(BITS, BITS - side.bit_length() + _QUADS // 2))
    shift = BITS - zoom
    across = np.arange(west >> shift, (east >> shift) + 1, dtype=np.uint64)
    down = np.arange(north >> shift, (south >> shift) + 1, dtype=np.uint64)
    tiles = np.sort(interleaved(np.tile(across, len(down)), np.repeat(down, len(across))))
    breaks = np.flatnonzero(np.diff(tiles) != 1)
    firsts = tiles[np.concatenate(([0], breaks + 1))].tolist()
    lasts = tiles[np.concatenate((breaks, [len(tiles) - 1]))].tolist()
    runs = [
        (run_of(codes, zoom, first)[0], run_of(codes, zoom, last)[1])
        for first, last in zip(firsts, lasts, strict=True)
    ]
    return [(first, last) for first, last in runs if last > first]
