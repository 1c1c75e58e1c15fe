"""Each keyframe is the fold of all that stands before it, and its chunks are what was stored."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from paser_command.errors import JournalError, Words
from paser_command.journal.checks.finding import Finding
from paser_command.journal.chunks import DamagedChunkError, unpacked
from paser_command.journal.engine import told
from paser_command.journal.frames import Frame, Frames, decoded, missing
from paser_command.journal.reader import Reader
from paser_command.journal.schema import chunk, keyframe
from paser_command.journal.segments import gone_until, head
from paser_command.journal.store import Journal
from paser_command.journal.streaming import streamed
from paser_command.picture.picture import Picture


def check_chunks(connection: Connection) -> Iterator[Finding]:
    """Every chunk is what its name says."""
    for digest, body in streamed(connection, select(chunk), 50):
        try:
            unpacked(digest, body)
        except (DamagedChunkError, msgspec.MsgspecError):
            yield Finding(f"chunk {digest.hex()[:16]}", Words("a piece of a keyframe is damaged"))


def check_keyframes(store: Journal) -> Iterator[Finding]:
    """Fold the journal once, and compare each keyframe on the way."""
    reader, frames = Reader(store), Frames(store)
    with told(store.engine), store.engine.connect() as connection:
        numbers = (
            connection.execute(select(keyframe.c.seq).order_by(keyframe.c.seq)).scalars().all()
        )
        gone, (last, _) = gone_until(connection), head(connection)
    folded, seq = Picture(parts=store.model.parts), 0
    try:
        for number in numbers:
            if number > last:
                yield Finding(f"keyframe {number}", Words("is of a record that is not there"))
                continue
            if number <= gone and seq < gone:
                folded, seq = reader.start(number)
            for _ in reader.slices(folded, seq, number):
                pass
            seq = number
            with told(store.engine), store.engine.connect() as connection:
                yield from _compared(connection, frames, number, folded)
    finally:
        reader.close()


def _compared(
    connection: Connection, frames: Frames, number: int, folded: Picture
) -> Iterator[Finding]:
    where = f"keyframe {number}"
    row = connection.execute(select(keyframe).where(keyframe.c.seq == number)).one()
    try:
        frame = decoded((row.seq, row.received, row.parts))
    except (JournalError, msgspec.MsgspecError):
        yield Finding(where, Words("a keyframe is damaged"))
        return
    if missing(connection, frame.chunks()):
        yield Finding(where, Words("lacks a piece"))
        return
    expected, _ = frames.taken(folded)
    if [*frames.ours(frame).values()] == expected or _holds(connection, frames, frame, folded):
        return
    yield Finding(where, Words("differs from the fold of its records, or is damaged"))


def _holds(connection: Connection, frames: Frames, frame: Frame, folded: Picture) -> bool:
    """Tell whether the keyframe holds the picture in other chunks, as far as it is ours."""
    loaded = frames.load(connection, frame)
    if loaded is None:
        return False
    picture, lacking = loaded
    return picture.equals(folded, but=lacking)
