"""Series of a stream over a span, as it was known at a moment: what charts ask.

Rollups are used where they are no wider than a column and hold just what is asked for; everywhere
else the rows themselves are read.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, func, select

from paser_command.journal.columns import KEPT, Columns, Points
from paser_command.journal.engine import told
from paser_command.journal.schema import observation, rollup_hour, rollup_minute
from paser_command.journal.segments import head, last_until
from paser_command.journal.store import Journal
from paser_command.times import HOUR, MINUTE, Instant

RAW_ROWS_A_COLUMN = 8
"""Up to so many rows a column the rows are read; past that a rollup is cheaper."""

_ROLLUPS: tuple[tuple[Table, Instant], ...] = ((rollup_hour, HOUR), (rollup_minute, MINUTE))

_Stretch = tuple[Instant, Instant]
"""From an instant up to another, without that."""

_Rows = NDArray[np.float64]
"""Instants and values (n, 2). A double holds microseconds up to the year 2255 exactly."""


def series(
    store: Journal,
    stream: str,
    start: Instant,
    end: Instant,
    columns: int,
    known: Instant | None = None,
) -> Points:
    """Return the stream's numbers from start to end, both included: at most four a column.

    Where an instant was sent again the last word counts. `known` leaves out what was received
    later, so that an older word is the last one. Raises JournalError.
    """
    grid = Columns(start, end, columns)
    with told(store.engine), store.engine.connect() as connection:
        last = head(connection)[0] if known is None else last_until(connection, known)
        reading = _Reading(connection, stream, last, grid)
        whole = (start, end + 1)
        tables = [] if reading.are_few(whole) else [one for one in _ROLLUPS if grid.holds(one[1])]
        found: list[_Rows] = []
        left = [whole]
        for table, width in tables:
            rolled, left = reading.rolled(table, width, left)
            found += rolled
        found += [reading.rows(stretch) for stretch in left]
    rows = np.concatenate(found) if found else np.empty((0, 2))
    # The same point may be first, last, low and high of its span.
    at, places = np.unique(rows[:, 0].astype(np.int64), return_index=True)
    value = rows[places, 1]
    if tables or at.size > KEPT * columns:
        return grid.thinned(at, value)
    return Points(at, value)


class _Reading:
    """Reads a stream up to a number of the journal's line."""

    def __init__(self, connection: Connection, stream: str, last: int, grid: Columns) -> None:
        self._connection = connection
        self._stream = stream
        self._last = last
        self._grid = grid

    def are_few(self, stretch: _Stretch) -> bool:
        """Tell whether to read all rows of the stretch costs little."""
        c = rollup_hour.c
        within = (c.stream == self._stream, c.start > stretch[0] - HOUR, c.start < stretch[1])
        rows = self._connection.execute(select(func.sum(c.count)).where(*within)).scalar()
        return int(rows or 0) <= RAW_ROWS_A_COLUMN * self._grid.count

    def rows(self, stretch: _Stretch) -> _Rows:
        """Return the last word for each instant of the stretch, in the order of time."""
        c = observation.c
        wanted = select(c.at, c.value).where(
            c.stream == self._stream, c.at >= stretch[0], c.at < stretch[1], c.seq <= self._last
        )
        rows = self._read(wanted.order_by(c.at, c.seq))
        return np.delete(rows, np.flatnonzero(np.diff(rows[:, 0]) == 0), axis=0)

    def rolled(
        self, table: Table, width: Instant, stretches: list[_Stretch]
    ) -> tuple[list[_Rows], list[_Stretch]]:
        """Return the points that rollups of a width give, and the stretches they do not tell of.

        A rollup tells of its span where its numbers came in order, none of them is newer than what
        is read, and all lie in the stretch and in one column.
        """
        found: list[_Rows] = []
        left: list[_Stretch] = []
        for stretch in stretches:
            spans = self._spans(table, width, stretch)
            first_at, last_at = spans[:, 2].astype(np.int64), spans[:, 8].astype(np.int64)
            inside = (first_at >= stretch[0]) & (last_at < stretch[1])
            first_at, last_at = first_at.clip(*stretch), last_at.clip(*stretch)
            telling = (
                (spans[:, 10] == 1)
                & (spans[:, 9] <= self._last)
                & inside
                & (self._grid.of(first_at) == self._grid.of(last_at))
            )
            found.append(spans[telling, 1:9].reshape(-1, 2)[:, ::-1])
            starts = spans[~telling, 0].astype(np.int64).tolist()
            left += _joined(starts, width, stretch)
        return found, left

    def _spans(self, table: Table, width: Instant, stretch: _Stretch) -> NDArray[np.float64]:
        c = table.c
        wanted = select(
            *(c.start, c.first, c.first_at, c.low, c.low_at, c.high, c.high_at, c.last, c.last_at),
            *(c.last_seq, c.in_order),
        ).where(c.stream == self._stream, c.start > stretch[0] - width, c.start < stretch[1])
        return self._read(wanted.order_by(c.start))

    def _read(self, wanted: Any) -> NDArray[np.float64]:
        width = len(wanted.selected_columns)
        # Ten times as quick as an array of the rows themselves.
        numbers = chain.from_iterable(self._connection.execute(wanted))
        return np.fromiter(numbers, np.float64).reshape(-1, width)


def _joined(starts: list[Instant], width: Instant, stretch: _Stretch) -> Iterator[_Stretch]:
    """Give the spans that begin at rising instants, those that meet as one, within the stretch."""
    begin = end = None
    for start in starts:
        if start != end:
            if begin is not None and end is not None:
                yield max(begin, stretch[0]), min(end, stretch[1])
            begin = start
        end = start + width
    if begin is not None and end is not None:
        yield max(begin, stretch[0]), min(end, stretch[1])
