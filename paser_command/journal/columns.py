"""The columns of a chart: a span cut into equal parts, and what is kept of the rows in each."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from paser_command.times import Instant

KEPT = 4
"""Most points that are kept of a column: its first, last, lowest and highest."""


class Points(msgspec.Struct, frozen=True):
    """Numbers of a stream: `at` (n,) int64 instants that rise, `value` (n,) float64.

    `step` is 0 where every number of the span is there. Otherwise it is the width of a column, and
    of each column its first, last, lowest and highest number are there, at their own instants; of
    equal ones the earliest. Neighbours that are further apart than `step` have no number between.
    """

    at: NDArray[np.int64]
    value: NDArray[np.float64]
    step: Instant = 0


class Columns:
    """So many equal columns of a span. The end belongs to the last one."""

    def __init__(self, start: Instant, end: Instant, count: int) -> None:
        span = max(1, end - start)
        self.count = count
        self._span = span
        self.width: Instant = -(-span // count)
        # In Python's numbers: the products of long spans do not fit into 64 bits.
        self._starts = np.array([start - (-n * span // count) for n in range(count)], np.int64)

    def holds(self, width: Instant) -> bool:
        """Tell whether a width is no wider than a column."""
        return width * self.count <= self._span

    def of(self, at: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the column of each instant of the span, from 0."""
        return np.searchsorted(self._starts, at, side="right") - 1

    def thinned(self, at: NDArray[np.int64], value: NDArray[np.float64]) -> Points:
        """Keep of each column its first, last, lowest and highest; `at` rises."""
        if not at.size:
            return Points(at, value, self.width)
        column = self.of(at)
        first = np.concatenate(([0], np.flatnonzero(np.diff(column)) + 1))
        size = np.diff(np.append(first, at.size))
        kept = [first, first + size - 1]
        for extreme in (np.minimum, np.maximum):
            equal = np.flatnonzero(value == np.repeat(extreme.reduceat(value, first), size))
            _, earliest = np.unique(column[equal], return_index=True)
            kept.append(equal[earliest])
        places = np.unique(np.concatenate(kept))
        return Points(at[places], value[places], self.width)
