"""Segments and batches with their digests, keyframes in chunks, the journal's identity.

What stands in the journal already is put into batches and segments as it is stored. Counts of
activity get another name: a program of revision 0001 that still runs fails with its next batch.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
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
_TABLES = (_JOURNAL, _OBSERVATION, _POSITION)
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


class _Filling:
    """One walk along the number line that writes batches, segments and activity."""

    def __init__(self, connection: sa.Connection, digest: bytes, progress: Progress) -> None:
        self._connection = connection
        self._digest = digest
        self._progress = progress
        self._questions = [
            sa.select(table)
            .where(table.c.seq >= sa.bindparam("first"), table.c.seq <= sa.bindparam("last"))
            .order_by(table.c.seq)
            for table in _TABLES
        ]
        self._segment: tuple[int, int] | None = None
        self._last, self._received = 0, 0

    def run(self) -> None:
        lasts = (sa.select(sa.func.max(table.c.seq)) for table in _TABLES)
        total = max(self._connection.execute(last).scalar() or 0 for last in lasts)
        for first in range(1, total + 1, _SLICE):
            last = min(first + _SLICE - 1, total)
            asked = {"first": first, "last": last}
            rows = [
                [tuple(row) for row in self._connection.execute(question, asked)]
                for question in self._questions
            ]
            for end in (*_ends_of_days(rows), last):
                self._batch(end, [[row for row in some if row[0] <= end] for some in rows])
                rows = [[row for row in some if row[0] > end] for some in rows]
            self._progress(last, total)
        if self._segment is not None:
            first, received = self._segment
            self._put(_SEGMENT_TABLE, first, None, received, None, None, "open")

    def _batch(self, last: int, rows: list[list[Row]]) -> None:
        """Put the rows up to a number into a batch; receipt is of one day."""
        ends = [
            ((some[0][0], some[0][place]), (some[-1][0], some[-1][place]))
            for place, some in zip(_RECEIVED, rows, strict=True)
            if some
        ]
        if not ends:
            # A hole in the number line: verify names it.
            return
        (_, began), (_, newest) = min(first for first, _ in ends), max(last for _, last in ends)
        if self._segment is None or self._is_full(self._segment, began):
            self._end_segment()
            self._segment = (self._last + 1, began)
        content = self._digest + msgspec.msgpack.encode(rows)
        self._digest = hashlib.sha256(content).digest()
        self._put(_BATCH, self._last + 1, last, newest, self._digest)
        self._last, self._received = last, newest
        self._count(rows)

    def _is_full(self, segment: tuple[int, int], received: int) -> bool:
        first, began = segment
        return received // _DAY != began // _DAY or self._last - first + 1 >= _SEGMENT

    def _end_segment(self) -> None:
        if self._segment is not None:
            first, received = self._segment
            self._put(
                _SEGMENT_TABLE, first, self._last, received, self._received, self._digest, "sealed"
            )

    def _count(self, rows: list[list[Row]]) -> None:
        records, observations, positions = rows
        counted: Counter[tuple[int, str, int]] = Counter(
            (row[1] // _MINUTE, row[3], _severity(row[6])) for row in records
        )
        counted.update((row[3] // _MINUTE, "observation", 0) for row in observations)
        counted.update((row[3] // _MINUTE, "position", 0) for row in positions)
        values = [
            {"minute": minute * _MINUTE, "kind": kind, "severity": severity, "count": count}
            for (minute, kind, severity), count in counted.items()
        ]
        self._connection.execute(_ADD_ACTIVITY, values)

    def _put(self, table: sa.TableClause, *values: object) -> None:
        named = {column.name: value for column, value in zip(table.c, values, strict=True)}
        self._connection.execute(sa.insert(table).values(named))


def _ends_of_days(rows: list[list[Row]]) -> list[int]:
    """Return the last number of each day of receipt in the rows, but that of the last one."""
    tables = list(zip(_RECEIVED, rows, strict=True))
    if len({row[place] // _DAY for place, some in tables for row in some}) < 2:
        return []
    stamps = sorted((row[0], row[place]) for place, some in tables for row in some)
    return [
        before
        for (before, then), (_, received) in pairwise(stamps)
        if then // _DAY != received // _DAY
    ]


def _severity(body: bytes) -> int:
    """Return the severity in a body of version 1: one byte, then msgpack; 0 where it has none."""
    try:
        content: object = msgspec.msgpack.decode(memoryview(body)[1:])
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
        return 0
    severity = content.get("severity", 0) if isinstance(content, dict) else 0
    return severity if isinstance(severity, int) and 0 <= severity <= 4 else 0
