"""Three falls in a minute start safe mode; one that falls too is tried again, ever more slowly."""

from paser_command.errors import PaserError
from paser_command.keeper.restarts import PAUSES_S, Restarts, Start

FALL = PaserError("it fell")


def falls(restarts, start, *lived_s):
    """Let consoles fall, one after the other; return how each next one is started."""
    starts = []
    for seconds in lived_s:
        start = restarts.after(start, seconds, FALL)
        starts.append(start)
    return starts


def test_a_fall_is_followed_by_a_start_at_once_which_tells_of_it():
    assert falls(Restarts(), Start(), 5.0) == [Start(fall=FALL)]


def test_the_third_fall_in_a_minute_starts_safe_mode():
    starts = falls(Restarts(), Start(), 500.0, 20.0, 40.0)

    assert [start.safe_mode for start in starts] == [False, False, True]


def test_three_falls_in_more_than_a_minute_do_not():
    starts = falls(Restarts(), Start(), 500.0, 31.0, 31.0, 31.0)

    assert not any(start.safe_mode for start in starts)


def test_falls_before_the_window_count_however_slow_the_start_is():
    starts = falls(Restarts(), Start(), 0.0, 0.0, 0.0)

    assert starts[-1].safe_mode


def test_safe_mode_that_falls_is_tried_for_ever_and_ever_more_slowly():
    starts = falls(Restarts(), Start(safe_mode=True), *[1.0] * 9)

    assert all(start.safe_mode for start in starts)
    assert [start.after_s for start in starts] == [*PAUSES_S, 60.0, 60.0]


def test_safe_mode_that_held_for_a_minute_is_started_again_at_once():
    starts = falls(Restarts(), Start(safe_mode=True), 1.0, 1.0, 61.0, 1.0)

    assert [start.after_s for start in starts] == [1.0, 2.0, 0.0, 1.0]
