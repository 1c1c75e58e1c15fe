"""Ticks are round where people live, and a chart shows the limits that matter."""

import itertools
from zoneinfo import ZoneInfo

import pytest

from paser_command.api import HOUR, MINUTE, Limit, Severity, parse_time
from paser_plugins.charts.scale import (
    asked_span,
    name_feet,
    tick_digits,
    time_ticks,
    value_range,
    value_step,
    value_ticks,
)

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


@pytest.mark.parametrize(
    ("low", "high", "digits"),
    [
        (0.0, 3.5, (0, 0)),
        (0.0, 0.3, (0, 1)),
        (-1e9, 1e9, (6, 0)),
        (0.0, 1.05e-9, (-12, 0)),
        (1e9, 1e9 + 3, (0, 0)),
        (0.0, 90_000.0, (0, 0)),
    ],
)
def test_ticks_have_the_digits_that_tell_them_apart(low, high, digits):
    ticks = value_ticks(low, high, 4)

    power, decimals = tick_digits(ticks, value_step(low, high, 4))

    assert (power, decimals) == digits
    assert len({f"{tick / 10.0**power:.{decimals}f}" for tick in ticks}) == len(ticks) > 1


@pytest.mark.parametrize("value", [1e-9, -1e9, 0.2])
def test_a_value_that_stands_still_is_not_at_the_edge_of_a_wide_range(value):
    low, high = value_range([value], [], from_zero=False)

    assert low < value < high
    assert high - low < abs(value)


@pytest.mark.parametrize("span", [7 * 24 * HOUR, 30 * 24 * HOUR, 24 * HOUR, HOUR])
@pytest.mark.parametrize("pixels", [50, 300, 612, 1800])
def test_columns_asked_for_are_no_wider_than_a_pixel_and_cover_the_window(span, pixels):
    now = parse_time("2026-11-23T06:03:27Z")

    start, end, columns = asked_span(now, span, pixels)

    assert start <= now - span
    assert end >= now
    assert (end - start) / columns <= span / pixels


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
