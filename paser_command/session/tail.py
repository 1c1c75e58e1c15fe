"""The tail: one thread that reads what a clock shows and hands it to the main thread."""

import logging
import queue
import threading

import msgspec

from paser_command.errors import JournalError
from paser_command.journal.doorbell import doorbell, ticking
from paser_command.journal.reader import Reader
from paser_command.journal.store import Journal
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord
from paser_command.session.clock import Clock
from paser_command.times import Instant, Now

HANDOVERS = 64
"""How many handovers may wait: past that the thread waits for the main thread."""

RETRY_S = 1.0
SPAN_EVERY_S = 1.0

_log = logging.getLogger(__name__)


class Handover(msgspec.Struct, frozen=True):
    """For the clock's jump number `jump`: a new picture, or records to fold into the last one."""

    jump: int
    picture: Picture | None
    records: tuple[AnyRecord, ...] = ()


class Tail:
    """Live and replay on one path: read after the last record, up to what the clock shows.

    `handovers` is its queue to the main thread. `fault` is set while the journal cannot be read;
    `span` is from the first to the last receipt in the journal. One that `rests_live` reads nothing
    while its clock is live: another tail does.
    """

    def __init__(self, store: Journal, clock: Clock, now: Now, *, rests_live: bool = False) -> None:
        self.handovers: queue.Queue[Handover] = queue.Queue(HANDOVERS)
        self.fault: JournalError | None = None
        self.span: tuple[Instant, Instant] | None = None
        self._store = store
        self._clock = clock
        self._now = now
        self._rests_live = rests_live
        self._bell = ticking() if rests_live else doorbell(store)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tail", daemon=True)
        self._jump = -1
        self._seq = 0
        self._span_due: Instant = 0

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def ring(self) -> None:
        """Look now: something was written, or the clock was moved."""
        self._bell.ring()

    def stop(self, timeout_s: float = 3.0) -> None:
        """End the thread."""
        self._stopping.set()
        self._bell.ring()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        reader: Reader | None = None
        while not self._stopping.is_set():
            try:
                reader = reader or Reader(self._store)
                rests = self._rests_live and self._clock.bound() is None
                idle = rests or not self._step(reader)
                self._found()
            except JournalError as error:
                self._lost(error)
                self._close(reader)
                reader = None
                self._stopping.wait(RETRY_S)
                continue
            if rests:
                self._bell.sleep()
            elif idle:
                self._bell.wait()
        self._close(reader)
        self._bell.close()

    def _step(self, reader: Reader) -> bool:
        """Read once; tell whether there was anything."""
        self._look_at_span(reader)
        jump = self._clock.jumps
        if jump != self._jump:
            picture, seq = reader.picture(self._clock.now())
            if self._clock.bound() is None:
                seq = reader.fold(picture, seq)
            self._jump, self._seq = jump, seq
            self._hand_over(Handover(jump, picture))
            return True
        page = reader.read(self._seq, self._clock.bound())
        if not page.count:
            return False
        self._seq = page.seq
        self._hand_over(Handover(jump, None, page.records))
        return True

    def _look_at_span(self, reader: Reader) -> None:
        now = self._now()
        if now < self._span_due:
            return
        self._span_due = now + int(SPAN_EVERY_S * 1e6)
        first, (_, last) = reader.first(), reader.head()
        self.span = None if first is None else (first, last)

    def _hand_over(self, handover: Handover) -> None:
        while not self._stopping.is_set():
            try:
                self.handovers.put(handover, timeout=0.1)
                return
            except queue.Full:
                if self._clock.jumps != handover.jump:
                    return

    def _lost(self, error: JournalError) -> None:
        if self.fault is None:
            _log.error("the journal cannot be read: %s", error)
        self.fault = error

    def _found(self) -> None:
        if self.fault is not None:
            _log.info("the journal can be read again")
            self.fault = None

    def _close(self, reader: Reader | None) -> None:
        if reader is not None:
            try:
                reader.close()
            except JournalError:
                _log.debug("the reader's connection was gone already")
