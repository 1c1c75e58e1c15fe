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
    same = (row.low, row.high, row.count, row.last, row.last_at) == (
        expected.low,
        expected.high,
        expected.count,
        expected.last,
        expected.last_at,
    )
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
        )
        .where(c.stream == stream)
        .group_by(text("start"))
        .subquery()
    )
    n = observation.c
    newest = select(n.value).where(n.stream == stream, n.at == spans.c.last_at)
    last = newest.order_by(n.seq.desc()).limit(1).scalar_subquery()
    asked = select(spans, last.label("last")).order_by(spans.c.start)
    for row in streamed(connection, asked):
        yield row.start, Rollup(row.low, row.high, row.total, row.count, row.last, row.last_at)


def _stored(connection: Connection, table: Table, stream: str) -> Iterator[Any]:
    asked = select(table).where(table.c.stream == stream).order_by(table.c.start)
    return streamed(connection, asked)
