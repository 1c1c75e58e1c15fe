"""The map as a widget: it shows its sheet, moves under the hand, and says what was picked."""

import math
import time
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from paser_command.coordinates import Notation
from paser_command.geo import Box
from paser_command.session.frames import Selection
from paser_map.basemap import Basemap, shipped
from paser_map.frames import Frames
from paser_map.ground import Ground
from paser_map.layers import Hit, Layer, Shown, Words
from paser_map.navigation import Navigation
from paser_map.pointer_box import draw_box
from paser_map.sheet import Sheet, Veil
from paser_map.tool import Pointer, Tool
from paser_map.view import MapView

TOLERANCE_PX = 9.0

_POLL_MS = 100
_ZOOM_A_NOTCH = 0.5
_GLIDE_PX = 80
_CLICK_PX = 4
_SEEN_PX = -24.0

_TOOL_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Keys of the whole desk that are the tool's while one is at work."""


class MapCanvas(QWidget):
    """A map of layers by name, the still ones below the live ones.

    `picked` gives the `Selection` of a click, an empty one for a click on nothing. A second click
    on the same place picks what lies under the first. `describe` is asked for the lines of the
    pointer's box: plain text, the first is the title, none for no box. On one that is not
    `pressable` nothing stands that waits for a press.
    """

    picked = Signal(object)
    tool_changed = Signal()

    def __init__(self, basemap: Basemap | None = None) -> None:
        super().__init__()
        self.setObjectName("map.canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.describe: Callable[[Selection], Sequence[str]] = lambda _selection: ()
        self.pressable = True
        self._sheet = Sheet(basemap or shipped())
        self._navigation = Navigation(self._sheet.basemap.home)
        self._ground = Ground(self._sheet.ground, self._sheet.basemap.steps)
        self._tool: Tool | None = None
        self._grip: QPointF | None = None
        self._dragged = False
        self._pointer: QPointF | None = None
        self._hover: tuple[str, ...] = ()
        self._frames = Frames(self, self._navigation, self._ground)
        self._frames.moved.connect(self._moved)
        self._frames.drawn.connect(self.update)
        self._polls = QTimer(self, interval=_POLL_MS)
        self._polls.timeout.connect(self._poll)

    @property
    def view(self) -> MapView:
        """What is shown."""
        return self._navigation.view

    @property
    def basemap(self) -> Basemap:
        """The ground that the site stands on."""
        return self._sheet.basemap

    @property
    def fits_home(self) -> bool:
        """Whether the view still is the one that fits the home box."""
        return self._navigation.fits

    @property
    def settled(self) -> bool:
        """Whether the map stands still and all of it is drawn."""
        return not self._navigation.moving and self._ground.settled

    @property
    def legend_opened(self) -> bool:
        """Whether the legend shows its entries, or its head only."""
        return self._sheet.legend_opened

    def retranslate(self, tr: Words) -> None:
        """Speak through `tr` from now on."""
        self._sheet.tr = tr
        self._sheet.forget()
        self.setAccessibleName(tr("Map"))
        self.setAccessibleDescription(
            tr(
                "Arrows move, + and - zoom, Home shows the whole, Backspace the view before, "
                "Alt+Right the one after it, K the legend."
            )
        )
        self._moved()

    def set_layer(
        self, name: str, layer: Layer, sources: Sequence[str] = (), *, same_marks: bool = False
    ) -> None:
        """Put a layer on the map in place of the last of its name, and say whose data it is.

        With the `same_marks` as the last one its words alone are written anew.
        """
        before = self._sheet.stack.get(name)
        self._sheet.stack.put(name, layer, sources)
        if same_marks:
            self._sheet.ask_anew()
            self._moved()
        else:
            self._look_again(layer, *([before] if before else []))

    def drop_layer(self, name: str) -> None:
        """Take a layer off the map, if it is there."""
        if (layer := self._sheet.stack.drop(name)) is not None:
            self._look_again(layer)

    def set_veil(self, veil: Veil | None) -> None:
        """Dim a part of the map from now on, or none."""
        self._sheet.veil = veil
        self.update()

    def arrange(self, shown: Iterable[Shown]) -> None:
        """Say in which order and how the layers are shown, the lowest first.

        What is not named lies on top, in the order in which it was first put.
        """
        if self._sheet.stack.arrange(shown):
            self._look_again(*self._sheet.stack.all())

    def touch(self, name: str) -> None:
        """Draw a layer anew, as it looks different now."""
        if (layer := self._sheet.stack.get(name)) is not None:
            self._change(layer)

    def visible_sources(self) -> list[str]:
        """Return whose data is on the map, the basemap's last."""
        return self._sheet.sources(self.view.zoom)

    def set_selection(self, selection: Selection) -> None:
        """Mark what is picked."""
        before = self._sheet.selection
        if selection != before:
            self._sheet.selection = selection
            kinds = {selection.kind, before.kind}
            self._look_again(*(one for one in self._sheet.stack.all() if one.kind in kinds))

    @property
    def tool(self) -> Tool | None:
        """The tool at work, None for none."""
        return self._tool

    def set_tool(self, tool: Tool | None) -> None:
        """Give pointer and keys to a tool first; None takes them back."""
        self._tool, self._grip, self._frames.held = tool, None, False
        self._show_cursor()
        self._moved()
        self.tool_changed.emit()

    def set_notation(self, notation: Notation) -> None:
        """Write the coordinates under the pointer in another way."""
        self._sheet.notation = notation
        self.update()

    def open_legend(self, opened: bool) -> None:
        """Show the legend's entries, or its head only."""
        self._sheet.legend_opened = opened
        self._moved()

    def reveal(self, selection: Selection) -> bool:
        """Move to a thing if it is not in the view; False where its place is not known."""
        place = self._sheet.place_of(selection)
        if place is None:
            return False
        if not self.view.shows(*place, margin_px=_SEEN_PX):
            self._navigation.jump(self.view.centred(*place))
            self._moved()
        return True

    def show_place(self, lon: float, lat: float, zoom: float) -> None:
        """Move to a place in degrees."""
        self._navigation.jump(MapView.of_place(lon, lat, zoom, self.width(), self.height()))
        self._moved()

    def fit(self, box: Box | None = None) -> None:
        """Show a whole box, the home box where none is given."""
        self._navigation.fit(box)
        self._moved()

    def go_back(self) -> None:
        """Show the view before this one."""
        self._navigation.back()
        self._moved()

    def go_forward(self) -> None:
        """Show the view that was left by going back."""
        self._navigation.forward()
        self._moved()

    def hits(self, px: float, py: float) -> list[Hit]:
        """Return what lies at a pixel, what is drawn on top first."""
        return self._sheet.hits(self.view, px, py, TOLERANCE_PX)

    def refresh_hover(self) -> None:
        """Ask anew for the words of the pointer's box."""
        lines: tuple[str, ...] = ()
        at = self._pointer
        busy = self._grip is not None or self._tool is not None or self._navigation.moving
        if at is not None and not busy and not self._on_legend(at):
            hits = self.hits(at.x(), at.y())
            lines = tuple(self.describe(Selection(*hits[0]))) if hits else ()
        if lines != self._hover:
            self._hover = lines
            self.update()

    def paint_map(self, painter: QPainter, view: MapView, *, legend: bool = True) -> None:
        """Draw the same map in another size or for another place, at the painter's origin.

        All of it is drawn, however long it takes, with words, scale bar, north and sources. Its
        marks are as large as on the screen: more pixels for them, as for a wall or for paper, come
        from the painter's scale or, sharper, from the device pixel ratio of what is painted on.
        """
        self._sheet.paint(painter, view, legend=legend)

    def paintEvent(self, _event: QPaintEvent) -> None:
        began = time.perf_counter()
        self._ground.aim(self._navigation.goal, self.devicePixelRatioF())
        with QPainter(self) as painter:
            self._paint(painter)
        self._frames.paint_s = time.perf_counter() - began
        if not self._ground.idle:
            self._keep_going()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._navigation.resize(self.width(), self.height())

    def showEvent(self, _event: QShowEvent) -> None:
        self._polls.start()

    def hideEvent(self, _event: QHideEvent) -> None:
        self._polls.stop()
        self._frames.stop()
        self._ground.hold_least()
        self._sheet.let_go()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_legend(event.position()):
            self.open_legend(not self.legend_opened)
        elif self._tool is not None and self._tool.press(self._pointed(event)):
            self.update()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._grip, self._dragged = event.position(), False
            self._hover = ()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, self._pointer = self._grip, event.position()
        self.update()
        if before is not None:
            self._drag(before, event.position())
        elif self._tool is None or not self._tool.move(self._pointed(event)):
            self.refresh_hover()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pulled = self._grip is not None and self._dragged
        if self._tool is not None and not pulled and self._tool.release(self._pointed(event)):
            self._grip = None
            self.update()
        if event.button() != Qt.MouseButton.LeftButton or self._grip is None:
            return
        self._grip, self._frames.held = None, False
        self._show_cursor()
        self.update()
        if not self._dragged:
            self._pick(event.position())
        self.refresh_hover()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is not None and self._tool.double_click(self._pointed(event)):
            self.update()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._zoom(1.0, event.position())

    def leaveEvent(self, _event: object) -> None:
        self._pointer, self._hover = None, ()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(event.angleDelta().y() / 120 * _ZOOM_A_NOTCH, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            self._pinch(event)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._tool is not None:
            assert isinstance(event, QKeyEvent)
            if event.key() in _TOOL_KEYS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._tool is not None and self._tool.key(Qt.Key(event.key()), event.modifiers()):
            self.update()
        elif (act := self._act_of(event)) is not None:
            act()
        else:
            super().keyPressEvent(event)

    def _paint(self, painter: QPainter) -> None:
        pointer = (self._pointer.x(), self._pointer.y()) if self._pointer is not None else None
        moving = self._navigation.moving or (self._grip is not None and self._dragged)
        legend = self._sheet.legend(self.view, opened=self.legend_opened)
        if legend is not None and not (legend.opened or self.pressable):
            legend = None
        self._sheet.draw(painter, self.view, self._ground, pointer, legend, moving=moving)
        if self._tool is not None:
            painter.save()
            self._tool.draw(painter, self.view)
            painter.restore()
        if self._hover and self._pointer is not None:
            draw_box(painter, self.view, self._pointer, self._hover)

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            turns = {Qt.Key.Key_Left: self.go_back, Qt.Key.Key_Right: self.go_forward}
            return turns.get(Qt.Key(event.key()))
        middle = QPointF(self.width() / 2, self.height() / 2)
        return {
            Qt.Key.Key_Left: lambda: self._glide(_GLIDE_PX, 0),
            Qt.Key.Key_Right: lambda: self._glide(-_GLIDE_PX, 0),
            Qt.Key.Key_Up: lambda: self._glide(0, _GLIDE_PX),
            Qt.Key.Key_Down: lambda: self._glide(0, -_GLIDE_PX),
            Qt.Key.Key_Plus: lambda: self._zoom(1.0, middle),
            Qt.Key.Key_Equal: lambda: self._zoom(1.0, middle),
            Qt.Key.Key_Minus: lambda: self._zoom(-1.0, middle),
            Qt.Key.Key_Home: self.fit,
            Qt.Key.Key_Backspace: self.go_back,
            Qt.Key.Key_K: lambda: self.open_legend(not self.legend_opened),
        }.get(Qt.Key(event.key()))

    def _pick(self, at: QPointF) -> None:
        found = [Selection(*hit) for hit in self.hits(at.x(), at.y())]
        before = self._sheet.selection
        after = found.index(before) + 1 if before in found else 0
        self.picked.emit(found[after % len(found)] if found else Selection())

    def _drag(self, before: QPointF, now: QPointF) -> None:
        moved = now - before
        if not self._dragged and moved.manhattanLength() < _CLICK_PX:
            return
        if not self._dragged:
            self._navigation.remember()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._dragged, self._grip, self._frames.held = True, now, True
        self._navigation.drag(moved.x(), moved.y())
        self._moved()

    def _zoom(self, levels: float, at: QPointF) -> None:
        self._navigation.zoom(levels, at.x(), at.y())
        self._keep_going()

    def _glide(self, dx_px: float, dy_px: float) -> None:
        self._navigation.glide(dx_px, dy_px)
        self._keep_going()

    def _pinch(self, event: QNativeGestureEvent) -> None:
        if event.gestureType() == Qt.NativeGestureType.BeginNativeGesture:
            self._navigation.remember()
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture and event.value() > -1.0:
            at = event.position()
            self._navigation.pinch(math.log2(1.0 + event.value()), at.x(), at.y())
            self._moved()

    def _keep_going(self) -> None:
        if self.isVisible():
            self._frames.start()

    def _poll(self) -> None:
        entries = self._sheet.stack.entries(self.view.zoom)
        if changed := [layer for layer, _ in entries if layer.poll()]:
            self._change(*changed)
        elif self._sheet.changed:
            self.update()

    def _look_again(self, *layers: Layer) -> None:
        self._sheet.forget()
        self._change(*layers)

    def _change(self, *layers: Layer) -> None:
        self._sheet.change()
        if any(layer.still for layer in layers):
            self._ground.forget()
        self._moved()

    def _moved(self) -> None:
        self.refresh_hover()
        self.update()

    def _on_legend(self, at: QPointF) -> bool:
        legend = self._sheet.legend(self.view, opened=self.legend_opened)
        return legend is not None and legend.head.contains(at)

    def _pointed(self, event: QMouseEvent) -> Pointer:
        at = event.position()
        return Pointer(self.view, at.x(), at.y(), event.button(), event.modifiers())

    def _show_cursor(self) -> None:
        self.setCursor(self._tool.cursor if self._tool else Qt.CursorShape.ArrowCursor)
