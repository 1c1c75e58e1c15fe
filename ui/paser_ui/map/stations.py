"""Measuring stations and units on the map: few enough to be drawn one by one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from paser_command.records import Severity
from paser_ui.map import palette
from paser_ui.map.labels import Label, Placer
from paser_ui.map.layers import Hit, Swatch, Words
from paser_ui.map.points import draw_ring
from paser_ui.map.projection import FloatArray, to_map
from paser_ui.map.view import MapView
from paser_ui.theme.symbols import SEVERITY_WORDS
from paser_ui.theme.tokens import DARK

STALE_OPACITY = 0.45

_STATION_PX = 9.0
_UNIT_PX = 12.0
_MARGIN_PX = 12.0
_VALUES_FROM_ZOOM = 7.5
_NAMES_FROM_ZOOM = 10.5
_ARROW = ((0.0, -0.6), (0.45, 0.5), (0.0, 0.22), (-0.45, 0.5))


class Station(NamedTuple):
    """A stream's place, its latest value in words, and the severity of the limit it has reached."""

    key: str
    name: str
    lon: float
    lat: float
    value: str
    severity: Severity
    stale: bool


class Unit(NamedTuple):
    """Where a unit is; course in degrees from north, None while that is not known."""

    key: str
    name: str
    lon: float
    lat: float
    course_deg: float | None
    stale: bool


class _Places:
    """Keys and places of a layer, and which of them the view shows."""

    still = False

    def __init__(self, kind: str, things: Sequence[Station] | Sequence[Unit]) -> None:
        self.kind = kind
        self._keys = [thing.key for thing in things]
        self._x, self._y = to_map([thing.lon for thing in things], [thing.lat for thing in things])
        self._index = {key: index for index, key in enumerate(self._keys)}

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        at_x, at_y, shown = self._seen(view)
        distance = np.hypot(at_x - px, at_y - py)
        near = np.argsort(distance, kind="stable")
        near = near[distance[near] <= tolerance_px]
        return [Hit(self.kind, self._keys[index]) for index in shown[near]]

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

    def _seen(self, view: MapView) -> tuple[FloatArray, FloatArray, np.ndarray]:
        px, py = view.to_screen(self._x, self._y)
        shown = np.flatnonzero(view.seen(px, py, _MARGIN_PX))
        return px[shown], py[shown], shown

    def _points(self, view: MapView) -> list[tuple[float, float, int]]:
        px, py, shown = self._seen(view)
        return list(zip(px.tolist(), py.tolist(), shown.tolist(), strict=True))


class StationLayer(_Places):
    """A gauge's mark, and its value beside it."""

    def __init__(self, stations: Sequence[Station]) -> None:
        super().__init__("stream", stations)
        self._stations = tuple(stations)

    def draw(self, painter: QPainter, view: MapView, selected: str) -> None:
        for px, py, index in self._points(view):
            station, centre = self._stations[index], QPointF(px, py)
            painter.setOpacity(STALE_OPACITY if station.stale else 1.0)
            ink = DARK.severity(station.severity) if station.severity else DARK.data_line
            _draw_gauge(painter, centre, ink)
            painter.setOpacity(1.0)
            if station.key == selected:
                draw_ring(painter, centre, _STATION_PX * 0.5 + 5)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        if view.zoom < _VALUES_FROM_ZOOM and not selected:
            return []
        points = self._points(view)
        points.sort(key=lambda point: self._wanted(point[2], selected), reverse=True)
        return [self._label(self._stations[index], px, py, selected) for px, py, index in points]

    def legend(self, tr: Words) -> list[Swatch]:
        fresh = {station.severity for station in self._stations if not station.stale}
        found = [_gauge_swatch(tr, severity) for severity in sorted(fresh, reverse=True)]
        return [*found, *([_stale_swatch(tr)] if any(s.stale for s in self._stations) else [])]

    def _wanted(self, index: int, selected: str) -> tuple[bool, int]:
        station = self._stations[index]
        return station.key == selected, -1 if station.stale else station.severity

    def _label(self, station: Station, px: float, py: float, selected: str) -> Label:
        picked = station.key == selected
        return Label(
            f"{station.name}  {station.value}" if picked else station.value,
            px,
            py,
            12.0 if picked else 8.0,
            _ink(station, picked),
            severity=station.severity,
            opacity=STALE_OPACITY if station.stale else 1.0,
            leader=True,
            needed=picked or (station.severity > Severity.NONE and not station.stale),
        )


class UnitLayer(_Places):
    """An arrow along its course; a ring where the course is not known."""

    def __init__(self, units: Sequence[Unit]) -> None:
        super().__init__("unit", units)
        self._units = tuple(units)

    def draw(self, painter: QPainter, view: MapView, selected: str) -> None:
        for px, py, index in self._points(view):
            unit, centre = self._units[index], QPointF(px, py)
            painter.setOpacity(STALE_OPACITY if unit.stale else 1.0)
            _draw_unit(painter, centre, unit.course_deg)
            painter.setOpacity(1.0)
            if unit.key == selected:
                draw_ring(painter, centre, _UNIT_PX * 0.5 + 5)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        return [
            Label(self._units[index].name, px, py, 10.0, DARK.text_2, needed=key == selected)
            for px, py, index in self._points(view)
            if (key := self._units[index].key) == selected or view.zoom >= _NAMES_FROM_ZOOM
        ]

    def legend(self, tr: Words) -> list[Swatch]:
        if not self._units:
            return []
        return [_unit_swatch(tr("Unit, moving"), 45.0), _unit_swatch(tr("Unit"), None)]


def _gauge_swatch(tr: Words, severity: Severity) -> Swatch:
    ink = DARK.severity(severity) if severity else DARK.data_line
    name = tr("Station")
    text = f"{name}: {tr(SEVERITY_WORDS[severity])}" if severity else name
    return Swatch(text, lambda painter, box: _draw_gauge(painter, box.center(), ink))


def _stale_swatch(tr: Words) -> Swatch:
    def draw(painter: QPainter, box: QRectF) -> None:
        painter.setOpacity(STALE_OPACITY)
        _draw_gauge(painter, box.center(), DARK.data_line)

    return Swatch(tr("Pale: no new value"), draw)


def _ink(station: Station, picked: bool) -> QColor:
    if picked or (station.severity and not station.stale):
        return DARK.text
    return DARK.text_3 if station.stale else DARK.data_line


def _draw_gauge(painter: QPainter, centre: QPointF, ink: QColor) -> None:
    """Draw a ring with a bar across it, as staff gauges are marked on charts."""
    painter.setPen(QPen(ink, 1.6))
    painter.setBrush(palette.SEA)
    radius = _STATION_PX / 2
    painter.drawEllipse(centre, radius, radius)
    painter.setBrush(ink)
    painter.drawRect(QRectF(centre.x() - radius / 2, centre.y() - 0.6, radius, 1.2))


def _unit_swatch(text: str, course_deg: float | None) -> Swatch:
    return Swatch(text, lambda painter, box: _draw_unit(painter, box.center(), course_deg))


def _draw_unit(painter: QPainter, centre: QPointF, course_deg: float | None) -> None:
    painter.setPen(QPen(palette.SEA, 1))
    painter.setBrush(DARK.text)
    if course_deg is None or not np.isfinite(course_deg):
        painter.drawEllipse(centre, _UNIT_PX * 0.35, _UNIT_PX * 0.35)
    else:
        painter.drawPolygon(_arrow(centre, course_deg))


def _arrow(centre: QPointF, course_deg: float) -> QPolygonF:
    turn = np.radians(course_deg % 360.0)
    right, down = float(np.cos(turn)), float(np.sin(turn))
    return QPolygonF(
        [centre + QPointF(x * right - y * down, x * down + y * right) * _UNIT_PX for x, y in _ARROW]
    )
