"""Words on the map, set beside what they name so that none covers another or a symbol."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from paser_command.records import Severity
from paser_ui.map.lettering import Lettering, fitted, words_metrics
from paser_ui.map.projection import FloatArray
from paser_ui.map.view import MapView
from paser_ui.theme.tokens import DARK

_CELL_PX = 4
_MOST_MISSES = 60
"""After so many words that found no room, those that nobody needs are not tried any more."""

_LEADERS_PX = (0.0, 20.0, 44.0, 72.0)
_CORNERS = np.array(
    [
        (1.0, 0.0, 0.0, -0.5),
        (-1.0, -1.0, 0.0, -0.5),
        (0.0, -0.5, -1.0, -1.0),
        (0.0, -0.5, 1.0, 0.0),
        (0.7, 0.0, 0.5, 0.0),
        (0.7, 0.0, -0.5, -1.0),
        (-0.7, -1.0, 0.5, 0.0),
        (-0.7, -1.0, -0.5, -1.0),
    ]
)
"""Where a box may stand about its point, the best first.

Its left edge in gaps and widths from the point, its upper edge in gaps and heights.
"""


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
    """A label, how it is written, and where its box came to be."""

    label: Label
    words: Lettering
    box: QRectF
    afar: bool

    def draw(self, painter: QPainter) -> None:
        """Write the words, and draw the line that ties those that stand afar to their point."""
        if self.afar:
            px, py = self.label.px, self.label.py
            painter.setPen(QPen(DARK.text_3, 1))
            painter.drawLine(QPointF(px, py), _nearest(self.box, px, py))
        self.words.write(painter, self.box.left(), self.box.top())


class _Wanted(NamedTuple):
    label: Label
    words: Lettering
    boxes: Sequence[tuple[float, float]]
    """The upper left corners in the view, the best first."""
    on_symbol: Sequence[bool]
    afar: Sequence[bool]


class Placer:
    """Where the view has room, in cells of a few pixels; a row of cells is a number's bits."""

    def __init__(self, view: MapView) -> None:
        self._width, self._height = view.width, view.height
        self._shape = (view.height // _CELL_PX + 2, view.width // _CELL_PX + 2)
        self._symbols = np.zeros(self._shape, bool)
        self._words = [0] * self._shape[0]

    def block_points(self, px: FloatArray, py: FloatArray, radius_px: float) -> None:
        """Keep labels off symbols at these pixels, all of them in the view."""
        rows, columns = self._shape
        row = np.clip((py / _CELL_PX).astype(int), 0, rows - 1)
        column = np.clip((px / _CELL_PX).astype(int), 0, columns - 1)
        there = np.zeros(self._shape, bool)
        there[row, column] = True
        reach = int(radius_px // _CELL_PX)
        self._symbols |= _widened(_widened(there, reach).T, reach).T

    def block_box(self, box: QRectF) -> None:
        """Keep labels off a box altogether."""
        rows, bits = _cells(box.left(), box.top(), box.width(), box.height())
        for row in rows:
            if row < len(self._words):
                self._words[row] |= bits

    def place(self, labels: Iterable[Label]) -> list[Placed]:
        """Find the labels room around their points; those that come first have the first choice."""
        placed: list[Placed] = []
        misses = 0
        for wanted in self._all_wanted([label for label in labels if fitted(label.text)]):
            if misses >= _MOST_MISSES and not wanted.label.needed:
                continue
            if found := self._room(wanted):
                self.block_box(found.box)
                placed.append(found)
            else:
                misses += 1
        return placed

    def _room(self, wanted: _Wanted) -> Placed | None:
        """Return the best free place: on no symbol, or for what is needed beside its point."""
        label, width, height = wanted.label, wanted.words.width_px, words_metrics().height()
        over_symbol: tuple[float, float] | None = None
        for (left, top), on_symbol, afar in zip(
            wanted.boxes, wanted.on_symbol, wanted.afar, strict=True
        ):
            if on_symbol and (not label.needed or afar or over_symbol):
                continue
            if not self._is_free(left, top, width, height):
                continue
            if not on_symbol:
                return Placed(label, wanted.words, QRectF(left, top, width, height), afar)
            over_symbol = left, top
        if over_symbol is None:
            return None
        return Placed(label, wanted.words, QRectF(*over_symbol, width, height), False)

    def _is_free(self, left: float, top: float, width: float, height: float) -> bool:
        rows, bits = _cells(left, top, width, height)
        return not any(self._words[row] & bits for row in rows)

    def _all_wanted(self, labels: Sequence[Label]) -> list[_Wanted]:
        """Work out for all labels at once where their boxes may stand."""
        words = [_lettering(label) for label in labels]
        width = np.array([one.width_px for one in words])
        height = words_metrics().height()
        left, top = _all_corners(labels, width, height)
        inside = (left >= 0) & (top >= 0)
        inside &= (left <= self._width - width[:, None]) & (top <= self._height - height)
        ties = np.array([len(_LEADERS_PX) if one.needed else 2 for one in labels])
        ties = np.where([one.leader for one in labels], ties, 1)
        ring = np.repeat(np.arange(len(_LEADERS_PX)), len(_CORNERS))
        inside &= ring[None, :] < ties[:, None]
        on_symbol = self._on_symbols(left, top, width[:, None], height)
        found = []
        for index, label in enumerate(labels):
            at = np.flatnonzero(inside[index])
            boxes = list(zip(left[index, at].tolist(), top[index, at].tolist(), strict=True))
            on, afar = on_symbol[index, at].tolist(), (ring[at] > 0).tolist()
            found.append(_Wanted(label, words[index], boxes, on, afar))
        return found

    def _on_symbols(
        self, left: FloatArray, top: FloatArray, width: FloatArray, height: float
    ) -> NDArray[np.bool_]:
        """Tell of each box whether it is on a symbol, by sums over the cells up to a corner."""
        rows, columns = self._shape
        sums = np.zeros((rows + 1, columns + 1), np.int32)
        np.cumsum(np.cumsum(self._symbols, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
        first_row, last_row = _between(top, top + height, rows)
        first, last = _between(left, left + width, columns)
        inside = sums[last_row, last] - sums[first_row, last]
        inside += sums[first_row, first] - sums[last_row, first]
        return inside > 0


def town_label(town: str, px: float, py: float) -> Label:
    """Return the label of a town."""
    return Label(town, px, py, 7.0, DARK.text_2, needed=True)


def _lettering(label: Label) -> Lettering:
    return Lettering(fitted(label.text), label.colour.rgb(), label.severity, label.opacity)


def _all_corners(
    labels: Sequence[Label], width: FloatArray, height: float
) -> tuple[FloatArray, FloatArray]:
    """Return the upper left corners of all places for each label, the best first."""
    px = np.array([label.px for label in labels])[:, None]
    py = np.array([label.py for label in labels])[:, None]
    gaps = np.array([label.gap_px for label in labels])[:, None, None]
    gap = (gaps + np.array(_LEADERS_PX)[None, :, None]) * np.ones(len(_CORNERS))
    across, wide, down, high = _CORNERS.T
    each = (len(labels), len(_LEADERS_PX) * len(_CORNERS))
    left = px + (gap * across + wide * width[:, None, None]).reshape(each)
    top = py + (gap * down + high * height).reshape(each)
    return left, top


def _between(
    low: FloatArray, high: FloatArray, cells: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first cell of each stretch, and the one after its last."""
    first = np.clip(low / _CELL_PX, 0, cells - 1).astype(np.intp)
    return first, np.clip(high / _CELL_PX, 0, cells - 1).astype(np.intp) + 1


def _widened(cells: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Return the cells with those of the rows that are so near, above and below."""
    wide = cells.copy()
    for step in range(1, reach + 1):
        wide[step:] |= cells[:-step]
        wide[:-step] |= cells[step:]
    return wide


def _cells(left: float, top: float, width: float, height: float) -> tuple[range, int]:
    """Return the rows of cells that a box meets, and the bits of its columns."""
    first, last = max(0, int(left // _CELL_PX)), max(0, int((left + width) // _CELL_PX))
    rows = range(max(0, int(top // _CELL_PX)), max(0, int((top + height) // _CELL_PX)) + 1)
    return rows, (1 << last + 1) - (1 << first)


def _nearest(box: QRectF, px: float, py: float) -> QPointF:
    """Return the position of the box that is nearest to the point."""
    return QPointF(min(max(px, box.left()), box.right()), min(max(py, box.top()), box.bottom()))
