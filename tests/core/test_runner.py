"""The runner: a feed that hangs, floods, raises or fails delays no other, and says so."""

import random
import threading
import time
from collections.abc import Callable, Iterable

import pytest

from paser_command.errors import ParseError
from paser_command.feeds import runner as runner_module
from paser_command.feeds.context import Feed
from paser_command.feeds.inbox import Inbox
from paser_command.feeds.runner import FeedPlan, FeedRunner
from paser_command.records import AnyRecord, FeedHealth, FeedState, Record
from paser_command.times import SECOND, now
from tests.records import flood


class Scripted:
    """A feed whose polls are written down: records to give, or an error to raise."""

    def __init__(self, *polls: object) -> None:
        self._polls = iter(polls)

    def poll(self) -> Iterable[AnyRecord]:
        answer = next(self._polls, [])
        if callable(answer):
            answer = answer()
        if isinstance(answer, Exception):
            raise answer
        yield from answer  # type: ignore[misc]


class Collected:
    """What came in, by a thread that takes it out of the inbox."""

    def __init__(self, inbox: Inbox) -> None:
        self.records: list[AnyRecord] = []
        self._inbox = inbox

    def until(self, met: Callable[[list[AnyRecord]], bool]) -> list[AnyRecord]:
        deadline = time.monotonic() + 60
        while not met(self.records):
            assert time.monotonic() < deadline, self.records
            self.records += [one for one in self._inbox.take(0.05) if isinstance(one, Record)]
        return self.records

    def states(self) -> list[tuple[FeedState, str]]:
        return [(r.state, r.reason) for r in self.records if isinstance(r, FeedHealth)]


@pytest.fixture
def run():
    inbox = Inbox()
    runners: list[FeedRunner] = []

    def start(feed: Feed, name: str = "warga", interval_s: float = 0.01) -> FeedRunner:
        plan = FeedPlan(feed=name, source="t.t", interval_s=interval_s, build=lambda: feed)
        runners.append(FeedRunner(plan, inbox, now, random.Random(1)))
        runners[-1].start()
        return runners[-1]

    yield start, Collected(inbox)
    for runner in runners:
        runner.stop()
    inbox.close()


def test_what_a_feed_gives_comes_in(run):
    start, collected = run
    start(Scripted([flood("warga/1")], [flood("warga/2")]))

    records = collected.until(lambda records: len([r for r in records if r in _both]) == 2)

    assert [r for r in records if not isinstance(r, FeedHealth)] == list(_both)
    assert collected.states()[:2] == [(FeedState.STARTING, ""), (FeedState.LIVE, "")]


def test_a_feed_that_fails_says_why_once_keeps_its_good_part_and_comes_back(run, caplog):
    start, collected = run

    def half():
        yield flood("warga/1")
        raise ParseError("not_json", where="x")

    start(Scripted(half, ParseError("not_json", where="x"), [flood("warga/2")]))

    collected.until(lambda records: flood("warga/2") in records and _live(records))

    assert collected.states() == [
        (FeedState.STARTING, ""),
        (FeedState.FAILING, "not_json"),
        (FeedState.LIVE, ""),
    ]
    assert flood("warga/1") in collected.records
    warnings = [line for line in caplog.records if line.levelname == "WARNING"]
    assert len(warnings) == 1


def test_a_feed_that_hangs_is_late_and_delays_no_other(run):
    start, collected = run
    let_go = threading.Event()
    hanging = start(Scripted(lambda: let_go.wait(30) or []), "hanging")
    start(Scripted([flood("warga/1")]))
    collected.until(lambda records: flood("warga/1") in records)
    hanging._answered -= 60 * SECOND

    hanging.look()

    collected.until(lambda _: (FeedState.LATE, "no_answer") in collected.states())
    let_go.set()


def test_a_plugin_that_raises_fails_and_is_paused_and_built_anew(run, monkeypatch):
    monkeypatch.setattr(runner_module, "LONGEST_BACKOFF_S", 0.05)
    start, collected = run
    start(Scripted(*[ZeroDivisionError("x")] * 4, [flood("warga/1")]))

    collected.until(lambda records: flood("warga/1") in records and _live(records))

    assert (FeedState.FAILING, "plugin_fault") in collected.states()


@pytest.mark.parametrize(
    "foreign", [flood("warga/1", feed="gempa"), flood("gempa/1", feed="warga")]
)
def test_a_feed_that_speaks_for_another_is_refused(run, foreign):
    start, collected = run
    start(Scripted([foreign, flood("warga/2")]))

    collected.until(lambda _: (FeedState.LIVE, "passed_over") in collected.states())

    assert foreign not in collected.records
    assert flood("warga/2") in collected.records


def test_waiting_grows_with_failures_and_has_jitter():
    plan = FeedPlan(feed="warga", source="t.t", interval_s=2.0, build=Scripted)
    runner = FeedRunner(plan, Inbox(), now, random.Random(1))
    waits = []
    for failures in range(12):
        runner._failures = failures
        waits.append(runner._wait_s())

    assert 1.9 < waits[0] < 2.1
    assert 1.6 <= waits[1] <= 2.4
    assert 6.4 <= waits[3] <= 9.6
    assert waits[11] <= 300 * 1.2
    assert len({wait / 300 for wait in waits[9:]}) == 3


_both = (flood("warga/1"), flood("warga/2"))


def _live(records: list[AnyRecord]) -> bool:
    health = [r for r in records if isinstance(r, FeedHealth)]
    return bool(health) and health[-1].state is FeedState.LIVE
