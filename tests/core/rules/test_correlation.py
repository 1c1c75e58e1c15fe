"""Correlation: reports of one incident are joined, and two events are never made one."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paser_command.geo import distance_m
from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_command.rules.correlation import Correlation
from paser_command.times import HOUR, MINUTE
from tests.records import START, flood

NORTH_500_M = 500 / 111_195
NORTH_KM = 1 / 111.195


def unlinked(key, at=START, **changes):
    return flood(key, at, incident="", **changes)


def quake(number, minute=0, north_km=0.0, **changes):
    """A quake as BMKG tells it, or as a citizen felt it where there is no number."""
    felt = not isinstance(number, int)
    values = {
        "category": "earthquake",
        "lat": -1.9 + north_km * NORTH_KM,
        "official_id": "" if felt else f"bmkg:{number}",
    }
    key = f"112/{number}" if felt else f"gempa/{number}"
    return unlinked(key, START + int(minute * MINUTE), **(values | changes))


def incidents(correlation, *reports):
    return [correlation.link(report).incident for report in reports]


def fresh():
    return Correlation(Picture())


def picture_of(reports):
    picture = Picture()
    picture.apply_all(reports)
    return picture


def test_calls_of_one_flood_are_one_incident():
    near = unlinked("112/7", START + 5 * MINUTE, lat=-1.905 + NORTH_500_M)

    assert incidents(fresh(), unlinked("warga/1"), near) == ["warga/1", "warga/1"]


@pytest.mark.parametrize(
    "apart",
    [
        {"lat": -1.905 + 1.5 * NORTH_500_M},
        {"category": "fire"},
        {"began": START + 3 * HOUR},
        {"lon": None, "lat": None},
        {"lon": float("nan")},
    ],
)
def test_what_is_apart_stays_apart(apart):
    other = unlinked("warga/2", **apart)

    assert incidents(fresh(), unlinked("warga/1"), other) == ["warga/1", "warga/2"]


def test_of_two_incidents_the_nearest_is_joined():
    far = unlinked("warga/1", lat=-1.905 + 1.1 * NORTH_500_M)
    near = unlinked("warga/2", lat=-1.905 - 0.3 * NORTH_500_M)

    assert incidents(fresh(), far, near, unlinked("112/1"))[-1] == "warga/2"


def test_a_flood_goes_on_while_calls_come():
    calls = [unlinked(f"112/{hour}", START + hour * HOUR) for hour in range(5)]

    assert set(incidents(fresh(), *calls)) == {"112/0"}


def test_calls_from_all_over_town_tell_of_the_one_quake():
    correlation = fresh()

    said = incidents(
        correlation, quake(1), quake("a", 1, 80.0), quake("b", 2, -90.0), quake(2, 3, 800.0)
    )

    assert said == ["gempa/1", "gempa/1", "gempa/1", "gempa/2"]


def test_two_quakes_of_one_authority_are_two_incidents():
    # 183 km and 110 minutes apart, with a call between them.
    said = incidents(fresh(), quake(1), quake("a", 55, 90.0), quake(2, 110, 183.0))

    assert said == ["gempa/1", "gempa/1", "gempa/2"]


def test_a_quake_that_is_told_after_it_was_felt_joins_what_was_felt():
    said = incidents(fresh(), quake("a", 1), quake("b", 1), quake(1, 0, 90.0), quake(2, 2, 95.0))

    assert said == ["112/a", "112/a", "112/a", "gempa/2"]


def test_a_call_joins_the_quake_that_is_nearest_in_place_and_time_together():
    correlation = fresh()
    incidents(correlation, quake(1, 0, 20.0), quake(2, 100, 60.0))

    soon = quake("a", 5), quake("b", 12), quake("c", 105), quake("d", 110)

    assert incidents(correlation, *soon) == ["gempa/1", "gempa/1", "gempa/2", "gempa/2"]


def test_what_two_feeds_of_an_authority_tell_under_one_id_is_one_incident():
    listed = msgspec.structs.replace(quake(1), key="gempa-dirasakan/1", feed="gempa-dirasakan")
    correlation = fresh()

    first, second = correlation.link(quake(1)), correlation.link(listed)

    assert first.incident == second.incident == "gempa/1"
    assert (second.link.rule, second.link.report) == ("same_id", "gempa/1")


def test_a_link_says_why():
    correlation = fresh()
    began = correlation.link(quake(1))
    call = correlation.link(quake("a", 14, 1.2))

    assert began.link is None
    assert (call.link.rule, call.link.report, call.link.apart) == ("near", "gempa/1", 14 * MINUTE)
    assert call.link.distance_m == pytest.approx(1200, abs=2)


def test_a_link_and_its_reason_last_through_updates_and_a_restart():
    correlation = fresh()
    linked = [correlation.link(unlinked("warga/1")), correlation.link(unlinked("112/7"))]
    moved = unlinked("112/7", START + MINUTE, lat=-1.7)

    again = Correlation(picture_of(linked)).link(moved)

    assert again == correlation.link(moved)
    assert (again.incident, again.link) == ("warga/1", linked[1].link)


def test_a_closed_incident_takes_no_new_reports():
    correlation = fresh()
    incidents(correlation, unlinked("warga/1"), unlinked("warga/1", START + MINUTE, closed=True))

    assert incidents(correlation, unlinked("112/7", START + 2 * MINUTE)) == ["112/7"]


def test_an_incident_that_opens_again_is_still_the_authoritys():
    correlation = fresh()
    incidents(correlation, quake("a"), quake(1))
    incidents(correlation, quake("a", closed=True), quake(1, closed=True), quake("a"))

    assert incidents(correlation, quake(2, 5)) == ["gempa/2"]


def test_what_is_of_no_consequence_makes_no_incident():
    assert incidents(fresh(), unlinked("gempa/1", severity=Severity.NONE)) == [""]


def test_an_old_report_without_a_reason_is_read():
    body = msgspec.msgpack.encode(flood())

    assert b"link" not in body
    assert b"official_id" not in body


@st.composite
def told(draw):
    """One report of a quake, of an authority or a citizen, near others in place and time."""
    number = draw(st.one_of(st.integers(0, 5), st.sampled_from("abcdefgh")))
    closed = draw(st.sampled_from([False, False, False, True]))
    report = quake(number, draw(st.integers(0, 150)), draw(st.floats(0, 400)), closed=closed)
    at = START + draw(st.integers(0, 300)) * MINUTE
    return msgspec.structs.replace(report, at=at)


@given(reports=st.lists(told(), max_size=20), restarts=st.sets(st.integers(0, 20)))
def test_in_whatever_order_they_come_two_ids_are_two_incidents(reports, restarts):
    picture, correlation = Picture(), fresh()
    linked: dict[str, str] = {}
    for number, report in enumerate(reports):
        if number in restarts:
            correlation = Correlation(picture)
        link = correlation.link(report)
        assert linked.setdefault(report.key, link.incident) == link.incident
        picture.apply(link)

    assert all(linked.values())
    told_by = {(linked[r.key], r.official_id) for r in reports if r.official_id}
    assert len({incident for incident, _ in told_by}) == len(told_by)


@given(reports=st.lists(told(), max_size=20, unique_by=lambda report: report.key), last=told())
def test_a_restart_decides_as_if_there_had_been_none(reports, last):
    correlation = fresh()
    linked = [correlation.link(report) for report in reports]

    assert Correlation(picture_of(linked)).link(last) == correlation.link(last)


class Counting:
    """Counts how often two places are compared."""

    def __init__(self):
        self.times = 0

    def __call__(self, *places):
        self.times += 1
        return distance_m(*places)


def _alike(number):
    return quake(f"call {number}", number / 1000)


def _days_apart(number):
    return quake(f"call {number}", number * 180)


def _of_an_authority(number):
    return quake(number, number / 1000)


def _scattered_at_once(number):
    return quake(number, 0, (number * 7919) % 10_000 / 100)


def _mixed(number):
    return _of_an_authority(number) if number % 2 else _alike(number)


def _scattered_and_mixed(number):
    return _scattered_at_once(number) if number % 2 else _alike(number)


@pytest.mark.parametrize(
    "report",
    [
        _alike,
        _days_apart,
        _of_an_authority,
        _scattered_at_once,
        _mixed,
        _scattered_and_mixed,
    ],
)
def test_what_a_report_costs_does_not_grow_with_the_reports_before(report):
    counting = Counting()
    correlation = Correlation(Picture(), counting)

    def cost(first, last):
        before = counting.times
        for number in range(first, last):
            correlation.link(report(number))
        return counting.times - before

    early, late = cost(0, 2_000), cost(8_000, 10_000)

    assert late <= 1.5 * early + 2_000
