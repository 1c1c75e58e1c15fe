"""What the canvas shows of its layers, and whose data it says that is."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence, QNativeGestureEvent, QPointingDevice, QShortcut
from PySide6.QtWidgets import QApplication

from paser_command.coordinates import Notation
from paser_command.session.frames import Selection
from paser_command.stand.coast import SOURCES as ATTRIBUTION
from paser_map.canvas import MapCanvas
from paser_map.layers import Hit, Shown, Swatch
from paser_map.view import MapView
from tests.ui.map.pictures import painted, pixels_of
from tests.ui.reading import painted_words

VIEW = MapView.of_place(116.2, -1.9, 9.0, 320, 240)


class Sheet:
    """A layer that is one colour all over, live or still."""

    kind = "sheet"

    def __init__(self, colour: str, *, still: bool = False) -> None:
        self.still = still
        self.colour = QColor(colour)
        self.came = False

    def draw(self, painter, view, _selected):
        painter.fillRect(0, 0, view.width, view.height, self.colour)

    def steps(self, painter, view, _selected):
        for top in range(0, view.height, 32):
            painter.fillRect(0, top, view.width, 32, self.colour)
            yield

    def poll(self):
        came, self.came = self.came, False
        return came

    def hits(self, _view, _px, _py, _tolerance_px):
        return [Hit("sheet", self.colour.name())]

    def block(self, _view, _placer):
        """Leave all the room."""

    def labels(self, _view, _selected):
        return []

    def place_of(self, _key):
        return None

    def legend(self, _tr):
        return [Swatch(self.colour.name(), lambda painter, box: painter.fillRect(box, self.colour))]


class Pen:
    """A tool that notes what it is given, and uses it or not."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, *, uses: bool = True) -> None:
        self.uses = uses
        self.given: list[str] = []
        self.keys: list[Qt.Key] = []

    def press(self, _at):
        self.given.append("press")
        return self.uses

    def move(self, _at):
        self.given.append("move")
        return self.uses

    def release(self, _at):
        self.given.append("release")
        return self.uses

    def double_click(self, _at):
        self.given.append("double")
        return self.uses

    def key(self, key, _modifiers):
        self.keys.append(key)
        return self.uses

    def draw(self, painter, view):
        painter.fillRect(0, 0, view.width, view.height, QColor("#123456"))


@pytest.fixture
def canvas(qtbot):
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(320, 240)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def colour(canvas, view=VIEW):
    return painted(canvas, view).pixelColor(5, 5).name()


def test_layers_lie_as_they_are_arranged_still_ones_below(canvas):
    canvas.set_layer("a", Sheet("#aa0000"))
    canvas.set_layer("b", Sheet("#00bb00"))
    canvas.set_layer("ground", Sheet("#0000cc", still=True))
    assert colour(canvas) == "#00bb00"

    canvas.arrange([Shown("b"), Shown("a")])
    assert colour(canvas) == "#aa0000"
    canvas.arrange([Shown("ground"), Shown("a", visible=False), Shown("b", visible=False)])
    assert colour(canvas) == "#0000cc"


def test_what_lies_on_top_is_picked_first(canvas):
    canvas.set_layer("a", Sheet("#aa0000"))
    canvas.set_layer("ground", Sheet("#0000cc", still=True))
    canvas.set_layer("b", Sheet("#00bb00"))

    assert [hit.key for hit in canvas.hits(5, 5)] == ["#00bb00", "#aa0000", "#0000cc"]


@pytest.mark.parametrize("still", [True, False])
def test_a_half_clear_layer_lets_half_of_the_ground_through(canvas, still):
    canvas.set_layer("ground", Sheet("#000000", still=True))
    canvas.set_layer("a", Sheet("#c80000", still=still))

    canvas.arrange([Shown("ground"), Shown("a", opacity=0.5)])

    assert QColor(colour(canvas)).red() == pytest.approx(100, abs=2)


def test_a_layer_is_there_at_its_zooms_only(canvas):
    canvas.set_layer("a", Sheet("#aa0000"), ["Someone"])
    canvas.arrange([Shown("a", least_zoom=8.0, most_zoom=10.0)])

    seen = {zoom: colour(canvas, VIEW.zoomed(zoom, 160, 120)) for zoom in (7.9, 8.0, 9.9, 10.0)}

    assert [zoom for zoom, found in seen.items() if found == "#aa0000"] == [8.0, 9.9]


def test_only_visible_layers_name_their_sources_and_the_basemap_always_does(canvas):
    canvas.set_layer("a", Sheet("#aa0000"), ["BMKG", "BIG"])
    canvas.set_layer("b", Sheet("#00bb00"), ["BMKG", "NASA"])
    assert canvas.visible_sources()[:3] == ["BMKG", "BIG", "NASA"]

    canvas.arrange([Shown("a"), Shown("b", visible=False)])
    assert canvas.visible_sources()[:2] == ["BMKG", "BIG"]
    canvas.drop_layer("a")

    assert canvas.visible_sources() == [*ATTRIBUTION, "district borders: schematic"]


def test_a_still_layer_that_says_so_is_drawn_anew(qtbot, canvas):
    layer = Sheet("#0000cc", still=True)
    canvas.set_layer("ground", layer)
    canvas.arrange([Shown("ground")])
    qtbot.waitUntil(lambda: canvas.settled)

    layer.colour, layer.came = QColor("#00cc00"), True

    qtbot.waitUntil(lambda: canvas.grab().toImage().pixelColor(160, 5).name() == "#00cc00")


def test_touching_a_layer_draws_it_anew(qtbot, canvas):
    layer = Sheet("#0000cc", still=True)
    canvas.set_layer("ground", layer)
    qtbot.waitUntil(lambda: canvas.settled)
    layer.colour = QColor("#00cc00")

    canvas.touch("ground")

    qtbot.waitUntil(lambda: canvas.grab().toImage().pixelColor(160, 5).name() == "#00cc00")


def test_the_map_on_a_page_is_whole_whatever_its_size(canvas):
    canvas.set_layer("ground", Sheet("#0000cc", still=True))

    image = painted(canvas, VIEW.resized(500, 400), dpr=2.0)

    assert image.size().toTuple() == (1000, 800)
    found = pixels_of(image)[:700]
    assert not ((found[..., 0] > 200) & (found[..., 1] < 50) & (found[..., 2] > 200)).any()


def test_the_legend_opens_and_closes_by_its_head_and_by_key(qtbot, canvas):
    canvas.set_layer("a", Sheet("#aa0000"))

    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(30, 22))
    assert canvas.legend_opened
    qtbot.keyClick(canvas, Qt.Key.Key_K)

    assert not canvas.legend_opened


def test_a_closed_legend_is_away_where_nobody_can_press_its_head(canvas):
    canvas.set_layer("a", Sheet("#aa0000"))
    canvas.pressable = False

    closed = painted_words(canvas)
    canvas.open_legend(True)

    assert "Legend" not in closed
    assert "Legend" in painted_words(canvas)


def test_the_pointers_place_is_written_as_is_wished(qtbot, canvas):
    canvas.resize(800, 240)
    qtbot.mouseMove(canvas, QPoint(200, 100))
    seen = set()
    for notation in Notation:
        canvas.set_notation(notation)
        seen.add(pixels_of(canvas.grab().toImage())[210:, 150:400].tobytes())

    assert len(seen) == len(Notation)


def test_a_tool_gets_the_events_first_and_is_drawn_last(qtbot, canvas):
    picked: list[Selection] = []
    canvas.picked.connect(picked.append)
    tool = Pen()
    canvas.set_tool(tool)

    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(120, 100))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)

    assert tool.given[:3] == ["press", "release", "move"]
    assert "double" in tool.given
    assert tool.keys == [Qt.Key.Key_Escape, Qt.Key.Key_Left]
    assert picked == []
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    assert canvas.grab().toImage().pixelColor(5, 5).name() == "#123456"


def test_escape_is_a_tools_while_one_is_at_work_and_the_desks_otherwise(qtbot, canvas):
    desk: list[str] = []
    shortcut = QShortcut(QKeySequence("Escape"), canvas)
    shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
    shortcut.activated.connect(lambda: desk.append("live"))
    tool = Pen()
    canvas.activateWindow()
    canvas.setFocus()

    canvas.set_tool(tool)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert (tool.keys, desk) == ([Qt.Key.Key_Escape], [])
    canvas.set_tool(None)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)

    assert desk == ["live"]


def test_what_a_tool_does_not_use_pans_and_picks(qtbot, canvas):
    picked: list[Selection] = []
    canvas.picked.connect(picked.append)
    canvas.set_layer("a", Sheet("#aa0000"))
    canvas.set_tool(Pen(uses=False))
    view = canvas.view

    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 150))
    qtbot.keyClick(canvas, Qt.Key.Key_Right)

    assert picked == [Selection("sheet", "#aa0000")]
    qtbot.waitUntil(lambda: canvas.view != view)


def test_without_a_tool_the_cursor_is_the_maps_again(canvas):
    canvas.set_tool(Pen())

    canvas.set_tool(None)

    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def gesture(canvas, kind, value):
    at = QPointF(100, 80)
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, at, at, at, value, QPointF())
    QApplication.sendEvent(canvas, event)


def test_a_pinch_zooms_about_the_fingers_at_once_and_can_be_gone_back_from(canvas):
    before, view = canvas.view.to_degrees(100, 80), canvas.view

    gesture(canvas, Qt.NativeGestureType.BeginNativeGesture, 0.0)
    for _ in range(10):
        gesture(canvas, Qt.NativeGestureType.ZoomNativeGesture, 2**0.1 - 1)
    gesture(canvas, Qt.NativeGestureType.EndNativeGesture, 0.0)

    assert canvas.view.zoom == pytest.approx(view.zoom + 1.0)
    assert canvas.view.to_degrees(100, 80) == pytest.approx(before, abs=1e-9)
    canvas.go_back()
    assert canvas.view == view


def test_keys_lead_back_and_forward(qtbot, canvas):
    canvas.show_place(116.0, -1.5, 12.0)
    there = canvas.view
    canvas.fit()

    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert canvas.view == there
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    assert canvas.view != there
