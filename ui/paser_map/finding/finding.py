"""Finding on one map: search, what is here, the desk's area, and the menu of a place."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QCursor, QKeySequence

from paser_command.geo import Box, LonLat
from paser_command.picture.drawing_change import DrawnShape
from paser_command.picture.summary import Summary
from paser_command.region import Region
from paser_command.session.frames import Frame, Selection
from paser_map.canvas import MapCanvas
from paser_map.drawing.hint import Hint
from paser_map.drawing.sketch import Sketch
from paser_map.drawing.sketch_tool import SketchTool
from paser_map.finding.box_tool import BoxTool
from paser_map.finding.here import HereSheet
from paser_map.finding.menu import Act, MapMenu
from paser_map.finding.room import Room
from paser_map.finding.search import SearchSheet
from paser_map.finding.spot import Outside, SpotLayer
from paser_map.tool import Tool
from paser_ui.finding.words import COORDINATES, ZOOM, ZOOMS
from paser_ui.widgets.area_chip import AreaChip
from paser_ui.widgets.plain import put_action

SEARCH, HERE = "search", "here"
"""The names of the sheets."""

_PLACES = ("district", "town", "river", COORDINATES)
"""Kinds that are not in the picture, so cannot be picked."""

_SPOT = "finding.spot"
_CLOSER = 2.0


_ACTION_WORDS = {
    "search": "Search the map",
    "here": "What is here",
    "box": "Limit the lists to a box",
    "polygon": "Limit the lists to a polygon",
    "everywhere": "Show all again",
}
_KEYS = {"search": "Ctrl+G", "here": "I", "box": "B", "polygon": "Shift+B", "everywhere": "Ctrl+B"}


class Finding(QObject):
    """Wires the parts to a canvas. `sheets` are to be shown beside it, `area_chip` above it.

    `actions`, with their keys, are for the panel and its menu.

    `sheet_wanted` gives the name of the sheet to open, "" to close it; `measure_wanted` the place,
    longitude and latitude, from which somebody wants to measure.
    """

    sheet_wanted = Signal(str)
    measure_wanted = Signal(object)

    def __init__(self, canvas: MapCanvas, room: Room) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._room = room
        self._area: Region | None = None
        self._tool: Tool | None = None
        self.search = SearchSheet(room)
        self.here = HereSheet(room, lambda of: canvas.describe(of))
        self.sheets = {SEARCH: self.search, HERE: self.here}
        self.area_chip = AreaChip("map.area")
        acts: dict[str, Callable[[], None]] = {
            "search": lambda: self.sheet_wanted.emit(SEARCH),
            "here": lambda: self.tell_here(self._pointed()),
            "box": self.draw_box,
            "polygon": self.draw_polygon,
            "everywhere": lambda: room.look_at(None),
        }
        self._actions = {name: self._action(name, act) for name, act in acts.items()}
        self._hint = Hint(canvas)
        self._menu = MapMenu(canvas, lambda: room.language, self._acts)
        self.search.gone_to.connect(self.go_to)
        self.here.chosen.connect(self._pick)
        for sheet in (self.search, self.here):
            sheet.closed.connect(self._close_sheet)
        self.area_chip.clicked.connect(lambda: room.look_at(None))
        canvas.tool_changed.connect(self._follow_tool)
        canvas.installEventFilter(self)
        self.retranslate()

    @property
    def actions(self) -> list[QAction]:
        """All that can be done here without a place, each with its key."""
        return list(self._actions.values())

    def show_frame(self, frame: Frame) -> bool:
        """Take the frame: what can be found, what is near, the area; True where that is another.

        On the wall nobody looks for anything.
        """
        if not frame.wall:
            self.search.show_frame(frame)
            self.here.show_frame(frame)
        other = frame.area != self._area
        if other:
            self._area = frame.area
            self._show_area()
        return other

    def retranslate(self) -> None:
        """Put the words on again."""
        self.search.retranslate()
        self.here.retranslate()
        for name, action in self._actions.items():
            put_action(action, self._room.language.tr(_ACTION_WORDS[name]))
        self._show_area()
        self._say_hint()

    def tell_here(self, at: QPoint) -> None:
        """Open the sheet about the place under a pixel of the canvas."""
        place = self._canvas.view.to_degrees(at.x(), at.y())
        under = [Selection(*hit) for hit in self._canvas.hits(at.x(), at.y())]
        self.here.look(place, under)
        self._mark(place)
        self.sheet_wanted.emit(HERE)

    def go_to(self, found: Summary) -> None:
        """Bring a thing into view, close enough to see it, and pick it if the picture has it."""
        if found.lon is not None and found.lat is not None:
            self.show_place((found.lon, found.lat), ZOOMS.get(found.kind, ZOOM))
        if found.kind not in _PLACES:
            self.forget_spot()
            self._pick(Selection(found.kind, found.key))

    def show_place(self, place: LonLat, zoom: float) -> None:
        """Bring a place into view, at least so close, and mark it."""
        self._canvas.show_place(*place, max(self._canvas.view.zoom, zoom))
        self._mark(place)

    def forget_spot(self) -> None:
        """Take the mark of a place off the map: nobody reads of that place any more."""
        self._canvas.drop_layer(_SPOT)

    def draw_box(self) -> None:
        """Have a person draw the box that the panels' lists are limited to."""
        self._work_with(BoxTool(finish=self._end_box, leave=self._leave))

    def draw_polygon(self) -> None:
        """Have a person draw the polygon that the panels' lists are limited to."""
        tool = SketchTool(
            DrawnShape.AREA,
            lambda: self._room.language,
            finish=self._end_polygon,
            changed=self._say_hint,
            leave=self._leave,
        )
        self._work_with(tool)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._hint.place()
        return False

    def _action(self, name: str, act: Callable[[], None]) -> QAction:
        action = QAction(self)
        action.setObjectName(f"map.finding.{name}")
        action.setShortcut(QKeySequence(_KEYS[name]))
        # One searches from anywhere; the other keys are letters, and the map's alone.
        context = Qt.ShortcutContext
        anywhere = name == "search"
        action.setShortcutContext(
            context.ApplicationShortcut if anywhere else context.WidgetWithChildrenShortcut
        )
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _pointed(self) -> QPoint:
        """Return the pixel under the pointer, the middle where that is elsewhere."""
        at = self._canvas.mapFromGlobal(QCursor.pos())
        return at if self._canvas.rect().contains(at) else self._canvas.rect().center()

    def _acts(self) -> list[tuple[str, Act]]:
        tr = self._room.language.tr
        acts: list[tuple[str, Act]] = [
            (tr("What is here"), self.tell_here),
            (tr("Closer"), self._zoom_at),
            (tr("Measure from here"), self._measure),
            (tr("Limit the lists to a box"), lambda _at: self.draw_box()),
            (tr("Limit the lists to a polygon"), lambda _at: self.draw_polygon()),
        ]
        if self._area is not None:
            acts.append((tr("Show all again"), lambda _at: self._room.look_at(None)))
        return acts

    def _zoom_at(self, at: QPoint) -> None:
        view = self._canvas.view
        self._canvas.show_place(*view.to_degrees(at.x(), at.y()), view.zoom + _CLOSER)

    def _measure(self, at: QPoint) -> None:
        self.measure_wanted.emit(self._canvas.view.to_degrees(at.x(), at.y()))

    def _mark(self, place: LonLat) -> None:
        self._canvas.set_layer(_SPOT, SpotLayer(place))

    def _close_sheet(self) -> None:
        self.sheet_wanted.emit("")
        self._canvas.setFocus()

    def _pick(self, of: Selection) -> None:
        self._room.select(of)
        self._canvas.reveal(of)

    def _work_with(self, tool: Tool) -> None:
        self._tool = tool
        self._canvas.set_tool(tool)
        self._canvas.setFocus()
        self._say_hint()

    def _end_box(self, box: Box) -> None:
        self._end(Region.of_box(box))

    def _end_polygon(self, sketch: Sketch) -> bool:
        self._end(Region.of_ring(sketch.places))
        return True

    def _end(self, area: Region) -> None:
        self._room.look_at(area)
        self._leave()

    def _leave(self) -> None:
        self._canvas.set_tool(None)

    def _follow_tool(self) -> None:
        """Take the hint away when the tool was put down, or another one taken."""
        if self._canvas.tool is not self._tool:
            self._tool = None
        self._say_hint()

    def _say_hint(self) -> None:
        text = ""
        if isinstance(self._tool, SketchTool):
            text = self._tool.hint
        elif self._tool is not None:
            text = self._room.language.tr("Pull a box over the map. Esc ends.")
        self._hint.say(text)

    def _show_area(self) -> None:
        tr = self._room.language.tr
        self._actions["everywhere"].setVisible(self._area is not None)
        if self._area is None:
            self._canvas.set_veil(None)
            self.area_chip.say_area("", "")
        else:
            self._canvas.set_veil(Outside(self._area))
            act = tr("The panels' lists are limited to the area. Show all again.")
            self.area_chip.say_area(tr("In the area only"), act)
