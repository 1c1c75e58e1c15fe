"""How the features of files are drawn: lines, filled areas, dots and round points."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from paser_command.maps.definition import Style
from paser_command.maps.styles import Looks
from paser_command.maps.vector.shapes import Kind
from paser_map import palette
from paser_map.projection import FloatArray
from paser_map.shape_paths import middles, parted, paths_of, places
from paser_map.shape_piece import IntArray, Piece
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

_SELECTED_PX = 3.0
_SELECTED_ALPHA = 40

_GRAIN_PX = 1.5
"""Points and dots of one look within such a square are drawn once."""

THIN_PX = 1.0
"""A wider line takes ten times as long to draw."""

_MANY_STEPS = 4_000
"""A path of more positions gets a thin line."""

_DOT_ALPHA = 150
_LEAST_DOT_PX = 1.2


class Sample(NamedTuple):
    """A look for the legend: which kinds of features have it, its colour, and the layer's style."""

    kinds: set[Kind]
    colour: str
    style: Style


class Crowd:
    """Which squares of a view already have a point of a look."""

    def __init__(self, view: MapView) -> None:
        self._columns = int(view.width / _GRAIN_PX) + 3
        rows = int(view.height / _GRAIN_PX) + 3
        self._size = self._columns * rows
        self._taken: dict[int, np.ndarray] = {}
        self._view = view

    def first(self, px: FloatArray, py: FloatArray, look: int) -> IntArray:
        """Return which of the pixels are the first in their square, and in the view; take them."""
        seen = np.flatnonzero(self._view.seen(px, py, _GRAIN_PX))
        column = ((px[seen] + _GRAIN_PX) / _GRAIN_PX).astype(np.int64)
        row = ((py[seen] + _GRAIN_PX) / _GRAIN_PX).astype(np.int64)
        cell, first = np.unique(row * self._columns + column, return_index=True)
        taken = self._taken.setdefault(look, np.zeros(self._size, bool))
        free = ~taken[cell]
        taken[cell] = True
        chosen: IntArray = np.sort(seen[first[free]])
        return chosen


def ink(colour: str) -> QColor:
    """Return a style's colour; the theme's own for "" and for what is none."""
    found = QColor(colour) if colour else DARK.data_line
    return found if found.isValid() else DARK.data_line


def draw_features(
    painter: QPainter,
    view: MapView,
    piece: Piece,
    indices: IntArray,
    looks: Looks,
    style: Style,
    crowd: Crowd,
) -> Iterator[None]:
    """Draw some features of a piece, those of one look together, in pieces of a path each."""
    colours = looks.colour[indices]
    for look in np.unique(colours).tolist():
        colour = ink(looks.palette[look])
        groups = parted(piece, indices[colours == look], view)
        if len(groups.dots):
            px, py, across_px = middles(piece, groups.dots, view)
            first = crowd.first(px, py, look)
            _draw_dots(painter, px[first], py[first], across_px[first], colour)
        for path in paths_of(piece, groups.areas, view, Kind.AREA):
            _draw_area(painter, path, colour, style)
            yield
        for path in paths_of(piece, groups.lines, view, Kind.LINE):
            _draw_line(painter, path, colour, style.line_px)
            yield
        if len(groups.points):
            px, py, owner = places(piece, groups.points, view)
            first = crowd.first(px, py, look)
            _draw_points(painter, px[first], py[first], looks.size_px[owner[first]], colour)
        yield


def draw_selected(
    painter: QPainter, view: MapView, piece: Piece, index: int, size_px: float
) -> None:
    """Draw the mark of what is selected about one feature."""
    kind = Kind(int(piece.kinds[index]))
    only = np.array([index])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind is Kind.POINT:
        painter.setPen(QPen(DARK.selection, 2))
        for px, py in zip(
            *(pixels.tolist() for pixels in places(piece, only, view)[:2]), strict=True
        ):
            painter.drawEllipse(QPointF(px, py), size_px / 2 + 4, size_px / 2 + 4)
        return
    for path in paths_of(piece, only, view, kind):
        if kind is Kind.AREA:
            veil = QColor(DARK.selection)
            veil.setAlpha(_SELECTED_ALPHA)
            painter.fillPath(path, veil)
        painter.strokePath(path, QPen(DARK.selection, _SELECTED_PX))


def draw_sample(painter: QPainter, box: QRectF, look: Sample) -> None:
    """Draw what a look is like into a box of the legend."""
    kinds, colour, style = look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = ink(colour)
    middle = box.center()
    if Kind.AREA in kinds:
        path = QPainterPath()
        path.addRect(box.adjusted(3, 2, -3, -2))
        _draw_area(painter, path, shade, style)
    elif Kind.LINE in kinds:
        painter.setPen(QPen(shade, max(style.line_px, 1.0)))
        painter.drawLine(QPointF(box.left() + 2, middle.y()), QPointF(box.right() - 2, middle.y()))
    if Kind.POINT in kinds:
        size_px = min(style.size_px, box.height() - 2)
        px, py = np.array([middle.x()]), np.array([middle.y()])
        _draw_points(painter, px, py, np.array([size_px]), shade)


def _draw_area(painter: QPainter, path: QPainterPath, colour: QColor, style: Style) -> None:
    if path.isEmpty():
        return
    veil = QColor(colour)
    veil.setAlphaF(style.fill_opacity)
    if style.fill_opacity > 0:
        painter.fillPath(path, veil)
    _draw_line(painter, path, colour, style.line_px)


def _draw_line(painter: QPainter, path: QPainterPath, colour: QColor, width_px: float) -> None:
    if path.isEmpty() or width_px <= 0:
        return
    many = path.elementCount() > _MANY_STEPS
    pen = QPen(colour, min(width_px, THIN_PX) if many else width_px)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(True)
    painter.strokePath(path, pen)


def _draw_dots(
    painter: QPainter, px: FloatArray, py: FloatArray, across_px: FloatArray, colour: QColor
) -> None:
    shade = QColor(colour)
    shade.setAlpha(_DOT_ALPHA)
    side = np.maximum(across_px, _LEAST_DOT_PX)
    corners = (px - side / 2).tolist(), (py - side / 2).tolist(), side.tolist()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawRects([QRectF(x, y, each, each) for x, y, each in zip(*corners, strict=True)])


def _draw_points(
    painter: QPainter, px: FloatArray, py: FloatArray, size_px: FloatArray, colour: QColor
) -> None:
    dpr = painter.device().devicePixelRatioF()
    sizes = np.round(size_px).astype(int)
    for size in np.unique(sizes).tolist():
        sprite = _sprite(size, colour.rgba(), dpr)
        half = sprite.width() / dpr / 2
        these = sizes == size
        for x, y in zip((px[these] - half).tolist(), (py[these] - half).tolist(), strict=True):
            painter.drawPixmap(QPointF(x, y), sprite)


@cache
def _sprite(size_px: int, rgba: int, dpr: float) -> QPixmap:
    side = round((size_px + 2) * dpr)
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.SEA, 1))
    painter.setBrush(QColor.fromRgba(rgba))
    middle = side / dpr / 2
    painter.drawEllipse(QPointF(middle, middle), size_px / 2, size_px / 2)
    painter.end()
    return pixmap
