"""Drawings and geofences on the map, as all consoles see them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen

from paser_command.geo import Circle
from paser_command.geodesy import circle
from paser_command.picture.drawing_change import DrawnShape, Purpose
from paser_command.picture.drawings import Drawing, drawing_geometry
from paser_map import palette
from paser_map.clip import area_path, line_path
from paser_map.drawing.ink import (
    COLOURS,
    FENCE_DASH_PX,
    LINE_PX,
    dots,
    draw_pin,
    fence_pen,
    line_pen,
    veil,
)
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.projection import FloatArray, to_map
from paser_map.strokes import stroke
from paser_map.view import MapView
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import DARK, LABEL_PX, TEXT_PX
from paser_ui.widgets.plain import cleaned

_PIN_UP_PX = 13.0
_NAMES_FROM_PX = 36.0
"""A line or an area that is smaller in the view does without its name."""
_LONGEST = 60
_REACH_PX, _TEXT_REACH_PX = 24.0, 260.0
"""How far lines and pins, and texts, reach from their places."""
_TEXT_HIGH_PX = 20.0
_MOST_SIMPLE = 600
"""Elements of a path in the view that are drawn as finely as can be."""
_ABOVE = (DrawnShape.LINE, DrawnShape.POINT, DrawnShape.TEXT)
"""What lies above areas and circles, the lowest first."""


class _Ink(NamedTuple):
    """A drawing with its line on the map, in metres; `box` is west, south, east, north.

    `middle` is where its name stands, `name_px` how wide that is.
    """

    drawing: Drawing
    x: FloatArray
    y: FloatArray
    box: tuple[float, float, float, float]
    middle: tuple[float, float]
    name_px: float

    @property
    def wide(self) -> float:
        west, south, east, north = self.box
        return max(east - west, north - south)


class DrawingLayer:
    """All drawings: areas lie below lines, lines below points, large areas below small ones."""

    kind = "drawing"
    still = True

    def __init__(self, drawings: Iterable[Drawing]) -> None:
        inks = (_ink(drawing) for drawing in drawings)
        self._inks = sorted(inks, key=lambda ink: (_rank(ink.drawing.shape), -ink.wide))
        self._index = {ink.drawing.key: number for number, ink in enumerate(self._inks)}

    def steps(self, painter: QPainter, view: MapView, selected: str) -> Iterator[None]:
        for ink in self._seen(view):
            _draw(painter, view, ink, picked=ink.drawing.key == selected)
            yield

    def poll(self) -> bool:
        return False

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        point = QPointF(px, py)
        near = self._near(view, (px, py), (px, py))
        met = (ink for ink in near if _meets(view, ink, point, tolerance_px))
        return [Hit(self.kind, ink.drawing.key) for ink in met][::-1]

    def block(self, view: MapView, placer: Placer) -> None:
        for ink in self._seen(view):
            if ink.drawing.shape is DrawnShape.TEXT:
                placer.block_box(_text_box(view, ink))
            elif ink.drawing.shape is DrawnShape.POINT:
                at = _middle(view, ink) - QPointF(0, _PIN_UP_PX)
                if view.seen(np.array([at.x()]), np.array([at.y()]))[0]:
                    placer.block_points(np.array([at.x()]), np.array([at.y()]), 6)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        named = [ink for ink in self._seen(view) if _is_named(view, ink, selected)]
        named.sort(key=lambda ink: ink.drawing.key != selected)
        return [_label(view, ink, needed=ink.drawing.key == selected) for ink in named]

    def place_of(self, key: str) -> tuple[float, float] | None:
        number = self._index.get(key)
        if number is None:
            return None
        west, south, east, north = self._inks[number].box
        return (west + east) / 2, (south + north) / 2

    def legend(self, tr: Words) -> list[Swatch]:
        found = [
            Swatch(tr("Geofence"), _sample_fence),
            Swatch(tr("Drawn by operators"), _sample_line),
        ]
        fences = {ink.drawing.purpose is Purpose.GEOFENCE for ink in self._inks}
        return [
            swatch
            for swatch, is_fence in zip(found, (True, False), strict=True)
            if is_fence in fences
        ]

    def _seen(self, view: MapView) -> Iterator[_Ink]:
        return self._near(view, (0.0, 0.0), (view.width, view.height))

    def _near(
        self,
        view: MapView,
        upper_left: tuple[float, float],
        lower_right: tuple[float, float],
    ) -> Iterator[_Ink]:
        """Give the drawings whose boxes come near to a box of pixels, the lowest first."""
        west, north = view.to_map(*upper_left)
        east, south = view.to_map(*lower_right)
        for ink in self._inks:
            box = ink.box
            is_text = ink.drawing.shape is DrawnShape.TEXT
            margin = (_TEXT_REACH_PX if is_text else _REACH_PX) * view.metres_per_px
            meets_x = box[0] <= east + margin and box[2] >= west - margin
            if meets_x and box[1] <= north + margin and box[3] >= south - margin:
                yield ink


def _rank(shape: DrawnShape) -> int:
    return _ABOVE.index(shape) + 1 if shape in _ABOVE else 0


def _ink(drawing: Drawing) -> _Ink:
    geometry = drawing_geometry(drawing)
    if isinstance(geometry, Circle):
        places = circle((geometry.lon, geometry.lat), geometry.radius_m)
    else:
        (places,) = geometry.rings
    lons, lats = zip(*places, strict=True)
    x, y = to_map(lons, lats)
    box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    words = font(TEXT_PX) if drawing.shape is DrawnShape.TEXT else font(LABEL_PX, tabular=True)
    name_px = QFontMetricsF(words).horizontalAdvance(_text(drawing))
    return _Ink(drawing, x, y, box, _middle_of(drawing.shape, x, y), name_px)


def _middle_of(shape: DrawnShape, x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Return a line's middle corner, an area's centre of gravity."""
    half = len(x) // 2
    if shape not in (DrawnShape.AREA, DrawnShape.CIRCLE):
        return float(x[half]), float(y[half])
    # From the first corner, so that large numbers do not swallow small areas.
    east, north = x - x[0], y - y[0]
    cross = east[:-1] * north[1:] - east[1:] * north[:-1]
    twice_area = float(cross.sum())
    if abs(twice_area) < 1.0:
        return float(x[half]), float(y[half])
    third = 1 / (3 * twice_area)
    away_x = float(((east[:-1] + east[1:]) * cross).sum()) * third
    away_y = float(((north[:-1] + north[1:]) * cross).sum()) * third
    return float(x[0]) + away_x, float(y[0]) + away_y


def _draw(painter: QPainter, view: MapView, ink: _Ink, *, picked: bool) -> None:
    shape = ink.drawing.shape
    if shape is DrawnShape.TEXT:
        _draw_text(painter, view, ink, picked=picked)
    elif shape is DrawnShape.POINT:
        at = _middle(view, ink)
        if picked:
            painter.setPen(QPen(DARK.selection, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at - QPointF(0, _PIN_UP_PX), 10.0, 10.0)
        draw_pin(painter, at, COLOURS[ink.drawing.colour])
    else:
        _draw_extent(painter, view, ink, picked=picked)


def _draw_extent(painter: QPainter, view: MapView, ink: _Ink, *, picked: bool) -> None:
    """Draw a line, an area or a circle; one that crosses itself often must not take long."""
    colour, path = COLOURS[ink.drawing.colour], _path(view, ink)
    simple = path.elementCount() <= _MOST_SIMPLE
    fence = ink.drawing.purpose is Purpose.GEOFENCE
    if ink.drawing.shape is not DrawnShape.LINE:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, simple)
        painter.fillPath(path, dots(colour) if fence else veil(colour))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if picked and simple:
        painter.strokePath(path, QPen(DARK.selection, 5))
    elif picked:
        colour = DARK.selection
    stroke(painter, path, colour, LINE_PX, FENCE_DASH_PX if fence and simple else ())


def _draw_text(painter: QPainter, view: MapView, ink: _Ink, *, picked: bool) -> None:
    words, box = font(TEXT_PX), _text_box(view, ink)
    base = QPointF(box.left(), box.top() + QFontMetricsF(words).ascent())
    outline = QPainterPath()
    outline.addText(base, words, _text(ink.drawing))
    painter.strokePath(outline, QPen(palette.SEA, 3.5))
    painter.setFont(words)
    painter.setPen(COLOURS[ink.drawing.colour])
    painter.drawText(base, _text(ink.drawing))
    if picked:
        painter.setPen(QPen(DARK.selection, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-4, -2, 4, 2))


def _text(drawing: Drawing) -> str:
    text = " ".join(cleaned(drawing.name).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _text_box(view: MapView, ink: _Ink) -> QRectF:
    at, width = _middle(view, ink), ink.name_px
    return QRectF(
        round(at.x() - width / 2), round(at.y() - _TEXT_HIGH_PX / 2), width, _TEXT_HIGH_PX
    )


def _middle(view: MapView, ink: _Ink) -> QPointF:
    px, py = view.to_screen(np.array([ink.middle[0]]), np.array([ink.middle[1]]))
    return QPointF(float(px[0]), float(py[0]))


def _path(view: MapView, ink: _Ink) -> QPainterPath:
    lines = ((ink.x, ink.y),)
    if ink.drawing.shape is DrawnShape.LINE:
        return line_path(view, lines)
    path = area_path(view, lines)
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def _meets(view: MapView, ink: _Ink, point: QPointF, tolerance_px: float) -> bool:
    shape = ink.drawing.shape
    if shape is DrawnShape.TEXT:
        return _text_box(view, ink).adjusted(-4, -2, 4, 2).contains(point)
    if shape is DrawnShape.POINT:
        away = _middle(view, ink) - QPointF(0, _PIN_UP_PX / 2) - point
        return abs(away.x()) <= tolerance_px and abs(away.y()) <= tolerance_px + _PIN_UP_PX / 2
    path = _path(view, ink)
    if shape is not DrawnShape.LINE:
        return path.contains(point)
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * tolerance_px)
    return stroker.createStroke(path).contains(point)


def _is_named(view: MapView, ink: _Ink, selected: str) -> bool:
    drawing = ink.drawing
    if not drawing.name or drawing.shape is DrawnShape.TEXT:
        return False
    large = ink.wide / view.metres_per_px >= _NAMES_FROM_PX
    return large or drawing.shape is DrawnShape.POINT or drawing.key == selected


def _label(view: MapView, ink: _Ink, *, needed: bool) -> Label:
    """Return the name: beside a point, above all in the middle of what has an extent."""
    name, at, colour = ink.drawing.name, _middle(view, ink), COLOURS[ink.drawing.colour]
    if ink.drawing.shape is DrawnShape.POINT:
        return Label(name, at.x(), at.y() - _PIN_UP_PX, 9.0, colour, needed=needed)
    gap = 5.0
    return Label(name, at.x() - ink.name_px / 2 - gap, at.y(), gap, colour, needed=needed)


def _sample_fence(painter: QPainter, box: QRectF) -> None:
    ink, inner = DARK.text_2, box.adjusted(2, 2, -2, -2)
    painter.fillRect(inner, dots(ink))
    painter.setPen(fence_pen(ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(inner)


def _sample_line(painter: QPainter, box: QRectF) -> None:
    ink, inner = DARK.text_2, box.adjusted(2, 3, -2, -3)
    painter.fillRect(inner, veil(ink))
    painter.setPen(line_pen(ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(inner)
