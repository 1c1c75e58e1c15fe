"""On the map panel one searches, asks what is here, and limits all panels' lists to an area."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from paser_command.api import Box, Region, Selection
from paser_plugins.map.panel import MapPanel
from tests.plugins.panel_kit import FakeContext, frame, picture_of, report

GROGOT = Region.of_box(Box(116.0, -2.0, 116.3, -1.8))
PICTURE = picture_of(report("1", title="Banjir Modang", place="Kuaro"))


@pytest.fixture
def context():
    return FakeContext("map")


@pytest.fixture
def panel(qtbot, context):
    panel = MapPanel(context)
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.render_frame(frame(PICTURE))
    return panel


def test_ctrl_g_opens_the_search_and_one_types_at_once(panel, qtbot):
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)

    qtbot.keyClick(panel.canvas, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)

    assert panel.sheets.name == "search"
    box = panel.findChild(QLineEdit, "map.search.box")
    qtbot.waitUntil(box.hasFocus)


def test_esc_closes_the_search(panel, qtbot):
    panel.sheets.open("search")

    qtbot.keyClick(panel.findChild(QLineEdit, "map.search.box"), Qt.Key.Key_Escape)

    assert panel.sheets.name == ""


def test_what_is_found_is_picked_for_all_panels(panel, context, qtbot):
    panel.sheets.open("search")
    box = panel.findChild(QLineEdit, "map.search.box")

    qtbot.keyClicks(box, "modang")
    qtbot.keyClick(box, Qt.Key.Key_Return)

    assert context.selections == [Selection("incident", "1")]


def test_a_letter_that_one_types_is_no_key_of_the_map(panel, qtbot):
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.sheets.open("search")
    box = panel.findChild(QLineEdit, "map.search.box")

    qtbot.keyClicks(box, "bBiI")

    assert box.text() == "bBiI"
    assert panel.canvas.tool is None


def test_an_area_that_is_drawn_is_the_desks(panel, context, qtbot):
    panel.findChild(QAction, "map.finding.box").trigger()

    qtbot.mousePress(panel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(panel.canvas, QPoint(400, 300))
    qtbot.mouseRelease(panel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))

    assert len(context.areas) == 1


def test_the_area_is_marked_by_the_first_chip_until_all_is_shown_again(panel, context, qtbot):
    chip = panel.finding.area_chip
    everywhere = panel.findChild(QAction, "map.finding.everywhere")
    assert not chip.isVisible()
    assert not everywhere.isVisible()

    panel.render_frame(frame(PICTURE, area=GROGOT))
    assert chip.isVisible()
    assert everywhere.isVisible()
    assert chip.x() < min(other.x() for other in panel._chips.values() if other.isVisible())
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    panel.render_frame(frame(PICTURE, area=context.areas[-1]))

    assert context.areas == [None]
    assert not chip.isVisible()


def test_the_area_is_of_the_moment(panel):
    panel.render_frame(frame(PICTURE, area=GROGOT))

    assert not any("area" in name for name in panel.save_state())


def test_a_sheet_about_a_place_is_not_opened_again_at_the_next_start(panel):
    panel.finding.tell_here(QPoint(300, 200))
    assert panel.sheets.name == "here"

    assert panel.save_state()["sheet"] == ""


def test_the_mark_of_a_place_goes_with_its_sheet(panel, qtbot):
    panel.finding.tell_here(QPoint(300, 200))
    marked = panel.canvas.grab().toImage()

    qtbot.mouseClick(panel.finding.here.close_button, Qt.MouseButton.LeftButton)

    assert panel.sheets.name == ""
    assert panel.canvas.grab().toImage() != marked


def test_one_measures_from_a_place(panel):
    panel.finding.measure_wanted.emit((116.19, -1.905))

    assert panel.drawing.at_work is not None
    assert panel.canvas.tool.sketch.places == [(116.19, -1.905)]
