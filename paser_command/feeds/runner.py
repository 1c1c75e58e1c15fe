"""The runner of one feed: polls it or listens to it in a thread of its own; says how it does."""

import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from paser_command.errors import FeedError, TransportError
from paser_command.feeds.doors import AnyFeed, Streamed
from paser_command.feeds.handing import Handing
from paser_command.feeds.handover import HandOver
from paser_command.feeds.inbox import Inbox
from paser_command.feeds.passed import Passed
from paser_command.feeds.source_clock import SourceClock
from paser_command.feeds.telling import Telling
from paser_command.journal.quarantine import Facts
from paser_command.plugin.guard import Guard
from paser_command.records import FeedState, Kinds, Record, built_in_kinds
from paser_command.times import Now

LONGEST_BACKOFF_S = 300.0
RECONNECT_S = 1.0
"""How long a stream that broke waits before it is run again, at first."""

ROUND_S = 15.0
"""How long a round of a stream is: what it passed over is counted by rounds."""

LONG_POLL_S = 1.0
ENDLESS_S = 60.0
"""After these a poll that still gives is an answer: it may have no end. One of a feed that fails
gives its good part first, and fails again: so it has to go on for longer."""

JITTER = 0.2
LATE_AFTER_INTERVALS = 2
LATE_GRACE_S = 1.0
CLOSING_S = 0.5
"""How long a stream has to see that it is to stop, before it is closed."""


def _nothing_known(kind: type[Record]) -> Mapping[str, Record]:
    return {}


class FeedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A feed to be run: its id, the type's id, its interval, and how to build it.

    `passed` counts the items passed over. `known` gives the feed's records of a kind that the
    journal has, `state` is what the feed kept for itself.
    """

    feed: str
    source: str
    interval_s: float
    build: Callable[[], AnyFeed]
    passed: Passed = msgspec.field(default_factory=lambda: Passed(time.monotonic))
    kinds: Kinds = msgspec.field(default_factory=built_in_kinds)
    known: Callable[[type[Record]], Mapping[str, Record]] = _nothing_known
    state: dict[str, Any] = {}


class FeedRunner:
    """Runs one feed. `look` is called by the collector's thread, all else happens in its own.

    A feed that raises three times in a minute is paused, and tried again after the longest
    back-off. A feed that hangs stays in its own thread; `look` says that it is late. `clock` is a
    monotonic clock in seconds: our own time may be set back, and nobody is late by that.
    """

    def __init__(
        self,
        plan: FeedPlan,
        inbox: Inbox,
        now: Now,
        chance: random.Random,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._plan = plan
        self._chance = chance
        self._clock = clock
        self._guard = Guard(plan.feed, clock)
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._feed: AnyFeed | None = None
        self._failures = 0
        self._retry_after_s = 0.0
        self._answered = self._began = self._round_began = clock()
        self._telling = Telling(plan.feed, plan.source, plan.interval_s, inbox, now, clock)
        self._passed = plan.passed
        self._source_clock = SourceClock(now, clock)
        self._handing = Handing(
            HandOver(plan.feed, plan.kinds),
            inbox.lane(plan.feed),
            self._passed,
            self._source_clock,
            self._heard,
            clock,
            plan.feed,
            plan.state,
            plan.known,
        )
        self._thread = threading.Thread(target=self._run, name=f"feed {plan.feed}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._telling.say(FeedState.STARTING)
        self._thread.start()

    def stop(self) -> None:
        """Run no more; a poll under way is left to itself, a stream is closed if it goes on."""
        self._stopping.set()
        if isinstance(self._feed, Streamed):
            threading.Thread(
                target=self._close_soon, name=f"feed {self._plan.feed} closes", daemon=True
            ).start()

    def look(self) -> None:
        """Say that the feed is late where its answer has been missing for two intervals."""
        allowed_s = self._plan.interval_s * LATE_AFTER_INTERVALS + LATE_GRACE_S
        said = self._telling.state
        silent = self._clock() - self._answered > allowed_s
        if silent and said is not None and said is not FeedState.FAILING:
            self._telling.say(FeedState.LATE, "no_answer")

    def pass_over(self, error: FeedError) -> None:
        """Count a record of the feed that was refused behind the hand-over."""
        self._passed.over(error)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._attempt()
            self._stopping.wait(self._wait_s())
        self._close()
        self._ended.set()

    def _attempt(self) -> None:
        if self._guard.paused:
            self._guard.resume()
        before = self._guard.fault
        error = self._guard.run(self._once)
        fault = self._guard.fault
        if fault is not None and fault is not before:
            # Built anew next time: what it had in mind cannot be trusted any more.
            self._close()
            self._fail("plugin_fault", {"kind": fault.kind}, fault.trace)
        elif error is not None:
            self._retry_after_s = float(error.codes_facts.get("retry_after_s", 0.0))
            self._fail(error.code, error.codes_facts, error)

    def _once(self) -> FeedError | None:
        """Poll or run; a FeedError is returned, as it is an answer and no fault of the plugin."""
        self._began = self._round_began = self._clock()
        self._retry_after_s = 0.0
        try:
            if self._feed is None:
                self._feed = self._plan.build()
            if isinstance(self._feed, Streamed):
                self._listen(self._feed)
            else:
                self._poll(self._feed)
        except FeedError as error:
            return error
        return None

    def _poll(self, feed: AnyFeed) -> None:
        assert not isinstance(feed, Streamed)
        try:
            for item in feed.poll():
                self._handing.give(item)
                if self._stopping.is_set():
                    break
        finally:
            self._handing.flush()
            self._handing.end_round()
        self._answer()

    def _listen(self, feed: Streamed) -> None:
        try:
            feed.run(self._handing, self._stopping)
        finally:
            self._handing.flush()
            self._handing.end_round()
        if not self._stopping.is_set():
            raise TransportError("broken_transfer")

    def _heard(self) -> None:
        """Note that something came: a stream answers by it, and a poll that goes on for long."""
        self._answered = clock = self._clock()
        failing = self._telling.state is FeedState.FAILING
        answers_after_s = ENDLESS_S if failing else LONG_POLL_S
        if isinstance(self._feed, Streamed) or clock - self._began > answers_after_s:
            if clock - self._round_began >= ROUND_S:
                self._round_began = clock
                self._handing.end_round()
            self._answer()

    def _answer(self) -> None:
        self._failures = 0
        self._answered = self._clock()
        passed, clock = self._passed.facts(), self._source_clock.facts()
        reason = "passed_over" if passed else "clock_ahead" if "ahead_s" in clock else ""
        self._telling.say(FeedState.LIVE, reason, {**passed, **clock})

    def _fail(self, code: str, facts: Facts, cause: object) -> None:
        self._failures += 1
        self._telling.say(FeedState.FAILING, code, facts, cause)

    def _close_soon(self) -> None:
        if not self._ended.wait(CLOSING_S):
            self._close()

    def _close(self) -> None:
        """Let go of the instance; one that cannot be closed is a fault of no consequence."""
        with self._lock:
            feed, self._feed = self._feed, None
        if (close := getattr(feed, "close", None)) is not None:
            Guard(self._plan.feed, self._clock).run(close)

    def _wait_s(self) -> float:
        streamed = isinstance(self._feed, Streamed)
        interval_s = RECONNECT_S if streamed else self._plan.interval_s
        if self._guard.paused:
            interval_s = LONGEST_BACKOFF_S
        elif self._failures:
            longest_s = max(LONGEST_BACKOFF_S, interval_s)
            interval_s = min(interval_s * 2 ** min(self._failures - 1, 16), longest_s)
        spread = JITTER if self._failures else JITTER / 10
        waits_s = interval_s * (1 + self._chance.uniform(-spread, spread))
        return max(waits_s, self._retry_after_s)
