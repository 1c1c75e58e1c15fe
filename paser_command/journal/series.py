"""Series of a stream over a span, and the journal's activity: what charts and timeline ask."""

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, func, select

from paser_command.journal import schema
from paser_command.journal.engine import told
from paser_command.journal.schema import observation, rollup_hour, rollup_minute
from paser_command.journal.segments import last_until
from paser_command.journal.store import Journal
from paser_command.records import Severity
from paser_command.times import HOUR, MINUTE, Instant, floor

RAW_ROWS_A_COLUMN = 8
"""Up to so many rows a column the raw numbers are read; past that a rollup is cheaper."""

Points = tuple[NDArray[np.int64], NDArray[np.float64]]


class Activity(msgspec.Struct, frozen=True):
    """How many records came in each step of a span: `counts` is (n, 5), a column a Severity."""

    start: Instant
    end: Instant
    step: Instant
    counts: NDArray[np.int64]


def series(
    store: Journal,
    stream: str,
    start: Instant,
    end: Instant,
    columns: int,
    known: Instant | None = None,
) -> Points:
    """Return the stream's numbers from start to end: at most a low and a high for each column.

    `known` leaves out what was received later. A minute or an hour that the end cuts is read
    from the raw numbers, so that nothing after the end shows through.
    """
    with told(store.engine), store.engine.connect() as connection:
        last = None if known is None else last_until(connection, known)
        step = _step(connection, stream, start, end, columns)
        if step is None:
            at, value = _raw(connection, stream, start, end, last)
        else:
            whole = floor(min(end, end if known is None else known), step)
            older = _rolled(connection, stream, floor(start, step), whole, step)
            newer = _raw(connection, stream, max(whole, start), end, last)
            at = np.concatenate((older[0], newer[0]))
            value = np.concatenate((older[1], newer[1]))
    return thinned(at, value, start, end, columns)


def activity(store: Journal, start: Instant, end: Instant, step: Instant = MINUTE) -> Activity:
    """Return how many records of which severity came in each step; the step is whole minutes."""
    start = floor(start, step)
    steps = max(1, -(-(end - start) // step))
    table = schema.activity.c
    # Numbers and feed health come all the time; what is counted is what people look for.
    counted = (
        select(table.minute, table.severity, func.sum(table.count))
        .where(table.minute >= start, table.minute < end)
        .group_by(table.minute, table.severity)
    )
    counts = np.zeros((steps, len(Severity)), np.int64)
    with told(store.engine), store.engine.connect() as connection:
        for minute, severity, count in connection.execute(counted):
            counts[(minute - start) // step, severity] += int(count)
    return Activity(start, end, step, counts)


def thinned(
    at: NDArray[np.int64], value: NDArray[np.float64], start: Instant, end: Instant, columns: int
) -> Points:
    """Keep of each column its lowest and its highest number, in the order of their times."""
    if len(at) <= 2 * columns:
        return at, value
    column = (at - start) * columns // max(1, end - start)
    edges = np.flatnonzero(np.diff(column)) + 1
    first = np.concatenate(([0], edges))
    size = np.diff(np.concatenate((first, [len(at)])))
    group = np.repeat(np.arange(len(first)), size)
    order = np.lexsort((value, group))
    kept = np.union1d(order[first], order[first + size - 1])
    return at[kept], value[kept]


def _step(
    connection: Connection, stream: str, start: Instant, end: Instant, columns: int
) -> Instant | None:
    hours = rollup_hour.c
    counted = select(func.sum(hours.count)).where(
        hours.stream == stream, hours.start >= floor(start, HOUR), hours.start <= end
    )
    rows = int(connection.execute(counted).scalar() or 0)
    if rows <= RAW_ROWS_A_COLUMN * columns:
        return None
    return MINUTE if (end - start) // MINUTE <= RAW_ROWS_A_COLUMN * columns else HOUR


def _raw(
    connection: Connection, stream: str, start: Instant, end: Instant, last: int | None
) -> Points:
    numbers = observation.c
    wanted = select(numbers.at, numbers.value).where(
        numbers.stream == stream, numbers.at >= start, numbers.at <= end
    )
    if last is not None:
        wanted = wanted.where(numbers.seq <= last)
    return _points(connection.execute(wanted.order_by(numbers.at, numbers.seq)).all())


def _rolled(
    connection: Connection, stream: str, start: Instant, end: Instant, step: Instant
) -> Points:
    table: Table = rollup_minute if step == MINUTE else rollup_hour
    c = table.c
    wanted = select(c.start, c.low, c.high, c.last).where(
        c.stream == stream, c.start >= start, c.start < end
    )
    rows = connection.execute(wanted.order_by(c.start)).all()
    third = step // 3
    spread = [
        point
        for begin, low, high, last in rows
        for point in ((begin + third // 2, low), (begin + third, high), (begin + 2 * third, last))
    ]
    return _points(spread)


def _points(rows: object) -> Points:
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    # Microseconds of this century lie well inside what a double holds exactly (2 ** 53).
    return table[:, 0].astype(np.int64), table[:, 1].copy()
