"""Ticks are round where people live, and a chart shows the limits that matter."""

import itertools
from zoneinfo import ZoneInfo

import pytest

from paser_command.api import HOUR, MINUTE, Limit, Severity, parse_time
from paser_plugins.charts.scale import name_feet, time_ticks, value_range, value_step

SIAGA = [Limit(f"Siaga {4 - n}", 1.0 + n, Severity(n + 1)) for n in range(3)]


def test_ticks_are_round_in_the_zone_and_not_in_utc():
    zone = ZoneInfo("Asia/Kathmandu")
    end = parse_time("2026-11-23T06:03:27Z")

    ticks = time_ticks(end - 6 * HOUR, end, 6, zone)

    assert ticks[-1] == parse_time("2026-11-23T05:15:00Z")
    assert {after - before for before, after in itertools.pairwise(ticks)} == {HOUR}


@pytest.mark.parametrize("span", [HOUR, 6 * HOUR, 24 * HOUR])
@pytest.mark.parametrize("most", [1, 3, 8, 40])
def test_there_are_never_more_ticks_than_fit(span, most):
    end = parse_time("2026-11-23T06:03:27Z")

    ticks = time_ticks(end - span, end, most, ZoneInfo("Asia/Makassar"))

    assert len(ticks) <= most + 1
    assert all(end - span <= tick <= end and tick % MINUTE == 0 for tick in ticks)


@pytest.mark.parametrize(("high", "most", "step"), [(3.5, 4, 1), (0.3, 6, 0.05), (740, 5, 200)])
def test_steps_of_values_are_1_2_5(high, most, step):
    assert value_step(0, high, most) == pytest.approx(step)


def test_the_next_two_limits_are_in_sight():
    low, high = value_range([0.2, 0.4], SIAGA, from_zero=False)

    assert 2.0 < high < 3.0
    assert low < 0.2


def test_all_limits_that_are_reached_are_in_sight():
    low, high = value_range([3.4, 3.6], SIAGA, from_zero=False)

    assert low < 1.0
    assert high > 3.6


@pytest.mark.parametrize("values", [[], [2.0], [0.0, 0.0]])
def test_a_range_is_never_empty(values):
    low, high = value_range(values, [], from_zero=True)

    assert low < high


@pytest.mark.parametrize(
    ("values", "inside", "feet"),
    [
        ([50, 150], True, [50, 150]),  # Above their lines,
        ([50, 200], True, [50, 140]),  # or below where the chart ends;
        ([50, 100, 200], True, [None, None, 140]),  # on no other limit's line;
        ([150, 200], True, [None, 140]),  # but the worst in any case.
        ([10, 120, 220], False, [0, 90, 170]),  # Beside them, as far as the chart goes.
    ],
)
def test_names_of_limits_stand_where_there_is_room(values, inside, feet):
    assert name_feet(values, 60, (0, 230), inside=inside) == feet
