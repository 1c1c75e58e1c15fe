"""The query pool: the main thread asks for series, trails and activity, and takes what is ready."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from paser_command.errors import JournalError
from paser_command.journal.series import Activity, activity, series
from paser_command.journal.store import Journal
from paser_command.journal.trails import Trail, trails
from paser_command.session.frames import Series, SeriesQuery, TrailQuery
from paser_command.times import MINUTE, Instant

WORKERS = 2
BARS = 240
"""About how many bars the timeline shows."""

_NO_TRAILS: Mapping[str, Trail] = {}

_log = logging.getLogger(__name__)


class Queries:
    """Each owner has one question under way and one waiting: the newest. Main thread only."""

    def __init__(self, store: Journal) -> None:
        self.activity: Activity | None = None
        self._store = store
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="query")
        self._lock = threading.Lock()
        self._answers: dict[str, Mapping[str, Series]] = {}
        self._trails: dict[str, Mapping[str, Trail]] = {}
        self._waiting: dict[str, Callable[[], object]] = {}
        self._busy: set[str] = set()

    def ask(self, owner: str, queries: Iterable[SeriesQuery], known: Instant | None) -> None:
        """Ask for series in place of what the owner asked before."""
        wanted = tuple(queries)

        def answer() -> None:
            self._answers[owner] = {
                query.stream: Series(
                    query,
                    *series(
                        self._store, query.stream, query.start, query.end, query.columns, known
                    ),
                )
                for query in wanted
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

    def stop(self) -> None:
        """Answer no more."""
        with self._lock:
            self._waiting.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, owner: str, answer: Callable[[], object]) -> None:
        with self._lock:
            if owner in self._busy:
                self._waiting[owner] = answer
                return
            self._busy.add(owner)
        self._pool.submit(self._answer, owner, answer)

    def _answer(self, owner: str, answer: Callable[[], object]) -> None:
        while True:
            try:
                answer()
            except JournalError as error:
                # The tail tells the room that the journal is away; the old answer stays.
                _log.debug("no answer for %s: %s", owner, error)
            with self._lock:
                waiting = self._waiting.pop(owner, None)
                if waiting is None:
                    self._busy.discard(owner)
                    return
                answer = waiting
