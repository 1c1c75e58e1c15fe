"""Rollups: what a stream's numbers come to in each minute and hour, written with the numbers."""

from collections import Counter

import msgspec
from sqlalchemy import Connection, Table, case

from paser_command.journal.schema import activity, rollup_hour, rollup_minute
from paser_command.journal.store import Journal, upsert
from paser_command.times import HOUR, Instant, floor


class Rollup(msgspec.Struct):
    """One stream's numbers over one span of time, so far."""

    low: float
    high: float
    total: float
    count: int
    last: float
    last_at: Instant

    def add(self, other: "Rollup") -> None:
        """Take the other in."""
        self.low = min(self.low, other.low)
        self.high = max(self.high, other.high)
        self.total += other.total
        self.count += other.count
        if other.last_at >= self.last_at:
            self.last, self.last_at = other.last, other.last_at


Rollups = dict[tuple[str, Instant], Rollup]


def roll_up(store: Journal, connection: Connection, minutes: Rollups) -> None:
    """Add a batch's minutes to those of the journal, and to its hours."""
    hours: Rollups = {}
    for (stream, minute), rollup in minutes.items():
        key = (stream, floor(minute, HOUR))
        if key in hours:
            hours[key].add(rollup)
        else:
            hours[key] = msgspec.structs.replace(rollup)
    _upsert(store, connection, rollup_minute, minutes)
    _upsert(store, connection, rollup_hour, hours)


def count_activity(
    store: Journal, connection: Connection, minute: Instant, counted: Counter[tuple[str, int]]
) -> None:
    """Add how many records of which kind and severity came in the minute."""
    fresh = upsert(store.engine)(activity)
    statement = fresh.on_conflict_do_update(
        index_elements=["minute", "kind", "severity"],
        set_={"count": activity.c.count + fresh.excluded.count},
    )
    rows = [
        {"minute": minute, "kind": kind, "severity": severity, "count": count}
        for (kind, severity), count in counted.items()
    ]
    connection.execute(statement, rows)


def _upsert(store: Journal, connection: Connection, table: Table, rollups: Rollups) -> None:
    fresh = upsert(store.engine)(table)
    new, old = fresh.excluded, table.c
    newer = new.last_at >= old.last_at
    statement = fresh.on_conflict_do_update(
        index_elements=["stream", "start"],
        set_={
            "low": case((new.low < old.low, new.low), else_=old.low),
            "high": case((new.high > old.high, new.high), else_=old.high),
            "total": old.total + new.total,
            "count": old.count + new.count,
            "last": case((newer, new.last), else_=old.last),
            "last_at": case((newer, new.last_at), else_=old.last_at),
        },
    )
    rows = [
        {"stream": stream, "start": start, **msgspec.structs.asdict(rollup)}
        for (stream, start), rollup in rollups.items()
    ]
    connection.execute(statement, rows)
