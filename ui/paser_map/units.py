"""Units on the map: an arrow along the course, the way it came, and its age once it is stale."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from paser_command.geo import LonLat
from paser_map import palette
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.points import draw_ring
from paser_map.projection import FloatArray, to_map
from paser_map.stations import STALE_OPACITY
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

_UNIT_PX = 12.0
_MARGIN_PX = 12.0
_NAMES_FROM_ZOOM = 10.5
_ARROW = ((0.0, -0.6), (0.45, 0.5), (0.0, 0.22), (-0.45, 0.5))
_FADES = 4
"""In so many pieces a trail fades away."""
_FADED = 40
"""How much of 255 is left at a trail's far end."""


class Unit(NamedTuple):
    """Where a unit is; course in degrees from north, None while that is not known.

    `age` is written beside a unit that is stale; `trail` are the places before, the oldest first.
    """

    key: str
    name: str
    lon: float
    lat: float
    course_deg: float | None
    stale: bool
    age: str = ""
    trail: tuple[LonLat, ...] = ()


class UnitLayer:
    """Units and their trails. A unit that does not move is a dot."""

    kind = "unit"
    still = False

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = tuple(units)
        self._x, self._y = to_map([unit.lon for unit in units], [unit.lat for unit in units])
        self._index = {unit.key: index for index, unit in enumerate(units)}
        self._trails = [_projected(unit) for unit in units]

    def draw(self, painter: QPainter, view: MapView, selected: str) -> None:
        """Draw all trails, and over them the units."""
        for unit, (x, y) in zip(self._units, self._trails, strict=True):
            if len(x) > 1:
                _draw_trail(painter, *view.to_screen(x, y), view, stale=unit.stale)
        for px, py, index in self._points(view):
            unit, centre = self._units[index], QPointF(px, py)
            painter.setOpacity(STALE_OPACITY if unit.stale else 1.0)
            _draw_unit(painter, centre, unit.course_deg)
            painter.setOpacity(1.0)
            if unit.key == selected:
                draw_ring(painter, centre, _UNIT_PX * 0.5 + 5)

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        """Return the units near the pixel, the nearest first."""
        at_x, at_y, shown = self._seen(view)
        distance = np.hypot(at_x - px, at_y - py)
        near = np.argsort(distance, kind="stable")
        near = near[distance[near] <= tolerance_px]
        return [Hit(self.kind, self._units[index].key) for index in shown[near]]

    def block(self, view: MapView, placer: Placer) -> None:
        """Keep labels off the units."""
        px, py, _ = self._seen(view)
        placer.block_points(px, py, 6)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        """Return the names, close by; a stale one has its age."""
        return [
            _label(self._units[index], px, py, picked=self._units[index].key == selected)
            for px, py, index in self._points(view)
            if self._units[index].key == selected or view.zoom >= _NAMES_FROM_ZOOM
        ]

    def place_of(self, key: str) -> tuple[float, float] | None:
        """Return where a unit is, in metres on the map."""
        index = self._index.get(key)
        if index is None or not np.isfinite(self._x[index]):
            return None
        return float(self._x[index]), float(self._y[index])

    def poll(self) -> bool:
        """Nothing comes from elsewhere."""
        return False

    def legend(self, tr: Words) -> list[Swatch]:
        """Return what arrows, dots, lines and paleness mean."""
        if not self._units:
            return []
        swatches = [_unit_swatch(tr("Unit, moving"), 45.0), _unit_swatch(tr("Unit"), None)]
        if any(len(x) > 1 for x, _ in self._trails):
            swatches.append(_trail_swatch(tr("The way of a unit")))
        if any(unit.stale for unit in self._units):
            swatches.append(_unit_swatch(tr("Pale: not heard of late"), None, STALE_OPACITY))
        return swatches

    def _seen(self, view: MapView) -> tuple[FloatArray, FloatArray, np.ndarray]:
        px, py = view.to_screen(self._x, self._y)
        shown = np.flatnonzero(view.seen(px, py, _MARGIN_PX))
        return px[shown], py[shown], shown

    def _points(self, view: MapView) -> list[tuple[float, float, int]]:
        px, py, shown = self._seen(view)
        return list(zip(px.tolist(), py.tolist(), shown.tolist(), strict=True))


def _projected(unit: Unit) -> tuple[FloatArray, FloatArray]:
    """Return the trail in metres on the map, with the unit at its end."""
    places = [*unit.trail, (unit.lon, unit.lat)]
    x, y = to_map([lon for lon, _ in places], [lat for _, lat in places])
    finite = np.isfinite(x) & np.isfinite(y)
    return x[finite], y[finite]


def _label(unit: Unit, px: float, py: float, *, picked: bool) -> Label:
    name = f"{unit.name} · {unit.age}" if unit.stale and unit.age else unit.name
    return Label(name, px, py, 10.0, DARK.text_3 if unit.stale else DARK.text_2, needed=picked)


def _draw_trail(
    painter: QPainter, px: FloatArray, py: FloatArray, view: MapView, *, stale: bool
) -> None:
    if not _meets(px, py, view):
        return
    painter.setOpacity(STALE_OPACITY if stale else 1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    edges = np.linspace(0, len(px) - 1, _FADES + 1).round().astype(int).tolist()
    for piece, (first, last) in enumerate(pairwise(edges)):
        if last > first:
            painter.setPen(_ink(piece))
            xs, ys = px[first : last + 1].tolist(), py[first : last + 1].tolist()
            painter.drawPolyline([QPointF(x, y) for x, y in zip(xs, ys, strict=True)])
    painter.setOpacity(1.0)


def _meets(px: FloatArray, py: FloatArray, view: MapView) -> bool:
    across = px.max() >= 0 and px.min() <= view.width
    return bool(across and py.max() >= 0 and py.min() <= view.height)


def _ink(piece: int) -> QPen:
    colour = QColor(DARK.text_2)
    colour.setAlpha(_FADED + (255 - _FADED) * (piece + 1) // _FADES)
    return QPen(colour, 1)


def _unit_swatch(text: str, course_deg: float | None, opacity: float = 1.0) -> Swatch:
    def draw(painter: QPainter, box: QRectF) -> None:
        painter.setOpacity(opacity)
        _draw_unit(painter, box.center(), course_deg)

    return Swatch(text, draw)


def _trail_swatch(text: str) -> Swatch:
    def draw(painter: QPainter, box: QRectF) -> None:
        for piece in range(_FADES):
            painter.setPen(_ink(piece))
            left = box.left() + box.width() * piece / _FADES
            right = left + box.width() / _FADES
            painter.drawLine(QPointF(left, box.center().y()), QPointF(right, box.center().y()))

    return Swatch(text, draw)


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
