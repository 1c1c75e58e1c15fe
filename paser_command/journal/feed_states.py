"""What feeds keep for themselves: a small table each, as durable as the records."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import select

from paser_command.journal.engine import told
from paser_command.journal.schema import feed_state
from paser_command.journal.store import Journal, upsert

State = dict[str, str | int | float | bool]

_state = msgspec.msgpack.Decoder(State)


def load(store: Journal, feed: str) -> State:
    """Return what the feed kept; nothing where there is none, or none that can be read."""
    statement = select(feed_state.c.body).where(feed_state.c.feed == feed)
    with told(store.engine), store.engine.connect() as connection:
        body = connection.execute(statement).scalar()
    try:
        return _state.decode(body) if body else {}
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def save(store: Journal, bodies: Mapping[str, bytes]) -> None:
    """Keep what feeds encoded, by the feed. Raises JournalError."""
    with store.writing() as connection:
        for feed, body in bodies.items():
            statement = upsert(store.engine)(feed_state).values(feed=feed, body=body)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["feed"], set_={"body": body})
            )
