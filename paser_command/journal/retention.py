"""Deleting the oldest segments of the journal, by an act that is recorded in it.

The first segment that stays begins with a keyframe of this program's own versions, so that nothing
has to be folded of what is gone. Digests of what is gone stay in the rows of its segments.
"""

from collections.abc import Sequence

from sqlalchemy import delete, update

from paser_command.journal.checks.states import DELETE_SEGMENTS
from paser_command.journal.engine import told
from paser_command.journal.frames import Frames, drop_before
from paser_command.journal.reader import Reader
from paser_command.journal.schema import SEQUENCED, batch, segment
from paser_command.journal.segments import GONE, SEALED, THINNED, Segment, segments
from paser_command.journal.store import Journal
from paser_command.journal.writer import Writer
from paser_command.records import Command
from paser_command.times import Instant

_AT_ONCE = 50_000


def delete_segments(
    store: Journal, writer: Writer, before: Instant, *, who: str, seat: str, at: Instant
) -> int:
    """Delete the segments that ended before the instant; return the last number that is gone.

    The oldest ones only, as far as none is held or open. 0 where none may go. A call after one that
    was killed finishes what that began.
    """
    with told(store.engine), store.engine.connect() as connection:
        found = segments(connection)
    going = _oldest(found, before)
    if going:
        last = going[-1].last_seq or 0
        _begin_with_a_keyframe(store, last)
        _record(writer, going, who=who, seat=seat, at=at)
        with store.writing() as connection:
            gone = segment.c.last_seq <= last
            connection.execute(update(segment).where(gone).values(state=GONE))
    gone_segments = [one for one in found if one.state == GONE] + going
    last = max((one.last_seq or 0 for one in gone_segments), default=0)
    if last:
        _delete_rows(store, last)
    return last


def _oldest(found: Sequence[Segment], before: Instant) -> list[Segment]:
    going = []
    for one in found:
        if one.state == GONE:
            continue
        if one.state not in (SEALED, THINNED) or (one.last_received or before) >= before:
            break
        going.append(one)
    return going


def _begin_with_a_keyframe(store: Journal, last: int) -> None:
    reader = Reader(store)
    try:
        picture, seq = reader.start(last)
        for _ in reader.slices(picture, seq, last):
            pass
        Frames(store).keep(picture, last, reader.received(last))
    finally:
        reader.close()


def _record(writer: Writer, going: Sequence[Segment], *, who: str, seat: str, at: Instant) -> None:
    last = going[-1].last_seq or 0
    act = Command(
        feed="journal",
        key=f"{DELETE_SEGMENTS}-{last}",
        at=at,
        verb=DELETE_SEGMENTS,
        subject="journal",
        arguments={
            "first": str(going[0].first_seq),
            "last": str(last),
            "digest": (going[-1].digest or b"").hex(),
        },
        who=who,
        seat=seat,
    )
    writer.append([act])


def _delete_rows(store: Journal, last: int) -> None:
    """Delete in portions: nobody waits for the journal's lock for long."""
    drop_before(store, last)
    with store.writing() as connection:
        connection.execute(delete(batch).where(batch.c.last_seq <= last))
    for table in SEQUENCED:
        for end in range(_AT_ONCE, last + _AT_ONCE, _AT_ONCE):
            with store.writing() as connection:
                some = table.c.seq <= min(end, last)
                connection.execute(delete(table).where(some))
