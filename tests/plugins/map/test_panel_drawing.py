"""In the map panel drawings are a layer, and the tools are reached by button, menu and keys."""

import pytest
from PySide6.QtCore import Qt

from paser_command.api import Command, Mode, Selection
from paser_command.picture.drawing_change import DrawnShape
from paser_plugins.map.panel import MapPanel
from paser_ui.api import Chip
from tests.plugins.panel_kit import HOSTILE, NOW, FakeContext, frame, picture_of

AREA = '{"type":"Polygon","coordinates":[[[116.0,-2.0],[116.4,-2.0],[116.4,-1.6],[116.0,-2.0]]]}'
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def drawn(key="drawing/1", **told):
    arguments = {"shape": "area", "geometry": AREA, "name": "Zona evakuasi", **told}
    return Command(
        feed="console",
        key=f"draw-{key}",
        at=NOW,
        received=NOW,
        verb="draw",
        subject=key,
        arguments=arguments,
        who="Sari",
        seat="meja 2",
    )


@pytest.fixture
def context():
    return FakeContext("map")


@pytest.fixture
def panel(qtbot, context):
    panel = MapPanel(context)
    qtbot.addWidget(panel)
    panel.resize(1100, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    panel.canvas.setFocus()
    return panel


def test_drawings_are_a_layer_with_a_chip(panel):
    panel.render_frame(frame(picture_of(drawn(), drawn("drawing/2"))))

    chip = panel.findChild(Chip, "map.chip.drawings")
    assert chip.text() == "Gambar 2"
    chip.click()
    assert panel.canvas.hits(panel.canvas.width() / 2, panel.canvas.height() / 2) == []


def test_the_pointers_box_tells_what_was_drawn_by_whom(panel):
    panel.render_frame(frame(picture_of(drawn(purpose="geofence"))))

    title, what, by = panel.canvas.describe(Selection("drawing", "drawing/1"))

    assert title == "Zona evakuasi"
    assert what.startswith("Pagar wilayah · 98")
    assert by == "oleh Sari, 23 Nov 14.03.27"
    assert panel.canvas.describe(Selection("drawing", "drawing/9")) == ()


@pytest.mark.parametrize(
    ("key", "modifiers", "word"),
    [
        (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier, "Klik titik awal"),
        (Qt.Key.Key_M, SHIFT, "Klik sudut pertama"),
        (Qt.Key.Key_P, SHIFT, "Klik tempatnya"),
        (Qt.Key.Key_L, SHIFT, "Klik titik awal"),
        (Qt.Key.Key_A, SHIFT, "Klik sudut pertama"),
        (Qt.Key.Key_C, SHIFT, "Klik pusat"),
        (Qt.Key.Key_T, SHIFT, "Klik tempat teks"),
        (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier, "Tarik sudut"),
    ],
)
def test_each_tool_has_its_key(qtbot, panel, key, modifiers, word):
    picture = picture_of(drawn())
    panel.render_frame(frame(picture, selection=Selection("drawing", "drawing/1")))

    qtbot.keyClick(panel.canvas, key, modifiers)

    assert panel.drawing.hint.text.startswith(word)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert panel.canvas.tool is None


def test_keys_erase_undo_and_do_again(qtbot, panel, context):
    picture = picture_of(drawn())
    panel.render_frame(frame(picture, selection=Selection("drawing", "drawing/1")))

    qtbot.keyClick(panel.canvas, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Z, CTRL | SHIFT)

    assert [verb for verb, _, _ in context.commands] == ["erase", "undo", "redo"]


def test_properties_open_beside_the_map_and_esc_gives_the_map_back(qtbot, panel, context):
    picture = picture_of(drawn())
    panel.render_frame(frame(picture, selection=Selection("drawing", "drawing/1")))

    qtbot.keyClick(panel.canvas, Qt.Key.Key_E, SHIFT)
    assert panel.sheets.name == "drawing"
    sheet = panel.drawing.sheet
    sheet.name.selectAll()
    qtbot.keyClicks(sheet.name, "Zona M")
    assert panel.canvas.tool is None
    qtbot.keyClick(sheet.name, Qt.Key.Key_Return)

    assert context.commands == [("redraw", "drawing/1", {"shape": "area", "name": "Zona M"})]
    assert panel.sheets.name == ""
    assert panel.focusWidget() is panel.canvas
    qtbot.keyClick(panel.canvas, Qt.Key.Key_E, SHIFT)
    qtbot.keyClick(sheet.note, Qt.Key.Key_Escape)
    assert panel.sheets.name == ""


def test_what_a_hand_has_just_drawn_opens_its_properties(qtbot, panel, context):
    panel.render_frame(frame(picture_of()))
    panel.drawing.sketch(DrawnShape.POINT)
    qtbot.mouseClick(panel.canvas, Qt.MouseButton.LeftButton)
    ((_, key, arguments),) = context.commands

    panel.render_frame(frame(picture_of(drawn(key, **arguments, name=""))))

    assert panel.sheets.name == "drawing"
    assert panel.drawing.sheet.key == key


def test_a_drawing_that_is_gone_takes_its_properties_along(qtbot, panel):
    panel.render_frame(frame(picture_of(drawn()), selection=Selection("drawing", "drawing/1")))
    qtbot.keyClick(panel.canvas, Qt.Key.Key_E, SHIFT)

    panel.render_frame(frame(picture_of(), seeked=True, mode=Mode.PAUSED))

    assert panel.sheets.name == ""


def test_the_menu_speaks_the_screens_language(panel, context):
    words = [action.text() for action in panel._tools_menu.actions() if action.text()]
    context.speak("en")
    panel.retranslate()
    english = [action.text() for action in panel._tools_menu.actions() if action.text()]

    assert words[0] == "Ukur jarak"
    assert english[0] == "Measure distance"


def test_words_of_another_operator_stay_plain(panel):
    hostile = drawn(name=HOSTILE, note=HOSTILE)
    told = Selection("drawing", "drawing/1")
    panel.render_frame(frame(picture_of(hostile), selection=told))

    panel.drawing.open_properties()

    assert panel.canvas.describe(told)[0] == HOSTILE
    assert panel.drawing.sheet.name.text().startswith("<img")
    assert not panel.grab().isNull()
