"""A picture of what lives on the map and of the ground below it, carried along while it moves.

Layers are drawn anew when they change. While the map only moves, what was drawn moves with it: a
frame costs no more for many layers than for few. The picture has no hole, so that to show it is to
copy it; laying what lives over the ground anew would take three times as long in each frame.
"""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from paser_map import palette
from paser_map.view import MapView

Paint = Callable[[QPainter, MapView], None]


class Below(Protocol):
    """What lies below; `turn` is another number when it would look otherwise."""

    turn: int

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Show the view."""


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
        self._turn = -1
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

    def draw(
        self, painter: QPainter, view: MapView, below: Below, paint: Paint, *, moving: bool
    ) -> None:
        """Show the picture in a view, or `paint` it anew where it is of no use there."""
        dpr = painter.device().devicePixelRatioF()
        other_zoom = self._drawn is not None and self._drawn.zoom != view.zoom
        wanting = other_zoom or not self._covers(view) or self._turn != below.turn
        rested = self._now_s() - self._drawn_s >= _REST_S
        due = (wanting and not moving) or (rested and (wanting or self.changed))
        if due or self._drawn is None or self._pixels.devicePixelRatio() != dpr:
            self._draw_anew(view, dpr, below, paint)
            other_zoom = False
        if not self._covers(view):
            below.draw(painter, view)
        place = self._place(view)
        if other_zoom:
            painter.drawPixmap(place, self._pixels, QRectF(self._pixels.rect()))
        else:
            left, top = round(place.left() * dpr) / dpr, round(place.top() * dpr) / dpr
            painter.drawPixmap(QPointF(left, top), self._pixels)

    def _covers(self, view: MapView) -> bool:
        return self._place(view).contains(QRectF(0, 0, view.width, view.height))

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

    def _draw_anew(self, view: MapView, dpr: float, below: Below, paint: Paint) -> None:
        wide = view.resized(view.width + 2 * _MARGIN_PX, view.height + 2 * _MARGIN_PX)
        width, height = round(wide.width * dpr), round(wide.height * dpr)
        if (self._pixels.width(), self._pixels.height()) != (width, height):
            self._pixels = QPixmap(width, height)
            self._pixels.fill(palette.SEA)
        self._pixels.setDevicePixelRatio(dpr)
        with QPainter(self._pixels) as on:
            below.draw(on, wide)
            paint(on, wide)
        self._drawn, self._drawn_s = wide, self._now_s()
        self._turn, self.changed = below.turn, False
