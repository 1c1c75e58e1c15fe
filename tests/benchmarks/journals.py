"""The one place where benchmarks use the journal's and the picture's classes.

What is built and asked here is the program's own: writer, keeper of keyframes, reader and fold,
with a clock that the benchmark sets.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import func, select

from paser_command.journal.keyframes import KeyframeKeeper
from paser_command.journal.reader import Reader
from paser_command.journal.schema import keyframe
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import stats
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord
from paser_command.times import Instant, now


class Archive:
    """A journal that is filled as a collector fills it, at instants that the benchmark sets."""

    def __init__(self, url: str) -> None:
        self.instant: Instant = 0
        self._journal = open_journal(url, REAL)
        self._writer = Writer(self._journal, lambda: self.instant)
        self._keeper = KeyframeKeeper(self._journal, self._writer, Picture(), 0)

    def append(self, received: Instant, records: Sequence[AnyRecord]) -> None:
        """Write a batch as received at the instant."""
        self.instant = received
        self._writer.append(records)

    def follow(self) -> None:
        """Let the keeper fold what came; it leaves a keyframe where one is due."""
        self._keeper.follow()

    def keyframe_bytes(self) -> int:
        """Return how many bytes all keyframes hold."""
        with self._journal.engine.connect() as connection:
            return int(
                connection.execute(select(func.sum(func.length(keyframe.c.body)))).scalar() or 0
            )

    def close(self) -> None:
        """Give the connections back."""
        self._keeper.close()
        self._journal.close()


class Seeker:
    """Asks a journal for pictures."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._folded, self._seq = Picture(), 0

    def span(self) -> tuple[Instant, Instant]:
        """Return when the first and the last record were received."""
        return self._reader.first() or 0, self._reader.head()[1]

    def picture(self, at: Instant) -> Picture:
        """Return the picture of the instant, as a console that seeks gets it."""
        return self._reader.picture(at)[0]

    def equals_fold(self, at: Instant) -> bool:
        """Tell whether that is the fold of all records up to then; instants may only rise."""
        self._seq = self._reader.fold(self._folded, self._seq, at)
        return self._folded == self.picture(at)


@contextmanager
def seeking(url: str) -> Iterator[Seeker]:
    """Open a journal to seek in it."""
    journal = open_journal(url, create=False)
    reader = Reader(journal)
    try:
        yield Seeker(reader)
    finally:
        reader.close()
        journal.close()


@contextmanager
def writing(url: str) -> Iterator[Callable[[Sequence[AnyRecord]], object]]:
    """Open a new journal for batches that are received now; give what appends one."""
    journal = open_journal(url, REAL)
    try:
        yield Writer(journal, now).append
    finally:
        journal.close()


def observations(url: str) -> int:
    """Return how many observations a journal holds."""
    journal = open_journal(url, create=False)
    try:
        return stats(journal).by_kind.get("observation", 0)
    finally:
        journal.close()


def fold(records: Iterable[AnyRecord]) -> Picture:
    """Return the picture of the records."""
    picture = Picture()
    picture.apply_all(records)
    return picture
