"""What stands on the glass: scale bar, coordinates, north, and whose data it is."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from paser_map import palette
from paser_map.labels import Placer
from paser_map.layers import Words
from paser_map.lettering import words_font, words_metrics
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK
from paser_ui.widgets.plain import cleaned

_EDGE_PX = 14
_BAR_PX = 110
_LINE_PX = 18
_STRIP_PX = 32
_GAP_PX = 24
_STRIP = QColor(palette.SEA)
_STRIP.setAlpha(170)
_BETWEEN = " · "
_LONGEST_SOURCE = 200
"""Longer than any name of a source; what is longer is not one."""
_NORTH_PX = 22.0
_WIDEST_PLACE = "00°00′00″ XX  000°00′00″ XX"


class Glass(NamedTuple):
    """The strip at the foot of a view and the arrow to north, laid out.

    The sources are never cut short: where they have no room beside the coordinates they take as
    many lines as they need above them.
    """

    view: MapView
    scale: str
    scale_px: float
    place: str
    north: str
    sources: tuple[str, ...]
    beside: bool
    """Whether the sources stand in the line of the scale bar."""

    @property
    def strip(self) -> QRectF:
        """The strip's box."""
        above = 0 if self.beside else len(self.sources) * _LINE_PX
        height = _STRIP_PX + above
        return QRectF(0, self.view.height - height, self.view.width, height)

    def block(self, placer: Placer) -> None:
        """Keep labels off the strip and the arrow."""
        placer.block_box(self.strip)
        placer.block_box(self._north_box())

    def draw(self, painter: QPainter) -> None:
        """Draw all of it."""
        painter.fillRect(self.strip, _STRIP)
        painter.setFont(words_font())
        foot = self.view.height - _EDGE_PX
        self._draw_scale(painter, foot)
        painter.setPen(DARK.text_2)
        painter.drawText(QPointF(_place_left(self.scale, self.scale_px), foot), self.place)
        metrics = words_metrics()
        painter.setPen(DARK.text_3)
        for index, line in enumerate(reversed(self.sources)):
            left = self.view.width - _EDGE_PX - metrics.horizontalAdvance(line)
            up = index if self.beside else index + 1
            painter.drawText(QPointF(left, foot - up * _LINE_PX), line)
        self._draw_north(painter, metrics)

    def _draw_scale(self, painter: QPainter, foot: float) -> None:
        left, right = float(_EDGE_PX), _EDGE_PX + self.scale_px
        painter.setPen(QPen(DARK.text_3, 1))
        painter.drawLine(QPointF(left, foot - 4.5), QPointF(right, foot - 4.5))
        for x in (left, right):
            painter.drawLine(QPointF(x, foot - 8.5), QPointF(x, foot - 0.5))
        painter.setPen(DARK.text_2)
        painter.drawText(QPointF(right + 8, foot), self.scale)

    def _draw_north(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        box = self._north_box()
        x, top = box.center().x(), box.top()
        corners = ((0.0, 0.0), (5.0, 12.0), (0.0, 9.0), (-5.0, 12.0))
        painter.setPen(QPen(palette.SEA, 1))
        painter.setBrush(DARK.text_2)
        painter.drawPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in corners]))
        painter.setPen(DARK.text_2)
        base = top + 12 + metrics.ascent()
        painter.drawText(QPointF(x - metrics.horizontalAdvance(self.north) / 2, base), self.north)

    def _north_box(self) -> QRectF:
        return QRectF(self.view.width - _EDGE_PX - _NORTH_PX, _EDGE_PX, _NORTH_PX, 30)


def lay_out_glass(view: MapView, tr: Words, place: str, sources: Sequence[str]) -> Glass:
    """Return the glass of a view. `place` is what is written of the pointer's place."""
    metrics = words_metrics()
    metres, scale_px = scale_of(view)
    scale = tr("{n} km", n=f"{metres / 1000:g}") if metres >= 1000 else tr("{n} m", n=f"{metres:g}")
    texts = [cleaned(source[:_LONGEST_SOURCE]) for source in sources]
    one_line = _BETWEEN.join(texts)
    place_left = _place_left(scale, scale_px)
    place_room = view.width - _EDGE_PX - place_left
    place = place if metrics.horizontalAdvance(place) <= place_room else ""
    beside_room = place_room - metrics.horizontalAdvance(_WIDEST_PLACE) - _GAP_PX
    beside = metrics.horizontalAdvance(one_line) <= beside_room
    lines = (one_line,) if beside else _lines(texts, metrics, view.width - 2 * _EDGE_PX)
    return Glass(view, scale, scale_px, place, tr("N"), lines, beside)


def scale_of(view: MapView) -> tuple[float, float]:
    """Return the length of the scale bar: metres on the ground (1, 2 or 5 times ten), pixels."""
    most_m = view.ground_metres_per_px * min(_BAR_PX, view.width / 4)
    ten = 10.0 ** math.floor(math.log10(most_m))
    metres = next(step * ten for step in (5.0, 2.0, 1.0) if step * ten <= most_m)
    return metres, metres / view.ground_metres_per_px


def _place_left(scale: str, scale_px: float) -> float:
    """Return where the coordinates begin; where the scale's text ends does not move them."""
    return _EDGE_PX + max(_BAR_PX, scale_px) + 8 + 64.0


def _lines(texts: Sequence[str], metrics: QFontMetricsF, room: float) -> tuple[str, ...]:
    """Set the sources in lines, broken between two of them, in a long one between its letters."""
    lines: list[str] = []
    line = ""
    for text in texts:
        joined = f"{line}{_BETWEEN}{text}" if line else text
        if metrics.horizontalAdvance(joined) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        line = text
        while metrics.horizontalAdvance(line) > room and len(line) > 1:
            fits = _fitting(line, metrics, room)
            lines.append(line[:fits])
            line = line[fits:].lstrip()
    return (*lines, line) if line else tuple(lines)


def _fitting(text: str, metrics: QFontMetricsF, room: float) -> int:
    """Return how many letters of the text fit, up to a space where there is one; at least one."""
    most = next(
        n for n in range(len(text), 0, -1) if n == 1 or metrics.horizontalAdvance(text[:n]) <= room
    )
    space = text.rfind(" ", 1, most + 1)
    return space if space > 0 else most
