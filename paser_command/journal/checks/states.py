"""Segments are in the state that a recorded act put them into: what is gone was deleted by one."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from paser_command.errors import Words
from paser_command.journal.checks.finding import Finding
from paser_command.journal.schema import journal
from paser_command.journal.segments import GONE, HELD, OPEN, SEALED, THINNED, segments
from paser_command.journal.streaming import streamed
from paser_command.records import Command, DamagedRecordError, Kinds
from paser_command.times import Instant

DELETE_SEGMENTS = "delete-segments"
"""The verb of the act that deletes the oldest segments; `last` is the last number deleted."""

_STATES = frozenset({OPEN, SEALED, THINNED, GONE, HELD})


def check_states(connection: Connection, kinds: Kinds) -> Iterator[Finding]:
    """Give segments of an unknown state, and those that are gone without an act."""
    recorded = -1
    kept = False
    for segment in segments(connection):
        where = f"segment {segment.first_seq}"
        if segment.state not in _STATES:
            yield Finding(where, Words("is in a state that there is not"))
        if segment.state != GONE:
            kept = True
            continue
        if kept:
            yield Finding(where, Words("is gone though an older one is not"))
        if recorded < 0:
            recorded = _deleted_by_acts(connection, kinds)
        if (segment.last_seq or 0) > recorded:
            yield Finding(where, Words("is gone, and no recorded act deleted it"))


def deleted_until(connection: Connection) -> Instant:
    """Return when the last deleted record was received, 0 where nothing was deleted."""
    gone = [one for one in segments(connection) if one.state == GONE]
    return (gone[-1].last_received or 0) if gone else 0


def _deleted_by_acts(connection: Connection, kinds: Kinds) -> int:
    """Return the last number that a recorded act deleted, 0 where there is none."""
    last = 0
    asked = select(journal.c.body).where(journal.c.kind == "command")
    for (body,) in streamed(connection, asked):
        try:
            record = kinds.decode("command", body)
        except DamagedRecordError:
            continue
        if isinstance(record, Command) and record.verb == DELETE_SEGMENTS:
            told = record.arguments.get("last", "")
            last = max(last, int(told) if told.isascii() and told.isdigit() else 0)
    return last
