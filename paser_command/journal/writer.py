"""The one writer of a process: records in, one durable transaction a batch."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, Table, insert, select, text, update

from paser_command.journal.batches import Row, digest_of
from paser_command.journal.ending import Ending, ending
from paser_command.journal.identity import File
from paser_command.journal.rollups import RollingUp, Rollup, Rollups, count_activity
from paser_command.journal.schema import SEQUENCED, audit, batch, journal, segment
from paser_command.journal.segments import OPEN, SEALED, is_ahead, is_full
from paser_command.journal.stamps import server_stamp
from paser_command.journal.store import Journal
from paser_command.records import (
    Command,
    Kinds,
    Observation,
    Position,
    Record,
    Severity,
)
from paser_command.times import MINUTE, Instant, Now, floor

CHANNEL = "paser_journal"
"""Where PostgreSQL rings after a commit. It is a doorbell; the tables are the truth."""

_AT_ONCE = 500
"""Databases limit how many values a statement may name."""


class Written(msgspec.Struct, frozen=True):
    """What a batch came to: its last number, when it was received, and how many records."""

    seq: int
    received: Instant
    count: int


class Writer:
    """Appends batches. One a process; any thread, one at a time.

    What `append` returned is on the disk. Raises JournalError where nothing was written:
    ClockError where this machine's clock is wrong, JournalReplacedError where another file stands
    in the journal's place. `now` is this machine's clock; on a server its own clock stamps.
    """

    def __init__(self, store: Journal, now: Now) -> None:
        self._store = store
        self._now = now
        self._file = File(store)
        self._opening = store.opening
        self._rolling_up = RollingUp(store)
        self._inserts = {table.name: _insert_sql(store, table) for table in SEQUENCED}

    def append(self, records: Sequence[Record]) -> Written:
        """Stamp the records as received now, and commit them all or none."""
        self._check_file()
        with self._store.writing() as connection:
            end, now = self._end(connection)
            corrected = is_ahead(end.received, now)
            received = now if corrected else max(now, end.received)
            made = _Batch(end.seq, received, self._store.model.kinds)
            made.add_all(records, _known(connection, records))
            if made.seq > end.seq:
                self._begin_segment(connection, end, received, corrected=corrected)
                self._insert(connection, made, end)
            if self._store.shared:
                connection.execute(text(f"NOTIFY {CHANNEL}"))
        return Written(made.seq, received, len(records))

    def _end(self, connection: Connection) -> tuple[Ending, Instant]:
        """Return where the journal ends, and what time it is."""
        asked = self._now()
        end = ending(connection, shared=self._store.shared)
        if self._store.shared and not self._store.own_clock:
            return end, server_stamp(end, asked, self._now())
        return end, asked

    def _begin_segment(
        self, connection: Connection, end: Ending, received: Instant, *, corrected: bool
    ) -> None:
        """Begin a segment where none is open, or the open one has to end with what it holds."""
        if end.segment is not None:
            full = is_full(end.segment, end.segment_received, end.seq, received)
            if not corrected and not full:
                return
            sealed = update(segment).where(segment.c.first_seq == end.segment)
            values = {
                "last_seq": end.seq,
                "last_received": received if corrected else end.received,
                "digest": end.digest,
                "state": SEALED,
            }
            connection.execute(sealed.values(values))
        begun = {"first_seq": end.seq + 1, "first_received": received, "state": OPEN}
        connection.execute(insert(segment).values(begun))

    def _check_file(self) -> None:
        """JournalReplacedError where the file was exchanged, until a reader has opened it anew."""
        if self._store.opening != self._opening:
            self._file, self._opening = File(self._store), self._store.opening
        self._file.check()

    def _insert(self, connection: Connection, made: "_Batch", end: Ending) -> None:
        for table, rows in zip(SEQUENCED, made.rows, strict=True):
            if rows:
                connection.exec_driver_sql(self._inserts[table.name], rows)
        if made.commands:
            connection.execute(insert(audit), _links(made.commands, end.audit))
        values = {
            "first_seq": end.seq + 1,
            "last_seq": made.seq,
            "received": made.received,
            "digest": digest_of(end.digest, made.rows),
        }
        connection.execute(insert(batch).values(values))
        if made.minutes:
            self._rolling_up.add(connection, made.minutes)
        count_activity(self._store, connection, floor(made.received, MINUTE), made.activity)


class _Batch:
    """Rows of a batch, by table, and what they add up to."""

    def __init__(self, seq: int, received: Instant, kinds: Kinds) -> None:
        self._kinds = kinds
        self.seq = seq
        self.received = received
        self.journal: list[Row] = []
        self.observations: list[Row] = []
        self.positions: list[Row] = []
        self.commands: list[Row] = []
        self.minutes: Rollups = {}
        self.activity: Counter[tuple[str, int]] = Counter()

    @property
    def rows(self) -> tuple[list[Row], list[Row], list[Row]]:
        """Return the rows of the three tables, each in the order of their numbers."""
        return self.journal, self.observations, self.positions

    def add_all(self, records: Iterable[Record], known: set[str]) -> None:
        """Add records; commands come last, and each is one however often it was sent."""
        commands: dict[str, Command] = {}
        for record in records:
            if isinstance(record, Observation):
                self._observation(record)
            elif isinstance(record, Command):
                commands.setdefault(record.key, record)
            elif isinstance(record, Position):
                self.seq += 1
                self.positions.append(_position_row(record, self.seq, self.received))
                self.activity["position", 0] += 1
            else:
                self._body(record)
        for key, command in commands.items():
            if key not in known:
                self._body(command)
                self.commands.append(self.journal[-1])

    def _body(self, record: Record) -> None:
        self.seq += 1
        self.journal.append(_journal_row(self._kinds, record, self.seq, self.received))
        severity = int(getattr(record, "severity", Severity.NONE))
        self.activity[self._kinds.name_of(record), severity] += 1

    def _observation(self, record: Observation) -> None:
        self.seq = seq = self.seq + 1
        # Numbers as the database gives them back: whole ones and -0.0 are others in a digest.
        stream, at, value = record.key, record.at, record.value + 0.0
        self.observations.append((seq, stream, at, self.received, value, int(record.quality)))
        self.activity["observation", 0] += 1
        key = (stream, at - at % MINUTE)
        rollup = self.minutes.get(key)
        if rollup is None:
            self.minutes[key] = Rollup(
                value, value, value, 1, value, at, value, at, at, at, seq, True
            )
            return
        # Spelled out, not `add`: this is the one line of the program that runs for every number.
        if value < rollup.low:
            rollup.low, rollup.low_at = value, at
        if value > rollup.high:
            rollup.high, rollup.high_at = value, at
        rollup.total += value
        rollup.count += 1
        rollup.last_seq = seq
        if at > rollup.last_at:
            rollup.last, rollup.last_at = value, at
            return
        rollup.in_order = False
        if at == rollup.last_at:
            rollup.last = value
        elif at < rollup.first_at:
            rollup.first, rollup.first_at = value, at


def chained(previous: bytes, body: bytes) -> bytes:
    """Return the audit hash of a command's body after the one before: SHA-256 of both."""
    return hashlib.sha256(previous + body).digest()


def _links(commands: Sequence[Row], previous: bytes) -> list[dict[str, object]]:
    """Return the audit chain's links of commands' rows, behind the last one's hash."""
    links: list[dict[str, object]] = []
    for row in commands:
        seq, body = row[0], row[-1]
        assert isinstance(body, bytes)
        hashed = chained(previous, body)
        links.append({"seq": seq, "previous": previous, "hash": hashed})
        previous = hashed
    return links


def _known(connection: Connection, records: Sequence[Record]) -> set[str]:
    """Return the keys of those commands that the journal has already."""
    keys = [record.key for record in records if isinstance(record, Command)]
    known: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = journal.c.key.in_(keys[start : start + _AT_ONCE])
        found = select(journal.c.key).where(journal.c.kind == "command", some)
        known.update(connection.execute(found).scalars())
    return known


def _insert_sql(store: Journal, table: Table) -> str:
    return str(insert(table).compile(store.engine, column_keys=[c.name for c in table.columns]))


def _journal_row(kinds: Kinds, record: Record, seq: int, received: Instant) -> Row:
    body = kinds.encode(msgspec.structs.replace(record, received=received))
    return (seq, received, record.at, kinds.name_of(record), record.feed, record.key, body)


def _position_row(record: Position, seq: int, received: Instant) -> Row:
    speed, course = record.speed_m_s, record.course_deg
    return (
        seq,
        record.key,
        record.at,
        received,
        record.lon + 0.0,
        record.lat + 0.0,
        None if speed is None else speed + 0.0,
        None if course is None else course + 0.0,
        record.name,
        record.status,
    )
