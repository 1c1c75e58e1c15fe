"""Rollups: what a stream's numbers come to in each minute and hour, written with the numbers."""

from collections import Counter

import msgspec
from sqlalchemy import Connection, Table, case

from paser_command.journal.schema import activity, rollup_hour, rollup_minute
from paser_command.journal.store import Journal, upsert
from paser_command.times import HOUR, Instant


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


class RollingUp:
    """Adds to the journal's rollups. Its SQL is made once: that took longer than to run it."""

    def __init__(self, store: Journal) -> None:
        self._minute = _upsert_sql(store, rollup_minute)
        self._hour = _upsert_sql(store, rollup_hour)

    def add(self, connection: Connection, minutes: Rollups) -> None:
        """Add a batch's minutes to those of the journal, and to its hours."""
        hours: Rollups = {}
        for (stream, minute), rollup in minutes.items():
            key = (stream, minute - minute % HOUR)
            if key in hours:
                hours[key].add(rollup)
            else:
                hours[key] = msgspec.structs.replace(rollup)
        connection.exec_driver_sql(self._minute, _rows(minutes))
        connection.exec_driver_sql(self._hour, _rows(hours))


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


def _upsert_sql(store: Journal, table: Table) -> str:
    """Return the SQL that adds a row of the table's columns, in their order."""
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
    return str(statement.compile(store.engine, column_keys=[c.name for c in table.columns]))


def _rows(rollups: Rollups) -> list[tuple[object, ...]]:
    return [
        (stream, start, one.low, one.high, one.total, one.count, one.last, one.last_at)
        for (stream, start), one in rollups.items()
    ]
