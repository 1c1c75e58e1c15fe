"""Segments of the journal: a day of receipt or a million numbers, in which receipt never falls.

Where a clock had run ahead and was set right, the segment of the stamps to come is sealed with the
instant at which that was found out, and all that it holds counts as received then at the latest.
"""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, bindparam, literal, select, union_all

from paser_command.journal.schema import SEQUENCED, batch, segment
from paser_command.times import DAY, SECOND, Instant, floor

LONGEST = 1_000_000
"""A segment ends with the batch in which it comes to hold so many numbers."""

AHEAD: Instant = 5 * SECOND
"""A stamp that lies further beyond now was given by a wrong clock."""

OPEN, SEALED, THINNED, GONE, HELD = "open", "sealed", "thinned", "gone", "held"
"""The states: written, ended, of lesser detail, deleted by a recorded act, kept by law."""


class Segment(msgspec.Struct, frozen=True):
    """A segment; an open one has no end, and None for all that comes with it.

    `last_received` bounds the receipt of all that it holds, whatever their stamps say.
    """

    first_seq: int
    last_seq: int | None
    first_received: Instant
    last_received: Instant | None
    digest: bytes | None
    state: str


def is_ahead(received: Instant, now: Instant) -> bool:
    """Tell whether a stamp lies so far beyond now that a wrong clock gave it."""
    return received - now > AHEAD


def is_full(first_seq: int, first_received: Instant, last_seq: int, now: Instant) -> bool:
    """Tell whether what is received now belongs to another segment."""
    another_day = floor(now, DAY) != floor(first_received, DAY)
    return another_day or last_seq - first_seq + 1 >= LONGEST


def segments(connection: Connection) -> list[Segment]:
    """Return all segments in the order of the number line."""
    rows = connection.execute(select(segment).order_by(segment.c.first_seq))
    return [Segment(*row) for row in rows]


_HEAD = select(batch.c.last_seq, batch.c.received).order_by(batch.c.first_seq.desc()).limit(1)
"""Made once: readers ask thirty times a second, and to make them cost more than to ask."""


def head(connection: Connection) -> tuple[int, Instant]:
    """Return the last number given and when its record was received; zeros where there is none."""
    row = connection.execute(_HEAD).first()
    return (row.last_seq, row.received) if row else (0, 0)


_FOUND = (
    select(segment)
    .where(segment.c.first_received <= bindparam("until"))
    .order_by(segment.c.first_seq.desc())
    .limit(1)
)


def last_until(connection: Connection, until: Instant, after: int = 0) -> int:
    """Return the last number received no later than `until`, and none below `after`.

    In the last segment that begins no later, so that stamps of a clock that ran ahead hide nothing
    that came after it was set right; in the segment by halving, as receipt only rises there.
    """
    row = connection.execute(_FOUND, {"until": until}).first()
    if row is None:
        return after
    found = Segment(*row)
    if found.last_seq is not None and (found.last_received or 0) <= until:
        return max(after, found.last_seq)
    last = head(connection)[0] if found.last_seq is None else found.last_seq
    low, high = max(after, found.first_seq - 1), last
    while low < high:
        middle = (low + high + 1) // 2
        if received_at(connection, middle) <= until:
            low = middle
        else:
            high = middle - 1
    return max(after, low)


def _last_of_each() -> Sequence[object]:
    return [
        select(table.c.seq, table.c.received)
        .where(table.c.seq <= bindparam("seq"))
        .order_by(table.c.seq.desc())
        .limit(1)
        .subquery()
        for table in SEQUENCED
    ]


_RECEIVED = union_all(*(select(last) for last in _last_of_each()))  # type: ignore[call-overload]


def received_at(connection: Connection, seq: int) -> Instant:
    """Return when the record with the number, or the last one before it, was received.

    Zero where there is none: the number line may have holes where something was deleted.
    """
    rows = connection.execute(_RECEIVED, {"seq": seq}).all()
    return int(max(rows, default=(0, 0))[1])


_HOLDING = (
    select(segment.c.last_seq, segment.c.last_received)
    .where(segment.c.first_seq <= bindparam("seq"))
    .order_by(segment.c.first_seq.desc())
    .limit(1)
)


def stretch(connection: Connection, after: int, last: int) -> tuple[int, Instant | None]:
    """Return how far a read after a number goes within one segment, at most to `last`.

    And the latest receipt that counts there, None where stamps count as they are.
    """
    row = connection.execute(_HOLDING, {"seq": after + 1}).first()
    if row is None or row.last_seq is None or row.last_seq <= after:
        return last, None
    return min(last, row.last_seq), row.last_received


_GONE = (
    select(segment.c.last_seq)
    .where(segment.c.state == literal(GONE))
    .order_by(segment.c.first_seq.desc())
    .limit(1)
)


def gone_until(connection: Connection) -> int:
    """Return the last number that was deleted with its segment, 0 where none was."""
    return int(connection.execute(_GONE).scalar() or 0)
