"""A picture of what lives on the map, carried along while the map moves.

Layers are drawn anew when they change. While the map only moves, what was drawn moves with it, as
the ground does: a frame costs no more for many layers than for few.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from paser_ui.map.view import MapView

Paint = Callable[[QPainter, MapView], None]

_MARGIN_PX = 96
"""How much more than the view is drawn, on each side."""
_REST_S = 0.1
"""How long a picture is shown, at least, though a layer changed or the map moves meanwhile."""


class Carried:
    """The last picture, and the view that it was drawn for."""

    def __init__(self, now_s: Callable[[], float] = time.perf_counter) -> None:
        self._now_s = now_s
        self._pixels = QPixmap()
        self._drawn: MapView | None = None
        self._drawn_s = 0.0
        self.changed = False

    def forget(self) -> None:
        """Draw anew the next time."""
        self._drawn = None

    def let_go(self) -> None:
        """Hold no picture: nobody looks now."""
        self._drawn, self._pixels = None, QPixmap()

    def change(self) -> None:
        """Draw anew when the picture has been shown for a while; `changed` until then."""
        self.changed = True

    def draw(self, painter: QPainter, view: MapView, paint: Paint, *, moving: bool) -> None:
        """Show the picture in a view, or `paint` it anew where it is of no use there."""
        dpr = painter.device().devicePixelRatioF()
        place = self._place(view)
        other_zoom = self._drawn is not None and self._drawn.zoom != view.zoom
        wanting = other_zoom or not place.contains(QRectF(0, 0, view.width, view.height))
        rested = self._now_s() - self._drawn_s >= _REST_S
        due = (wanting and not moving) or (rested and (wanting or self.changed))
        if due or place.isEmpty() or self._pixels.devicePixelRatio() != dpr:
            self._draw_anew(view, dpr, paint)
            place, other_zoom = self._place(view), False
        if other_zoom:
            painter.drawPixmap(place, self._pixels, QRectF(self._pixels.rect()))
        else:
            left, top = round(place.left() * dpr) / dpr, round(place.top() * dpr) / dpr
            painter.drawPixmap(QPointF(left, top), self._pixels)

    def _place(self, view: MapView) -> QRectF:
        """Return where the picture lies in a view; nowhere where there is none."""
        drawn = self._drawn
        if drawn is None:
            return QRectF()
        scale = 2.0 ** (view.zoom - drawn.zoom)
        width, height = drawn.width * scale, drawn.height * scale
        left = (drawn.x - view.x) / view.metres_per_px + (view.width - width) / 2
        top = (view.y - drawn.y) / view.metres_per_px + (view.height - height) / 2
        return QRectF(left, top, width, height)

    def _draw_anew(self, view: MapView, dpr: float, paint: Paint) -> None:
        wide = view.resized(view.width + 2 * _MARGIN_PX, view.height + 2 * _MARGIN_PX)
        width, height = round(wide.width * dpr), round(wide.height * dpr)
        if (self._pixels.width(), self._pixels.height()) != (width, height):
            self._pixels = QPixmap(width, height)
        self._pixels.setDevicePixelRatio(dpr)
        self._pixels.fill(Qt.GlobalColor.transparent)
        with QPainter(self._pixels) as on:
            paint(on, wide)
        self._drawn, self._drawn_s, self.changed = wide, self._now_s(), False
