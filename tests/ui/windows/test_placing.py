"""Each page gets a display: its own where that is there, else one that says what was missed."""

from hypothesis import given
from hypothesis import strategies as some

from paser_command.workspaces.definition import Page
from paser_command.workspaces.display import Display
from paser_ui.windows.placing import Seat, placed

DELL = Display(maker="Dell", model="U2720Q", serial="1", width_mm=600, height_mm=340)
LG = Display(maker="LG", model="55VL5", serial="7", width_mm=1210, height_mm=680)
BEAMER = Display(width_mm=0, height_mm=0, connector="HDMI-1")

displays = some.builds(
    Display,
    maker=some.sampled_from(("", "Dell", "LG")),
    model=some.sampled_from(("", "U2720Q")),
    serial=some.sampled_from(("", "1", "2")),
    width_mm=some.sampled_from((0, 600)),
    connector=some.sampled_from(("DP-1", "DP-2", "HDMI-1")),
)


def page(place=1, display=None):
    return Page(place=place, display=display)


def test_a_page_stands_on_its_display_wherever_that_is():
    assert placed([page(1, LG)], [DELL, LG]) == [Seat(1)]


def test_a_page_that_never_stood_anywhere_counts_from_the_first():
    assert placed([page(1), page(2), page(3)], [DELL, LG, BEAMER]) == [Seat(0), Seat(1), Seat(2)]


def test_a_page_for_more_displays_than_there_are_stands_on_the_first_without_a_hint():
    assert placed([page(3)], [DELL, LG]) == [Seat(0)]


def test_a_page_whose_display_has_gone_stands_on_the_first_and_knows_what_it_missed():
    assert placed([page(2, LG)], [DELL]) == [Seat(0, LG)]


def test_pages_of_one_display_stay_together():
    assert placed([page(1, LG), page(2, LG)], [DELL, LG]) == [Seat(1), Seat(1)]


def test_two_twins_that_changed_places_are_told_apart_by_their_serial_numbers():
    one = Display(maker="Dell", model="U2720Q", serial="1", connector="DP-1")
    other = Display(maker="Dell", model="U2720Q", serial="2", connector="DP-2")
    swapped = [
        Display(maker="Dell", model="U2720Q", serial="2", connector="DP-1"),
        Display(maker="Dell", model="U2720Q", serial="1", connector="DP-2"),
    ]

    assert placed([page(1, one), page(2, other)], swapped) == [Seat(1), Seat(0)]


@given(
    some.lists(some.tuples(some.integers(1, 20), some.none() | displays), max_size=8),
    some.lists(displays, min_size=1, max_size=5),
)
def test_every_page_stands_on_a_display_that_is_there(wishes, present):
    seats = placed([page(place, display) for place, display in wishes], present)

    assert len(seats) == len(wishes)
    assert all(0 <= seat.number < len(present) for seat in seats)
