"""Measuring stations on the map: a gauge's mark each, and the values that there is room for."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from paser_command.records import Severity
from paser_map import palette
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.light_picture import light
from paser_map.points import draw_ring
from paser_map.projection import FloatArray, to_map
from paser_map.stamps import Stamps
from paser_map.view import MapView
from paser_ui.theme.symbols import SEVERITY_WORDS
from paser_ui.theme.tokens import DARK

STALE_OPACITY = 0.45

_STATION_PX = 9.0
_MARGIN_PX = 12.0
_VALUES_FROM_ZOOM = 7.5
_MOST_VALUES = 300
"""No view has room for more words."""


class Station(NamedTuple):
    """A stream's place, its latest value in words, and the severity of the limit it has reached.

    It waits while nobody has acknowledged that.
    """

    key: str
    name: str
    lon: float
    lat: float
    value: str
    severity: Severity
    stale: bool
    waits: bool = False


class StationLayer:
    """A gauge's mark, and its value beside it."""

    kind = "stream"
    still = False

    def __init__(self, stations: Sequence[Station]) -> None:
        self._stations = tuple(stations)
        self._x, self._y = to_map([one.lon for one in stations], [one.lat for one in stations])
        self._index = {one.key: index for index, one in enumerate(stations)}
        stale = np.array([one.stale for one in stations], bool)
        severity = np.array([one.severity for one in stations], np.int8)
        self._wanted = np.where(stale, np.int8(-1), severity)
        self._look = severity * 2 + stale

    def has_marks_of(self, other: "StationLayer") -> bool:
        """Tell whether all marks are where the other's are, and look as they do."""
        return (
            self._index == other._index
            and np.array_equal(self._look, other._look)
            and np.array_equal(self._x, other._x, equal_nan=True)
            and np.array_equal(self._y, other._y, equal_nan=True)
        )

    def draw(self, painter: QPainter, view: MapView, selected: str) -> None:
        dpr = painter.device().devicePixelRatioF()
        px, py, shown = self._seen(view)
        stamps = Stamps(view, dpr)
        for look in np.unique(self._look[shown]).tolist():
            of_look = self._look[shown] == look
            mark = _gauge(Severity(look // 2), dpr, stale=bool(look % 2))
            stamps.put(mark, px[of_look], py[of_look])
        stamps.draw(painter)
        if (place := self.place_of(selected)) is not None:
            (x,), (y,) = view.to_screen(np.array([place[0]]), np.array([place[1]]))
            draw_ring(painter, QPointF(float(x), float(y)), _STATION_PX * 0.5 + 5)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        if view.zoom < _VALUES_FROM_ZOOM and not selected:
            return []
        px, py, shown = self._seen(view)
        first = shown == self._index.get(selected, -1)
        order = np.lexsort((-self._wanted[shown], ~first))[:_MOST_VALUES]
        return [
            self._label(self._stations[index], x, y, selected)
            for index, x, y in zip(
                shown[order].tolist(), px[order].tolist(), py[order].tolist(), strict=True
            )
        ]

    def legend(self, tr: Words) -> list[Swatch]:
        fresh = {station.severity for station in self._stations if not station.stale}
        found = [_gauge_swatch(tr, severity) for severity in sorted(fresh, reverse=True)]
        return [*found, *([_stale_swatch(tr)] if any(s.stale for s in self._stations) else [])]

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        at_x, at_y, shown = self._seen(view)
        distance = np.hypot(at_x - px, at_y - py)
        near = np.argsort(distance, kind="stable")
        near = near[distance[near] <= tolerance_px]
        return [Hit(self.kind, self._stations[index].key) for index in shown[near]]

    def block(self, view: MapView, placer: Placer) -> None:
        px, py, _ = self._seen(view)
        placer.block_points(px, py, 6)

    def poll(self) -> bool:
        return False

    def place_of(self, key: str) -> tuple[float, float] | None:
        index = self._index.get(key)
        if index is None or not np.isfinite(self._x[index]):
            return None
        return float(self._x[index]), float(self._y[index])

    def _label(self, station: Station, px: float, py: float, selected: str) -> Label:
        picked = station.key == selected
        return Label(
            f"{station.name}  {station.value}" if picked else station.value,
            px,
            py,
            12.0 if picked else 8.0,
            _ink(station, picked),
            severity=station.severity,
            filled=station.waits,
            opacity=STALE_OPACITY if station.stale else 1.0,
            leader=True,
            needed=picked or (station.severity > Severity.NONE and not station.stale),
        )

    def _seen(self, view: MapView) -> tuple[FloatArray, FloatArray, np.ndarray]:
        px, py = view.to_screen(self._x, self._y)
        shown = np.flatnonzero(view.seen(px, py, _MARGIN_PX))
        return px[shown], py[shown], shown


def _gauge_swatch(tr: Words, severity: Severity) -> Swatch:
    name = tr("Station")
    text = f"{name}: {tr(SEVERITY_WORDS[severity])}" if severity else name
    return Swatch(
        text, lambda painter, box: _draw_gauge(painter, box.center(), severity), name, severity
    )


def _stale_swatch(tr: Words) -> Swatch:
    def draw(painter: QPainter, box: QRectF) -> None:
        painter.setOpacity(STALE_OPACITY)
        _draw_gauge(painter, box.center(), Severity.NONE)

    return Swatch(tr("Pale: no new value"), draw, tr("Station"), -1)


def _ink(station: Station, picked: bool) -> QColor:
    if picked or (station.severity and not station.stale):
        return DARK.text
    return DARK.text_3 if station.stale else DARK.data_line


@lru_cache(64)
def _gauge(severity: Severity, dpr: float, *, stale: bool) -> QPixmap:
    """Return the gauge's mark in the middle of a square of twice its size."""
    pixmap = QPixmap(round(2 * _STATION_PX * dpr), round(2 * _STATION_PX * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(STALE_OPACITY if stale else 1.0)
    _draw_gauge(painter, QPointF(_STATION_PX, _STATION_PX), severity)
    painter.end()
    return light(pixmap)


def _draw_gauge(painter: QPainter, centre: QPointF, severity: Severity) -> None:
    """Draw a ring with a bar across it, as staff gauges are marked on charts."""
    ink = DARK.severity(severity) if severity else DARK.data_line
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.6))
    painter.setBrush(palette.SEA)
    radius = _STATION_PX / 2
    painter.drawEllipse(centre, radius, radius)
    painter.setBrush(ink)
    painter.drawRect(QRectF(centre.x() - radius / 2, centre.y() - 0.6, radius, 1.2))
