"""Reading the journal: what came after a record, up to a moment, in the journal's one order."""

import logging
import time
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, select

from paser_command.errors import JournalError
from paser_command.journal.engine import told
from paser_command.journal.frames import Frames
from paser_command.journal.identity import Identity
from paser_command.journal.pages import BULK, ROW, Page, page_of
from paser_command.journal.schema import SEQUENCED, journal
from paser_command.journal.segments import gone_until, head, last_until, received_at
from paser_command.journal.store import Journal
from paser_command.memory import COLLECTING
from paser_command.picture.part import Part
from paser_command.picture.picture import Picture, Reading
from paser_command.records import AnyRecord
from paser_command.times import Instant

PAGE = 50_000
"""How many records one read takes at the most."""

SLICE = 10_000
"""How many records a fold takes at once."""

LONG_S = 2.0
"""A fold that took longer leaves a keyframe behind."""

_log = logging.getLogger(__name__)


class Reader:
    """Reads on a connection of its own; used by one thread. Raises JournalError.

    What it read is remembered: `check` tells when the journal is not the same any more. Give the
    `identity` of an earlier reader to one that goes on where that ended.
    """

    def __init__(self, store: Journal, identity: Identity | None = None) -> None:
        self._store = store
        self._model = store.model
        self._frames = Frames(store)
        self._identity = identity or Identity(store)
        self._leaves_frames = True
        self._connection = self._connect()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def check(self) -> None:
        """JournalReplacedError where another journal stands in the place of what was read."""
        with told(self._store.engine), self._transaction() as connection:
            self._identity.check(connection)

    def head(self) -> tuple[int, Instant]:
        """Return the last number in the journal, and when its record was received."""
        with told(self._store.engine), self._transaction() as connection:
            return head(connection)

    def first(self) -> Instant | None:
        """Return when the first record was received."""
        with told(self._store.engine), self._transaction() as connection:
            firsts = [
                connection.execute(select(table.c.received).order_by(table.c.seq).limit(1)).scalar()
                for table in SEQUENCED
            ]
        return min((first for first in firsts if first is not None), default=None)

    def last_until(self, at: Instant | None, after: int = 0) -> int:
        """Return the last number received no later than the moment; None is the journal's end."""
        with told(self._store.engine), self._transaction() as connection:
            return head(connection)[0] if at is None else last_until(connection, at, after)

    def received(self, seq: int) -> Instant:
        """Return when the record with the number, or the last one before it, was received."""
        with told(self._store.engine), self._transaction() as connection:
            return received_at(connection, seq)

    def read(self, after: int, until: Instant | None = None, page: int = PAGE) -> Page:
        """Return the next page of records after the number, received no later than `until`."""
        with told(self._store.engine), self._transaction() as connection:
            last = head(connection)[0] if until is None else last_until(connection, until, after)
            if last <= after:
                return Page(after, 0, 0, ())
            read = page_of(connection, self._model.kinds, after, min(last, after + page))
            self._identity.saw(connection, read.seq)
            return msgspec.structs.replace(read, complete=read.seq >= last)

    def picture(self, at: Instant | None, reading: Reading = Reading.KNOWN) -> tuple[Picture, int]:
        """Return the picture at the moment, and the last number that it holds.

        None is the journal's end, whatever its stamps say.
        """
        if reading is Reading.HAPPENED:
            return self._happened(at)
        last = self.last_until(at)
        began_s = time.monotonic()
        picture, seq = self.start(last)
        for _ in self.slices(picture, seq, last):
            pass
        self.leave(picture, last, time.monotonic() - began_s)
        return picture, last

    def fold(self, picture: Picture, after: int, until: Instant | None = None) -> int:
        """Fold into the picture what came after, as far as the journal goes now.

        Returns the last number folded. What is written meanwhile is left for the next time.
        """
        last = self.last_until(until, after)
        began_s = time.monotonic()
        for _ in self.slices(picture, after, last):
            pass
        self.leave(picture, last, time.monotonic() - began_s)
        return max(after, last)

    def start(self, last: int) -> tuple[Picture, int]:
        """Return the picture of the newest sound keyframe up to the number, and its own number.

        Where there is none, an empty one, and 0 or the last number that was deleted. Parts of it
        that another program wrote are folded again, each from the nearest keyframe that has it.
        """
        with told(self._store.engine), self._transaction() as connection:
            for frame in self._frames.newest(connection, last):
                with COLLECTING.held():
                    loaded = self._frames.load(connection, frame)
                if loaded is not None:
                    picture, lacking = loaded
                    if lacking:
                        self._fold_again(connection, picture, lacking, frame.seq)
                    return picture, frame.seq
            return Picture(parts=self._model.parts), min(last, gone_until(connection))

    def slices(self, picture: Picture, after: int, last: int) -> Iterator[int]:
        """Fold up to the number in slices; gives the last number folded after each of them.

        Whoever asks may do something else between two, tell how far it is, or stop.
        """
        while after < last:
            with COLLECTING.held():
                with told(self._store.engine), self._transaction() as connection:
                    page = page_of(connection, self._model.kinds, after, min(last, after + SLICE))
                    self._identity.saw(connection, page.seq)
                picture.apply_all(page.records)
            after = page.seq
            yield after

    def leave(self, picture: Picture, seq: int, took_s: float) -> None:
        """Leave a keyframe for the next one who asks, where the fold to the number took long."""
        if took_s < LONG_S or not self._leaves_frames or not seq:
            return
        try:
            self._frames.keep(picture, seq, self.received(seq))
        except JournalError as error:
            # Whoever only looks may not write; whoever may will leave one.
            self._leaves_frames = False
            _log.info("no keyframe was left: %s", error)

    def _fold_again(
        self, connection: Connection, picture: Picture, parts: Sequence[type[Part]], last: int
    ) -> None:
        """Fold some parts of a keyframe's picture from the nearest start, and from their kinds."""
        after = 0
        for frame in self._frames.newest(connection, last - 1):
            if self._frames.load_parts(connection, frame, picture, parts):
                after = frame.seq
                break
        wanted = picture.kinds_of(parts)

        def records() -> Iterator[AnyRecord]:
            start = after
            while start < last:
                end = min(last, start + SLICE)
                page = page_of(connection, self._model.kinds, start, end, wanted)
                yield from page.records
                start = page.seq

        picture.fold_only(parts, records())

    def _happened(self, at: Instant | None) -> tuple[Picture, int]:
        picture = Picture(Reading.HAPPENED, self._model.parts)
        with told(self._store.engine), self._transaction() as connection:
            last, newest = head(connection)
            moment = newest if at is None else at
            bodies = select(*ROW).where(journal.c.at <= moment)
            for row in connection.execute(bodies.order_by(journal.c.at, journal.c.seq)):
                picture.apply(self._model.kinds.read(row))
            for kind in BULK:
                picture.apply_all(kind.newest_of_each(connection, moment))
        return picture, last

    def _connect(self) -> Connection:
        return self._store.connect_reader()

    def _transaction(self) -> "_Snapshot":
        if self._connection.invalidated or self._connection.closed:
            self._connection.close()
            self._connection = self._connect()
        return _Snapshot(self._connection)


class _Snapshot:
    """One short read transaction: a long one would keep SQLite's log from shrinking."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Connection:
        self._connection.begin()
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.rollback()


def all_records(store: Journal) -> Iterator[tuple[int, AnyRecord]]:
    """Give every record of the journal with its number, table by table."""
    with told(store.engine), store.engine.connect() as connection:
        for row in connection.execute(select(*ROW).order_by("seq")):
            yield row.seq, store.model.kinds.read(row)
        for kind in BULK:
            for row in connection.execute(kind.all):
                yield row.seq, kind.of_row(row)
