"""A rule of a plugin: it hears what it asks for, in time, and its faults are its own."""

import threading

import msgspec
import pytest

from paser_command.collector import Collector
from paser_command.config import JournalSettings, Site, SiteConfig
from paser_command.journal.reader import all_records
from paser_command.plugin.discovery import discover
from paser_command.records import Alarm, Command, FeedHealth, FeedState, Observation
from paser_command.rules.limits import limits_plan
from paser_command.rules.rule import RulePlan
from paser_command.times import MINUTE, SECOND
from tests.core.rules.kit import LADDER, Room, told
from tests.records import START, flood, level


class Nag:
    """Raises an alarm again that stood for a minute, unless it fell. Raises ValueError at 13."""

    kinds = (Alarm, Observation)

    def __init__(self, context):
        self._context = context
        self._again = {}
        self._every = int(context.settings.get("every_s", 60)) * SECOND

    def on(self, record):
        if isinstance(record, Observation):
            if record.value == 13:
                raise ValueError("thirteen")
            return
        if record.raised:
            self._again[record.subject] = record.at + self._every
        else:
            self._again.pop(record.subject, None)
        yield from ()

    def on_tick(self, now):
        for subject in [subject for subject, due in self._again.items() if due <= now]:
            self._again[subject] += self._every
            yield Alarm(
                feed=self._context.feed,
                key=self._context.key(subject),
                at=now,
                rule="nag",
                subject=subject,
                raised=True,
            )

    def due(self):
        return min(self._again.values(), default=None)


class Forger(Nag):
    def on(self, record):
        yield Command(feed="console", key="x", at=0, verb="acknowledge", subject="a", who="bupati")


PLANS = (limits_plan(), RulePlan("nag", Nag, {"every_s": 30}))


class Clocked(Nag):
    """Raises an alarm as soon as time passes."""

    def due(self):
        return None if self._again else self._context.now()

    def on_tick(self, now):
        self._again["clock"] = now
        yield Alarm(
            feed=self._context.feed,
            key=self._context.key("clock"),
            at=now,
            rule="clocked",
            subject="clock",
            raised=True,
        )


def nags(records):
    return [(r.at - START) // SECOND for r in records if isinstance(r, Alarm) and r.rule == "nag"]


def faulty(room, times):
    for number in range(times):
        room.hear(level(13.0, START + number))


def test_a_rule_hears_what_the_rules_before_it_raise():
    room = Room(plans=PLANS)
    room.hear(LADDER, level(2.5))

    assert nags(room.wait(START + 95 * SECOND)) == [30, 60, 90]


def test_a_faulty_rule_stops_neither_records_nor_other_rules():
    room = Room(plans=PLANS)
    room.hear(LADDER)

    raised = room.hear(flood(), level(13.0), level(13.5, START + 1))

    assert told(raised) == [("Siaga 1", True)]
    assert len(room.journal) == 5


def test_a_rule_with_three_faults_is_paused_named_and_counted():
    room = Room(plans=PLANS)
    faulty(room, 3)

    (health,) = [record for record in room.journal if isinstance(record, FeedHealth)]
    assert (health.key, health.state, health.reason) == (
        "rules/nag",
        FeedState.FAILING,
        "rule_fault",
    )
    assert health.facts == {"kind": "ValueError", "faults": 3}
    assert room.picture.feed_state("rules/nag", START + 10_000 * MINUTE) is FeedState.FAILING


def test_a_paused_rule_is_built_anew_after_a_rest():
    room = Room(plans=PLANS)
    faulty(room, 3)
    room.steady = 301.0
    room.wait(START + MINUTE)

    room.hear(LADDER, level(2.5, START + MINUTE))

    assert room.picture.feed_state("rules/nag", START + 10_000 * MINUTE) is FeedState.LIVE
    assert nags(room.wait(START + 95 * SECOND)) == [90]


def test_what_failed_before_a_restart_is_told_as_well_again():
    room = Room(plans=PLANS)
    faulty(room, 3)
    room.restart()

    room.wait(START + SECOND)

    assert room.picture.feeds["rules/nag"].state is FeedState.LIVE


def test_a_rule_that_cannot_be_built_is_paused():
    def broken(context):
        raise RuntimeError("no")

    room = Room(plans=(RulePlan("broken", broken), *PLANS))

    assert told(room.hear(LADDER, level(2.5))) == [("Siaga 3", True)]
    assert room.picture.feeds["rules/broken"].state is FeedState.FAILING


class Liar(Nag):
    def on_tick(self, now):
        for alarm in super().on_tick(now):
            yield msgspec.structs.replace(alarm, key="rules/limit:muka-air/kandilo")


@pytest.mark.parametrize("plan", [RulePlan("forger", Forger), RulePlan("liar", Liar)])
def test_a_rule_speaks_for_nobody_else(plan):
    room = Room(plans=(limits_plan(), plan))
    room.hear(LADDER, level(2.5))
    room.wait(START + 61 * SECOND)

    assert not [record for record in room.journal if isinstance(record, Command)]
    assert nags(room.journal) == []


def test_the_collector_runs_a_plugins_rule_though_no_record_comes(opened, journal_url):
    site = SiteConfig(
        site=Site(name="Paser", zone="Asia/Makassar", lon=116.19, lat=-1.9),
        journal=JournalSettings(url=journal_url),
    )
    rules = (RulePlan("clocked", Clocked),)
    until = threading.Event()
    collector = Collector(site, discover(), lambda event, facts: None, rules=rules, seat="Meja 1")
    running = threading.Thread(target=collector.run, args=(until,))
    running.start()
    alarms: list[Alarm] = []
    journal = opened()
    try:
        while not alarms and running.is_alive():
            alarms = [one for _, one in all_records(journal) if isinstance(one, Alarm)]
    finally:
        until.set()
        running.join()

    assert [alarm.key for alarm in alarms] == ["rules/clocked:clock"]
