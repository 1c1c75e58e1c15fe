"""A trail is where a unit was, as the room knew it: the same live, later, and on both engines."""

import pytest

from paser_command.journal.trails import MOST_PLACES, trails
from paser_command.journal.writer import Writer
from paser_command.records import Position
from paser_command.times import MINUTE, SECOND
from tests.records import START


def heard(unit, at, lon=116.0, lat=-1.9):
    return Position(feed="satuan", key=f"satuan/{unit}", at=at, lon=lon, lat=lat)


@pytest.fixture
def writer(journal, clock):
    return Writer(journal, clock)


def test_a_trail_is_in_the_order_of_the_times(journal, writer):
    writer.append([heard("a", START + MINUTE, 116.2), heard("a", START, 116.1)])
    writer.append([heard("b", START, 115.0)])

    found = trails(journal, ["satuan/a", "satuan/c"], START, START + 10 * MINUTE)

    assert list(found) == ["satuan/a"]
    assert found["satuan/a"].lon.tolist() == [116.1, 116.2]
    assert found["satuan/a"].at.tolist() == [START, START + MINUTE]


def test_what_was_before_the_span_or_after_it_is_left_out(journal, writer):
    writer.append([heard("a", START + minute * MINUTE, minute) for minute in range(5)])

    found = trails(journal, ["satuan/a"], START + MINUTE, START + 3 * MINUTE)

    assert found["satuan/a"].lon.tolist() == [1.0, 2.0, 3.0]


def test_a_replay_sees_only_what_was_known(journal, writer, clock):
    clock.instant = START
    writer.append([heard("a", START, 1.0)])
    clock.instant = START + MINUTE
    writer.append([heard("a", START + SECOND, 2.0)])

    known = trails(journal, ["satuan/a"], START - MINUTE, START + MINUTE, known=START)

    assert known["satuan/a"].lon.tolist() == [1.0]


def test_a_long_trail_is_thinned_and_keeps_its_newest_place(journal, writer):
    writer.append([heard("a", START + second * SECOND, second / 10) for second in range(601)])

    (trail,) = trails(journal, ["satuan/a"], START, START + 10 * MINUTE).values()

    assert MOST_PLACES <= len(trail.at) <= MOST_PLACES + 1
    assert trail.lon[-1] == 60.0
    assert (trail.at[1:] > trail.at[:-1]).all()
