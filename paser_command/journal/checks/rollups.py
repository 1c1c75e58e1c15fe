"""Rollups are what their numbers come to: charts of longer spans are drawn of them."""

import math
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from paser_command.errors import Words
from paser_command.journal.checks.finding import Finding
from paser_command.journal.rollups import Rollup
from paser_command.journal.schema import observation, rollup_hour, rollup_minute
from paser_command.journal.streaming import streamed
from paser_command.times import DAY, HOUR, MINUTE, Instant

_ALWAYS = ("low", "high", "count", "last", "last_at")
_IN_ORDER = ("first", "first_at", "low_at", "high_at", "last_seq", "in_order")
"""What is used, and so compared, only where the numbers of a span came in order."""


def check_rollups(connection: Connection, deleted_until: Instant) -> Iterator[Finding]:
    """Compare each minute and hour with its numbers, stream by stream."""
    for table, step in ((rollup_minute, MINUTE), (rollup_hour, HOUR)):
        streams = select(observation.c.stream).union(select(table.c.stream))
        for stream in connection.execute(streams.order_by("stream")).scalars().all():
            if any(_unlike(connection, table, step, stream, deleted_until)):
                where = f"{table.name} of {stream}"
                yield Finding(where, Words("does not add up to its numbers"))


def _unlike(
    connection: Connection, table: Table, step: Instant, stream: str, deleted_until: Instant
) -> Iterator[bool]:
    """Tell of each span whether it differs; both sides come in the order of time."""
    stored = _stored(connection, table, stream)
    row = next(stored, None)
    for start, expected in _rolled(connection, stream, step):
        while row is not None and row.start < start:
            yield not _may_lack(row.start, deleted_until)
            row = next(stored, None)
        if row is None or row.start != start:
            yield True
            continue
        yield not _agrees(row, expected, deleted_until)
        row = next(stored, None)
    while row is not None:
        yield not _may_lack(row.start, deleted_until)
        row = next(stored, None)


def _may_lack(start: Instant, deleted_until: Instant) -> bool:
    """Tell whether numbers of the span may be deleted; sources may be a day ahead of receipt."""
    return bool(deleted_until) and start <= deleted_until + DAY


def _agrees(row: Any, expected: Rollup, deleted_until: Instant) -> bool:
    if _may_lack(row.start, deleted_until):
        return bool(
            row.low <= expected.low
            and row.high >= expected.high
            and row.count >= expected.count
            and row.last_at >= expected.last_at
        )
    names = _ALWAYS + (_IN_ORDER if row.in_order else ())
    same = all(getattr(row, name) == getattr(expected, name) for name in names)
    # Sums depend on how the numbers were gathered in batches, in their last digits.
    size = expected.count * max(abs(expected.low), abs(expected.high), 1e-300)
    return same and math.isclose(row.total, expected.total, rel_tol=0, abs_tol=size * 1e-12)


def _rolled(connection: Connection, stream: str, step: Instant) -> Iterator[tuple[Instant, Rollup]]:
    """Give the spans of a stream's numbers in order; the database adds them up."""
    of_stream = observation.alias()
    c = of_stream.c
    # Engines cut remainders of instants before 1970 another way than Python does.
    into = ((c.at % step) + step) % step
    spans = (
        select(
            (c.at - into).label("start"),
            func.min(c.value).label("low"),
            func.max(c.value).label("high"),
            func.sum(c.value).label("total"),
            func.count().label("count"),
            func.max(c.at).label("last_at"),
            func.min(c.at).label("first_at"),
            func.max(c.seq).label("last_seq"),
            (func.count(c.at.distinct()) == func.count()).label("in_order"),
        )
        .where(c.stream == stream)
        .group_by(text("start"))
        .subquery()
    )
    n = observation.c
    s = spans.c

    def value_at(at: Any) -> Any:
        newest = select(n.value).where(n.stream == stream, n.at == at)
        return newest.order_by(n.seq.desc()).limit(1).scalar_subquery()

    def first_with(value: Any) -> Any:
        inside = n.at.between(s.first_at, s.last_at)
        return select(func.min(n.at)).where(n.stream == stream, inside, n.value == value)

    asked = select(
        s.start,
        *(s.low, s.high, s.total, s.count),
        *(value_at(s.last_at).label("last"), s.last_at),
        *(value_at(s.first_at).label("first"), s.first_at),
        first_with(s.low).scalar_subquery().label("low_at"),
        first_with(s.high).scalar_subquery().label("high_at"),
        *(s.last_seq, s.in_order),
    )
    for start, *values in streamed(connection, asked.order_by(s.start)):
        yield start, Rollup(*values)


def _stored(connection: Connection, table: Table, stream: str) -> Iterator[Any]:
    asked = select(table).where(table.c.stream == stream).order_by(table.c.start)
    return streamed(connection, asked)
