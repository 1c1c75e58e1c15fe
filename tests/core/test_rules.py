"""The rules: which reports belong together, and which numbers raise an alarm."""

import msgspec
import pytest

from paser_command.picture.picture import Picture
from paser_command.records import Limit, Quality, Severity, Stream
from paser_command.rules.rules import Rules
from paser_command.times import HOUR, MINUTE, SECOND
from tests.records import LEVEL, START, flood, level

NORTH_500_M = 500 / 111_195
LADDER = Stream(
    feed="muka-air",
    key=LEVEL,
    at=START,
    name="Kandilo",
    unit="m",
    limits=(
        Limit("Siaga 3", 2.2, Severity.MEDIUM),
        Limit("Siaga 1", 3.2, Severity.CRITICAL),
        Limit("Normal", 0.0, Severity.NONE),
    ),
)


def unlinked(key, at=START, **changes):
    return flood(key, at, incident="", **changes)


def incidents(rules, *reports):
    return [report.incident for report in rules.judged(reports)]


def raised(rules, *values, start=START, quality=Quality.GOOD):
    numbers = [
        msgspec.structs.replace(level(value, start + i * SECOND), quality=quality)
        for i, value in enumerate(values)
    ]
    alarms = [record for record in rules.judged(numbers) if hasattr(record, "raised")]
    return [(alarm.limit.name, alarm.raised) for alarm in alarms]


def test_calls_of_one_flood_are_one_incident():
    near = unlinked("112/7", START + 5 * MINUTE, lat=-1.905 + NORTH_500_M)

    assert incidents(Rules(Picture()), unlinked("warga/1"), near) == ["warga/1", "warga/1"]


@pytest.mark.parametrize(
    "apart",
    [
        {"lat": -1.905 + 1.5 * NORTH_500_M},
        {"category": "fire"},
        {"began": START + 3 * HOUR},
        {"lon": None, "lat": None},
    ],
)
def test_what_is_apart_stays_apart(apart):
    other = unlinked("warga/2", **apart)

    assert incidents(Rules(Picture()), unlinked("warga/1"), other) == ["warga/1", "warga/2"]


def test_of_two_incidents_the_nearest_is_joined():
    rules = Rules(Picture())
    far = unlinked("warga/1", lat=-1.905 + 1.1 * NORTH_500_M)
    near = unlinked("warga/2", lat=-1.905 - 0.3 * NORTH_500_M)

    assert incidents(rules, far, near, unlinked("112/1"))[-1] == "warga/2"


def test_calls_from_all_over_town_tell_of_the_one_quake():
    rules = Rules(Picture())
    quake = unlinked("gempa/1", category="earthquake", lon=117.2, lat=-1.5)
    felt = unlinked("112/1", START + MINUTE, category="earthquake")
    other = unlinked("gempa/2", START + MINUTE, category="earthquake", lon=125.0)

    assert incidents(rules, quake, felt, other) == ["gempa/1", "gempa/1", "gempa/2"]


def test_a_link_lasts_through_updates_and_a_restart():
    rules = Rules(Picture())
    linked = rules.judged([unlinked("warga/1"), unlinked("112/7")])
    picture = Picture()
    picture.apply_all(linked)
    moved = unlinked("112/7", START + MINUTE, lat=-1.7)

    assert incidents(Rules(picture), moved) == ["warga/1"]


def test_a_closed_incident_takes_no_new_reports():
    rules = Rules(Picture())
    rules.judged([unlinked("warga/1"), unlinked("warga/1", START + MINUTE, closed=True)])

    assert incidents(rules, unlinked("112/7", START + 2 * MINUTE)) == ["112/7"]


def test_what_is_of_no_consequence_makes_no_incident():
    assert incidents(Rules(Picture()), unlinked("gempa/1", severity=Severity.NONE)) == [""]


def test_a_limit_reached_raises_an_alarm_once():
    rules = Rules(Picture())
    rules.judged([LADDER])

    assert raised(rules, 2.0, 2.2, 2.3, 3.3, 3.4) == [("Siaga 3", True), ("Siaga 1", True)]


def test_an_alarm_goes_back_only_well_below_its_limit():
    rules = Rules(Picture())
    rules.judged([LADDER])

    assert raised(rules, 2.3, 2.19, 2.21, 2.1) == [("Siaga 3", True), ("Siaga 3", False)]


def test_a_bad_or_late_number_raises_nothing():
    rules = Rules(Picture())
    rules.judged([LADDER])

    assert raised(rules, 9.0, quality=Quality.BAD) == []
    assert raised(rules, 1.0, start=START + HOUR) == []
    assert raised(rules, 9.0, start=START) == []


def test_a_restart_does_not_raise_what_stands():
    rules = Rules(Picture())
    picture = Picture()
    picture.apply_all(rules.judged([LADDER, level(2.5)]))

    assert raised(Rules(picture), 2.6, start=START + HOUR) == []
    assert raised(Rules(picture), 1.0, start=START + HOUR) == [("Siaga 3", False)]


def test_an_alarm_stands_since_it_reached_its_limit_from_below():
    same = Limit("Siaga 2", 2.7, Severity.MEDIUM)
    picture = Picture()
    rules = Rules(picture)
    rules.judged([msgspec.structs.replace(LADDER, limits=(*LADDER.limits, same))])

    def since(minute: int, value: float) -> int:
        picture.apply_all(rules.judged([level(value, START + minute * MINUTE)]))
        (stands,) = picture.alarms.values()
        return (stands.since - START) // MINUTE

    assert since(1, 2.3) == 1
    assert since(2, 2.8) == 2
    assert since(3, 2.9) == 2
    assert since(4, 3.3) == 4
    assert since(5, 2.9) == 4
    assert since(6, 3.4) == 6
    assert since(7, 1.0) == 6
