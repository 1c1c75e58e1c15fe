"""Words on the map, set beside what they name so that none covers another or a symbol."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from paser_command.records import Severity
from paser_ui.map import palette
from paser_ui.map.projection import FloatArray
from paser_ui.map.view import MapView
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import DARK
from paser_ui.widgets.plain import cleaned

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
    """Where the view still has room, in cells of a few pixels."""

    def __init__(self, view: MapView) -> None:
        shape = (view.height // _CELL_PX + 2, view.width // _CELL_PX + 2)
        self._view = view
        self._symbols = np.zeros(shape, bool)
        self._words = np.zeros(shape, bool)

    def block_points(self, px: FloatArray, py: FloatArray, radius_px: float) -> None:
        """Keep labels off symbols at these pixels, all of them in the view."""
        rows, columns = self._symbols.shape
        reach = range(-int(radius_px // _CELL_PX), int(radius_px // _CELL_PX) + 1)
        row, column = (py // _CELL_PX).astype(int), (px // _CELL_PX).astype(int)
        for down in reach:
            for right in reach:
                self._symbols[
                    np.clip(row + down, 0, rows - 1), np.clip(column + right, 0, columns - 1)
                ] = True

    def block_box(self, box: QRectF) -> None:
        """Keep labels off a box altogether."""
        self._words[self._cells(box)] = True

    def place(self, label: Label, metrics: QFontMetricsF) -> Placed | None:
        """Find the label room around its point; None where there is none."""
        text = " ".join(cleaned(label.text[: 2 * _LONGEST]).split())
        text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        width = metrics.horizontalAdvance(text) + 2 + (_SYMBOL_PX + 3 if label.severity else 0)
        near = self._free(_boxes(label, label.gap_px, width, metrics.height()))
        choices = [(box, False) for box in near if not self._taken(self._symbols, box)]
        leaders = _LEADERS_PX if label.needed else _LEADERS_PX[:1]
        for leader in leaders if label.leader and not choices else ():
            far = self._free(_boxes(label, label.gap_px + leader, width, metrics.height()))
            choices += [(box, True) for box in far if not self._taken(self._symbols, box)]
        if label.needed:
            choices += [(box, False) for box in near]
        if not text or not choices:
            return None
        self.block_box(choices[0][0])
        return Placed(label, text, *choices[0])

    def _free(self, boxes: list[QRectF]) -> list[QRectF]:
        return [box for box in boxes if self._inside(box) and not self._taken(self._words, box)]

    def _inside(self, box: QRectF) -> bool:
        return QRectF(0, 0, self._view.width, self._view.height).contains(box)

    def _taken(self, grid: np.ndarray, box: QRectF) -> bool:
        return bool(grid[self._cells(box)].any())

    def _cells(self, box: QRectF) -> tuple[slice, slice]:
        def span(low: float, high: float) -> slice:
            return slice(max(0, int(low // _CELL_PX)), max(0, int(high // _CELL_PX) + 1))

        return span(box.top(), box.bottom()), span(box.left(), box.right())


def _boxes(label: Label, gap: float, width: float, height: float) -> list[QRectF]:
    return [
        QRectF(label.px + dx, label.py + dy, width, height)
        for dx, dy in (
            (gap, -height / 2),
            (-gap - width, -height / 2),
            (-width / 2, -gap - height),
            (-width / 2, gap),
            (gap * 0.7, gap * 0.5),
            (gap * 0.7, -gap * 0.5 - height),
            (-gap * 0.7 - width, gap * 0.5),
            (-gap * 0.7 - width, -gap * 0.5 - height),
        )
    ]


def draw_label(painter: QPainter, placed: Placed, font: QFont, ascent_px: float) -> None:
    """Draw the text with a dark rim, so that it reads over lines."""
    label, box = placed.label, placed.box
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
    outline.addText(QPointF(left, box.top() + ascent_px), font, placed.text)
    painter.strokePath(outline, QPen(palette.SEA, _HALO_PX))
    painter.setPen(label.colour)
    painter.setFont(font)
    painter.drawText(QPointF(left, box.top() + ascent_px), placed.text)


def place_label(town: str, px: float, py: float) -> Label:
    """Return the label of a town."""
    return Label(town, px, py, 7.0, DARK.text_2, needed=True)


def _nearest(box: QRectF, px: float, py: float) -> QPointF:
    """Return the position of the box that is nearest to the point."""
    return QPointF(min(max(px, box.left()), box.right()), min(max(py, box.top()), box.bottom()))
