"""Grabbing the timeline puts the console in the past, and one key brings it back."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

from paser_command.records import Severity
from paser_command.session.frames import Mode
from paser_command.times import DAY, HOUR, MINUTE, SECOND
from paser_ui.theme.tokens import DARK
from paser_ui.timeline.bar import STEP, Timeline
from paser_ui.timeline.histogram import Mark
from paser_ui.timeline.span import LENGTHS, Span, span_of
from tests.ui.city import NOON

instants = st.integers(NOON - 400 * DAY, NOON + 400 * DAY)


@pytest.fixture
def timeline(desk, session, qtbot):
    seconds = itertools.count(100.0)
    made = Timeline(desk, now=lambda: session.wall, now_s=lambda: next(seconds))
    qtbot.addWidget(made)
    made.resize(1_200, 72)
    made.show()
    made.show_moment()
    return made


@given(instants, instants, st.sampled_from(LENGTHS))
def test_the_cursor_is_always_in_the_stretch(cursor, latest, length):
    cursor = min(cursor, latest)

    span = span_of(cursor, latest, length)

    assert span.start <= cursor <= span.end
    assert span.end - span.start == length


@given(instants, st.sampled_from(LENGTHS), st.integers(2, 20))
def test_ticks_are_whole_and_few(end, length, most):
    span = Span(end - length, end)

    ticks = span.ticks(most)

    assert all(span.start <= tick < span.end and tick % MINUTE == 0 for tick in ticks)
    assert len(ticks) <= max(most, length // DAY + 1) + 1


def test_the_stretch_stands_still_while_the_cursor_moves_a_little():
    spans = {span_of(NOON - 2 * HOUR + n * SECOND, NOON, HOUR) for n in range(60)}

    assert len(spans) <= 2


def test_a_drag_seeks_while_it_goes_and_at_its_end(timeline, session, qtbot):
    histogram = timeline.histogram
    quarter = QPoint(histogram.width() // 4, 20)
    half = QPoint(histogram.width() // 2, 20)

    QTest.mousePress(histogram, Qt.MouseButton.LeftButton, pos=quarter)
    during = session.instant
    QTest.mouseMove(histogram, half)
    QTest.mouseRelease(histogram, Qt.MouseButton.LeftButton, pos=half)

    assert session.mode is Mode.PAUSED
    assert during < session.instant
    assert abs(session.instant - histogram.span.instant(0.5)) < MINUTE


def test_a_drag_to_the_right_of_now_is_live(timeline, session):
    session.seek(NOON - MINUTE)
    histogram = timeline.histogram
    end = QPoint(histogram.width() - 1, 20)

    QTest.mouseClick(histogram, Qt.MouseButton.LeftButton, pos=end)

    assert session.mode is Mode.LIVE


def test_five_minutes_back_is_five_minutes_back(timeline, session):
    timeline.back.click()

    assert session.instant == NOON - STEP
    assert session.mode is Mode.PAUSED


def test_a_step_past_now_is_live(timeline, session):
    session.seek(NOON - MINUTE)

    timeline.forward.click()

    assert session.mode is Mode.LIVE


def test_play_runs_at_the_chosen_speed(timeline, session):
    session.seek(NOON - HOUR)
    timeline.speed.setCurrentIndex(2)

    timeline.toggle.click()

    assert (session.mode, session.speed) == (Mode.PLAYING, 60.0)


def test_pause_stops_what_runs(timeline, session):
    timeline.toggle.click()

    assert session.mode is Mode.PAUSED


def test_a_new_speed_holds_at_once_while_playing(timeline, session):
    session.seek(NOON - HOUR)
    timeline.toggle.click()

    timeline.speed.setCurrentIndex(3)
    timeline.speed.activated.emit(3)

    assert session.speed == 600.0


def test_what_is_critical_is_seen_in_the_bars(timeline):
    timeline.show_moment()
    image = timeline.histogram.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}

    assert {DARK.critical.rgb(), DARK.data_bar.rgb()} <= colours


def test_an_instant_survives_the_signal(timeline, session):
    QTest.mouseClick(timeline.histogram, Qt.MouseButton.LeftButton, pos=QPoint(10, 20))

    assert session.instant > 2**31


def test_of_many_alarms_at_one_pixel_the_severest_that_waits_is_painted_alone(
    timeline, monkeypatch
):
    painted = []
    monkeypatch.setattr(
        "paser_ui.timeline.histogram.draw_symbol",
        lambda _painter, severity, middle, _size, waiting: painted.append(
            (int(middle.x()), severity, waiting)
        ),
    )
    span = timeline.histogram.span
    at = span.start + (span.end - span.start) // 2
    severities = [Severity.LOW, Severity.CRITICAL, Severity.MEDIUM]
    marks = [Mark(at, severity, waiting) for waiting in (True, False) for severity in severities]
    timeline.histogram.show_marks(tuple(marks * 500))

    timeline.histogram.grab()

    assert [one[1:] for one in painted] == [(Severity.CRITICAL, True)]


def test_each_speed_and_stretch_is_read_whole(desk, session, qtbot):
    timeline = Timeline(desk, now=session.wall_now, now_s=lambda: 0.0)
    qtbot.addWidget(timeline)
    timeline.resize(300, 72)
    timeline.show()

    for choice in (timeline.speed, timeline.length):
        widest = max(
            choice.fontMetrics().horizontalAdvance(choice.itemText(number))
            for number in range(choice.count())
        )
        option = QStyleOptionComboBox()
        choice.initStyleOption(option)
        room = choice.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            choice,
        )
        assert room.width() >= widest
