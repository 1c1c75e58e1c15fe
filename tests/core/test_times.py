"""Instants as they are written; stamps that lie ahead, of which seconds alone are believed."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paser_command.times import (
    HOUR,
    MINUTE,
    SECOND,
    effective_at,
    follows,
    from_datetime,
    parse,
)
from tests.records import START


@pytest.mark.parametrize(
    ("at", "received", "counts_as"),
    [
        (START, START + HOUR, START),
        (START + 2 * SECOND, START, START + 2 * SECOND),
        (START + 3 * SECOND, START, START),
        (START + HOUR, 0, START + HOUR),
    ],
)
def test_a_stamp_far_ahead_counts_as_of_its_receipt(at, received, counts_as):
    assert effective_at(at, received) == counts_as


def test_of_two_believable_stamps_the_later_counts():
    assert follows(START, START, START, START)
    assert follows(START + 1, START + MINUTE, START, START)
    assert not follows(START - 1, START + MINUTE, START, START)


@pytest.mark.parametrize("true_at", [START + MINUTE, START, START - 5 * MINUTE])
def test_a_stamp_of_the_future_hides_no_later_value(true_at):
    future_at, future_received = START + 59 * MINUTE, START

    assert follows(true_at, START + MINUTE, future_at, future_received)


def test_of_a_clock_that_is_always_ahead_what_is_received_later_counts():
    assert follows(START + 2 * HOUR, START + MINUTE, START + 3 * HOUR, START)
    assert not follows(START + HOUR, START, START + 2 * HOUR, START)


@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)),
    st.integers(-23 * 60, 23 * 60),
    st.sampled_from(["seconds", "milliseconds", "microseconds"]),
)
def test_an_instant_is_read_as_python_reads_it(moment, offset, places):
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    text = aware.isoformat(timespec=places)

    assert parse(text) == from_datetime(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.5Z"),
        ("2026-11-20t11:00z", "2026-11-20T11:00:00+00:00"),
        ("2026-11-20 11:00:00.123456789 +0800", "2026-11-20T03:00:00.123456Z"),
        ("2200-01-01T00:00:00Z", "2200-01-01T07:00:00+07:00"),
    ],
)
def test_ways_to_write_an_instant(text, same):
    assert parse(text) == parse(same)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T11:00:61Z",
        "2026-11-20T11:60:00Z",
        "2026-11-20T24:00:01Z",
        "2026-02-30T11:00:00Z",
        "2026-11-20T11:00:00",
        "2026-11-20T11:00:00+25:00",
        "2200-01-01T00:00:00.1Z",
        "1899-12-31T23:59:59Z",
        "20 Nov 2026",
    ],
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parse(text)
