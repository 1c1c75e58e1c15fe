"""The journal's tables, the same on SQLite and PostgreSQL.

`seq` is one number line over `journal`, `observation` and `position`: given while the writer holds
the journal's one write lock, so it has no holes and orders commits, and `received` never falls
along a segment (docs/adr/0003, 0022). Instants are microseconds since 1970 UTC.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

REVISION = "0003"
"""The newest migration; a journal at this revision is opened without loading Alembic."""

FORMAT = 3
"""The format level that this program reads and writes.

A journal states in `meta` the oldest level that may read it and the oldest that may write it, so
that programs of two versions work on one journal where the newer one says that they may.
"""

metadata = MetaData()


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _seq() -> Column[int]:
    # SQLite's row number must be spelled INTEGER to be the key itself.
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Column("seq", kind, primary_key=True, autoincrement=False)


meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    _seq(),
    _number("received"),
    _number("at"),
    Column("kind", Text, nullable=False),
    Column("feed", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("journal_at", "at"),
)

observation = Table(
    "observation",
    metadata,
    _seq(),
    Column("stream", Text, nullable=False),
    _number("at"),
    _number("received"),
    Column("value", Double, nullable=False),
    Column("quality", SmallInteger, nullable=False),
    Index("observation_stream_at", "stream", "at"),
)

position = Table(
    "position",
    metadata,
    _seq(),
    Column("unit", Text, nullable=False),
    _number("at"),
    _number("received"),
    Column("lon", Double, nullable=False),
    Column("lat", Double, nullable=False),
    Column("speed_m_s", Double),
    Column("course_deg", Double),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Index("position_unit_at", "unit", "at"),
)

SEQUENCED = (journal, observation, position)
"""The tables that share `seq`."""


def _rollup(name: str) -> Table:
    """Return a table of rollups. `last_seq` is the last number line's entry that a span holds.

    `in_order` is 1 where each number is of a later instant than those before it, so that no instant
    came twice. Where it is 0, charts read the rows, and `first` and the times are not to be used.
    """
    return Table(
        name,
        metadata,
        Column("stream", Text, primary_key=True),
        Column("start", BigInteger, primary_key=True, autoincrement=False),
        Column("low", Double, nullable=False),
        Column("high", Double, nullable=False),
        Column("total", Double, nullable=False),
        _number("count"),
        Column("last", Double, nullable=False),
        _number("last_at"),
        Column("first", Double, nullable=False),
        _number("first_at"),
        _number("low_at"),
        _number("high_at"),
        _number("last_seq"),
        Column("in_order", SmallInteger, nullable=False),
        sqlite_with_rowid=False,
    )


rollup_minute = _rollup("rollup_minute")
rollup_hour = _rollup("rollup_hour")

activity = Table(
    "activity",
    metadata,
    Column("minute", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("severity", SmallInteger, primary_key=True, autoincrement=False),
    _number("count"),
    sqlite_with_rowid=False,
)

keyframe = Table(
    "keyframe",
    metadata,
    _seq(),
    _number("received"),
    Column("parts", LargeBinary, nullable=False),
)

chunk = Table(
    "chunk",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

attachment = Table(
    "attachment",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _seq(),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

segment = Table(
    "segment",
    metadata,
    Column("first_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("last_seq", BigInteger),
    _number("first_received"),
    Column("last_received", BigInteger),
    Column("digest", LargeBinary),
    Column("state", Text, nullable=False),
)

batch = Table(
    "batch",
    metadata,
    Column("first_seq", BigInteger, primary_key=True, autoincrement=False),
    _number("last_seq"),
    _number("received"),
    Column("digest", LargeBinary, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _number("received"),
    Column("feed", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

feed_state = Table(
    "feed_state",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("seat", Text, nullable=False),
    _number("taken_at"),
    _number("until"),
)
