"""What is told of a feed is steady and true: items passed over, its clock, when it was heard."""

import random

from paser_command.errors import FeedError, TransportError
from paser_command.feeds.inbox import Inbox
from paser_command.feeds.passed import SHOWN_S, Passed
from paser_command.feeds.runner import FeedPlan, FeedRunner
from paser_command.feeds.source_clock import SourceClock
from paser_command.feeds.telling import HEARTBEAT_S, Telling
from paser_command.records import FeedHealth, FeedState
from paser_command.times import DAY, HOUR, SECOND
from tests.records import START, level
from tests.trial_feeds import Calm

BAD = FeedError("bad_value", where="polygon")


class Seconds:
    """A monotonic clock that the test moves on."""

    def __init__(self) -> None:
        self.s = 100.0

    def __call__(self) -> float:
        return self.s


def test_items_passed_over_are_counted_by_rounds():
    passed = Passed(Seconds())
    passed.over(BAD, 1, 50)
    passed.over(BAD, 2, 49)

    passed.end_round(96)

    assert passed.facts() == {"why": "bad_value", "where": "polygon", "count": 3, "of": 99}


def test_a_good_round_ends_the_notice_after_a_while_and_an_empty_one_does_not():
    clock = Seconds()
    passed = Passed(clock)
    passed.over(BAD)
    passed.end_round(9)
    clock.s += SHOWN_S - 1
    passed.end_round(0)
    clock.s += SHOWN_S - 1
    passed.end_round(10)
    before = passed.facts()

    clock.s += 2

    assert before
    assert passed.facts() == {}


def clock_of(*leads_s: float) -> dict[str, object]:
    source = SourceClock(lambda: START, Seconds())
    for lead_s in leads_s:
        source.see(level(1.0, START + int(lead_s * SECOND)))
        source.measure()
    return dict(source.facts())


def test_the_error_of_a_clock_is_smoothed():
    assert clock_of(1.5, 1.5, 1.5) == {"clock_s": 1.5}
    assert 0.5 < float(str(clock_of(0.5, 1.5)["clock_s"])) < 1.0


def test_a_station_far_ahead_is_told_by_itself():
    facts = clock_of(-1.0, HOUR / SECOND, -1.0)

    assert facts == {"clock_s": -1.0, "ahead_s": 3600.0, "ahead_key": "muka-air/kandilo"}


def test_a_clock_set_back_a_day_stops_no_heartbeat(clock):
    inbox, seconds = Inbox(), Seconds()
    telling = Telling("warga", "t.t", 1.0, inbox, clock, seconds)
    telling.say(FeedState.LIVE)
    clock.instant -= DAY
    telling.say(FeedState.LIVE)

    seconds.s += HEARTBEAT_S
    telling.say(FeedState.LIVE)

    told = [one for one in inbox.take(0) if isinstance(one, FeedHealth)]
    assert [one.at for one in told] == [clock.instant + DAY, clock.instant]


def runner_of(clock, seconds) -> tuple[FeedRunner, Inbox]:
    inbox = Inbox()
    plan = FeedPlan(feed="warga", source="t.t", interval_s=10.0, build=Calm)  # type: ignore[arg-type]
    return FeedRunner(plan, inbox, clock, random.Random(1), seconds), inbox


def test_and_calls_no_feed_late(clock):
    seconds = Seconds()
    runner, _ = runner_of(clock, seconds)
    runner._answer()
    clock.instant += DAY

    runner.look()
    on_time = runner._telling.state
    seconds.s += 30
    runner.look()

    assert (on_time, runner._telling.state) == (FeedState.LIVE, FeedState.LATE)


def test_a_server_that_says_how_long_to_wait_is_obeyed(clock):
    runner, _ = runner_of(clock, Seconds())

    def busy() -> FeedError:
        return TransportError("http_status", status=429, retry_after_s=900.0)

    runner._once = busy  # type: ignore[method-assign]
    runner._attempt()

    assert runner._wait_s() == 900.0
