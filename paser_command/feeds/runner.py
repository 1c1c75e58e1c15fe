"""The runner of one feed: polls it in a thread of its own, and says how it does."""

import logging
import random
import threading
import time
from collections.abc import Callable

import msgspec

from paser_command.errors import FeedError, PluginError
from paser_command.feeds.context import Feed
from paser_command.feeds.inbox import Inbox
from paser_command.plugin.guard import Guard
from paser_command.records import AnyRecord, FeedHealth, FeedState
from paser_command.times import SECOND, Instant, Now

CHUNK = 5_000
HEARTBEAT: Instant = 15 * SECOND
"""How often a live feed says that it still is: the newest word is how fresh its values are."""

LONGEST_BACKOFF_S = 300.0
JITTER = 0.2
LATE_AFTER_INTERVALS = 2
LATE_GRACE: Instant = SECOND

Facts = dict[str, str | int | float]

_log = logging.getLogger(__name__)


class FeedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A feed to be run: its id, the kind's id, its interval, and how to build it."""

    feed: str
    source: str
    interval_s: float
    build: Callable[[], Feed]


class FeedRunner:
    """Runs one feed. `look` is called by the collector's thread, all else happens in its own.

    A feed that raises three times in a minute is paused, and tried again after the longest
    back-off. A feed that hangs stays in its own thread; `look` says that it is late.
    """

    def __init__(self, plan: FeedPlan, inbox: Inbox, now: Now, chance: random.Random) -> None:
        self._plan = plan
        self._inbox = inbox
        self._now = now
        self._chance = chance
        self._guard = Guard(plan.feed, time.monotonic)
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._feed: Feed | None = None
        self._failures = 0
        self._answered = now()
        self._said: FeedHealth | None = None
        self._thread = threading.Thread(target=self._run, name=f"feed {plan.feed}", daemon=True)

    def start(self) -> None:
        """Begin to poll."""
        self._say(FeedState.STARTING)
        self._thread.start()

    def stop(self) -> None:
        """Poll no more; a poll under way is left to itself."""
        self._stopping.set()

    def look(self) -> None:
        """Say that the feed is late where its answer has been missing for two intervals."""
        allowed = int(self._plan.interval_s * LATE_AFTER_INTERVALS * SECOND) + LATE_GRACE
        said = self._said
        if said and said.state is not FeedState.FAILING and self._now() - self._answered > allowed:
            self._say(FeedState.LATE, "no_answer")

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._poll()
            self._stopping.wait(self._wait_s())

    def _poll(self) -> None:
        if self._guard.paused:
            self._guard.resume()
        before = self._guard.fault
        error = self._guard.run(self._poll_once)
        fault = self._guard.fault
        if fault is not None and fault is not before:
            # Built anew next time: what it had in mind cannot be trusted any more.
            self._feed = None
            self._fail("plugin_fault", {"kind": fault.kind}, fault.trace)
        elif error is not None:
            self._fail(error.code, error.codes_facts, error)
        else:
            self._answer()

    def _poll_once(self) -> FeedError | None:
        """Poll; a FeedError is returned, as it is an answer and no fault of the plugin."""
        if self._feed is None:
            self._feed = self._plan.build()
        chunk: list[AnyRecord] = []
        try:
            for record in self._feed.poll():
                chunk.append(record)
                if len(chunk) == CHUNK:
                    self._hand_over(chunk)
                    chunk = []
        except FeedError as error:
            return error
        finally:
            self._hand_over(chunk)
        return None

    def _hand_over(self, chunk: list[AnyRecord]) -> None:
        self._check(chunk)
        self._inbox.put(self._plan.feed, chunk)

    def _check(self, records: list[AnyRecord]) -> None:
        own = f"{self._plan.feed}/"
        for record in records:
            if record.feed != self._plan.feed or not record.key.startswith(own):
                raise PluginError("the feed {feed} speaks for another", feed=self._plan.feed)

    def _answer(self) -> None:
        self._failures = 0
        self._answered = self._now()
        self._say(FeedState.LIVE)

    def _fail(self, code: str, facts: Facts, cause: object) -> None:
        self._failures += 1
        self._say(FeedState.FAILING, code, facts, cause)

    def _say(
        self, state: FeedState, reason: str = "", facts: Facts | None = None, cause: object = ""
    ) -> None:
        with self._lock:
            now, before = self._now(), self._said
            changed = before is None or (before.state, before.reason) != (state, reason)
            if not changed and before is not None and now - before.at < HEARTBEAT:
                return
            same_state = before is not None and before.state is state
            self._said = FeedHealth(
                feed=self._plan.feed,
                key=self._plan.feed,
                at=now,
                state=state,
                since=before.since if before is not None and same_state else now,
                source=self._plan.source,
                interval_s=self._plan.interval_s,
                reason=reason,
                facts=facts or {},
            )
            said = self._said
        if changed:
            self._log(before, said, cause)
        self._inbox.tell(self._plan.feed, said)

    def _log(self, before: FeedHealth | None, said: FeedHealth, cause: object) -> None:
        """Warn once when the feed is lost; what more is learnt of it meanwhile is information."""
        well = (FeedState.STARTING, FeedState.LIVE)
        lost = said.state not in well and (before is None or before.state in well)
        level = logging.WARNING if lost else logging.INFO
        _log.log(level, "feed %s is %s %s %s", said.key, said.state, said.reason, cause)

    def _wait_s(self) -> float:
        interval_s = self._plan.interval_s
        if self._guard.paused:
            interval_s = LONGEST_BACKOFF_S
        elif self._failures:
            longest_s = max(LONGEST_BACKOFF_S, interval_s)
            interval_s = min(interval_s * 2 ** min(self._failures - 1, 16), longest_s)
        spread = JITTER if self._failures else JITTER / 10
        return interval_s * (1 + self._chance.uniform(-spread, spread))
