"""The quarantine: records that were not taken, kept to be looked at and replayed.

Bounded for each feed: the newest stay. A record that was put there again for the same reason
replaces the one before.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, insert, select, true, update

from paser_command.journal.engine import told
from paser_command.journal.schema import quarantine
from paser_command.journal.store import Journal
from paser_command.times import Instant

MOST_OF_A_FEED = 200
REPLAY = "replay"
"""The reason of what the collector is asked to take once more."""

Facts = dict[str, str | int | float]


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was not taken: whose it is, why as a code and facts, and itself as JSON.

    The JSON is Python's: it may hold NaN and halves of surrogates. It is empty where the record is
    too large to be kept.
    """

    feed: str
    kind: str
    key: str
    reason: str
    facts: Facts = {}
    body: bytes = b""
    received: Instant = 0
    id: int = 0


_facts = msgspec.json.Decoder(Facts)


def put(store: Journal, some: Sequence[Quarantined], received: Instant) -> None:
    """Keep the records, received now. Raises JournalError."""
    columns = quarantine.c
    with store.writing() as connection:
        for one in some:
            same = columns.feed == one.feed, columns.key == one.key, columns.reason == one.reason
            connection.execute(delete(quarantine).where(*same))
            values = msgspec.structs.asdict(one) | {
                "facts": msgspec.json.encode(one.facts).decode(),
                "received": received,
            }
            del values["id"]
            connection.execute(insert(quarantine).values(values))
        for feed in {one.feed for one in some}:
            ids = select(columns.id).where(columns.feed == feed).order_by(columns.id.desc())
            oldest = connection.execute(ids.offset(MOST_OF_A_FEED).limit(1)).scalar()
            if oldest is not None:
                old = columns.feed == feed, columns.id <= oldest
                connection.execute(delete(quarantine).where(*old))


def listed(store: Journal, feed: str = "") -> list[Quarantined]:
    """Return what is in quarantine, of one feed or of all, the oldest first."""
    return _read(store, quarantine.c.feed == feed if feed else true())


def waiting(store: Journal) -> list[Quarantined]:
    """Return what the collector is asked to take once more."""
    return _read(store, quarantine.c.reason == REPLAY)


def ask_for_replay(store: Journal, ids: Sequence[int]) -> None:
    """Ask the collector to take these once more."""
    with store.writing() as connection:
        for some in _some(ids):
            where = quarantine.c.id.in_(some)
            connection.execute(update(quarantine).where(where).values(reason=REPLAY))


def remove(store: Journal, ids: Sequence[int]) -> None:
    """Let these go."""
    with store.writing() as connection:
        for some in _some(ids):
            connection.execute(delete(quarantine).where(quarantine.c.id.in_(some)))


def _some(ids: Sequence[int]) -> list[Sequence[int]]:
    # Databases limit how many values a statement may name.
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]


def _read(store: Journal, where: ColumnElement[bool]) -> list[Quarantined]:
    statement = select(quarantine).where(where).order_by(quarantine.c.id)
    with told(store.engine), store.engine.connect() as connection:
        return [_quarantined(row) for row in connection.execute(statement)]


def _quarantined(row: Any) -> Quarantined:
    values = dict(row._mapping)
    return Quarantined(**values | {"facts": _facts.decode(values["facts"])})
