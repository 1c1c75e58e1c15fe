"""How much of what a journal holds."""

from collections import Counter

import msgspec
from sqlalchemy import func, select, text

from paser_command.journal.engine import told
from paser_command.journal.reader import Reader
from paser_command.journal.schema import journal, observation, position
from paser_command.journal.store import Journal
from paser_command.times import Instant


class Stats(msgspec.Struct, frozen=True):
    """What a journal holds. `first` and `last` are instants of receipt, None where it is empty."""

    records: int
    by_kind: dict[str, int]
    by_feed: dict[str, int]
    first: Instant | None
    last: Instant | None
    bytes: int


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


def _size_sql(store: Journal) -> str:
    if store.shared:
        return "SELECT pg_database_size(current_database())"
    return "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
