"""What a feed passed over: items that could not be read or taken, counted and told for a while."""

import threading
from collections.abc import Callable

from paser_command.errors import FeedError
from paser_command.journal.quarantine import Facts

SHOWN_S = 60.0
"""How long it is told, so that a feed with one bad item now and then is steadily known for it."""


class Passed:
    """Counts, round by round: a round is a poll, or a while of a stream. For any thread.

    `clock` is a monotonic clock in seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._count = self._of = 0
        self._first: FeedError | None = None
        self._told: Facts = {}
        self._until = 0.0

    def over(self, error: FeedError, count: int = 1, of: int = 0) -> None:
        """Note that items were passed over: the first error, how many, and of how many."""
        with self._lock:
            self._first = self._first or error
            self._count += count
            self._of += of

    def end_round(self, given: int) -> None:
        """End a round in which so many records were given.

        One with nothing in it (the document has not changed) says nothing anew: what was told of
        the round before still holds.
        """
        with self._lock:
            told = self._clock() < self._until
            if told and self._first is None and not given:
                self._until = self._clock() + SHOWN_S
            if self._first is not None:
                self._told = {
                    **self._first.codes_facts,
                    "why": self._first.code,
                    "count": self._count,
                    "of": max(self._of, self._count + given),
                }
                self._until = self._clock() + SHOWN_S
            self._count = self._of = 0
            self._first = None

    def facts(self) -> Facts:
        """Return what to tell: why, count, of, and the facts of why; nothing where all is well."""
        with self._lock:
            return self._told if self._clock() < self._until else {}
