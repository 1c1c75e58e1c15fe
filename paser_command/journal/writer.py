"""The one writer of a process: records in, one durable transaction a batch."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, Table, case, func, insert, select, text, union_all

from paser_command.journal.schema import (
    SEQUENCED,
    activity_minute,
    audit,
    journal,
    keyframe,
    observation,
    position,
    rollup_hour,
    rollup_minute,
)
from paser_command.journal.store import Journal, upsert
from paser_command.records import (
    Command,
    Kinds,
    Observation,
    Position,
    Record,
    Severity,
)
from paser_command.times import HOUR, MINUTE, Instant, Now, floor

CHANNEL = "paser_journal"
"""Where PostgreSQL rings after a commit. It is a doorbell; the tables are the truth."""

Row = tuple[object, ...]


class Written(msgspec.Struct, frozen=True):
    """What a batch came to: its last number, when it was received, and how many records."""

    seq: int
    received: Instant
    count: int


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


class Writer:
    """Appends batches. One a process; any thread, one at a time.

    What `append` returned is on the disk. Raises JournalError where nothing was written.
    """

    def __init__(self, store: Journal, now: Now) -> None:
        self._store = store
        self._now = now
        self._inserts = {table.name: _insert_sql(store, table) for table in SEQUENCED}

    def append(self, records: Sequence[Record]) -> Written:
        """Stamp the records as received now, and commit them all or none."""
        with self._store.writing() as connection:
            seq, received = head(connection)
            received = max(self._now(), received)
            batch = _Batch(seq, received, self._store.model.kinds)
            for record in records:
                batch.add(record)
            self._insert(connection, batch)
            for command in batch.commands:
                batch.seq = self._insert_command(connection, command, batch.seq, received)
            self._roll_up(connection, batch, received)
            if self._store.shared:
                connection.execute(text(f"NOTIFY {CHANNEL}"))
        return Written(batch.seq, received, len(records))

    def put_keyframe(self, seq: int, received: Instant, body: bytes) -> None:
        """Keep the picture as it is after the record `seq`."""
        values = {"seq": seq, "received": received, "body": body}
        statement = upsert(self._store.engine)(keyframe).values(values).on_conflict_do_nothing()
        with self._store.writing() as connection:
            connection.execute(statement)

    def _insert(self, connection: Connection, batch: "_Batch") -> None:
        for table, rows in (
            (journal, batch.journal),
            (observation, batch.observations),
            (position, batch.positions),
        ):
            if rows:
                connection.exec_driver_sql(self._inserts[table.name], rows)

    def _insert_command(
        self, connection: Connection, command: Command, seq: int, received: Instant
    ) -> int:
        """Insert a command unless it is there already, and chain it to those before."""
        known = select(journal.c.seq).where(
            journal.c.kind == "command", journal.c.key == command.key
        )
        if connection.execute(known).first():
            return seq
        seq += 1
        row = _journal_row(self._store.model.kinds, command, seq, received)
        connection.exec_driver_sql(self._inserts["journal"], [row])
        last = select(audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
        previous = connection.execute(last).scalar() or b""
        body = row[-1]
        assert isinstance(body, bytes)
        link = {"seq": seq, "previous": previous, "hash": chained(previous, body)}
        connection.execute(insert(audit), link)
        return seq

    def _roll_up(self, connection: Connection, batch: "_Batch", received: Instant) -> None:
        if batch.minutes:
            hours: Rollups = {}
            for (stream, minute), rollup in batch.minutes.items():
                _merge(hours, (stream, floor(minute, HOUR)), rollup)
            _upsert_rollups(self._store, connection, rollup_minute, batch.minutes)
            _upsert_rollups(self._store, connection, rollup_hour, hours)
        if batch.activity:
            _upsert_activity(self._store, connection, floor(received, MINUTE), batch.activity)


class _Batch:
    """Rows of a batch, by table, and what they add up to."""

    def __init__(self, seq: int, received: Instant, kinds: Kinds) -> None:
        self._kinds = kinds
        self.seq = seq
        self.received = received
        self.journal: list[Row] = []
        self.observations: list[Row] = []
        self.positions: list[Row] = []
        self.commands: list[Command] = []
        self.minutes: Rollups = {}
        self.activity: Counter[tuple[str, int]] = Counter()

    def add(self, record: Record) -> None:
        if isinstance(record, Observation):
            self._observation(record)
        elif isinstance(record, Command):
            self.commands.append(record)
            self.activity["command", 0] += 1
        elif isinstance(record, Position):
            self.seq += 1
            self.positions.append(_position_row(record, self.seq, self.received))
            self.activity["position", 0] += 1
        else:
            self.seq += 1
            self.journal.append(_journal_row(self._kinds, record, self.seq, self.received))
            severity = int(getattr(record, "severity", Severity.NONE))
            self.activity[self._kinds.name_of(record), severity] += 1

    def _observation(self, record: Observation) -> None:
        self.seq = seq = self.seq + 1
        stream, at, value = record.key, record.at, record.value
        self.observations.append((seq, stream, at, self.received, value, int(record.quality)))
        self.activity["observation", 0] += 1
        key = (stream, at - at % MINUTE)
        rollup = self.minutes.get(key)
        if rollup is None:
            self.minutes[key] = Rollup(value, value, value, 1, value, at)
            return
        # Spelled out, not `add`: this is the one line of the program that runs for every number.
        if value < rollup.low:
            rollup.low = value
        if value > rollup.high:
            rollup.high = value
        rollup.total += value
        rollup.count += 1
        if at >= rollup.last_at:
            rollup.last, rollup.last_at = value, at


_LAST = union_all(
    *(
        select(table.c.seq, table.c.received).where(
            table.c.seq == select(func.max(table.c.seq)).scalar_subquery()
        )
        for table in SEQUENCED
    )
)
"""Made once: readers ask thirty times a second, and to make them cost more than to ask."""


def head(connection: Connection) -> tuple[int, Instant]:
    """Return the last number given and when its record was received; zeros where there is none."""
    lasts = [(row.seq, row.received) for row in connection.execute(_LAST)]
    return max(lasts, default=(0, 0))


def chained(previous: bytes, body: bytes) -> bytes:
    """Return the audit hash of a command's body after the one before: SHA-256 of both."""
    return hashlib.sha256(previous + body).digest()


def _insert_sql(store: Journal, table: Table) -> str:
    return str(insert(table).compile(store.engine, column_keys=[c.name for c in table.columns]))


def _journal_row(kinds: Kinds, record: Record, seq: int, received: Instant) -> Row:
    body = kinds.encode(msgspec.structs.replace(record, received=received))
    return (seq, received, record.at, kinds.name_of(record), record.feed, record.key, body)


def _position_row(record: Position, seq: int, received: Instant) -> Row:
    return (
        seq,
        record.key,
        record.at,
        received,
        record.lon,
        record.lat,
        record.speed_m_s,
        record.course_deg,
        record.name,
        record.status,
    )


def _merge(rollups: Rollups, key: tuple[str, Instant], rollup: Rollup) -> None:
    if key in rollups:
        rollups[key].add(rollup)
    else:
        rollups[key] = msgspec.structs.replace(rollup)


def _upsert_rollups(store: Journal, connection: Connection, table: Table, rollups: Rollups) -> None:
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


def _upsert_activity(
    store: Journal, connection: Connection, minute: Instant, activity: Counter[tuple[str, int]]
) -> None:
    fresh = upsert(store.engine)(activity_minute)
    statement = fresh.on_conflict_do_update(
        index_elements=["minute", "kind", "severity"],
        set_={"count": activity_minute.c.count + fresh.excluded.count},
    )
    rows: Iterable[dict[str, object]] = [
        {"minute": minute, "kind": kind, "severity": severity, "count": count}
        for (kind, severity), count in activity.items()
    ]
    connection.execute(statement, list(rows))
