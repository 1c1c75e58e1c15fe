"""The sheet about a place tells its coordinates, its district, what lies there and what is near."""

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from paser_command.api import SECOND, Position, Selection
from paser_command.coordinates import Notation, parse_place
from tests.plugins.panel_kit import NOW
from tests.ui.map.finding.bench import GROGOT, Desk


@pytest.fixture
def desk(qtbot):
    desk = Desk()
    qtbot.addWidget(desk)
    desk.resize(1100, 620)
    with qtbot.waitExposed(desk):
        desk.show()
    return desk


@pytest.fixture
def here(desk):
    desk.finding.tell_here(desk.pixel(*GROGOT))
    return desk.finding.here


def rows(here):
    return [(row.name, row.detail) for row in here.rows.rows]


def menu_at(desk, at, reason=QContextMenuEvent.Reason.Mouse):
    event = QContextMenuEvent(reason, at, desk.canvas.mapToGlobal(at))
    QApplication.sendEvent(desk.canvas, event)
    return desk.canvas.findChildren(QMenu)


def texts(menu):
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def act(menu, text):
    next(action for action in menu.actions() if action.text() == text).trigger()


@pytest.mark.parametrize("notation", Notation)
def test_coordinates_are_copied_in_each_notation(here, qtbot, notation):
    qtbot.mouseClick(here.copies[notation], Qt.MouseButton.LeftButton)

    assert parse_place(QGuiApplication.clipboard().text()) == pytest.approx(here.place, abs=2e-4)


def test_the_district_is_told_when_its_borders_were_read(desk, here, qtbot):
    def told():
        desk.show_picture(now=NOW + 3 * SECOND)
        here.retranslate()
        return "Tanah Grogot (64.01.04) · batas skematis" in here._district.text()

    qtbot.waitUntil(told)


def test_what_lies_there_comes_before_what_is_near(here):
    assert rows(here)[:3] == [
        ("Di titik ini", ""),
        ("incident 1", "lebih lanjut"),
        ("Insiden terbuka terdekat", ""),
    ]


def test_ways_are_told_with_length_and_wind(here):
    assert re.fullmatch(r"15,\d\d km ke arah barat laut", dict(rows(here))["Ambulans 2"])


def test_a_unit_that_moves_is_told_anew(desk, here):
    before = dict(rows(here))["Ambulans 2"]
    desk.picture.apply(
        Position(feed="u", key="u/2", at=NOW, lon=116.15, lat=-1.85, name="Ambulans 2")
    )

    desk.show_picture(now=NOW + 3 * SECOND)

    assert dict(rows(here))["Ambulans 2"] != before


def test_a_click_picks_a_thing(desk, here, qtbot):
    here.rows.go_to(Selection("unit", "u/1"))

    qtbot.keyClick(here.rows, Qt.Key.Key_Return)

    assert desk.context.selections == [Selection("unit", "u/1")]


def test_headings_cannot_be_chosen(desk, here, qtbot):
    first = here.rows.visualRect(here.rows.model().index(0, 0)).center()

    qtbot.mouseClick(here.rows.viewport(), Qt.MouseButton.LeftButton, pos=first)

    assert desk.context.selections == []


def test_the_menu_tells_what_is_here(desk):
    (menu,) = menu_at(desk, desk.pixel(*GROGOT))

    act(menu, "Ada apa di sini")

    assert desk.finding.here.isVisible()
    assert desk.finding.here.place == pytest.approx(GROGOT, abs=0.01)


def test_the_menu_copies_the_coordinates_that_it_names(desk):
    at = desk.pixel(*GROGOT)
    (menu,) = menu_at(desk, at)
    named = [text for text in texts(menu) if text.startswith("Salin")]

    for text in named:
        act(menu, text)
        assert QGuiApplication.clipboard().text() == text.removeprefix("Salin ")

    assert len(named) == len(Notation)


def test_the_menu_comes_closer(desk):
    at, before = QPoint(300, 200), desk.canvas.view
    (menu,) = menu_at(desk, at)

    act(menu, "Perbesar di sini")

    assert desk.canvas.view.zoom == before.zoom + 2
    assert desk.canvas.view.place == pytest.approx(before.to_degrees(300, 200))


def test_one_can_measure_from_a_place(desk, qtbot):
    at = desk.pixel(*GROGOT)
    (menu,) = menu_at(desk, at)

    with qtbot.waitSignal(desk.finding.measure_wanted) as wanted:
        act(menu, "Ukur dari sini")

    assert wanted.args[0] == pytest.approx(GROGOT, abs=0.01)


def test_the_keyboards_menu_opens_in_the_middle(desk):
    (menu,) = menu_at(desk, QPoint(1, 1), QContextMenuEvent.Reason.Keyboard)

    act(menu, "Ada apa di sini")

    assert desk.finding.here.place == pytest.approx(desk.canvas.view.place, abs=0.01)


def test_while_a_tool_is_at_work_there_is_no_menu(desk):
    desk.finding.draw_box()

    assert menu_at(desk, QPoint(300, 200)) == []


def test_the_sheet_closes_by_its_button(desk, here, qtbot):
    with qtbot.waitSignal(desk.finding.sheet_wanted) as wanted:
        qtbot.mouseClick(here.close_button, Qt.MouseButton.LeftButton)

    assert wanted.args == [""]


def test_esc_closes_the_sheet_from_all_that_is_in_it(desk, here, qtbot):
    for widget in (here.rows, here.copies[Notation.UTM]):
        with qtbot.waitSignal(desk.finding.sheet_wanted) as wanted:
            qtbot.keyClick(widget, Qt.Key.Key_Escape)
        assert wanted.args == [""]


def test_arrows_pass_headings_by(here, qtbot):
    last_there = max(n for n, row in enumerate(here.rows.rows[:3]) if not row.heading)
    here.rows.go_to(here.rows.rows[last_there].of)
    assert here.rows.rows[last_there + 1].heading

    qtbot.keyClick(here.rows, Qt.Key.Key_Down)

    assert here.rows.currentIndex().row() == last_there + 2
