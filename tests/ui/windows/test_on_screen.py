"""A window stands where displays show all of it: where it was, else as near as can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QRect

from paser_ui.on_screen import inside, seen_whole

LEFT, RIGHT = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)
BELOW_ZERO = QRect(-1280, -300, 1280, 720)

places = some.integers(-5_000, 5_000)
sizes = some.integers(1, 4_000)
rects = some.builds(QRect, places, places, sizes, sizes)


def test_what_is_seen_stays():
    assert seen_whole(QRect(100, 100, 800, 600), [LEFT, RIGHT]) == QRect(100, 100, 800, 600)


def test_what_lies_across_two_displays_stays():
    assert seen_whole(QRect(1800, 100, 400, 300), [LEFT, RIGHT]) == QRect(1800, 100, 400, 300)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (QRect(3000, 900, 400, 300), QRect(2800, 724, 400, 300)),
        (QRect(5000, 100, 400, 300), QRect(2800, 100, 400, 300)),
        (QRect(-90, -90, 400, 300), QRect(0, 0, 400, 300)),
        (QRect(0, 0, 9000, 9000), QRect(0, 0, 1920, 1080)),
    ],
)
def test_what_is_not_seen_goes_to_the_nearest_display(wanted, kept):
    assert seen_whole(wanted, [LEFT, RIGHT]) == kept


def test_a_display_may_lie_left_of_and_above_the_first():
    wanted = QRect(-1300, -310, 400, 300)

    assert seen_whole(wanted, [LEFT, BELOW_ZERO]) == QRect(-1280, -300, 400, 300)


@given(rects, rects)
def test_inside_is_inside_and_no_larger_than_before(wanted, display):
    kept = inside(wanted, display)

    assert display.contains(kept)
    assert kept.width() == min(wanted.width(), display.width())
    assert kept.height() == min(wanted.height(), display.height())


@given(rects, some.lists(rects, min_size=1, max_size=4))
def test_what_was_kept_is_kept_again(wanted, displays):
    kept = seen_whole(wanted, displays)

    assert seen_whole(kept, displays) == kept
