"""What is said about one feed: its state, since when and why, again and again while it lives."""

import logging
import threading
from collections.abc import Callable

from paser_command.feeds.inbox import Inbox
from paser_command.journal.quarantine import Facts
from paser_command.records import FeedHealth, FeedState
from paser_command.times import Now

HEARTBEAT_S = 15.0
"""How often a live feed says that it still is: the newest word is how fresh its values are."""

_log = logging.getLogger(__name__)


class Telling:
    """Says how a feed does. For any thread. `clock` is a monotonic clock in seconds."""

    def __init__(
        self,
        feed: str,
        source: str,
        interval_s: float,
        inbox: Inbox,
        now: Now,
        clock: Callable[[], float],
    ) -> None:
        self._feed = feed
        self._source = source
        self._interval_s = interval_s
        self._inbox = inbox
        self._now = now
        self._clock = clock
        self._lock = threading.Lock()
        self._said: FeedHealth | None = None
        self._said_at = 0.0

    @property
    def state(self) -> FeedState | None:
        """Return the state that was said last; None before the first word."""
        return self._said.state if self._said else None

    def say(
        self, state: FeedState, reason: str = "", facts: Facts | None = None, cause: object = ""
    ) -> None:
        """Say it where it is news, or where the last word is old."""
        with self._lock:
            before, clock = self._said, self._clock()
            changed = before is None or (before.state, before.reason) != (state, reason)
            if not changed and clock - self._said_at < HEARTBEAT_S:
                return
            now = self._now()
            same_state = before is not None and before.state is state
            said = FeedHealth(
                feed=self._feed,
                key=self._feed,
                at=now,
                state=state,
                since=before.since if before is not None and same_state else now,
                source=self._source,
                interval_s=self._interval_s,
                reason=reason,
                facts=facts or {},
            )
            self._said, self._said_at = said, clock
        if changed:
            _note(before, said, cause)
        self._inbox.tell(self._feed, said)


def _note(before: FeedHealth | None, said: FeedHealth, cause: object) -> None:
    """Warn once when the feed is lost; what more is learnt of it meanwhile is information."""
    well = (FeedState.STARTING, FeedState.LIVE)
    lost = said.state not in well and (before is None or before.state in well)
    level = logging.WARNING if lost else logging.INFO
    _log.log(level, "feed %s is %s %s %s", said.key, said.state, said.reason, cause)
