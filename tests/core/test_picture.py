"""The picture is a fold: what it makes of records, by whatever way they came."""

import msgspec
import pytest

from paser_command.picture.alarms import AlarmPhase
from paser_command.picture.model import model
from paser_command.picture.picture import Picture
from paser_command.records import (
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Severity,
    Stream,
)
from paser_command.times import DAY, HOUR, MINUTE, SECOND
from tests.pictures import body_of, picture_of
from tests.records import LEVEL, START, acknowledge, alarm, flood, level, warning

SIAGA = (
    Limit("Siaga 3", 2.2, Severity.MEDIUM),
    Limit("Siaga 2", 2.7, Severity.HIGH),
    Limit("Siaga 1", 3.2, Severity.CRITICAL),
)


def folded(*records):
    picture = Picture()
    picture.apply_all(records)
    return picture


def test_linked_reports_are_one_incident_as_bad_as_the_worst():
    picture = folded(
        flood("warga/1", severity=Severity.MEDIUM, title="Air naik"),
        flood("warga/2", START + MINUTE, incident="warga/1", severity=Severity.CRITICAL),
    )

    (incident,) = picture.incidents.values()

    assert incident.severity is Severity.CRITICAL
    assert incident.title == "Banjir Jl. RM Noto Sunardi"
    assert incident.reports == ("warga/1", "warga/2")
    assert incident.began == START


def test_an_incident_is_closed_when_all_its_reports_are():
    first = flood("warga/1")
    second = flood("warga/2", incident="warga/1")
    closing = [msgspec.structs.replace(r, closed=True, at=START + HOUR) for r in (first, second)]

    assert not folded(first, second, closing[0]).incidents["warga/1"].closed
    assert folded(first, second, *closing).incidents["warga/1"].closed


def test_a_report_that_is_linked_anew_leaves_its_old_incident():
    picture = folded(flood("warga/1"), flood("warga/2"))

    picture.apply(flood("warga/2", START + SECOND, incident="warga/1"))

    assert list(picture.incidents) == ["warga/1"]
    assert picture == picture_of(body_of(picture), model())


def test_the_first_to_acknowledge_counts():
    second = msgspec.structs.replace(acknowledge("warga/1", key="ack-2"), who="budi")

    picture = folded(flood(), acknowledge("warga/1"), second)

    assert picture.incidents["warga/1"].acknowledged.who == "sari"


def test_a_command_that_comes_twice_counts_once():
    note = msgspec.structs.replace(
        acknowledge("warga/1"), verb="note", arguments={"text": "perahu berangkat"}
    )

    picture = folded(flood(), note, note)

    assert [n.text for n in picture.incidents["warga/1"].notes] == ["perahu berangkat"]


def test_an_older_version_of_a_report_is_left_aside():
    picture = folded(flood(at=START + HOUR, title="baru"), flood(at=START, title="lama"))

    assert picture.incidents["warga/1"].title == "baru"


def test_news_of_a_report_does_not_make_its_incident_newly_known():
    first = msgspec.structs.replace(flood(), received=START)
    news = msgspec.structs.replace(flood(at=START + HOUR), received=START + HOUR)

    picture = folded(first, news)

    assert picture.incidents["warga/1"].known == START
    assert picture == picture_of(body_of(picture), model())


def test_a_late_number_does_not_replace_a_newer_one():
    picture = folded(level(2.4, START + MINUTE), level(2.1, START))

    assert picture.latest[LEVEL].value == 2.4


@pytest.mark.parametrize(
    ("value", "name"), [(2.19, None), (2.2, "Siaga 3"), (3.0, "Siaga 2"), (9.0, "Siaga 1")]
)
def test_the_highest_limit_reached_is_told(value, name):
    stream = Stream(feed="muka-air", key=LEVEL, at=START, name="Kandilo", unit="m", limits=SIAGA)

    limit = folded(stream, level(value)).limit_reached(LEVEL)

    assert (limit and limit.name) == name


def test_a_warning_holds_until_it_expires_is_cancelled_or_updated():
    picture = folded(warning())

    assert [a.key for a in picture.alerts_in_force(START + HOUR)] == ["peringatan/1"]
    assert picture.alerts_in_force(START + 3 * HOUR) == []
    assert picture.alerts_in_force(START - 1) == []

    picture.apply(warning("peringatan/2", msg_type="Update", references=("peringatan/1",)))
    assert [a.key for a in picture.alerts_in_force(START + HOUR)] == ["peringatan/2"]

    picture.apply(warning("peringatan/3", msg_type="Cancel", references=("peringatan/2",)))
    assert picture.alerts_in_force(START + HOUR) == []


def heard(state, interval_s=60.0):
    return FeedHealth(
        feed="gempa", key="gempa", at=START, state=state, since=START, interval_s=interval_s
    )


@pytest.mark.parametrize("state", [FeedState.STARTING, FeedState.LIVE])
@pytest.mark.parametrize(("interval_s", "silence"), [(60.0, 151 * SECOND), (2.5, 36 * SECOND)])
def test_a_feed_that_is_not_heard_of_any_more_is_late(state, interval_s, silence):
    picture = folded(heard(state, interval_s))

    assert picture.feed_state("gempa", START + silence) is state
    assert picture.feed_state("gempa", START + silence + 1) is FeedState.LATE


def test_a_feed_that_failed_stays_failing_in_silence():
    assert folded(heard(FeedState.FAILING)).feed_state("gempa", START + DAY) is FeedState.FAILING


def test_a_feed_that_nobody_told_of_is_starting():
    assert folded().feed_state("gempa", START) is FeedState.STARTING


def test_an_alarm_goes_through_the_states_of_isa_18_2():
    key = alarm(Severity.HIGH).key
    picture = folded(alarm(Severity.HIGH))
    assert picture.alarms[key].phase is AlarmPhase.UNACKNOWLEDGED

    picture.apply(acknowledge(key))
    assert picture.alarms[key].phase is AlarmPhase.ACKNOWLEDGED

    picture.apply(alarm(Severity.CRITICAL, at=START + 1))
    assert picture.alarms[key].phase is AlarmPhase.UNACKNOWLEDGED

    picture.apply(alarm(Severity.CRITICAL, raised=False, at=START + 2))
    assert picture.alarms[key].phase is AlarmPhase.RETURNED

    picture.apply(acknowledge(key, key="ack-2"))
    assert key not in picture.alarms


def test_a_thing_that_is_gone_is_off_the_map():
    road = Feature(feed="jalan", key="jalan/1", at=START, layer="jalan")

    assert folded(road).features
    assert not folded(road, msgspec.structs.replace(road, gone=True)).features


def test_what_is_over_is_let_go_a_day_later():
    closed = flood(closed=True, received=START)
    picture = folded(closed, acknowledge("warga/1"), warning(received=START))

    picture.apply(flood("warga/9", START + 2 * DAY, received=START + 2 * DAY))

    assert list(picture.incidents) == ["warga/9"]
    assert not picture.alerts
    assert not picture.acts("warga/1")


def test_a_thing_with_an_end_is_let_go_after_it():
    hotspot = Feature(
        feed="titik-panas", key="titik-panas/1", at=START, layer="hotspot", until=START + DAY
    )

    assert folded(hotspot, flood("warga/2", received=START + DAY)).features
    assert not folded(hotspot, flood("warga/2", received=START + DAY + HOUR)).features


def test_changes_names_what_was_put_and_what_has_gone_since():
    picture = folded(road("a"), road("b"))
    before = picture.revision["features"]

    picture.apply_all([road("b"), road("a", gone=True)])

    assert picture.changes("features", before) == {"layer/a", "layer/b"}
    assert picture.changes("features", picture.revision["features"]) == set()
    assert picture.changes("features", 0) == {"layer/a", "layer/b"}


def test_changes_says_that_it_does_not_know_where_too_much_came_since():
    picture = folded(road("a"))
    others = Picture()

    for number in range(40_000):
        others.apply(road(str(number)))

    assert others.changes("features", 0) is None
    assert picture.changes("features", 7) is None


def test_changes_of_a_few_keys_are_known_however_often_they_change():
    picture = folded(road("a"), road("b"))
    before = picture.revision["features"]

    picture.apply_all(road("b") for _ in range(40_000))

    assert picture.changes("features", before) == {"layer/b"}
    assert picture.changes("features", before - 1) == {"layer/b"}
    assert picture.changes("features", before - 2) == {"layer/a", "layer/b"}


def test_a_cancelled_warning_is_among_the_changes():
    picture = folded(warning())
    before = picture.revision["alerts"]

    picture.apply(warning("peringatan/2", msg_type="Cancel", references=("peringatan/1",)))

    assert picture.changes("alerts", before) == {"peringatan/1", "peringatan/2"}


def road(name, *, gone=False):
    return Feature(feed="layer", key=f"layer/{name}", at=START, layer="jalan", gone=gone)
