"""Incidents on the map: a symbol each, the severest on top."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from paser_command.records import Severity
from paser_ui.map.labels import Label, Placer
from paser_ui.map.layers import Hit
from paser_ui.map.projection import FloatArray, to_map
from paser_ui.map.view import MapView
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import DARK

_SIZES_PX = ((300, 16), (3_000, 11))
_SMALLEST_PX = 8
_MARGIN_PX = 16.0


class Marker(NamedTuple):
    """A thing at a place in degrees. Filled is what nobody has acknowledged."""

    key: str
    name: str
    lon: float
    lat: float
    severity: Severity
    filled: bool


class PointLayer:
    """Symbols of one kind of thing, held as arrays in the order in which they are drawn."""

    still = False

    def __init__(self, kind: str, markers: Sequence[Marker]) -> None:
        self.kind = kind
        x, y = to_map([marker.lon for marker in markers], [marker.lat for marker in markers])
        severity = np.array([marker.severity for marker in markers], np.int8)
        filled = np.array([marker.filled for marker in markers], bool)
        order = np.lexsort((np.arange(len(markers)), filled, severity))
        order = order[np.isfinite(x[order])]
        self._markers = [markers[index] for index in order]
        self._x, self._y = x[order], y[order]
        self._look = severity[order] * 2 + filled[order]
        self._index = {marker.key: index for index, marker in enumerate(self._markers)}

    def draw(self, painter: QPainter, view: MapView, selected: str) -> None:
        px, py, shown = self._seen(view)
        size_px = _size_px(len(shown))
        dpr = painter.device().devicePixelRatioF()
        sprites = {look: _sprite(int(look), size_px, dpr) for look in np.unique(self._look[shown])}
        half = (size_px + 4) / 2
        apart = _apart(px, py, self._look[shown], size_px)
        left, top = (px[apart] - half).tolist(), (py[apart] - half).tolist()
        for x, y, look in zip(left, top, self._look[shown[apart]].tolist(), strict=True):
            painter.drawPixmap(QPointF(x, y), sprites[look])
        if selected in self._index:
            self._draw_selected(painter, view, self._index[selected], size_px)

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        at_x, at_y, shown = self._seen(view)
        reach = max(tolerance_px, _size_px(len(shown)) / 2)
        near = shown[np.hypot(at_x - px, at_y - py) <= reach]
        return [Hit(self.kind, self._markers[index].key) for index in near[::-1]]

    def block(self, view: MapView, placer: Placer) -> None:
        px, py, shown = self._seen(view)
        placer.block_points(px, py, _size_px(len(shown)) / 2 + 2)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        index = self._index.get(selected)
        if index is None:
            return []
        (px,), (py,) = view.to_screen(self._x[index : index + 1], self._y[index : index + 1])
        name = self._markers[index].name
        return [Label(name, float(px), float(py), 15.0, DARK.text, needed=True, leader=True)]

    def place_of(self, key: str) -> tuple[float, float] | None:
        index = self._index.get(key)
        return None if index is None else (float(self._x[index]), float(self._y[index]))

    def _seen(self, view: MapView) -> tuple[FloatArray, FloatArray, np.ndarray]:
        """Return the pixels of what is in the view, and which of the markers they are."""
        px, py = view.to_screen(self._x, self._y)
        shown = np.flatnonzero(view.seen(px, py, _MARGIN_PX))
        return px[shown], py[shown], shown

    def _draw_selected(self, painter: QPainter, view: MapView, index: int, size_px: int) -> None:
        (px,), (py,) = view.to_screen(self._x[index : index + 1], self._y[index : index + 1])
        if not view.seen(px, py, _MARGIN_PX):
            return
        marker, centre = self._markers[index], QPointF(float(px), float(py))
        draw_symbol(painter, marker.severity, centre, max(size_px, 16), filled=marker.filled)
        draw_ring(painter, centre, max(size_px, 16) * 0.5 + 5)


def draw_ring(painter: QPainter, centre: QPointF, radius_px: float) -> None:
    """Draw the ring of what is selected."""
    painter.setPen(QPen(DARK.selection, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius_px, radius_px)


def _size_px(count: int) -> int:
    return next((size for most, size in _SIZES_PX if count <= most), _SMALLEST_PX)


def _apart(px: FloatArray, py: FloatArray, look: np.ndarray, size_px: int) -> np.ndarray:
    """Return which symbols to draw: of equal ones on the same pixel only the last."""
    if not len(px):
        return np.zeros(0, int)
    grain = max(1, size_px // 5)
    cell = (px // grain).astype(np.int64) << 34 | ((py // grain).astype(np.int64) + 64) << 8 | look
    _, last = np.unique(cell[::-1], return_index=True)
    return np.sort(len(px) - 1 - last)


def _sprite(look: int, size_px: int, dpr: float) -> QPixmap:
    side = size_px + 4
    pixmap = QPixmap(round(side * dpr), round(side * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    severity, filled = Severity(look // 2), bool(look % 2)
    draw_symbol(painter, severity, QPointF(side / 2, side / 2), size_px, filled=filled)
    painter.end()
    return pixmap
