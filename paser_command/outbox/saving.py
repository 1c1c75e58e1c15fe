"""Saving acts: first onto this disk, then into the journal, again and again until it has them."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy.exc import DataError

from paser_command.errors import InputError, JournalError, PaserError
from paser_command.journal.writer import Writer
from paser_command.outbox.file import OutboxFile
from paser_command.outbox.ticket import Ticket
from paser_command.records import Command
from paser_command.times import Instant, Now

RETRY_S = 1.0
MOST_IN_BATCH = 500
MOST_WAITING = 10_000

_OF_DATA = (UnicodeError, TypeError, OverflowError, msgspec.MsgspecError)
"""What an act raises that no journal can hold; anything else may pass, and is tried again."""

_FORBIDDEN = "42501"
"""PostgreSQL's code where the role may not write: that does not pass by itself either."""

_log = logging.getLogger(__name__)


class _Act(msgspec.Struct, frozen=True):
    command: Command
    ticket: Ticket


class Saving:
    """Two threads: one puts acts into the outbox, one writes what the outbox has to the journal.

    So an act is on the disk while the journal blocks. All that waits goes in one batch. An act that
    the journal cannot hold is refused, and those behind it go on. Without an `outbox` acts wait in
    memory alone.

    `fault` is set while the journal does not accept acts, `disk_fault` while the outbox cannot be
    written. `saved` is called, in a thread, after each batch.
    """

    def __init__(
        self,
        writer: Writer,
        saved: Callable[[], None],
        now: Now,
        outbox: OutboxFile | None = None,
    ) -> None:
        self.fault: JournalError | None = None
        self.disk_fault: PaserError | None = None
        self._writer = writer
        self._saved = saved
        self._now = now
        self._outbox = outbox
        self._away_since: Instant | None = None
        self._turn = threading.Condition()
        self._new: deque[_Act] = deque()
        self._kept: deque[_Act] = deque()
        self._news: deque[PaserError] = deque()
        self._left: set[str] = set()
        self._left_count = 0
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._guarded, args=(step,), name=name, daemon=True)
            for name, step in (("outbox", self._keep_next), ("acts", self._write_next))
        ]

    def start(self) -> tuple[Ticket, ...]:
        """Begin to save; return the tickets of acts that an earlier console left behind."""
        left: list[Ticket] = []
        if self._outbox is not None:
            left = [self._take_up(command) for command in self._outbox.left]
            if self._outbox.damaged:
                self._say(_damaged(self._outbox))
        for thread in self._threads:
            thread.start()
        return tuple(left)

    def save(self, command: Command, ticket: Ticket) -> None:
        """Take the act; it shows in the picture once saved. InputError where too many wait."""
        full = self._outbox is not None and self._outbox.is_full
        with self._turn:
            if full or len(self._new) + len(self._kept) >= MOST_WAITING:
                raise InputError("too many acts wait to be saved: wait until the journal is back")
            self._new.append(_Act(command, ticket))
            self._turn.notify_all()

    def news(self) -> tuple[PaserError, ...]:
        """Return what is to be told since the last time."""
        told = []
        while self._news:
            told.append(self._news.popleft())
        return tuple(told)

    def stop(self, timeout_s: float = 2.0) -> None:
        """Save what waits, and end. What cannot be saved stays in the outbox."""
        end_s = time.monotonic() + timeout_s
        with self._turn:
            self._turn.wait_for(
                lambda: self.fault is not None or not (self._new or self._kept),
                timeout_s if self._threads[0].is_alive() else 0.0,
            )
        self._stopping.set()
        with self._turn:
            self._turn.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.1, end_s - time.monotonic()))
        self._tell_what_waits()
        if self._outbox is not None and not any(thread.is_alive() for thread in self._threads):
            self._outbox.close()

    def _take_up(self, command: Command) -> Ticket:
        ticket = Ticket(command.verb, command.subject, command=command, begun_s=time.monotonic())
        self._kept.append(_Act(command, ticket))
        self._left.add(command.key)
        self._left_count += 1
        return ticket

    def _guarded(self, step: Callable[[], None]) -> None:
        """Run the steps of a thread; a fault of the program is logged, and the thread goes on."""
        while not self._is_over(step):
            try:
                step()
            except Exception:  # noqa: BLE001 - a thread that dies loses every later act
                _log.exception("saving acts failed, and goes on")
                self._stopping.wait(RETRY_S)

    def _is_over(self, step: Callable[[], None]) -> bool:
        """Tell whether the thread may end: what is new is put on the disk before."""
        return self._stopping.is_set() and not (step == self._keep_next and self._new)

    def _keep_next(self) -> None:
        """Put what is new onto the disk, then hand it to the thread that writes to the journal."""
        with self._turn:
            self._turn.wait_for(lambda: self._new or self._stopping.is_set())
            acts = list(self._new)
        if acts:
            self._put_on_disk(acts)
        with self._turn:
            for act in acts:
                self._new.popleft()
                self._kept.append(act)
            self._turn.notify_all()

    def _put_on_disk(self, acts: Sequence[_Act]) -> None:
        if self._outbox is None:
            return
        try:
            self._outbox.add(act.command for act in acts)
            self.disk_fault = None
        except PaserError as error:
            # The journal may have them all the same.
            if self.disk_fault is None:
                _log.error("acts are not kept on this disk: %s", error)
            self.disk_fault = error

    def _write_next(self) -> None:
        """Write all that waits to the journal in one batch."""
        with self._turn:
            self._turn.wait_for(lambda: self._kept or self._stopping.is_set())
            acts = list(self._kept)[:MOST_IN_BATCH]
        if not acts:
            return
        done = self._written(acts)
        if self._outbox is not None and done:
            try:
                self._outbox.forget([act.command.key for act in done])
            except PaserError as error:
                _log.warning("the outbox keeps acts that are saved: %s", error)
        with self._turn:
            for _ in done:
                self._kept.popleft()
            self._turn.notify_all()
        if not done:
            self._stopping.wait(RETRY_S)

    def _written(self, acts: Sequence[_Act]) -> Sequence[_Act]:
        """Return the acts, from the first on, that are done with: saved, or refused."""
        try:
            self._writer.append([act.command for act in acts])
        except Exception as error:  # noqa: BLE001 - told apart below
            if not _is_of_data(error):
                self._lose_journal(acts, error)
                return ()
            if len(acts) > 1:
                return self._written_singly(acts)
            self._refuse(acts[0], error)
            return acts
        self._find_journal()
        for act in acts:
            act.ticket.save()
            self._count_left(act)
        self._saved()
        return acts

    def _written_singly(self, acts: Sequence[_Act]) -> Sequence[_Act]:
        """Write one act at a time, so that a bad one costs itself alone."""
        for number, act in enumerate(acts):
            if not self._written([act]):
                return acts[:number]
        return acts

    def _refuse(self, act: _Act, error: Exception) -> None:
        refused = InputError(
            "the journal does not accept this act: {cause}", cause=str(error)[:200]
        )
        _log.error("an act is refused: %s; it was %s", error, msgspec.to_builtins(act.command))
        act.ticket.refuse(refused)
        if act.command.key in self._left:
            self._say(refused)
        self._count_left(act, saved=False)

    def _lose_journal(self, acts: Sequence[_Act], error: Exception) -> None:
        if self.fault is None:
            self._away_since = self._now()
            _log.error("%s acts cannot be saved yet: %s", len(acts), error)
        self.fault = (
            error
            if isinstance(error, JournalError)
            else JournalError(
                "the program failed: {cause}", cause=f"{type(error).__name__}: {error}"
            )
        )
        since = self._away_since or 0
        with self._turn:
            for act in (*self._kept, *self._new):
                act.ticket.wait_for_journal(since)
            self._turn.notify_all()

    def _find_journal(self) -> None:
        if self.fault is not None:
            _log.info("acts can be saved again")
        self.fault = None

    def _count_left(self, act: _Act, *, saved: bool = True) -> None:
        """Tell, after the last of the acts that were left, how many of them are saved now."""
        if act.command.key not in self._left:
            return
        self._left.remove(act.command.key)
        self._left_count -= not saved
        if not self._left and self._left_count == 1:
            self._say(PaserError("1 action from before was saved"))
        elif not self._left and self._left_count:
            self._say(PaserError("{n} actions from before were saved", n=self._left_count))

    def _say(self, error: PaserError) -> None:
        _log.warning("%s", error)
        self._news.append(error)

    def _tell_what_waits(self) -> None:
        waiting = len(self._new) + len(self._kept)
        if not waiting:
            return
        if self._outbox is None or self.disk_fault is not None:
            _log.error("%s acts were not saved: %s", waiting, self.fault)
        else:
            _log.warning("%s acts wait in %s for the next start", waiting, self._outbox.path)


def _is_of_data(error: Exception) -> bool:
    """Tell whether it is the act itself that the journal does not accept."""
    if isinstance(error, JournalError):
        cause = error.__cause__
        forbidden = getattr(getattr(cause, "orig", None), "sqlstate", "") == _FORBIDDEN
        return forbidden or isinstance(cause, DataError)
    return isinstance(error, _OF_DATA)


def _damaged(outbox: OutboxFile) -> PaserError:
    return PaserError(
        "{path}: lines that cannot be read are left out: {lines}",
        path=outbox.damaged_path,
        lines=", ".join(map(str, outbox.damaged[:20])),
    )
