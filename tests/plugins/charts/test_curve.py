"""A chart draws what was measured up to now: no line over gaps, no value from the future."""

import numpy as np

from paser_command.api import HOUR, MINUTE, SECOND, Observation, Series, SeriesQuery
from paser_plugins.charts.curve import bars_of, curve_of
from tests.plugins.panel_kit import NOW, series_of

QUERY = SeriesQuery("s/a", NOW - HOUR, NOW, 600)


def curve(series, latest=None, interval_s=60.0):
    return curve_of(
        series, latest, start=NOW - HOUR, end=NOW, edge=NOW, interval_s=interval_s, column_s=6.0
    )


def newest(age, value=9.0):
    return Observation(feed="s", key="s/a", at=NOW - age, value=value)


def test_what_lies_after_now_is_not_drawn():
    later = Series(QUERY, np.array([NOW - 1, NOW, NOW + 1]), np.array([1.0, 2.0, 3.0]), NOW)

    assert curve(later).y.tolist() == [1.0, 2.0]
    assert curve(None, newest(-SECOND)).y.tolist() == []


def test_what_lies_before_the_window_is_not_drawn():
    assert curve(series_of(QUERY, range(90))).y.size == 61


def test_the_newest_value_ends_the_line():
    series = Series(QUERY, np.array([NOW - 80 * SECOND]), np.array([1.0]), NOW)

    drawn = curve(series, newest(20 * SECOND))

    assert (drawn.x.tolist(), drawn.y.tolist()) == ([-80.0, -20.0], [1.0, 9.0])


def test_a_newest_value_that_the_series_has_is_drawn_once_and_is_the_last_word():
    assert curve(series_of(QUERY, [1.0, 2.0]), newest(0)).y.tolist() == [1.0, 9.0]


def test_between_an_answer_and_the_newest_value_is_no_false_gap():
    answered = Series(QUERY, np.array([NOW - 600 * SECOND]), np.ones(1), NOW - 590 * SECOND)

    assert curve(answered, newest(0), interval_s=10.0).joined.tolist() == [1, 0]


def test_a_gap_that_the_answer_knew_is_not_bridged_to_the_newest_value():
    answered = Series(QUERY, np.array([NOW - 600 * SECOND]), np.ones(1), NOW - 500 * SECOND)

    assert curve(answered, newest(0), interval_s=10.0).joined.tolist() == [0, 0]


def test_what_lies_within_a_column_of_the_answer_is_no_gap():
    at = NOW - np.array([90, 50, 9, 0], np.int64) * SECOND

    drawn = curve(Series(QUERY, at, np.ones(4), NOW, 40 * SECOND), interval_s=1.0)

    assert drawn.joined.tolist() == [1, 0, 1, 0]


def test_the_line_breaks_where_nothing_was_measured():
    at = NOW - np.array([30, 29, 20, 19], np.int64) * MINUTE

    drawn = curve(Series(QUERY, at, np.ones(4), NOW))

    assert drawn.joined.tolist() == [1, 0, 1, 0]


def test_the_data_says_how_often_a_number_comes_where_the_station_tells_less():
    at = NOW - 1_000 * SECOND * np.array([40, 12, 11, *range(9, -1, -1)], np.int64)
    told = Series(QUERY, at, np.ones(at.size), NOW)

    drawn = curve_of(
        told, None, start=0, end=NOW, edge=NOW, interval_s=60.0, column_s=6.0
    ).joined.tolist()

    assert drawn == [0] + [1] * (at.size - 2) + [0]


def test_a_number_that_no_line_touches_is_seen():
    at = NOW - np.array([50, 30, 29, 10], np.int64) * MINUTE

    assert curve(Series(QUERY, at, np.ones(4), NOW)).lone.tolist() == [True, False, False, True]


def test_a_bar_is_the_highest_of_its_time_and_stands_still():
    minutes = curve(series_of(QUERY, range(60)))
    later = NOW + 7 * SECOND
    a_little_later = curve_of(
        series_of(QUERY, range(60)),
        None,
        start=later - HOUR,
        end=later,
        interval_s=60.0,
        edge=later,
        column_s=6.0,
    )

    bars, again = bars_of(minutes, NOW, 600.0), bars_of(a_little_later, later, 600.0)

    assert bars.y.max() == 59
    assert np.diff(bars.x).tolist() == [600.0] * (bars.x.size - 1)
    assert np.allclose(bars.x, again.x + 7.0)


def test_no_data_makes_no_bars():
    assert bars_of(curve(None), NOW, 600.0).x.size == 0
