"""With mouse and keys things are measured, drawn, changed, erased and undone, for all consoles."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from paser_command.geodesy import area_m2, length_m
from paser_command.picture.drawing_change import (
    MOST_PLACES,
    Change,
    DrawnShape,
    Purpose,
    arguments_of,
)
from paser_command.records import Command
from paser_command.session.frames import Mode, Selection
from paser_command.verbs.erase import Erase
from paser_command.verbs.redraw import Redraw
from paser_map.drawing.edit_tool import EditTool
from paser_map.drawing.sketch_tool import SketchTool
from paser_map.drawing.words import drawing_lines
from tests.ui.city import NOON
from tests.ui.map.drafting import Board

CORNERS = ((116.0, -2.0), (116.4, -2.0), (116.4, -1.6), (116.0, -1.6))
SQUARE = Change(shape=DrawnShape.AREA, places=CORNERS, name="Zona evakuasi")
CLOSE = 2e-7


@pytest.fixture
def board(qtbot):
    board = Board()
    qtbot.addWidget(board.canvas)
    qtbot.addWidget(board.tools.sheet)
    with qtbot.waitExposed(board.canvas):
        board.canvas.show()
    return board


def sketch_of(board):
    tool = board.canvas.tool
    assert isinstance(tool, SketchTool)
    return tool.sketch


def test_a_line_is_drawn_by_clicks_and_ended_by_a_double_click(board):
    board.tools.sketch(DrawnShape.LINE)

    board.click(200, 200)
    board.click(400, 200)
    board.double_click(400, 400)

    (line,) = board.drawings
    assert line.shape is DrawnShape.LINE
    wanted = [board.degrees(*at) for at in ((200, 200), (400, 200), (400, 400))]
    assert [x for place in line.places for x in place] == pytest.approx(
        [x for place in wanted for x in place], abs=CLOSE
    )


def test_enter_ends_and_backspace_takes_the_last_place_back(board):
    view = board.canvas.view
    board.tools.sketch(DrawnShape.LINE)

    board.click(200, 200)
    board.click(300, 300)
    board.click(500, 500)
    board.press(Qt.Key.Key_Backspace)
    board.press(Qt.Key.Key_Return)

    assert len(board.drawings[0].places) == 2
    assert board.canvas.view == view


def test_a_click_on_the_first_corner_closes_an_area(board):
    board.tools.sketch(DrawnShape.AREA)

    for at in ((200, 200), (400, 200), (400, 400), (203, 204)):
        board.click(*at)

    (area,) = board.drawings
    assert area.shape is DrawnShape.AREA
    assert len(area.places) == 3


def test_a_line_that_meets_its_start_is_led_back_to_it(board):
    board.tools.sketch(DrawnShape.LINE)

    for at in ((200, 200), (400, 200), (400, 400), (203, 204)):
        board.click(*at)

    places = board.drawings[0].places
    assert len(places) == 4
    assert places[0] == places[-1]


def test_a_circle_is_its_centre_and_a_place_of_its_rim(board):
    board.tools.sketch(DrawnShape.CIRCLE)

    board.click(400, 300)
    board.click(480, 300)

    (circle,) = board.drawings
    away = length_m([board.degrees(400, 300), board.degrees(480, 300)])
    assert circle.radius_m == pytest.approx(away, abs=0.01)


def test_points_are_drawn_one_after_the_other_until_esc(board):
    board.tools.sketch(DrawnShape.POINT)

    board.click(100, 400)
    board.click(300, 400)
    board.press(Qt.Key.Key_Escape)
    board.click(500, 400)

    assert [drawing.shape for drawing in board.drawings] == [DrawnShape.POINT] * 2
    assert board.canvas.tool is None


def test_the_map_is_pulled_while_drawing_and_nothing_is_added(board):
    board.tools.sketch(DrawnShape.LINE)
    board.click(200, 200)
    start = board.degrees(200, 200)

    board.pull(QPoint(400, 300), QPoint(460, 330))

    assert board.degrees(260, 230) == pytest.approx(start, abs=1e-6)
    assert len(sketch_of(board).places) == 1


def test_a_whole_line_is_drawn_by_keys(board):
    board.tools.sketch(DrawnShape.LINE)
    board.canvas.grab()

    board.press(Qt.Key.Key_Insert)
    board.canvas.show_place(116.3, -1.7, 10)
    board.canvas.grab()
    board.press(Qt.Key.Key_Insert)
    board.press(Qt.Key.Key_Enter)

    assert board.drawings[0].places[1] == pytest.approx((116.3, -1.7), abs=1e-6)


def test_a_shape_that_lacks_places_is_not_ended(board):
    board.tools.sketch(DrawnShape.AREA)

    board.click(200, 200)
    board.double_click(300, 300)

    assert not board.drawings
    assert len(sketch_of(board).places) == 2


def test_a_text_is_drawn_once_it_is_written(board, qtbot):
    board.tools.sketch(DrawnShape.TEXT)
    with qtbot.waitSignal(board.tools.asked):
        board.click(300, 300)
    assert not board.drawings

    sheet = board.tools.sheet
    sheet.show()
    sheet.name.setText("Posko utama")
    qtbot.keyClick(sheet.name, Qt.Key.Key_Return)

    (text,) = board.drawings
    assert (text.shape, text.name) == (DrawnShape.TEXT, "Posko utama")


def test_a_text_that_is_not_written_is_refused_with_a_hint(board):
    board.tools.sketch(DrawnShape.TEXT)
    board.click(300, 300)

    board.tools.sheet.save_button.click()

    assert board.tools.hint.text == "teksnya kosong: tulis sedikitnya satu karakter"


def test_a_distance_is_measured_and_nothing_is_written(board):
    board.tools.measure(DrawnShape.LINE)

    board.click(200, 200)
    board.click(400, 200)
    board.double_click(400, 400)

    assert not board.desk.commands
    places = sketch_of(board).places
    assert length_m(places) > 0
    assert board.tools.hint.text.startswith("Terukur")
    board.click(100, 100)
    assert len(sketch_of(board).places) == 1


def test_a_measure_is_live_at_the_pointer(board):
    board.tools.measure(DrawnShape.AREA)
    board.click(200, 200)
    board.click(400, 200)

    QTest.mouseMove(board.canvas, QPoint(400, 400))

    sketch = sketch_of(board)
    assert sketch.rest is not None
    assert area_m2([*sketch.places, sketch.rest]) > 0
    assert not board.canvas.grab().isNull()


def test_the_hint_says_what_to_do_next(board):
    board.tools.sketch(DrawnShape.LINE)
    first = board.tools.hint.text
    board.click(200, 200)

    assert "awal" in first
    assert "Backspace" in board.tools.hint.text
    board.press(Qt.Key.Key_Escape)
    assert board.tools.hint.text == ""
    assert not board.tools.hint.isVisible()


@pytest.mark.parametrize("mode", [Mode.PAUSED, Mode.PLAYING])
def test_nobody_draws_in_the_past(board, mode):
    board.draw(SQUARE)
    board.desk.mode = mode
    board.render()
    done = len(board.desk.commands)

    for act in (
        lambda: board.tools.sketch(DrawnShape.LINE),
        board.tools.edit,
        board.tools.erase,
        board.tools.undo,
        board.tools.redo,
    ):
        act()
        assert "masa lalu" in board.tools.hint.text

    assert len(board.desk.commands) == done
    assert board.canvas.tool is None


def test_what_was_begun_stays_when_the_clock_goes_into_the_past(board):
    board.tools.sketch(DrawnShape.LINE)
    board.click(200, 200)
    board.desk.mode = Mode.PAUSED
    board.render()

    board.double_click(400, 300)
    assert not board.drawings
    board.desk.mode = Mode.LIVE
    board.render()
    board.press(Qt.Key.Key_Return)

    assert len(board.drawings) == 1


def test_a_corner_is_pulled(board):
    board.draw(SQUARE)
    board.tools.edit()

    board.pull(board.pixel((116.0, -1.6)), QPoint(300, 100))

    board.render()
    assert board.drawings[0].places[3] == pytest.approx(board.degrees(300, 100), abs=CLOSE)
    assert board.drawings[0].places[:3] == CORNERS[:3]
    assert board.verbs == ["draw", "redraw"]


def test_a_corner_is_put_in_and_taken_out(board):
    board.draw(SQUARE)
    board.tools.edit()
    middle = (board.pixel((116.0, -2.0)) + board.pixel((116.4, -2.0))) / 2

    board.pull(middle, middle + QPoint(0, 40))
    board.render()
    assert len(board.drawings[0].places) == 5
    board.press(Qt.Key.Key_Delete)
    board.render()

    assert board.drawings[0].places == CORNERS


def test_the_last_three_corners_of_an_area_stay(board):
    board.draw(Change(shape=DrawnShape.AREA, places=CORNERS[:3]))
    board.tools.edit()
    board.press(Qt.Key.Key_PageDown)

    board.press(Qt.Key.Key_Delete)

    assert len(board.drawings[0].places) == 3


def test_all_of_it_is_moved(board):
    board.draw(SQUARE)
    board.tools.edit()
    inside = board.pixel((116.2, -1.8))

    board.pull(inside, inside + QPoint(30, 20))
    board.render()

    moved = [board.pixel(place) for place in board.drawings[0].places]
    was = [board.pixel(place) for place in CORNERS]
    for now, before in zip(moved, was, strict=True):
        assert (now - before - QPoint(30, 20)).manhattanLength() <= 2


def test_the_rim_of_a_circle_is_pulled(board):
    board.draw(Change(shape=DrawnShape.CIRCLE, places=((116.2, -1.9),), radius_m=20_000.0))
    board.tools.edit()
    centre = board.pixel((116.2, -1.9))
    rim = next(
        QPoint(x, centre.y())
        for x in range(centre.x(), 800)
        if length_m([(116.2, -1.9), board.degrees(x, centre.y())]) >= 20_000.0
    )

    board.pull(rim, rim + QPoint(50, 0))

    wanted = length_m([(116.2, -1.9), board.degrees(rim.x() + 50, rim.y())])
    assert board.drawings[0].radius_m == pytest.approx(wanted, rel=1e-3)


def test_keys_pick_and_move_a_corner(board):
    board.draw(SQUARE)
    board.tools.edit()
    board.canvas.grab()

    board.press(Qt.Key.Key_PageDown)
    board.press(Qt.Key.Key_PageDown)
    board.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    moved, was = board.drawings[0].places, CORNERS
    assert moved[1][0] > was[1][0]
    assert moved[1][1] == pytest.approx(was[1][1], abs=1e-4)
    assert moved[0] == was[0]


def test_a_press_beside_the_drawing_pulls_the_map(board):
    board.draw(SQUARE)
    board.tools.edit()
    before = board.degrees(700, 500)

    board.pull(QPoint(700, 500), QPoint(740, 520))

    assert board.degrees(740, 520) == pytest.approx(before, abs=1e-6)
    assert board.verbs == ["draw"]


def test_what_another_console_changes_is_changed_under_the_tool(board):
    board.draw(SQUARE)
    board.tools.edit()
    theirs = ((115.9, -2.1), *CORNERS[1:])

    other = Command(
        feed="console", key="theirs", at=NOON, verb="redraw", subject="drawing/1", who="Budi",
        arguments=arguments_of(Change(shape=DrawnShape.AREA, places=theirs)),
    )  # fmt: skip
    board.desk.take(other)
    board.render()
    board.pull(board.pixel((116.0, -1.6)), QPoint(300, 100))

    assert board.drawings[0].places[:3] == theirs[:3]
    assert board.drawings[0].places[3] != theirs[3]


def test_a_pull_that_is_refused_is_taken_back(board):
    board.draw(SQUARE)
    board.tools.edit()
    board.desk.mode = Mode.PAUSED
    board.render()

    board.pull(board.pixel((116.0, -1.6)), QPoint(300, 100))

    assert "masa lalu" in board.tools.hint.text
    assert board.verbs == ["draw"]
    board.desk.mode = Mode.LIVE
    board.render()
    board.press(Qt.Key.Key_PageDown)
    board.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert board.drawings[0].places[0] != CORNERS[0]
    assert board.drawings[0].places[3] == CORNERS[3]


def test_another_tool_of_the_map_takes_the_pointer_and_the_hint_goes(board):
    board.tools.sketch(DrawnShape.LINE)
    other = EditTool(
        board.draw(SQUARE),
        lambda: board.desk.language,
        save=lambda _change: True,
        leave=lambda: None,
    )

    board.canvas.set_tool(other)

    assert board.tools.hint.text == ""
    assert board.tools.at_work is None
    assert board.canvas.tool is other


def test_what_another_console_erases_is_changed_no_more(board):
    board.draw(SQUARE)
    board.tools.edit()

    board.desk.act(Erase(), "drawing/1")
    board.render()

    assert board.canvas.tool is None


def test_erase_undo_and_redo(board):
    board.draw(SQUARE)

    board.tools.erase()
    board.render()
    assert not board.drawings
    board.tools.undo()
    board.render()
    assert board.drawings
    board.tools.redo()
    board.render()
    assert not board.drawings


def test_undo_takes_a_sketchs_place_back_before_anything_of_the_journal(board):
    board.draw(SQUARE)
    board.tools.sketch(DrawnShape.LINE)
    board.click(600, 100)

    board.tools.undo()
    assert sketch_of(board).places == []
    assert board.drawings
    board.tools.undo()

    assert not board.drawings


def test_where_nothing_is_to_be_undone_or_changed_it_says_so(board):
    for act, word in (
        (board.tools.undo, "dibatalkan"),
        (board.tools.redo, "diulangi"),
        (board.tools.edit, "Pilih"),
        (board.tools.erase, "Pilih"),
        (board.tools.open_properties, "Pilih"),
        (board.tools.pick_next, "Belum ada"),
    ):
        act()
        assert word in board.tools.hint.text


def test_the_next_drawing_is_picked_in_turn(board):
    board.draw(SQUARE, "drawing/1")
    board.draw(SQUARE, "drawing/2")
    board.desk.select(Selection())
    picked = []

    for _ in range(3):
        board.render()
        board.tools.pick_next()
        picked.append(board.desk.selection.key)

    assert picked == ["drawing/1", "drawing/2", "drawing/1"]


def test_ten_thousand_corners_are_no_trouble(board):
    places = tuple((115.9 + 0.00005 * n, -1.9 + 0.001 * (n % 7)) for n in range(MOST_PLACES))
    board.draw(Change(shape=DrawnShape.LINE, places=places))
    board.tools.edit()

    board.pull(board.pixel(places[0]), QPoint(100, 100))

    assert len(board.drawings[0].places) == MOST_PLACES
    assert not board.canvas.grab().isNull()


def test_a_click_with_no_tool_picks_the_drawing(board, qtbot):
    board.draw(SQUARE)
    inside = board.pixel((116.2, -1.8))

    with qtbot.waitSignal(board.canvas.picked) as picked:
        board.click(inside.x(), inside.y())

    assert picked.args[0] == Selection("drawing", "drawing/1")
    lines = drawing_lines(board.desk.language, board.drawings[0])
    assert lines[0] == "Zona evakuasi"
    assert lines[1].startswith("Anotasi · 1.")
    assert lines[-1] == "oleh Sari, 23 Nov 14.03.27"


def test_properties_are_saved_as_what_was_changed(board, qtbot):
    board.draw(SQUARE)
    sheet = board.tools.sheet
    board.tools.open_properties()
    sheet.show()

    sheet.note.setPlainText("sampai air surut")
    sheet.purpose.setCurrentIndex(1)
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)

    assert board.desk.commands[-1].arguments == {
        "shape": "area", "note": "sampai air surut", "purpose": "geofence",
    }  # fmt: skip
    assert board.drawings[0].purpose is Purpose.GEOFENCE


def test_what_is_being_typed_stays_when_another_changes_the_rest(board):
    board.draw(SQUARE)
    sheet = board.tools.sheet
    board.tools.open_properties()
    sheet.show()
    sheet.name.setText("Zona evakuasi Long Kali")

    board.desk.act(Redraw(Change(shape=DrawnShape.AREA, note="dari meja 5")), "drawing/1")
    board.render()

    assert sheet.name.text() == "Zona evakuasi Long Kali"
    assert sheet.note.toPlainText() == "dari meja 5"


def test_what_was_typed_is_saved_when_the_next_thing_is_drawn(board):
    board.draw(SQUARE)
    sheet = board.tools.sheet
    board.tools.open_properties()
    sheet.show()
    sheet.name.setText("Zona timur")

    board.tools.sketch(DrawnShape.POINT)
    board.click(700, 500)
    board.render()

    assert board.desk.picture.drawings["drawing/1"].name == "Zona timur"
    assert sheet.key != "drawing/1"


def test_only_what_has_an_inside_can_be_a_geofence(board):
    board.draw(Change(shape=DrawnShape.LINE, places=CORNERS))

    board.tools.open_properties()

    assert not board.tools.sheet.purpose.isEnabled()
