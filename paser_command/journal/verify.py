"""Checking a journal: is everything there, unchanged, and does it add up?"""

from collections import Counter
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, func, select, text

from paser_command.errors import JournalError, Words
from paser_command.journal.engine import told
from paser_command.journal.reader import Reader
from paser_command.journal.schema import (
    SEQUENCED,
    audit,
    journal,
    keyframe,
    observation,
    position,
    rollup_hour,
    rollup_minute,
)
from paser_command.journal.store import Journal
from paser_command.journal.writer import chained
from paser_command.picture.body import picture_of
from paser_command.picture.picture import Picture
from paser_command.records import DamagedRecordError, Kinds
from paser_command.times import Instant


class Stats(msgspec.Struct, frozen=True):
    """What a journal holds. `first` and `last` are instants of receipt, None where it is empty."""

    records: int
    by_kind: dict[str, int]
    by_feed: dict[str, int]
    first: Instant | None
    last: Instant | None
    bytes: int


class Finding(msgspec.Struct, frozen=True):
    """Something that is wrong: where, and what in words of ours."""

    where: str
    what: Words


def stats(store: Journal) -> Stats:
    """Count what the journal holds."""
    by_kind: Counter[str] = Counter()
    by_feed: Counter[str] = Counter()
    with told(store.engine), store.engine.connect() as connection:
        table = journal.c
        counted = select(table.kind, table.feed, func.count()).group_by(table.kind, table.feed)
        for kind, feed, count in connection.execute(counted):
            by_kind[kind] += count
            by_feed[feed] += count
        for numbers, key, kind in (
            (observation, observation.c.stream, "observation"),
            (position, position.c.unit, "position"),
        ):
            for name, count in connection.execute(
                select(key, func.count()).select_from(numbers).group_by(key)
            ):
                by_kind[kind] += count
                by_feed[name.partition("/")[0]] += count
        size = connection.execute(text(_size_sql(store))).scalar() or 0
    reader = Reader(store)
    try:
        first, (seq, last) = reader.first(), reader.head()
    finally:
        reader.close()
    return Stats(
        records=by_kind.total(),
        by_kind=dict(sorted(by_kind.items())),
        by_feed=dict(sorted(by_feed.items())),
        first=first,
        last=last if seq else None,
        bytes=int(size),
    )


def verify(store: Journal) -> Iterator[Finding]:
    """Give all that is wrong with the journal; nothing where it is sound.

    Looks at one snapshot: what is written meanwhile is left aside.
    """
    with told(store.engine), store.engine.connect() as connection:
        if store.shared:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield from _engine(store, connection)
        yield from _numbers(connection)
        yield from _bodies(connection, store.model.kinds)
        yield from _audit(connection)
        yield from _rollups(connection)
    yield from _keyframes(store)


def _engine(store: Journal, connection: Connection) -> Iterator[Finding]:
    if store.shared:
        return
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Finding("sqlite", Words("SQLite says {told}", told=row[0]))


def _numbers(connection: Connection) -> Iterator[Finding]:
    """The number line has no holes, no doubles, and never goes back in time."""
    line = " UNION ALL ".join(f"SELECT seq, received FROM {table.name}" for table in SEQUENCED)
    expected, before = 1, 0
    for seq, received in connection.execute(
        text(f"SELECT seq, received FROM ({line}) AS line ORDER BY seq")
    ):
        if seq != expected:
            yield Finding(
                f"record {expected}",
                Words("is missing") if seq > expected else Words("stands twice"),
            )
        if received < before:
            yield Finding(f"record {seq}", Words("was received before the one before it"))
        expected, before = seq + 1, received


def _bodies(connection: Connection, kinds: Kinds) -> Iterator[Finding]:
    for row in connection.execute(select(journal).order_by(journal.c.seq)):
        try:
            record = kinds.decode(row.kind, row.body)
        except DamagedRecordError as error:
            yield Finding(f"record {row.seq}", Words(error.template, **error.facts))
            continue
        if record is None:
            continue
        if (record.at, record.received, record.feed, record.key) != (
            row.at,
            row.received,
            row.feed,
            row.key,
        ):
            yield Finding(f"record {row.seq}", Words("its columns and its body differ"))


def _audit(connection: Connection) -> Iterator[Finding]:
    """Every command is in the chain, in order, and no link was changed."""
    links = {row.seq: row for row in connection.execute(select(audit))}
    commands = select(journal.c.seq, journal.c.body).where(journal.c.kind == "command")
    previous = b""
    for row in connection.execute(commands.order_by(journal.c.seq)):
        link = links.pop(row.seq, None)
        if link is None:
            yield Finding(f"command {row.seq}", Words("is not in the audit chain"))
            continue
        if link.previous != previous or link.hash != chained(previous, row.body):
            yield Finding(f"command {row.seq}", Words("breaks the audit chain: it was changed"))
        previous = link.hash
    for seq in links:
        yield Finding(f"command {seq}", Words("is in the audit chain and not in the journal"))


def _rollups(connection: Connection) -> Iterator[Finding]:
    raw = select(
        observation.c.stream,
        func.count(),
        func.min(observation.c.value),
        func.max(observation.c.value),
    ).group_by(observation.c.stream)
    expected = {row[0]: tuple(row[1:]) for row in connection.execute(raw)}
    for table in (rollup_minute, rollup_hour):
        c = table.c
        rolled = select(c.stream, func.sum(c.count), func.min(c.low), func.max(c.high)).group_by(
            c.stream
        )
        found = {row[0]: (int(row[1]), *row[2:]) for row in connection.execute(rolled)}
        for stream in expected.keys() | found.keys():
            if expected.get(stream) != found.get(stream):
                yield Finding(f"{table.name} of {stream}", Words("does not add up to its numbers"))


def _keyframes(store: Journal) -> Iterator[Finding]:
    """Each keyframe is the fold of all that stands before it."""
    reader = Reader(store)
    try:
        yield from _unlike_their_fold(store, reader)
    except JournalError as error:
        yield Finding("keyframes", Words(error.template, **error.facts))
    finally:
        reader.close()


def _unlike_their_fold(store: Journal, reader: Reader) -> Iterator[Finding]:
    folded, seq = Picture(parts=store.model.parts), 0
    with told(store.engine), store.engine.connect() as connection:
        frames = connection.execute(select(keyframe).order_by(keyframe.c.seq)).all()
    for frame in frames:
        while seq < frame.seq:
            page = reader.read(seq, page=min(frame.seq - seq, 50_000))
            if not page.count:
                break
            folded.apply_all(page.records)
            seq = page.seq
        kept = picture_of(frame.body, store.model)
        if kept is not None and kept != folded:
            yield Finding(f"keyframe {frame.seq}", Words("differs from the fold of its records"))


def _size_sql(store: Journal) -> str:
    if store.shared:
        return "SELECT pg_database_size(current_database())"
    return "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
