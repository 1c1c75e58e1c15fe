"""Hotspots on the map: a cross each, coloured by confidence; the older, the smaller and paler."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from paser_command.records import Severity
from paser_command.times import HOUR, Instant
from paser_map import palette
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.light_picture import light
from paser_map.points import draw_ring
from paser_map.projection import FloatArray, to_map
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

_MARGIN_PX = 8.0
_GRAIN_PX = 3
"""Of equal hotspots in a square of so many pixels one is drawn."""


class _Age(NamedTuple):
    below: Instant
    size_px: float
    opacity: float


_AGES = (
    _Age(3 * HOUR, 9.0, 1.0),
    _Age(12 * HOUR, 8.0, 0.8),
    _Age(24 * HOUR, 7.0, 0.55),
    _Age(2**62, 6.0, 0.38),
)
_CONFIDENCE_WORDS = {
    Severity.LOW: "Hotspot of low confidence",
    Severity.MEDIUM: "Hotspot of nominal confidence",
    Severity.HIGH: "Hotspot of high confidence",
}
_WIDTHS_PX = {Severity.LOW: 1.4, Severity.MEDIUM: 1.9, Severity.HIGH: 2.5}
_THINNEST_PX = 1.2
_AT_ONCE = 400
"""So many are drawn in a piece: about a millisecond."""
_SIDE_PX = 14
"""Of a cross's picture, with room for its rim."""


class Hotspot(NamedTuple):
    """What a satellite saw at an instant; its severity is how sure that is."""

    key: str
    name: str
    lon: float
    lat: float
    severity: Severity
    at: Instant


class HotspotLayer:
    """Hotspots at a moment, held as arrays in the order in which they are drawn.

    They come a few times a day and are many then, so they are drawn with the ground.
    """

    kind = "feature"
    still = True

    def __init__(self, hotspots: Sequence[Hotspot], now: Instant) -> None:
        x, y = to_map([one.lon for one in hotspots], [one.lat for one in hotspots])
        ages = now - np.array([one.at for one in hotspots], np.int64)
        age = np.searchsorted([limit.below for limit in _AGES], ages, side="right")
        severity = np.array([one.severity for one in hotspots], np.int64)
        order = np.lexsort((severity, -age))
        order = order[np.isfinite(x[order])]
        self._hotspots = [hotspots[index] for index in order.tolist()]
        self._x, self._y = x[order], y[order]
        self._look = age[order] * len(Severity) + severity[order]
        self._index = {one.key: index for index, one in enumerate(self._hotspots)}

    def steps(self, painter: QPainter, view: MapView, selected: str) -> Iterator[None]:
        """Draw what the view shows, some hundreds at a time."""
        px, py, shown = self._seen(view)
        dpr = painter.device().devicePixelRatioF()
        apart = _apart(px, py, self._look[shown])
        looks = self._look[shown[apart]].tolist()
        left, top = (px[apart] - _SIDE_PX / 2).tolist(), (py[apart] - _SIDE_PX / 2).tolist()
        for number, (x, y, look) in enumerate(zip(left, top, looks, strict=True), start=1):
            painter.drawPixmap(QPointF(x, y), _sprite(look, dpr))
            if number % _AT_ONCE == 0:
                yield
        if (index := self._index.get(selected)) is not None:
            self._draw_selected(painter, self._centre(view, index), index)
        yield

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        """Return what lies at the pixel, what is drawn on top first."""
        at_x, at_y, shown = self._seen(view)
        near = shown[np.hypot(at_x - px, at_y - py) <= max(tolerance_px, _AGES[0].size_px / 2)]
        return [Hit(self.kind, self._hotspots[index].key) for index in near[::-1].tolist()]

    def block(self, view: MapView, placer: Placer) -> None:
        """Keep labels off the crosses."""
        px, py, _ = self._seen(view)
        placer.block_points(px, py, 5)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        """Return the name of the one that is selected."""
        index = self._index.get(selected)
        if index is None:
            return []
        centre, name = self._centre(view, index), self._hotspots[index].name
        return [Label(name, centre.x(), centre.y(), 14.0, DARK.text, needed=True, leader=True)]

    def place_of(self, key: str) -> tuple[float, float] | None:
        """Return where a hotspot is, in metres on the map."""
        index = self._index.get(key)
        return None if index is None else (float(self._x[index]), float(self._y[index]))

    def poll(self) -> bool:
        """Nothing comes from elsewhere."""
        return False

    def legend(self, tr: Words) -> list[Swatch]:
        """Return how age looks, and the confidences that there are."""
        if not self._hotspots:
            return []
        found = set((self._look % len(Severity)).tolist())
        return [
            *(
                _swatch(tr(words), severity)
                for severity, words in _CONFIDENCE_WORDS.items()
                if severity in found
            ),
            Swatch(tr("Hotspot: under 3, 12, 24, 48 hours old"), _draw_ages),
        ]

    def _seen(self, view: MapView) -> tuple[FloatArray, FloatArray, np.ndarray]:
        """Return the pixels of what is in the view, and which of the hotspots they are."""
        px, py = view.to_screen(self._x, self._y)
        shown = np.flatnonzero(view.seen(px, py, _MARGIN_PX))
        return px[shown], py[shown], shown

    def _draw_selected(self, painter: QPainter, centre: QPointF, index: int) -> None:
        age, severity = divmod(int(self._look[index]), len(Severity))
        _draw_cross(painter, centre, age, Severity(severity))
        draw_ring(painter, centre, _AGES[0].size_px)

    def _centre(self, view: MapView, index: int) -> QPointF:
        (px,), (py,) = view.to_screen(self._x[index : index + 1], self._y[index : index + 1])
        return QPointF(float(px), float(py))


def _apart(px: FloatArray, py: FloatArray, look: np.ndarray) -> np.ndarray:
    """Return which to draw, in order: of equal ones in a small square the last."""
    if not len(px):
        return np.zeros(0, np.int64)
    column, row = (px // _GRAIN_PX).astype(np.int64), (py // _GRAIN_PX).astype(np.int64)
    cell = (column + 64) << 40 | (row + 64) << 8 | look
    _, last = np.unique(cell[::-1], return_index=True)
    return np.sort(len(px) - 1 - last)


@lru_cache(128)
def _sprite(look: int, dpr: float) -> QPixmap:
    age, severity = divmod(look, len(Severity))
    pixmap = QPixmap(round(_SIDE_PX * dpr), round(_SIDE_PX * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _draw_cross(painter, QPointF(_SIDE_PX / 2, _SIDE_PX / 2), age, Severity(severity))
    painter.end()
    return light(pixmap)


def _swatch(text: str, severity: Severity) -> Swatch:
    return Swatch(text, lambda painter, box: _draw_cross(painter, box.center(), 0, severity))


def _draw_ages(painter: QPainter, box: QRectF) -> None:
    """Draw a cross of each age in a row."""
    apart = box.width() / len(_AGES)
    for age in range(len(_AGES)):
        centre = QPointF(box.left() + (age + 0.5) * apart, box.center().y())
        _draw_cross(painter, centre, age, Severity.NONE)


def _draw_cross(painter: QPainter, centre: QPointF, age: int, severity: Severity) -> None:
    """Draw a diagonal cross with a dark rim; without severity it is grey."""
    width_px = _WIDTHS_PX.get(severity, _THINNEST_PX)
    reach = _AGES[age].size_px / 2 * 0.8
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(_AGES[age].opacity)
    ink = DARK.severity(severity) if severity else DARK.data_line
    for pen in (QPen(palette.SEA, width_px + 2), QPen(ink, width_px)):
        painter.setPen(pen)
        for dy in (-reach, reach):
            painter.drawLine(centre + QPointF(-reach, dy), centre + QPointF(reach, -dy))
    painter.setOpacity(1.0)
