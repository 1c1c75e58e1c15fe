"""Whatever a feed gives, only sound records get past the hand-over, and the others say why not."""

import contextlib
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paser_command.errors import FeedError
from paser_command.feeds.handover import HandOver, put_aside, taken_up
from paser_command.geo import Circle, Geometry
from paser_command.records import (
    Alert,
    Command,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Observation,
    Position,
    Quality,
    Severity,
    Stream,
    built_in_kinds,
)
from tests.records import START, flood, warning

KINDS = built_in_kinds()
AREA = Geometry("area", (((116.0, -1.9), (116.1, -1.9), (116.1, -1.8), (116.0, -1.9)),))
FAR = Geometry("area", (((116.0, -1.9), (516.0, -1.9), (116.1, -1.8), (116.0, -1.9)),))
NAN, INFINITE = float("nan"), float("inf")

OBSERVATION = Observation(feed="f", key="f/1", at=START, value=2.1)
POSITION = Position(feed="f", key="f/1", at=START, lon=116.2, lat=-1.9, name="Perahu")
STREAM = Stream(
    feed="f",
    key="f/1",
    at=START,
    name="Kandilo",
    unit="m",
    limits=(Limit("Siaga", 2.0, Severity.HIGH),),
)
REPORT = flood("f/1", feed="f")
FEATURE = Feature(feed="f", key="f/1", at=START, layer="l", geometry=AREA, properties={"a": "b"})
ALERT = warning("f/1", feed="f", circles=(Circle(116.2, -1.9, 500.0),))
GOOD = (OBSERVATION, POSITION, STREAM, REPORT, FEATURE, ALERT)


def changed(record, **changes):
    return msgspec.structs.replace(record, **changes)


def refused(record) -> FeedError:
    with pytest.raises(FeedError) as caught:
        HandOver("f", KINDS).taken(record)
    return caught.value


@pytest.mark.parametrize("record", GOOD, ids=lambda one: type(one).__name__)
def test_a_sound_record_is_taken_as_it_is(record):
    assert HandOver("f", KINDS).taken(record) == record


@pytest.mark.parametrize(
    ("record", "code", "where"),
    [
        (changed(OBSERVATION, value=NAN), "bad_value", "value"),
        (changed(OBSERVATION, value=-INFINITE), "bad_value", "value"),
        (changed(OBSERVATION, value=1.7e308), "bad_value", "value"),
        (changed(OBSERVATION, value=10**30), "bad_value", "value"),
        (changed(OBSERVATION, value="2.1"), "wrong_shape", "value"),
        (changed(OBSERVATION, value=True), "wrong_shape", "value"),
        (changed(OBSERVATION, quality=7), "bad_value", "quality"),
        (changed(OBSERVATION, at=2**70), "bad_value", "at"),
        (changed(OBSERVATION, at=-(2**70)), "bad_value", "at"),
        (changed(OBSERVATION, at=1.5), "wrong_shape", "at"),
        (changed(OBSERVATION, key="f/"), "bad_value", "key"),
        (changed(OBSERVATION, key="f/a\0b"), "bad_value", "key"),
        (changed(OBSERVATION, key="f/" + "x" * 600), "bad_value", "key"),
        (changed(OBSERVATION, key=5), "wrong_shape", "key"),
        (changed(POSITION, lon=516.0), "bad_value", "lon"),
        (changed(POSITION, lat=NAN), "bad_value", "lat"),
        (changed(POSITION, speed_m_s=INFINITE), "bad_value", "speed_m_s"),
        (changed(POSITION, name=None), "wrong_shape", "name"),
        (changed(POSITION, status="a\0"), "bad_value", "status"),
        (changed(STREAM, limits=(Limit("x", 1e300, Severity.LOW),)), "bad_value", "limits"),
        (changed(STREAM, interval_s=-1.0), "bad_value", "interval_s"),
        (changed(REPORT, lon=NAN), "bad_value", "lon"),
        (changed(REPORT, lat=91.0), "bad_value", "lat"),
        (changed(REPORT, severity=9), "wrong_shape", "severity"),
        (changed(REPORT, title=5), "wrong_shape", "title"),
        (changed(REPORT, began=2**62), "bad_value", "began"),
        (changed(ALERT, expires=0.5), "wrong_shape", "expires"),
        (changed(ALERT, polygons=FAR.rings), "bad_value", "polygons"),
        (changed(ALERT, circles=(Circle(116.2, -1.9, -1.0),)), "bad_value", "circles"),
        (changed(FEATURE, geometry=FAR), "bad_value", "geometry"),
        (changed(FEATURE, properties={"a": 5}), "wrong_shape", "properties[...]"),
    ],
)
def test_what_is_not_sound_is_refused_with_where(record, code, where):
    fault = refused(record)

    assert (fault.code, fault.codes_facts) == (code, {"where": where})


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (changed(OBSERVATION, key="f/\ud83d"), "not_utf8"),
        (changed(POSITION, name="\ud83d"), "not_utf8"),
        (changed(REPORT, title="\ud83d"), "not_utf8"),
        (changed(REPORT, text="x" * 5_000_000), "too_large_record"),
        (changed(REPORT, feed="g"), "foreign_record"),
        (changed(REPORT, key="g/1"), "foreign_record"),
        (Command(feed="f", key="f/1", at=START, verb="acknowledge", subject="x"), "not_from_feeds"),
        (FeedHealth(feed="f", key="f", at=1, state=FeedState.LIVE, since=1), "not_from_feeds"),
        ("a text", "not_from_feeds"),
        (None, "not_from_feeds"),
    ],
)
def test_so_is_what_no_feed_may_tell(record, code):
    assert refused(record).code == code


def test_what_is_almost_of_its_types_is_put_right():
    lists = changed(ALERT, polygons=[[list(place) for place in AREA.rings[0]]], severity=3)

    taken = HandOver("f", KINDS).taken(lists)

    assert isinstance(taken, Alert)
    assert taken == changed(ALERT, polygons=AREA.rings, severity=Severity.HIGH)


def test_a_whole_number_is_a_number():
    taken = HandOver("f", KINDS).taken(changed(OBSERVATION, value=2))

    assert isinstance(taken, Observation)
    assert taken.value == 2


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**80), 2**80),
    st.floats(),
    st.text(st.characters(), max_size=5),
    st.just("\ud800"),
    st.lists(st.integers(), max_size=2),
    st.just(object()),
    st.sampled_from([*Severity, *Quality]),
)


@settings(max_examples=500)
@given(data=st.data())
def test_whatever_stands_in_a_field_it_is_taken_whole_or_refused_and_kept(data):
    record = data.draw(st.sampled_from(GOOD))
    field = data.draw(st.sampled_from(record.__struct_fields__))
    record = changed(record, **{field: data.draw(ANYTHING)})

    with contextlib.suppress(FeedError):
        taken = HandOver("f", KINDS).taken(record)

        assert KINDS.decode(KINDS.name_of(taken), KINDS.encode(taken)) == taken

    kept = put_aside(record, "f", FeedError("judging_fault"))
    kept.key.encode()
    json.loads(kept.body)


@pytest.mark.parametrize("record", GOOD, ids=lambda one: type(one).__name__)
def test_what_was_put_aside_is_taken_up_as_it_was(record):
    kept = put_aside(record, "f", FeedError("judging_fault"))

    assert taken_up(kept, KINDS) == record


def test_a_record_too_large_to_be_kept_is_told_without_itself():
    kept = put_aside(changed(REPORT, text="x" * 300_000), "f", FeedError("judging_fault"))

    assert (kept.key, kept.body) == ("f/1", b"")
    with pytest.raises(FeedError):
        taken_up(kept, KINDS)
