"""A box or a polygon drawn on the map is the area that all panels' lists are limited to."""

import pytest
from PySide6.QtCore import QPoint, Qt

from paser_command.api import Region
from tests.ui.map.finding.bench import GROGOT, KUARO, Desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot):
    desk = Desk()
    qtbot.addWidget(desk)
    desk.resize(1100, 620)
    with qtbot.waitExposed(desk):
        desk.show()
    return desk


def drag(qtbot, canvas, start, end):
    qtbot.mousePress(canvas, LEFT, pos=start)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, LEFT, pos=end)


def hint(desk):
    return desk.finding._hint.text


def test_a_pulled_box_is_the_area(desk, qtbot):
    view = desk.canvas.view
    desk.finding.draw_box()

    drag(qtbot, desk.canvas, QPoint(400, 300), QPoint(300, 200))

    (area,) = desk.context.areas
    west, north = view.to_degrees(300, 200)
    east, south = view.to_degrees(400, 300)
    assert (area.box.west, area.box.south, area.box.east, area.box.north) == pytest.approx(
        (west, south, east, north)
    )
    assert desk.canvas.view == view


def test_a_click_draws_no_box_and_the_tool_stays(desk, qtbot):
    desk.finding.draw_box()

    qtbot.mouseClick(desk.canvas, LEFT, pos=QPoint(300, 200))

    assert desk.context.areas == []
    assert desk.context.selections == []
    assert desk.canvas.tool is not None


def test_clicked_corners_are_a_polygon(desk, qtbot):
    view = desk.canvas.view
    corners = [QPoint(300, 200), QPoint(420, 220), QPoint(360, 330)]
    desk.finding.draw_polygon()

    for corner in corners:
        qtbot.mouseClick(desk.canvas, LEFT, pos=corner)
    qtbot.keyClick(desk.canvas, Qt.Key.Key_Return)

    (area,) = desk.context.areas
    assert area == Region.of_ring([view.to_degrees(one.x(), one.y()) for one in corners])
    assert desk.canvas.tool is None


@pytest.mark.parametrize("begin", ["draw_box", "draw_polygon"])
def test_esc_ends_without_an_area(desk, qtbot, begin):
    getattr(desk.finding, begin)()
    assert hint(desk)

    qtbot.keyClick(desk.canvas, Qt.Key.Key_Escape)

    assert (desk.canvas.tool, desk.context.areas, hint(desk)) == (None, [], "")


def test_the_tool_is_put_down_once_the_area_is_drawn(desk, qtbot):
    desk.finding.draw_box()

    drag(qtbot, desk.canvas, QPoint(300, 200), QPoint(400, 300))

    assert desk.canvas.tool is None
    assert hint(desk) == ""


def test_a_hint_gives_way_to_another_tool(desk):
    desk.finding.draw_box()

    desk.canvas.set_tool(None)

    assert hint(desk) == ""


def test_what_lies_outside_is_dim_on_the_map_and_what_is_inside_is_not(desk, qtbot):
    def colours():
        qtbot.waitUntil(lambda: desk.canvas.grab() is not None and desk.canvas.settled)
        image = desk.canvas.grab().toImage()
        spots = (desk.pixel(*GROGOT), desk.pixel(*KUARO))
        return [image.pixelColor(spot + QPoint(0, 2)).lightness() for spot in spots]

    before = colours()
    west, south = GROGOT[0] - 0.05, GROGOT[1] - 0.05
    desk.context.look_at(
        Region.of_ring(((west, south), (west + 0.1, south), (west + 0.1, south + 0.1)))
    )
    desk.show_picture()
    desk.context.look_at(
        Region.of_ring(
            ((west, south), (west + 0.1, south), (west + 0.1, south + 0.1), (west, south + 0.1))
        )
    )
    desk.show_picture()

    after = colours()
    assert after[0] == before[0]
    assert after[1] < before[1]


def test_the_chip_says_that_lists_are_limited_and_shows_all_again(desk, qtbot):
    chip = desk.finding.area_chip
    qtbot.addWidget(chip)
    assert not chip.isVisible()

    desk.context.look_at(Region.of_ring(((116.0, -2.0), (116.2, -2.0), (116.2, -1.8))))
    desk.show_picture()
    assert chip.text() == "Hanya di wilayah  ✕"
    qtbot.mouseClick(chip, LEFT)
    desk.show_picture()

    assert desk.context.areas[-1] is None
    assert not chip.isVisible()
