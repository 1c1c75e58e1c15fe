"""Words on the map, set beside what they name so that none covers another or a symbol."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from paser_command.records import Severity
from paser_ui.map import palette
from paser_ui.map.projection import FloatArray
from paser_ui.map.view import MapView
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import DARK, LABEL_PX
from paser_ui.widgets.plain import cleaned

Corner = tuple[float, float]
"""The upper left corner of a box, in pixels."""

_CELL_PX = 4
_SYMBOL_PX = 10
_LONGEST = 48
_HALO_PX = 3.0
_LEADERS_PX = (20.0, 44.0, 72.0)


class Label(NamedTuple):
    """Text beside a point, `gap_px` from it.

    The severity of a limit puts its symbol before the text, in that opacity.
    """

    text: str
    px: float
    py: float
    gap_px: float
    colour: QColor
    severity: Severity = Severity.NONE
    opacity: float = 1.0
    needed: bool = False
    """Rather over a symbol than not at all; never over another label."""
    leader: bool = False
    """May stand farther off, tied to its point by a line, where there is no room beside it."""


class Placed(NamedTuple):
    """A label and where its box came to be."""

    label: Label
    text: str
    box: QRectF
    afar: bool


class Placer:
    """Where the view has room, in cells of a few pixels; a row of cells is a number's bits."""

    def __init__(self, view: MapView) -> None:
        self._shape = (view.height // _CELL_PX + 2, view.width // _CELL_PX + 2)
        self._width, self._height = view.width, view.height
        self._points = np.zeros(self._shape, bool)
        self._symbols: list[int] | None = None
        self._words = [0] * self._shape[0]

    def block_points(self, px: FloatArray, py: FloatArray, radius_px: float) -> None:
        """Keep labels off symbols at these pixels, all of them in the view."""
        rows, columns = self._shape
        reach = range(-int(radius_px // _CELL_PX), int(radius_px // _CELL_PX) + 1)
        row, column = (py // _CELL_PX).astype(int), (px // _CELL_PX).astype(int)
        for down in reach:
            for right in reach:
                self._points[
                    np.clip(row + down, 0, rows - 1), np.clip(column + right, 0, columns - 1)
                ] = True
        self._symbols = None

    def block_box(self, box: QRectF) -> None:
        """Keep labels off a box altogether."""
        rows, bits = _cells(box.left(), box.top(), box.width(), box.height())
        for row in rows:
            if row < len(self._words):
                self._words[row] |= bits

    def place(self, label: Label, metrics: QFontMetricsF) -> Placed | None:
        """Find the label room around its point; None where there is none."""
        text = " ".join(cleaned(label.text[: 2 * _LONGEST]).split())
        text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        if not text:
            return None
        width = metrics.horizontalAdvance(text) + 2 + (_SYMBOL_PX + 3 if label.severity else 0)
        found = self._room(label, width, metrics.height())
        if found is None:
            return None
        (left, top), afar = found
        box = QRectF(left, top, width, metrics.height())
        self.block_box(box)
        return Placed(label, text, box, afar)

    def _room(self, label: Label, width: float, height: float) -> tuple[Corner, bool] | None:
        """Return the best free corner, and whether it is far from the point."""
        over_symbol: Corner | None = None
        leaders = _LEADERS_PX if label.needed else _LEADERS_PX[:1]
        for leader in (0.0, *(leaders if label.leader else ())):
            corners = _corners(label, label.gap_px + leader, width, height)
            for corner, on_symbol in self._free(corners, width, height):
                if not on_symbol:
                    return corner, leader > 0
                over_symbol = over_symbol or (None if leader else corner)
        return (over_symbol, False) if label.needed and over_symbol else None

    def _free(
        self, corners: Iterator[Corner], width: float, height: float
    ) -> Iterator[tuple[Corner, bool]]:
        """Give the corners of boxes inside the view and on no words, and if one is on a symbol."""
        symbols = self._packed_symbols()
        right_most, lowest = self._width - width, self._height - height
        for left, top in corners:
            if left < 0 or top < 0 or left > right_most or top > lowest:
                continue
            rows, bits = _cells(left, top, width, height)
            if not any(self._words[row] & bits for row in rows):
                yield (left, top), any(symbols[row] & bits for row in rows)

    def _packed_symbols(self) -> list[int]:
        if self._symbols is None:
            packed = np.packbits(self._points, axis=1, bitorder="little")
            self._symbols = [int.from_bytes(row.tobytes(), "little") for row in packed]
        return self._symbols


def _cells(left: float, top: float, width: float, height: float) -> tuple[range, int]:
    """Return the rows of cells that a box meets, and the bits of its columns."""
    first, last = max(0, int(left // _CELL_PX)), max(0, int((left + width) // _CELL_PX))
    rows = range(max(0, int(top // _CELL_PX)), max(0, int((top + height) // _CELL_PX)) + 1)
    return rows, (1 << last + 1) - (1 << first)


def _corners(label: Label, gap: float, width: float, height: float) -> Iterator[Corner]:
    """Give upper left corners about the label's point, the best first."""
    x, y = label.px, label.py
    yield x + gap, y - height / 2
    yield x - gap - width, y - height / 2
    yield x - width / 2, y - gap - height
    yield x - width / 2, y + gap
    yield x + gap * 0.7, y + gap * 0.5
    yield x + gap * 0.7, y - gap * 0.5 - height
    yield x - gap * 0.7 - width, y + gap * 0.5
    yield x - gap * 0.7 - width, y - gap * 0.5 - height


def words_font() -> QFont:
    """Return what labels are written in."""
    return font(LABEL_PX, tabular=True)


def draw_label(painter: QPainter, placed: Placed) -> None:
    """Draw the text with a dark rim, so that it reads over lines."""
    label, box = placed.label, placed.box
    words = words_font()
    base = box.top() + QFontMetricsF(words).ascent()
    if placed.afar:
        painter.setPen(QPen(DARK.text_3, 1))
        painter.drawLine(QPointF(label.px, label.py), _nearest(box, label.px, label.py))
    left = box.left() + 1
    if label.severity:
        painter.setOpacity(label.opacity)
        centre = QPointF(left + _SYMBOL_PX / 2, box.center().y())
        draw_symbol(painter, label.severity, centre, _SYMBOL_PX, filled=True)
        painter.setOpacity(1.0)
        left += _SYMBOL_PX + 3
    outline = QPainterPath()
    outline.addText(QPointF(left, base), words, placed.text)
    painter.strokePath(outline, QPen(palette.SEA, _HALO_PX))
    painter.setPen(label.colour)
    painter.setFont(words)
    painter.drawText(QPointF(left, base), placed.text)


def place_label(town: str, px: float, py: float) -> Label:
    """Return the label of a town."""
    return Label(town, px, py, 7.0, DARK.text_2, needed=True)


def _nearest(box: QRectF, px: float, py: float) -> QPointF:
    """Return the position of the box that is nearest to the point."""
    return QPointF(min(max(px, box.left()), box.right()), min(max(py, box.top()), box.bottom()))
