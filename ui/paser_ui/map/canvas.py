"""The map as a widget: it draws its layers, moves under the hand, and says what was picked."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from paser_command.geo import Box
from paser_command.records import Severity
from paser_command.session.frames import Selection
from paser_ui.map.basemap import TOWNS_FROM_ZOOM, Basemap, shipped
from paser_ui.map.ground import Ground
from paser_ui.map.labels import Label, Placed, Placer, draw_label, place_label
from paser_ui.map.layers import Hit, Layer
from paser_ui.map.overlay import Words, block_glass, draw_box, draw_glass
from paser_ui.map.view import LEAST_ZOOM, MOST_ZOOM, MapView
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import LABEL_PX

TOLERANCE_PX = 9.0

_FRAME_MS = 16
_SHARE_A_FRAME = 0.35
"""How much of the way to the wanted zoom a frame goes."""
_ZOOM_A_NOTCH = 0.5
_ZOOM_A_PINCH = 1.5
_STEP_PX = 80
_MOST_VIEWS = 50
_MOST_MISSES = 60
"""After so many words that found no room, those that nobody needs are not tried any more."""


class MapCanvas(QWidget):
    """A map of layers by name, drawn in the order in which they were first put, still ones below.

    `picked` gives the `Selection` of a click, an empty one for a click on nothing. A second click
    on the same place picks what lies under the first. `describe` is asked for the lines of the
    pointer's box: plain text, the first is the title, none for no box.
    """

    picked = Signal(object)

    def __init__(self, basemap: Basemap | None = None) -> None:
        super().__init__()
        self.setObjectName("map.canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.describe: Callable[[Selection], Sequence[str]] = lambda _selection: ()
        self._basemap = basemap or shipped()
        self._tr: Words = lambda text, **facts: text.format(**facts)
        self._layers: dict[str, Layer] = {}
        self._hidden: frozenset[str] = frozenset()
        self._sources: tuple[str, ...] = ()
        self._selection = Selection()
        self._ground = Ground(self._draw_still)
        self._view = MapView.of_place(0.0, 0.0, LEAST_ZOOM, 640, 480).fitted(self._basemap.home)
        self._fits = True
        self._past: list[MapView] = []
        self._grip: QPointF | None = None
        self._dragged = False
        self._pointer: QPointF | None = None
        self._hover: tuple[str, ...] = ()
        self._wanted_zoom = self._view.zoom
        self._anchor = QPointF()
        self._motion = QTimer(self)
        self._motion.setInterval(_FRAME_MS)
        self._motion.timeout.connect(self._move_on)

    @property
    def view(self) -> MapView:
        """What is shown."""
        return self._view

    @property
    def fits_home(self) -> bool:
        """Whether the view still is the one that fits the home box."""
        return self._fits

    def retranslate(self, tr: Words) -> None:
        """Speak through `tr` from now on."""
        self._tr = tr
        self.setAccessibleName(tr("Map"))
        self.setAccessibleDescription(
            tr("Arrows move, + and - zoom, Home shows the whole, Backspace the view before.")
        )
        self.refresh_hover()
        self.update()

    def set_layer(self, name: str, layer: Layer) -> None:
        """Put a layer on the map in place of the last of its name."""
        if layer.still:
            self._ground.forget()
        self._layers[name] = layer
        self.refresh_hover()
        self.update()

    def set_hidden(self, names: frozenset[str]) -> None:
        """Hide the layers of these names, show all others."""
        if names != self._hidden:
            self._hidden = names
            self._ground.forget()
            self.update()

    def set_sources(self, sources: Sequence[str]) -> None:
        """Say whose data the layers are."""
        if tuple(sources) != self._sources:
            self._sources = tuple(sources)
            self.update()

    def set_selection(self, selection: Selection) -> None:
        """Mark what is picked."""
        if selection != self._selection:
            kinds = {selection.kind, self._selection.kind}
            if any(layer.still and layer.kind in kinds for layer in self._layers.values()):
                self._ground.forget()
            self._selection = selection
            self.update()

    def reveal(self, selection: Selection) -> bool:
        """Move to a thing if it is not in the view; False where its place is not known."""
        place = self._place_of(selection)
        if place is None:
            return False
        px, py = self._view.to_screen(np.array([place[0]]), np.array([place[1]]))
        if not self._view.seen(px, py, -24.0)[0]:
            self._jump(self._view.centred(*place))
        return True

    def show_place(self, lon: float, lat: float, zoom: float) -> None:
        """Move to a place in degrees."""
        self._jump(MapView.of_place(lon, lat, zoom, self.width(), self.height()))

    def fit(self, box: Box | None = None) -> None:
        """Show a whole box, the home box where none is given."""
        self._jump(self._view.fitted(box or self._basemap.home))
        self._fits = box is None

    def go_back(self) -> None:
        """Show the view before this one."""
        if self._past:
            self._set_view(self._past.pop().resized(self.width(), self.height()))
            self._wanted_zoom = self._view.zoom

    def hits(self, px: float, py: float) -> list[Hit]:
        """Return what lies at a pixel, what is drawn on top first."""
        return [
            hit
            for layer in reversed(self._shown_layers())
            for hit in layer.hits(self._view, px, py, TOLERANCE_PX)
        ]

    def refresh_hover(self) -> None:
        """Ask anew for the words of the pointer's box."""
        lines: tuple[str, ...] = ()
        if self._pointer is not None and self._grip is None:
            hits = self.hits(self._pointer.x(), self._pointer.y())
            lines = tuple(self.describe(Selection(*hits[0]))) if hits else ()
        if lines != self._hover:
            self._hover = lines
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground.draw(painter, self._view, moving=self._motion.isActive())
        self._draw_layers(painter, self._view, still=False)
        self._draw_words(painter)
        draw_glass(painter, self._view, self._tr, self._pointer, self._sources)
        if self._hover and self._pointer is not None:
            draw_box(painter, self._view, self._pointer, self._hover)
        painter.end()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._view = self._view.resized(self.width(), self.height())
        if self._fits:
            self._view = self._view.fitted(self._basemap.home)
            self._wanted_zoom = self._view.zoom

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip, self._dragged = event.position(), False
            self._hover = ()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, self._pointer = self._grip, event.position()
        if before is None:
            self.refresh_hover()
            self.update()
            return
        moved = event.position() - before
        if not self._dragged and moved.manhattanLength() < 4:
            return
        if not self._dragged:
            self._remember()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._dragged, self._grip = True, event.position()
        self._set_view(self._view.panned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._grip is None:
            return
        self._grip = None
        self.unsetCursor()
        if not self._dragged:
            self._pick(event.position())
        self.refresh_hover()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._zoom_by(1.0, event.position())

    def leaveEvent(self, _event: object) -> None:
        self._pointer, self._hover = None, ()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom_by(event.angleDelta().y() / 120 * _ZOOM_A_NOTCH, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_by(event.value() * _ZOOM_A_PINCH, event.position())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (_STEP_PX, 0),
            Qt.Key.Key_Right: (-_STEP_PX, 0),
            Qt.Key.Key_Up: (0, _STEP_PX),
            Qt.Key.Key_Down: (0, -_STEP_PX),
        }
        zooms = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0}
        key = Qt.Key(event.key())
        if key in steps:
            self._jump(self._view.panned(*steps[key]))
        elif key in zooms:
            self._zoom_by(zooms[key], QPointF(self.width() / 2, self.height() / 2))
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key == Qt.Key.Key_Backspace:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _pick(self, at: QPointF) -> None:
        found = [Selection(*hit) for hit in self.hits(at.x(), at.y())]
        after = found.index(self._selection) + 1 if self._selection in found else 0
        self.picked.emit(found[after % len(found)] if found else Selection())

    def _zoom_by(self, levels: float, at: QPointF) -> None:
        if not self._motion.isActive():
            self._remember()
            self._wanted_zoom = self._view.zoom
        self._wanted_zoom = min(max(self._wanted_zoom + levels, LEAST_ZOOM), MOST_ZOOM)
        self._anchor = at
        self._motion.start()

    def _move_on(self) -> None:
        left = self._wanted_zoom - self._view.zoom
        there = abs(left) < 0.01
        zoom = self._wanted_zoom if there else self._view.zoom + left * _SHARE_A_FRAME
        if there:
            self._motion.stop()
        self._set_view(self._view.zoomed(zoom, self._anchor.x(), self._anchor.y()))

    def _jump(self, view: MapView) -> None:
        self._motion.stop()
        self._remember()
        self._set_view(view)
        self._wanted_zoom = view.zoom

    def _remember(self) -> None:
        if not self._past or self._past[-1] != self._view:
            self._past = [*self._past[1 - _MOST_VIEWS :], self._view]

    def _set_view(self, view: MapView) -> None:
        self._fits = False
        if view != self._view:
            self._view = view
            self.refresh_hover()
            self.update()

    def _shown_layers(self) -> list[Layer]:
        return [layer for name, layer in self._layers.items() if name not in self._hidden]

    def _selected_in(self, layer: Layer) -> str:
        return self._selection.key if layer.kind == self._selection.kind else ""

    def _place_of(self, selection: Selection) -> tuple[float, float] | None:
        for layer in self._layers.values():
            if layer.kind == selection.kind and (place := layer.place_of(selection.key)):
                return place
        return None

    def _draw_still(self, painter: QPainter, view: MapView) -> None:
        self._basemap.draw(painter, view)
        self._draw_layers(painter, view, still=True)

    def _draw_layers(self, painter: QPainter, view: MapView, *, still: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer in self._shown_layers():
            if layer.still == still:
                painter.save()
                layer.draw(painter, view, self._selected_in(layer))
                painter.restore()

    def _draw_words(self, painter: QPainter) -> None:
        words = font(LABEL_PX, tabular=True)
        metrics = QFontMetricsF(words)
        placer = Placer(self._view)
        block_glass(placer, self._view)
        for layer in self._shown_layers():
            layer.block(self._view, placer)
        for placed in self._placed(placer, metrics):
            draw_label(painter, placed, words, metrics.ascent())

    def _placed(self, placer: Placer, metrics: QFontMetricsF) -> list[Placed]:
        """Give what is picked its place first, then the towns, what presses, and the rest."""
        first: list[Label] = []
        rest: list[Label] = []
        for layer in reversed(self._shown_layers()):
            selected = self._selected_in(layer)
            labels = layer.labels(self._view, selected)
            first += labels[:1] if selected else []
            rest += labels[1:] if selected else labels
        pressing = [label for label in rest if label.needed and label.severity >= Severity.HIGH]
        calmer = [label for label in rest if label not in pressing]
        wanted = (*first, *self._towns(), *pressing, *calmer)
        placed: list[Placed] = []
        misses = 0
        for label in wanted:
            if misses >= _MOST_MISSES and not label.needed:
                continue
            if found := placer.place(label, metrics):
                placed.append(found)
            else:
                misses += 1
        return placed

    def _towns(self) -> list[Label]:
        if self._view.zoom < TOWNS_FROM_ZOOM:
            return []
        px, py = self._basemap.towns_on(self._view)
        shown = np.flatnonzero(self._view.seen(px, py)).tolist()
        towns = self._basemap.towns
        return [place_label(towns[one].name, float(px[one]), float(py[one])) for one in shown]
