"""A rule acts on what is news, once; what was there before is none, and a storm is folded."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paser_command.picture.model import model
from paser_command.picture.parts.incidents import IncidentsPart
from paser_command.picture.picture import Picture
from paser_command.records import FeedHealth, FeedState, Severity, Stream
from paser_command.times import DAY, HOUR, MINUTE, SECOND
from paser_command.workspaces.automation import MOST_A_MINUTE, Automation
from paser_command.workspaces.rules import Rule
from tests.pictures import body_of, picture_of
from tests.records import LEVEL, START, alarm, any_record, flood, warning

FLOOD = Rule(id="banjir", when="incident", severity="high", workspace="banjir")
FEED = Rule(id="mati", when="feed", open=("feeds.health",))
ALERT = Rule(id="peringatan", when="alert", severity="high", select=True)
ALARM = Rule(id="muka-air", when="alarm", severity="high", select=True)
MANY = 10_000


def heard(state, at=START, key="warga"):
    return FeedHealth(feed=key, key=key, at=at, state=state, since=at, reason="timeout")


class Desk:
    """A picture and rules that look at it after each thing that came."""

    def __init__(self, *rules, before=(), most=MOST_A_MINUTE, at_once=100_000):
        self.now = START
        self.picture = Picture()
        self.picture.apply_all(before)
        self.automation = Automation(rules, most_a_minute=most, most_a_look=at_once)
        assert self.look() == []

    def look(self, *records, after=2 * MINUTE):
        """Return what is done once the records came: rule and thing."""
        self.now += after
        self.picture.apply_all(records)
        self.acts = self.automation.look(self.picture, self.now)
        return [(act.rule.id, act.thing.key) for act in self.acts]


def test_a_new_incident_brings_its_workspace_up_once():
    desk = Desk(FLOOD)

    assert desk.look(flood()) == [("banjir", "warga/1")]
    assert desk.look() == []
    assert desk.look(flood(at=START + 1, title="baru")) == []


def test_an_act_tells_what_it_is_for_where_and_why():
    desk = Desk(FLOOD)

    desk.look(flood())

    (act,) = desk.acts
    assert (act.thing.kind, act.thing.select) == ("incident", "warga/1")
    assert (act.thing.lon, act.thing.lat) == (116.19, -1.905)
    assert act.thing.facts == {
        "category": "flood",
        "severity": 3,
        "title": "Banjir Jl. RM Noto Sunardi",
        "place": "",
    }
    assert (act.rule, act.held_back) == (FLOOD, 0)


def test_what_was_there_at_the_start_is_no_news():
    before = [flood(), heard(FeedState.FAILING), warning(), alarm()]
    desk = Desk(FLOOD, FEED, ALERT, ALARM, before=before)

    assert desk.look(after=SECOND) == []
    assert desk.look(flood(at=START + 1), heard(FeedState.FAILING, START + 1)) == []


def test_what_was_there_at_the_start_is_news_when_it_gets_worse():
    desk = Desk(FLOOD, before=[flood(severity=Severity.MEDIUM)])

    assert desk.look(flood(at=START + 1, severity=Severity.HIGH)) == [("banjir", "warga/1")]


def test_a_thing_is_news_again_only_when_it_gets_worse():
    desk = Desk(FLOOD)
    severities = [Severity.HIGH, Severity.LOW, Severity.HIGH, Severity.CRITICAL, Severity.CRITICAL]

    told = [bool(desk.look(flood(at=START + n, severity=s))) for n, s in enumerate(severities)]

    assert told == [True, False, False, True, False]


@pytest.mark.parametrize(
    ("changes", "report", "acts"),
    [
        ({"severity": "critical"}, {}, False),
        ({"severity": "high"}, {}, True),
        ({"category": "flood"}, {}, True),
        ({"category": "fire"}, {}, False),
        ({"area": "64.01"}, {"district": "64.01.04"}, True),
        ({"area": "64.01.04"}, {"district": "64.01.04"}, True),
        ({"area": "64.0"}, {"district": "64.01.04"}, False),
        ({"area": "64.01"}, {}, False),
        ({"area": "drawing/1"}, {"fences": ("drawing/1", "drawing/2")}, True),
        ({"area": "drawing/3"}, {"fences": ("drawing/1", "drawing/2")}, False),
        ({}, {"closed": True}, False),
        ({"enabled": False}, {}, False),
    ],
)
def test_a_rule_acts_where_its_conditions_hold(changes, report, acts):
    rule = msgspec.structs.replace(Rule(id="a", when="incident", centre=True), **changes)

    assert bool(Desk(rule).look(flood(**report))) == acts


def test_each_rule_acts_on_what_it_waits_for():
    other = msgspec.structs.replace(FLOOD, id="lain", severity="critical")
    desk = Desk(FLOOD, other)

    assert desk.look(flood()) == [("banjir", "warga/1")]
    assert desk.look(flood(at=START + 1, severity=Severity.CRITICAL)) == [
        ("banjir", "warga/1"),
        ("lain", "warga/1"),
    ]


def test_an_incident_that_ended_and_was_let_go_is_a_new_one_when_it_comes_back():
    desk = Desk(FLOOD)
    desk.look(flood(received=START))
    desk.look(flood(at=START + 1, received=START + 1, closed=True))
    late = START + 2 * DAY
    assert desk.look(warning(received=late, at=late)) == []

    assert desk.look(flood(at=late, received=late)) == [("banjir", "warga/1")]


def test_an_incident_that_is_closed_and_opened_again_is_still_the_same():
    desk = Desk(FLOOD)
    desk.look(flood())

    assert desk.look(flood(at=START + 1, closed=True)) == []
    assert desk.look(flood(at=START + 2)) == []


def test_a_feed_that_fails_is_news_each_time_that_it_does():
    desk = Desk(FEED, before=[heard(FeedState.LIVE, START + 2 * MINUTE)])

    told = [
        desk.look(heard(state, desk.now + MINUTE), after=MINUTE)
        for state in (FeedState.FAILING, FeedState.FAILING, FeedState.LIVE, FeedState.FAILING)
    ]

    assert told == [[("mati", "warga")], [], [], [("mati", "warga")]]
    assert desk.acts[0].thing.facts == {"feed": "warga", "state": "failing", "reason": "timeout"}


def test_a_feed_that_falls_silent_is_news_without_a_word():
    desk = Desk(FEED, before=[heard(FeedState.LIVE, START + 2 * MINUTE)])

    assert desk.look(after=HOUR) == [("mati", "warga")]
    assert desk.look(after=HOUR) == []


def test_a_rule_for_failing_feeds_leaves_late_ones():
    failing = msgspec.structs.replace(FEED, state="failing", feed="warga")
    desk = Desk(failing)

    assert desk.look(heard(FeedState.LATE, START)) == []
    assert desk.look(heard(FeedState.FAILING, START, key="jalan")) == []
    assert desk.look(heard(FeedState.FAILING, START)) == [("mati", "warga")]


def test_a_warning_is_news_when_it_comes_into_force():
    desk = Desk(ALERT)

    assert desk.look(warning(effective=START + HOUR)) == []
    assert desk.look(after=HOUR) == [("peringatan", "peringatan/1")]
    assert desk.look(after=HOUR) == []


def test_an_update_of_a_warning_is_no_news_unless_it_is_worse():
    desk = Desk(ALERT, before=[warning()])

    def update(number, severity):
        before = f"peringatan/{number - 1}"
        told = {"msg_type": "Update", "references": (before,), "severity": severity}
        return warning(f"peringatan/{number}", START + number, **told)

    assert desk.look(update(2, Severity.HIGH)) == []
    assert desk.look(update(3, Severity.CRITICAL)) == [("peringatan", "peringatan/3")]
    assert desk.look(update(4, Severity.CRITICAL)) == []


def test_a_warning_that_was_cancelled_is_no_news():
    desk = Desk(ALERT)
    cancel = warning("peringatan/2", msg_type="Cancel", references=("peringatan/1",))

    assert desk.look(warning(), cancel) == []


def test_an_alarm_is_told_by_its_stream_and_its_place():
    stream = Stream(
        feed="muka-air", key=LEVEL, at=START, name="Kandilo", unit="m", lon=116.2, lat=-1.9
    )
    desk = Desk(ALARM, before=[stream])

    assert desk.look(alarm()) == [("muka-air", "rules/limit:muka-air/kandilo")]
    (act,) = desk.acts
    assert (act.thing.kind, act.thing.select, act.thing.lon) == ("stream", LEVEL, 116.2)


def test_an_alarm_that_flaps_is_news_once_until_it_is_worse():
    desk = Desk(ALARM)
    told = [
        bool(desk.look(alarm(severity, raised=raised, at=START + n)))
        for n, (severity, raised) in enumerate(
            [
                (Severity.HIGH, True),
                (Severity.HIGH, False),
                (Severity.HIGH, True),
                (Severity.CRITICAL, True),
            ]
        )
    ]

    assert told == [True, False, False, True]


def test_another_picture_of_the_same_room_is_no_news():
    desk = Desk(FLOOD, FEED, ALERT, ALARM, before=[flood("warga/1")])
    desk.look(flood("warga/2"))
    again = picture_of(body_of(desk.picture), model())
    assert again is not None
    desk.picture = again

    assert desk.look() == []
    assert desk.look(flood("warga/3")) == [("banjir", "warga/3")]


def test_news_that_came_with_another_picture_is_told():
    desk = Desk(FLOOD, before=[flood("warga/1")])
    desk.picture = Picture()
    desk.picture.apply_all([flood("warga/1"), flood("warga/2")])

    assert desk.look() == [("banjir", "warga/2")]


def storm(count=MANY):
    return [flood(f"warga/{n}") for n in range(count)]


def test_a_storm_is_folded_and_the_rest_is_counted():
    desk = Desk(FLOOD)

    assert len(desk.look(*storm())) == MOST_A_MINUTE
    assert desk.automation.held_back == MANY - MOST_A_MINUTE
    assert desk.look(after=SECOND) == []

    assert len(desk.look(after=MINUTE)) == 1
    assert desk.acts[0].held_back == MANY - MOST_A_MINUTE - 1
    assert desk.look(after=MINUTE) == []


def test_how_many_were_held_back_is_told_once():
    desk = Desk(FLOOD, most=1)
    desk.look(flood("warga/1"), flood("warga/2"), flood("warga/3"))
    desk.look(after=2 * MINUTE)

    desk.look(flood("warga/4"))

    assert [act.held_back for act in desk.acts] == [0]


def test_a_clock_that_was_set_back_stops_no_rule():
    desk = Desk(FLOOD, most=1)
    desk.look(flood("warga/1"))

    assert desk.look(flood("warga/2"), after=-HOUR) == [("banjir", "warga/2")]


def test_a_storm_is_looked_at_in_parts_and_nothing_of_it_is_missed():
    desk = Desk(FLOOD, most=MANY, at_once=300)

    counts = [len(desk.look(*storm(1_000)))]
    while desk.look(after=SECOND):
        counts.append(len(desk.acts))

    assert counts == [300, 300, 300, 100]


def test_the_worst_of_a_storm_is_done_first():
    desk = Desk(FLOOD, most=1)
    worst = flood("warga/z", severity=Severity.CRITICAL)

    assert desk.look(*storm(100), worst) == [("banjir", "warga/z")]


def test_the_worst_of_what_was_held_back_is_done_as_soon_as_may_be():
    desk = Desk(FLOOD, most=1)
    desk.look(*storm(100))

    assert desk.look(flood("warga/z", severity=Severity.CRITICAL), after=SECOND) == []
    assert desk.look(flood("warga/101"), after=SECOND) == []
    assert desk.look(after=MINUTE) == [("banjir", "warga/z")]
    assert desk.acts[0].held_back == 100


def test_what_was_held_back_and_is_over_is_not_done():
    desk = Desk(FLOOD, most=1)
    desk.look(flood("warga/1"), flood("warga/2"))

    assert desk.look(flood("warga/2", START + 1, closed=True)) == []
    assert desk.automation.held_back == 1


def test_what_was_held_back_and_gets_worse_is_done_once():
    desk = Desk(FLOOD, most=1)
    desk.look(flood("warga/1"), flood("warga/2"))

    worse = flood("warga/2", START + 1, severity=Severity.CRITICAL)

    assert desk.look(worse) == [("banjir", "warga/2")]
    assert desk.acts[0].held_back == 0
    assert desk.look() == []


def test_more_changes_than_the_picture_remembers_are_looked_at_all():
    desk = Desk(FLOOD, most=100_000)

    assert len(desk.look(*storm(40_000))) == 40_000
    assert desk.look(*storm(40_000)) == []


class Counting(dict[str, Any]):
    """Counts how many of its items are looked up."""

    looked_up = 0

    def get(self, key, default=None):
        self.looked_up += 1
        return super().get(key, default)

    def __iter__(self):
        self.looked_up += len(self)
        return super().__iter__()


def test_a_look_costs_what_has_changed_not_what_there_is():
    desk = Desk(FLOOD, most=MANY)
    incidents = Counting()
    desk.picture.part(IncidentsPart)._incidents = incidents
    desk.look(*storm(2_000))
    incidents.looked_up = 0

    desk.look()
    assert incidents.looked_up == 0

    desk.look(flood("warga/7", START + 1))
    assert incidents.looked_up < 10


def test_what_is_remembered_goes_with_the_picture():
    desk = Desk(FLOOD, ALERT, before=[flood("warga/0", received=START)])
    for day in range(0, 20, 2):
        at = START + day * DAY
        desk.look(*(flood(f"warga/{day}-{n}", at, received=at, closed=False) for n in range(50)))
        desk.look(
            *(flood(f"warga/{day}-{n}", at + 1, received=at + 1, closed=True) for n in range(50)),
            warning(f"peringatan/{day}", at, received=at),
        )

    known = desk.automation._done["incident"].keys() | desk.automation._first["incident"].keys()
    assert known <= desk.picture.incidents.keys()
    known = desk.automation._done["alert"].keys() | desk.automation._first["alert"].keys()
    assert known <= desk.picture.alerts.keys()


@given(
    st.lists(st.lists(any_record(), max_size=6), min_size=1, max_size=8),
    st.integers(1, 4),
    st.integers(0, MINUTE),
)
@settings(max_examples=60, deadline=None)
def test_no_rule_acts_twice_on_one_rank_and_never_too_often(batches, most, pace):
    rules = [Rule(id=when, when=when, centre=True) for when in ("incident", "alert", "alarm")]
    desk = Desk(*rules, FEED, before=batches[0], most=most)
    parts = {"incident": "incidents", "alert": "alerts", "alarm": "alarms"}
    done: dict[tuple[str, str], int] = {}
    times = []
    for batch in batches[1:]:
        desk.look(*batch, after=pace)
        for act in desk.acts:
            times.append(desk.now)
            told = (act.thing.when, act.thing.key)
            assert act.thing.when == "feed" or act.thing.rank > done.get(told, -1)
            done[told] = act.thing.rank
        done = {
            (when, key): rank
            for (when, key), rank in done.items()
            if when in parts and key in getattr(desk.picture, parts[when])
        }

    for at in times:
        assert sum(at <= other < at + MINUTE for other in times) <= most
