"""Segments and batches with their digests, keyframes in chunks, the journal's identity.

What stands in the journal already is put into batches and segments as it is stored. Counts of
activity get another name: a program of revision 0001 that still runs fails with its next batch.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import context, op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MINUTE, _DAY = 60_000_000, 86_400_000_000
_SLICE, _SEGMENT = 10_000, 1_000_000

Progress = Callable[[int, int], None]
Row = tuple[Any, ...]


def _table(name: str, columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns.split()))


_JOURNAL = _table("journal", "seq received at kind feed key body")
_OBSERVATION = _table("observation", "seq stream at received value quality")
_POSITION = _table("position", "seq unit at received lon lat speed_m_s course_deg name status")
_RECEIVED = (1, 3, 3)
"""Where in a row of the three tables the receipt stands."""

_BATCH = _table("batch", "first_seq last_seq received digest")
_SEGMENT_TABLE = _table("segment", "first_seq last_seq first_received last_received digest state")
_ADD_ACTIVITY = sa.text(
    "INSERT INTO activity (minute, kind, severity, count)"
    " VALUES (:minute, :kind, :severity, :count)"
    " ON CONFLICT (minute, kind, severity) DO UPDATE SET count = activity.count + excluded.count"
)
_META = _table("meta", "name value")


def upgrade() -> None:
    """Create the tables, and put what stands in the journal into batches and segments."""
    _create()
    connection = op.get_bind()
    epoch = uuid.uuid4().hex
    facts = {"epoch": epoch, "oldest_reader": "2", "oldest_writer": "2"}
    connection.execute(
        sa.insert(_META), [{"name": name, "value": value} for name, value in facts.items()]
    )
    progress: Progress = context.config.attributes.get("progress", lambda done, total: None)
    _Filling(connection, hashlib.sha256(epoch.encode()).digest(), progress).run()


def _create() -> None:
    op.create_table(
        "segment",
        sa.Column("first_seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("last_seq", sa.BigInteger),
        sa.Column("first_received", sa.BigInteger, nullable=False),
        sa.Column("last_received", sa.BigInteger),
        sa.Column("digest", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "batch",
        sa.Column("first_seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )
    op.drop_table("activity_minute")
    op.create_table(
        "activity",
        sa.Column("minute", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("severity", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.drop_table("keyframe")
    op.create_table(
        "keyframe",
        sa.Column("seq", _ID, primary_key=True, autoincrement=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("parts", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "chunk",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "feed_state",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("seat", sa.Text, nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )


class _Rows:
    """The rows of one table, in the order of their numbers, some at a time."""

    def __init__(self, connection: sa.Connection, table: sa.TableClause) -> None:
        ordered = sa.select(table).order_by(table.c.seq)
        streamed = connection.execute(ordered.execution_options(yield_per=2_000))
        self._rows: Iterator[Row] = (tuple(row) for row in streamed)
        self.next: Row | None = next(self._rows, None)

    def take(self) -> Row:
        row, self.next = self.next, next(self._rows, None)
        assert row is not None
        return row


class _Filling:
    """One walk along the number line that writes batches, segments and activity."""

    def __init__(self, connection: sa.Connection, digest: bytes, progress: Progress) -> None:
        self._connection = connection
        self._digest = digest
        self._progress = progress
        self._tables = [_Rows(connection, table) for table in (_JOURNAL, _OBSERVATION, _POSITION)]
        self._slice: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
        self._first = self._last = 0
        self._received = 0
        self._segment: tuple[int, int] | None = None
        self._activity: Counter[tuple[int, str, int]] = Counter()

    def run(self) -> None:
        tables = (_JOURNAL, _OBSERVATION, _POSITION)
        lasts = (sa.select(sa.func.max(table.c.seq)) for table in tables)
        total = max(self._connection.execute(last).scalar() or 0 for last in lasts)
        while (place := self._next()) is not None:
            row = self._tables[place].take()
            self._add(place, row, row[_RECEIVED[place]])
            if self._last % _SLICE == 0:
                self._progress(self._last, total)
        self._end_slice()
        self._count(None)
        if self._segment is not None:
            first, received = self._segment
            self._put(_SEGMENT_TABLE, first, None, received, None, None, "open")

    def _next(self) -> int | None:
        waiting = [(rows.next[0], place) for place, rows in enumerate(self._tables) if rows.next]
        return min(waiting)[1] if waiting else None

    def _add(self, place: int, row: Row, received: int) -> None:
        if self._last - self._first >= _SLICE:
            self._end_slice()
        if self._segment is None or self._is_full(self._segment, received):
            self._end_slice()
            self._end_segment()
            self._segment = (self._last + 1, received)
        self._slice[place].append(row)
        self._last, self._received = row[0], received
        kind = row[3] if place == 0 else ("observation", "position")[place - 1]
        severity = _severity(row[6]) if place == 0 else 0
        self._activity[received - received % _MINUTE, kind, severity] += 1

    def _is_full(self, segment: tuple[int, int], received: int) -> bool:
        first, began = segment
        return received // _DAY != began // _DAY or self._last - first + 1 >= _SEGMENT

    def _end_slice(self) -> None:
        if self._last == self._first:
            return
        content = self._digest + msgspec.msgpack.encode(self._slice)
        self._digest = hashlib.sha256(content).digest()
        self._put(_BATCH, self._first + 1, self._last, self._received, self._digest)
        self._slice = ([], [], [])
        self._first = self._last
        self._count(self._received - self._received % _MINUTE)

    def _end_segment(self) -> None:
        if self._segment is not None:
            first, received = self._segment
            self._put(
                _SEGMENT_TABLE, first, self._last, received, self._received, self._digest, "sealed"
            )

    def _count(self, minute: int | None) -> None:
        """Put down what was counted, but that of the minute that still goes on."""
        for key in [key for key in self._activity if key[0] != minute]:
            over = dict(zip(("minute", "kind", "severity"), key, strict=True))
            self._connection.execute(_ADD_ACTIVITY, {**over, "count": self._activity.pop(key)})

    def _put(self, table: sa.TableClause, *values: object) -> None:
        named = {column.name: value for column, value in zip(table.c, values, strict=True)}
        self._connection.execute(sa.insert(table).values(named))


def _severity(body: bytes) -> int:
    """Return the severity in a body of version 1: one byte, then msgpack; 0 where it has none."""
    try:
        content: object = msgspec.msgpack.decode(memoryview(body)[1:])
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
        return 0
    severity = content.get("severity", 0) if isinstance(content, dict) else 0
    return severity if isinstance(severity, int) and 0 <= severity <= 4 else 0
