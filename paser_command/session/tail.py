"""The tail: one thread that reads what a clock shows and hands it to the main thread."""

import logging
import queue
import time
from collections.abc import Callable, Iterable

import msgspec

from paser_command.errors import JournalError, JournalReplacedError, PaserError
from paser_command.journal.doorbell import doorbell, ticking
from paser_command.journal.identity import Identity, reopen
from paser_command.journal.pages import Page
from paser_command.journal.reader import Reader
from paser_command.journal.store import Journal
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord
from paser_command.session.clock import Clock
from paser_command.session.continuity import Continuity
from paser_command.session.folding import folded
from paser_command.session.supervised import Supervised
from paser_command.session.view import Progress, Stamp, Watch
from paser_command.times import Instant, Now

HANDOVERS = 64
"""How many handovers may wait: past that the thread waits for the main thread."""

SLICE = 20_000
"""How many numbers of the journal one read asks for: between two it can be told to stop."""

RETRY_S = 1.0
LOOK_EVERY_S = 1.0

_log = logging.getLogger(__name__)


class Handover(msgspec.Struct, frozen=True):
    """For the clock's jump number `jump`: a new picture, or records to fold into the last one.

    `head` is when the journal was asked, if all that it had then is handed over with this.
    `reading` counts how often the journal was read anew because it is another one.
    """

    jump: int
    picture: Picture | None
    records: tuple[AnyRecord, ...] = ()
    head: Stamp | None = None
    reading: int = 0


class Reloaded(msgspec.Struct, frozen=True):
    """The journal was found to be another one at an instant, and was read anew."""

    at: Instant
    why: PaserError


class Tail:
    """Live and replay on one path: read after the last record, up to what the clock shows.

    `handovers` is its queue to the main thread, `watch` tells how far it is. `span` is from the
    first to the last receipt in the journal. `reading` counts how often it was read anew because
    it is another one, `reloaded` tells when and why the last time. `unfolded` counts the records
    that raised when they were folded. A tail that `rests_live` reads nothing while its clock is
    live: another one does.
    """

    def __init__(
        self,
        store: Journal,
        clock: Clock,
        now: Now,
        *,
        rests_live: bool = False,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.handovers: queue.Queue[Handover] = queue.Queue(HANDOVERS)
        self.watch = Watch(now, monotonic_s)
        self.span: tuple[Instant, Instant] | None = None
        self.reading = 0
        self.reloaded: Reloaded | None = None
        self.unfolded = 0
        self._store = store
        self._clock = clock
        self._now = now
        self._monotonic_s = monotonic_s
        self._rests_live = rests_live
        self._bell = ticking() if rests_live else doorbell(store)
        self._continuity = Continuity(store)
        self._identity: Identity | None = None
        self._thread = Supervised("tail", self._work, self._failed, RETRY_S)
        self._stopping = self._thread.stopping
        self._jump = -1
        self._seq = 0
        self._look_due_s = 0.0
        self._lost = False
        self._reopening = False

    @property
    def alive(self) -> bool:
        """Return whether the thread runs."""
        return self._thread.alive

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def look(self) -> None:
        """Start the thread again where it died."""
        if self._thread.look():
            _log.error("the thread that reads the journal died, and was started again")

    def ring(self) -> None:
        """Look now: something was written, or the clock was moved."""
        self._bell.ring()

    def ask_to_stop(self) -> None:
        """Let the thread end; returns at once."""
        self._stopping.set()
        self._bell.ring()

    def stop(self, end_s: float) -> None:
        """Wait for the thread's end until that second of the monotonic clock."""
        self.ask_to_stop()
        self._thread.stop(end_s)

    def _work(self) -> None:
        """Read on a connection of its own until told to stop; raises what goes wrong."""
        reader: Reader | None = None
        try:
            while not self._stopping.is_set():
                if self._rests_live and self._clock.bound() is None:
                    self._bell.sleep()
                    continue
                self._continuity.check_file()
                self._reopen()
                reader = reader or self._connect()
                idle = not self._step(reader)
                self._found()
                if idle:
                    self._bell.wait()
        finally:
            self._close(reader)
            self._bell.close()

    def _connect(self) -> Reader:
        """Return a reader that looks first whether the journal is the one that was read before."""
        self._look_due_s = 0.0
        self._identity = self._identity or Identity(self._store)
        return Reader(self._store, self._identity)

    def _step(self, reader: Reader) -> bool:
        """Read once; tell whether there was anything."""
        self._look_around(reader)
        jump = self._clock.jumps
        if jump != self._jump:
            self._begin(reader, jump)
            return True
        page, head = self._read(reader, self._seq, self._clock.bound())
        if page.count:
            self._hand_over(Handover(jump, None, page.records, head, self.reading))
            self._seq = page.seq
        if head is not None:
            self.watch.catch_up(head)
        return page.count > 0

    def _begin(self, reader: Reader, jump: int) -> None:
        """Hand over the picture that the clock shows: live, up to the head of this moment.

        What is written meanwhile comes after it: a journal that grows faster than it is read over
        a slow line would else never be shown.
        """
        at, until = self._clock.now(), self._clock.bound()
        target, _ = reader.head()
        picture, seq = reader.start(target if until is None else reader.last_until(at))
        first, head = seq, None
        while not self._stopping.is_set() and self._clock.jumps == jump:
            page, head = self._read(reader, seq, None if until is None else at)
            self._fold(picture, page.records)
            seq = page.seq
            total = target - first if until is None else None
            self.watch.fold(Progress(seq - first, total))
            if head is not None or (until is None and seq >= target):
                self._jump, self._seq = jump, seq
                picture.compose()
                self._hand_over(Handover(jump, picture, head=head, reading=self.reading))
                return

    def _read(self, reader: Reader, after: int, until: Instant | None) -> tuple[Page, Stamp | None]:
        """Return the next slice, and when it was asked for if nothing is left behind it."""
        asked = self.watch.ask()
        page = reader.read(after, until, SLICE)
        self.watch.answered()
        return page, asked if page.complete else None

    def _fold(self, picture: Picture, records: Iterable[AnyRecord]) -> None:
        for record in records:
            if self._stopping.is_set():
                return
            self.unfolded += not folded(picture, record)

    def _look_around(self, reader: Reader) -> None:
        """Each second: from when to when the journal is, and whether it is the same one."""
        if self._monotonic_s() < self._look_due_s:
            return
        self.watch.ask()
        reader.check()
        first, (_, last) = reader.first(), reader.head()
        self.watch.answered()
        self.span = None if first is None else (first, last)
        self._look_due_s = self._monotonic_s() + LOOK_EVERY_S

    def _hand_over(self, handover: Handover) -> None:
        while not self._stopping.is_set():
            try:
                self.handovers.put(handover, timeout=0.1)
                return
            except queue.Full:
                if self._clock.jumps != handover.jump:
                    return

    def _read_anew(self, error: JournalReplacedError) -> None:
        """Let go of all that was read; the next turn begins with a whole picture."""
        _log.error("%s: it is read anew", error)
        self._jump, self._seq = -1, 0
        self._identity = None
        self.reading += 1
        self.watch.begin()
        self.reloaded = Reloaded(self._now(), error)
        self._reopening = True

    def _reopen(self) -> None:
        """Let go of connections that hold what was there before, once the new one is there."""
        if self._reopening:
            reopen(self._store)
            self._reopening = False

    def _failed(self, error: Exception) -> None:
        """Say why nothing is read; the log has it once, until it can be read again."""
        expected = isinstance(error, JournalError)
        if isinstance(error, JournalReplacedError):
            self._read_anew(error)
        elif not self._lost:
            _log.error("the journal cannot be read: %s", error, exc_info=not expected and error)
            self._lost = True
        self.watch.fail(error if isinstance(error, JournalError) else _unexpected(error))

    def _found(self) -> None:
        if self._lost:
            _log.info("the journal can be read again")
            self._lost = False

    def _close(self, reader: Reader | None) -> None:
        if reader is not None:
            try:
                reader.close()
            except JournalError:
                _log.debug("the reader's connection was gone already")


def _unexpected(error: Exception) -> JournalError:
    return JournalError(
        "the console's reader failed and is started again ({kind}: {message}): "
        "make a diagnosis and report it",
        kind=type(error).__name__,
        message=str(error)[:200],
    )
