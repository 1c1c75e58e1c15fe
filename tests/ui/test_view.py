"""A panel that is pinned keeps what it had; one that is not looks at what its window does."""

import pytest

from paser_command.geo import Box
from paser_command.region import Region
from paser_command.session.frames import Mode, Selection
from paser_command.times import HOUR
from paser_ui.view import Pin, View
from tests.ui.city import NOON

RIVER, ROAD = Selection("stream", "kandilo"), Selection("incident", "incident-1")
TOWN, COAST = Region.of_box(Box(0.0, 50.0, 1.0, 51.0)), Region.of_box(Box(2.0, 50.0, 3.0, 51.0))


@pytest.fixture
def view(desk):
    return View(desk)


@pytest.fixture
def told(view):
    signals = []
    view.changed.connect(lambda: signals.append("changed"))
    view.session_changed.connect(lambda: signals.append("session"))
    return signals


def test_it_follows_its_window(view, desk, told):
    desk.select(RIVER)
    desk.look_at(TOWN)

    assert (view.selection, view.area, view.session) == (RIVER, TOWN, desk.session)
    assert view.pins == ()
    assert told == ["changed", "changed"]


def test_a_pinned_selection_stays_and_is_the_panel_s_own(view, desk, told):
    desk.select(RIVER)
    view.pin(Pin.SELECTION, True)
    told.clear()

    desk.select(ROAD)
    kept = view.selection
    view.select(Selection("feed", "bmkg"))

    assert kept == RIVER
    assert (view.selection, desk.selection) == (Selection("feed", "bmkg"), ROAD)
    assert told == ["changed"]


def test_a_pinned_area_stays_though_it_was_everywhere(view, desk):
    view.pin(Pin.AREA, True)

    desk.look_at(TOWN)
    kept = view.area
    view.look_at(COAST)

    assert kept is None
    assert (view.area, desk.area) == (COAST, TOWN)


def test_a_panel_pinned_in_time_stays_live_when_the_window_goes_back(view, desk, told):
    view.pin(Pin.TIME, True)
    own = view.session

    desk.session.seek(NOON - HOUR)

    assert own is not desk.session
    assert (own.mode, desk.session.mode) == (Mode.LIVE, Mode.PAUSED)
    assert told == ["session", "changed"]


def test_a_session_of_its_own_ends_with_the_pin(view, desk):
    view.pin(Pin.TIME, True)
    own = view.session

    view.pin(Pin.TIME, False)

    assert view.session is desk.session
    assert not own.running


def test_a_session_of_its_own_ends_with_the_panel(view):
    view.pin(Pin.TIME, True)
    own = view.session

    view.close()

    assert not own.running


def test_what_is_pinned_is_told_in_one_order(view):
    for pin in (Pin.AREA, Pin.TIME, Pin.SELECTION):
        view.pin(pin, True)

    assert view.pins == (Pin.SELECTION, Pin.TIME, Pin.AREA)
    view.close()


def test_a_pin_that_is_set_already_changes_nothing(view, desk, told):
    desk.select(RIVER)
    view.pin(Pin.SELECTION, True)
    told.clear()

    view.pin(Pin.SELECTION, True)

    assert told == []


def test_free_again_it_sees_what_the_window_sees(view, desk):
    view.pin(Pin.SELECTION, True)
    desk.select(ROAD)

    view.pin(Pin.SELECTION, False)

    assert view.selection == ROAD


def test_in_another_window_it_follows_that_one_alone(view, desk, told):
    other = desk.beside()
    view.move(other)
    told.clear()

    other.take_time(True)
    moved = list(told)
    desk.session_changed.emit()

    assert view.session is other.session
    assert moved == ["session", "changed"]
    assert told == moved
    other.take_time(False)


def test_a_pinned_panel_keeps_its_session_in_another_window(view, desk):
    view.pin(Pin.TIME, True)
    own = view.session
    other = desk.beside()
    other.take_time(True)

    view.move(other)

    assert view.session is own
    view.close()
    other.take_time(False)
