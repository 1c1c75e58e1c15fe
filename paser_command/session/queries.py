"""The query pool: the main thread asks for series, trails and activity, and takes what is ready."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from queue import SimpleQueue

from paser_command.errors import JournalError, PaserError
from paser_command.journal.activity import Activity, activity
from paser_command.journal.series import series
from paser_command.journal.store import Journal
from paser_command.journal.trail import Trail
from paser_command.journal.trails import trails
from paser_command.session.frames import Series, SeriesQuery, TrailQuery
from paser_command.session.supervised import Supervised
from paser_command.times import MINUTE, Instant

WORKERS = 2
BARS = 240
"""About how many bars the timeline shows."""

PAUSE_S = 0.1

_NO_TRAILS: Mapping[str, Trail] = {}

_log = logging.getLogger(__name__)


class Queries:
    """Each owner has one question under way and one waiting: the newest. Main thread only.

    `fault` is set while questions cannot be answered: the answers before stay.
    """

    def __init__(self, store: Journal) -> None:
        self.activity: Activity | None = None
        self.fault: PaserError | None = None
        self._store = store
        self._asked: SimpleQueue[str | None] = SimpleQueue()
        self._threads = [
            Supervised(f"query {number}", self._work, self._failed, PAUSE_S)
            for number in range(WORKERS)
        ]
        self._lock = threading.Lock()
        self._answers: dict[str, Mapping[str, Series]] = {}
        self._trails: dict[str, Mapping[str, Trail]] = {}
        self._waiting: dict[str, Callable[[], object]] = {}
        self._busy: set[str] = set()
        self._started = False

    def ask(
        self, owner: str, queries: Iterable[SeriesQuery], known: Instant | None, now: Instant
    ) -> None:
        """Ask for series in place of what the owner asked before.

        `known` leaves out what was received later; where it is None, all that is
        there `now` counts.
        """
        wanted = tuple(queries)

        def answer() -> None:
            self._answers[owner] = {
                query.stream: self._answer(query, known, now) for query in wanted
            }

        self._submit(f"series {owner}", answer)

    def answers(self, owner: str) -> Mapping[str, Series]:
        """Return the owner's newest answers by stream."""
        return self._answers.get(owner, {})

    def ask_trails(self, owner: str, query: TrailQuery, known: Instant | None) -> None:
        """Ask for units' trails in place of what the owner asked before."""

        def answer() -> None:
            self._trails[owner] = trails(self._store, query.units, query.start, query.end, known)

        self._submit(f"trails {owner}", answer)

    def trails(self, owner: str) -> Mapping[str, Trail]:
        """Return the owner's newest trails by unit."""
        return self._trails.get(owner, _NO_TRAILS)

    def forget(self, owner: str) -> None:
        """Let go of what was answered to an owner who asks no more."""
        self._submit(f"series {owner}", lambda: self._answers.pop(owner, None))
        self._submit(f"trails {owner}", lambda: self._trails.pop(owner, None))

    def ask_activity(self, start: Instant, end: Instant) -> None:
        """Ask for the journal's activity."""
        minutes = -(-(end - start) // (BARS * MINUTE))

        def answer() -> None:
            self.activity = activity(self._store, start, end, max(1, minutes) * MINUTE)

        self._submit("activity", answer)

    def look(self) -> None:
        """Start threads again that died."""
        for thread in self._threads:
            if thread.look():
                _log.error("a thread that answers questions died, and was started again")

    def ask_to_stop(self) -> None:
        """Answer no more; returns at once."""
        with self._lock:
            self._waiting.clear()
        for thread in self._threads:
            thread.stopping.set()
            self._asked.put(None)

    def stop(self, end_s: float) -> None:
        """Wait for the threads' end until that second of the monotonic clock."""
        self.ask_to_stop()
        for thread in self._threads:
            thread.stop(end_s)

    def _answer(self, query: SeriesQuery, known: Instant | None, now: Instant) -> Series:
        points = series(self._store, query.stream, query.start, query.end, query.columns, known)
        return Series(query, points.at, points.value, now if known is None else known, points.step)

    def _submit(self, owner: str, answer: Callable[[], object]) -> None:
        with self._lock:
            self._waiting[owner] = answer
            if owner in self._busy:
                return
            self._busy.add(owner)
        if not self._started:
            self._started = True
            for thread in self._threads:
                thread.start()
        self._asked.put(owner)

    def _work(self) -> None:
        owner = self._asked.get()
        if owner is None:
            return
        try:
            while answer := self._next(owner):
                answer()
                self.fault = None
        finally:
            self._free(owner)

    def _next(self, owner: str) -> Callable[[], object] | None:
        """Return the owner's newest question; None where none waits."""
        with self._lock:
            answer = self._waiting.pop(owner, None)
            if answer is None:
                self._busy.discard(owner)
            return answer

    def _free(self, owner: str) -> None:
        """Have a question that came while the one before failed asked again."""
        with self._lock:
            if owner in self._busy:
                if owner in self._waiting:
                    self._asked.put(owner)
                else:
                    self._busy.discard(owner)

    def _failed(self, error: Exception) -> None:
        expected = isinstance(error, JournalError)
        if self.fault is None:
            _log.error("a question is not answered: %s", error, exc_info=not expected and error)
        self.fault = error if isinstance(error, PaserError) else _unexpected(error)


def _unexpected(error: Exception) -> JournalError:
    return JournalError(
        "{kind}: {message}: make a diagnosis and report it",
        kind=type(error).__name__,
        message=str(error)[:200],
    )
