"""A person types a date and time, and the console goes there; what is wrong is said."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from paser_command.session.frames import Mode
from paser_command.times import DAY, MINUTE, floor, parse
from paser_ui.timeline.bar import Timeline
from paser_ui.timeline.typed import moment_of, typed
from tests.ui.city import NOON

ZONE = ZoneInfo("Asia/Makassar")


@pytest.fixture
def field(desk, session, qtbot):
    made = Timeline(desk, now=lambda: session.wall, now_s=lambda: 0.0)
    qtbot.addWidget(made)
    made.resize(1_200, 72)
    made.show()
    made.activateWindow()
    made.show_moment()
    made.ask_moment()
    return made.moment


def enter(qtbot, field, text):
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20-11-2026 14:03", "2026-11-20T14:03:00+08:00"),
        ("20/11/2026 14.03.20", "2026-11-20T14:03:20+08:00"),
        (" 2026-11-20T9:05 ", "2026-11-20T09:05:00+08:00"),
        ("1.2.2026", "2026-02-01T00:00:00+08:00"),
        ("06:30", "2026-11-23T06:30:00+08:00"),
    ],
)
def test_days_and_times_are_of_the_sites_zone(text, moment):
    assert moment_of(text, NOON, ZONE) == parse(moment)


@pytest.mark.parametrize(
    "text", ["", " ", "now", "31-02-2026", "24:00", "20-11-2026 14", "20-11-202614:03", "1-1-0001"]
)
def test_what_is_no_date_and_time_is_none(text):
    assert moment_of(text, NOON, ZONE) is None


@given(st.integers(NOON - 9_000 * DAY, NOON))
def test_what_the_field_shows_can_be_typed(instant):
    assert moment_of(typed(instant, ZONE), NOON, ZONE) == floor(instant, MINUTE)


@given(st.text(max_size=32))
def test_no_text_raises(text):
    assert moment_of(text, NOON, ZONE) is None or moment_of(text, NOON, ZONE)


def test_enter_goes_there_and_gives_the_keyboard_back(field, session, qtbot):
    enter(qtbot, field, "20-11-2026 14:03")

    assert session.mode is Mode.PAUSED
    assert session.instant == parse("2026-11-20T14:03:00+08:00")
    assert QApplication.focusWidget() is not field


@pytest.mark.parametrize(
    ("text", "said"), [("yesterday", "Bukan tanggal"), ("23-11-2030 10:00", "masa depan")]
)
def test_what_is_wrong_is_said_and_moves_nothing(field, session, qtbot, text, said):
    enter(qtbot, field, text)

    assert session.mode is Mode.LIVE
    assert said in field.accessibleDescription()
    assert said in field.toolTip()
    assert field.text() == text


def test_escape_leaves_the_field_as_it_was(field, session, qtbot):
    before = field.text()

    qtbot.keyClicks(field, "20-")
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert (session.mode, field.text()) == (Mode.LIVE, before)
    assert QApplication.focusWidget() is not field


def test_the_clock_does_not_write_over_what_is_typed(field, session, qtbot):
    field.selectAll()
    qtbot.keyClicks(field, "20-11")

    session.instant += DAY
    field.parent().show_moment()

    assert field.text() == "20-11"
