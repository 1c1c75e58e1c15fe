"""Rollups: what a stream's numbers come to in each minute and hour, written with the numbers."""

from collections import Counter

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, case, literal_column

from paser_command.journal.schema import activity, rollup_hour, rollup_minute
from paser_command.journal.store import Journal, upsert
from paser_command.times import HOUR, Instant


class Rollup(msgspec.Struct):
    """One stream's numbers over one span of time, so far, in the order of the table's columns.

    Of equal numbers the first is the low or the high. See `schema` for `last_seq` and `in_order`.
    """

    low: float
    high: float
    total: float
    count: int
    last: float
    last_at: Instant
    first: float
    first_at: Instant
    low_at: Instant
    high_at: Instant
    last_seq: int
    in_order: bool

    def add(self, other: "Rollup") -> None:
        """Take in what came after."""
        self.in_order = self.in_order and other.in_order and other.first_at > self.last_at
        self.last_seq = max(self.last_seq, other.last_seq)
        if other.low < self.low:
            self.low, self.low_at = other.low, other.low_at
        if other.high > self.high:
            self.high, self.high_at = other.high, other.high_at
        if other.first_at < self.first_at:
            self.first, self.first_at = other.first, other.first_at
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
    newer, older = new.last_at >= old.last_at, new.first_at < old.first_at
    lower, higher = new.low < old.low, new.high > old.high
    yes: ColumnElement[int] = literal_column("1")
    no: ColumnElement[int] = literal_column("0")
    follows = and_(old.in_order == yes, new.in_order == yes, new.first_at > old.last_at)
    statement = fresh.on_conflict_do_update(
        index_elements=["stream", "start"],
        set_={
            "low": case((lower, new.low), else_=old.low),
            "high": case((higher, new.high), else_=old.high),
            "total": old.total + new.total,
            "count": old.count + new.count,
            "last": case((newer, new.last), else_=old.last),
            "last_at": case((newer, new.last_at), else_=old.last_at),
            "first": case((older, new.first), else_=old.first),
            "first_at": case((older, new.first_at), else_=old.first_at),
            "low_at": case((lower, new.low_at), else_=old.low_at),
            "high_at": case((higher, new.high_at), else_=old.high_at),
            "last_seq": new.last_seq,
            "in_order": case((follows, yes), else_=no),
        },
    )
    return str(statement.compile(store.engine, column_keys=[c.name for c in table.columns]))


def _rows(rollups: Rollups) -> list[tuple[object, ...]]:
    return [
        (stream, start, *msgspec.structs.astuple(one)[:-1], int(one.in_order))
        for (stream, start), one in rollups.items()
    ]
