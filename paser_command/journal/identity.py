"""Is this still the journal that was opened? A file can be exchanged, a server's set back."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, select

from paser_command.errors import JournalError, JournalReplacedError
from paser_command.journal.schema import batch, meta, segment
from paser_command.journal.segments import AHEAD, gone_until
from paser_command.journal.store import Journal
from paser_command.times import iso


class File:
    """The file of a journal, by its number on the disk. A journal on a server has none."""

    def __init__(self, store: Journal) -> None:
        database = store.engine.url.database
        self._path = None if store.shared or not database else Path(database)
        self._number = self._found()

    def check(self) -> None:
        """JournalReplacedError where the file is gone, or another one has its name."""
        if self._path is None:
            return
        found = self._found()
        if found is None:
            raise JournalReplacedError("the journal's file {path} was deleted", path=self._path)
        if found != self._number:
            raise JournalReplacedError(
                "another file was put in the place of the journal {path}", path=self._path
            )

    def _found(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino


_EPOCH = select(meta.c.value).where(meta.c.name == "epoch")
_NEWEST = (
    select(batch.c.first_seq, batch.c.received, batch.c.digest)
    .where(batch.c.first_seq <= bindparam("seq"))
    .order_by(batch.c.first_seq.desc())
    .limit(1)
)
_DIGEST = select(batch.c.digest).where(batch.c.first_seq == bindparam("first_seq"))
_BEGUN_SINCE = (
    select(segment.c.first_seq)
    .where(
        segment.c.first_seq > bindparam("first_seq"),
        segment.c.first_received < bindparam("received"),
    )
    .limit(1)
)


class Identity:
    """What one reader has seen of its journal. Used in the reader's own transactions.

    Call `saw` with the last number of what was read, in the transaction that read it, and `check`
    each second or so and after each reconnection.
    """

    def __init__(self, store: Journal) -> None:
        self._file = File(store)
        self._epoch: str | None = None
        self._seen: Any = None

    def saw(self, connection: Connection, seq: int) -> None:
        """Remember the batch in which the number lies."""
        if self._epoch is None:
            self._epoch = connection.execute(_EPOCH).scalar()
        newest = connection.execute(_NEWEST, {"seq": seq}).first()
        if newest and (self._seen is None or newest.first_seq >= self._seen.first_seq):
            self._seen = newest

    def check(self, connection: Connection) -> None:
        """JournalReplacedError unless all that was seen still stands as it was seen."""
        self._file.check()
        if self._seen is None:
            return
        if connection.execute(_EPOCH).scalar() != self._epoch:
            raise JournalReplacedError("another journal was put in the place of this one")
        first = {"first_seq": self._seen.first_seq}
        digest = connection.execute(_DIGEST, first).scalar()
        if digest != self._seen.digest and self._seen.first_seq > gone_until(connection):
            raise JournalReplacedError(
                "the journal was set back: what was received until {seen} is not all there",
                seen=iso(self._seen.received),
            )
        ahead = {**first, "received": self._seen.received - AHEAD}
        if connection.execute(_BEGUN_SINCE, ahead).first():
            raise JournalReplacedError(
                "the clock had run ahead and was set right: the journal was read anew"
            )


def reopen(store: Journal) -> None:
    """Let go of connections to what was replaced. JournalError where there is no journal now.

    Nothing is made anew in the place of a file that was deleted. Close every reader before, and
    make new ones; writers go on with the journal that stands there now.
    """
    store.opening += 1
    store.engine.dispose()
    database = store.engine.url.database
    if not store.shared and not (database and Path(database).is_file()):
        raise JournalError("there is no journal at {path}", path=database)
    if "epoch" not in store.facts():
        raise JournalError("{where} is no journal", where=store.where)
