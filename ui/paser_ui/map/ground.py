"""What is slow to draw and seldom changes, kept as a picture that panning only moves."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from paser_ui.map.view import MapView

_SPARE = 0.2
"""How much wider than the view the ground is drawn, on each side."""


class Ground:
    """The pixels around the last view that were drawn by `draw_all`."""

    def __init__(self, draw_all: Callable[[QPainter, MapView], None]) -> None:
        self._draw_all = draw_all
        self._pixels = QPixmap()
        self._drawn: MapView | None = None

    def forget(self) -> None:
        """Draw all of it anew the next time."""
        self._drawn = None

    def draw(self, painter: QPainter, view: MapView, *, moving: bool) -> None:
        """Draw the ground of the view. While `moving` to another zoom nothing to spare is drawn."""
        dpr = painter.device().devicePixelRatioF()
        at = self._offset(view, dpr)
        if at is None:
            spare = 0.0 if moving else _SPARE
            self._redraw(view, dpr, spare)
            at = QPointF(-round(view.width * spare), -round(view.height * spare))
        painter.drawPixmap(at, self._pixels)

    def _offset(self, view: MapView, dpr: float) -> QPointF | None:
        """Return where the picture's corner is in the view, None where it leaves a gap."""
        drawn = self._drawn
        if drawn is None or drawn.zoom != view.zoom or self._pixels.devicePixelRatio() != dpr:
            return None
        scale = 1 / view.metres_per_px
        left = round((drawn.x - view.x) * scale + (view.width - drawn.width) / 2)
        top = round((view.y - drawn.y) * scale + (view.height - drawn.height) / 2)
        there = QRectF(left, top, drawn.width, drawn.height)
        return QPointF(left, top) if there.contains(_whole(view)) else None

    def _redraw(self, view: MapView, dpr: float, spare: float) -> None:
        wide = view.resized(
            view.width + 2 * round(view.width * spare), view.height + 2 * round(view.height * spare)
        )
        pixels = QPixmap(round(wide.width * dpr), round(wide.height * dpr))
        pixels.setDevicePixelRatio(dpr)
        painter = QPainter(pixels)
        self._draw_all(painter, wide)
        painter.end()
        self._pixels, self._drawn = pixels, wide


def _whole(view: MapView) -> QRectF:
    return QRectF(0, 0, view.width, view.height)
