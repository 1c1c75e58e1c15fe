"""Words on the map, set beside what they name so that none covers another or a symbol."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from paser_command.records import Severity
from paser_map.lettering import Lettering, fitted, words_metrics
from paser_map.projection import FloatArray
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

Cells = NDArray[np.intp]

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
    filled: bool = False
    """The symbol: nobody has acknowledged it."""
    opacity: float = 1.0
    needed: bool = False
    """Rather over a symbol than not at all; never over another label."""
    leader: bool = False
    """May stand farther off, tied to its point by a line, where there is no room beside it."""
    off_symbols: bool = False
    """The same, but only where there would be room beside it if no symbol lay there."""


class Placed(NamedTuple):
    """A label, how it is written, where its box came to be, and the line that ties it, if any."""

    label: Label
    words: Lettering
    box: QRectF
    leader: QLineF | None = None

    def moved(self, dx_px: float, dy_px: float) -> "Placed":
        """Return it elsewhere."""
        label = self.label._replace(px=self.label.px + dx_px, py=self.label.py + dy_px)
        leader = self.leader.translated(dx_px, dy_px) if self.leader else None
        return self._replace(label=label, box=self.box.translated(dx_px, dy_px), leader=leader)

    def draw(self, painter: QPainter, dpr: float | None) -> None:
        """Write the words; `dpr` is the painter's `picture_dpr`."""
        self.draw_leader(painter)
        self.words.write(painter, self.box.left(), self.box.top(), dpr)

    def draw_leader(self, painter: QPainter) -> None:
        """Draw the line that ties words that stand afar to their point."""
        if self.leader:
            painter.setPen(QPen(DARK.text_3, 1))
            painter.drawLine(self.leader)


class _Place(NamedTuple):
    """A place for a label's box: its upper left corner, and the cells that it meets."""

    left: float
    top: float
    first_row: int
    end_row: int
    first: int
    end: int
    on_symbol: bool
    afar: bool


class Placer:
    """Where the view has room, in cells of a few pixels; a row of cells is a number's bits."""

    def __init__(self, view: MapView) -> None:
        self._width, self._height = view.width, view.height
        self._shape = (view.height // _CELL_PX + 2, view.width // _CELL_PX + 2)
        self._symbols = np.zeros(self._shape, bool)
        self._words = [0] * self._shape[0]
        self._badges = [0] * self._shape[0]

    def block_points(self, px: FloatArray, py: FloatArray, radius_px: float) -> None:
        """Keep labels off symbols at these pixels, all of them in the view."""
        rows, columns = self._shape
        row = np.clip((py / _CELL_PX).astype(int), 0, rows - 1)
        column = np.clip((px / _CELL_PX).astype(int), 0, columns - 1)
        there = np.zeros(self._shape, bool)
        there[row, column] = True
        reach = int(radius_px // _CELL_PX)
        self._symbols |= _widened(_widened(there, reach).T, reach).T

    def block_badge(self, box: QRectF) -> None:
        """Keep all labels off a symbol that has words in it."""
        _mark(self._badges, box)

    def block_box(self, box: QRectF) -> None:
        """Keep labels off a box altogether."""
        _mark(self._words, box)

    def place(self, labels: Iterable[Label]) -> list[Placed]:
        """Find the labels room around their points; those that come first have the first choice."""
        written = [(label, _lettering(label)) for label in labels]
        wanted = [(label, words) for label, words in written if words.text]
        placed: list[Placed] = []
        misses = 0
        for (label, words), places in zip(wanted, self._places(wanted), strict=True):
            if misses >= _MOST_MISSES and not label.needed:
                continue
            if found := self._free(places, off_symbols=label.off_symbols):
                box = QRectF(found.left, found.top, words.width_px, words_metrics().height())
                self._block(found)
                leader = self._leader(label, box) if found.afar else None
                placed.append(Placed(label, words, box, leader))
            else:
                misses += 1
        return placed

    def _free(self, places: Iterable[_Place], *, off_symbols: bool) -> _Place | None:
        """Return the best place without words on it; one on a symbol where there is no other."""
        over_symbol: _Place | None = None
        symbols_there = False
        for place in places:
            if off_symbols and place.afar and not symbols_there:
                return None
            if (place.on_symbol and over_symbol) or _meets(self._words, place):
                continue
            on_badge = _meets(self._badges, place)
            if not (place.on_symbol or on_badge):
                return place
            symbols_there = True
            if not on_badge:
                over_symbol = place
        return over_symbol

    def _leader(self, label: Label, box: QRectF) -> QLineF:
        """Return the line from the box to the edge of the symbols that lie on the label's point."""
        point = QPointF(label.px, label.py)
        line = QLineF(_nearest(box, point), point)
        steps = max(1, int(line.length() // _CELL_PX))
        ends = (line.pointAt(1.0 - step / steps) for step in range(steps))
        line.setP2(next((end for end in ends if not self._is_on_symbol(end)), line.p1()))
        return line

    def _is_on_symbol(self, at: QPointF) -> bool:
        rows, columns = self._shape
        row = min(max(int(at.y() // _CELL_PX), 0), rows - 1)
        column = min(max(int(at.x() // _CELL_PX), 0), columns - 1)
        return bool(self._symbols[row, column]) or bool(self._badges[row] >> column & 1)

    def _block(self, place: _Place) -> None:
        bits = (1 << place.end) - (1 << place.first)
        for row in range(place.first_row, place.end_row):
            self._words[row] |= bits

    def _places(self, wanted: Sequence[tuple[Label, Lettering]]) -> list[list[_Place]]:
        """Work out for all labels at once where their boxes may stand, the best first."""
        labels = [label for label, _ in wanted]
        width = np.array([words.width_px for _, words in wanted])[:, None]
        height = words_metrics().height()
        left, top = _all_corners(labels, width, height)
        first_row, end_row = _between(top, top + height, self._shape[0])
        first, end = _between(left, left + width, self._shape[1])
        on_symbol = self._on_symbols(first_row, end_row, first, end)
        ring = np.repeat(np.arange(len(_LEADERS_PX)), len(_CORNERS))
        good = (left >= 0) & (top >= 0) & (left <= self._width - width)
        good &= (top <= self._height - height) & (ring < _rings(labels)[:, None])
        needed = np.array([label.needed for label in labels], bool)[:, None]
        good &= ~on_symbol | (needed & (ring == 0))
        label, at = np.nonzero(good)
        columns = (left, top, first_row, end_row, first, end, on_symbol)
        listed = [column[label, at].tolist() for column in columns]
        places = list(map(_Place, *listed, (ring[at] > 0).tolist()))
        ends = np.searchsorted(label, np.arange(len(labels) + 1)).tolist()
        return [places[one:other] for one, other in pairwise(ends)]

    def _on_symbols(
        self, first_row: Cells, end_row: Cells, first: Cells, end: Cells
    ) -> NDArray[np.bool_]:
        """Tell of each stretch of cells whether it is on a symbol, by sums up to its corners."""
        rows, columns = self._shape
        sums = np.zeros((rows + 1, columns + 1), np.int32)
        np.cumsum(np.cumsum(self._symbols, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
        inside = sums[end_row, end] - sums[first_row, end] - sums[end_row, first]
        found: NDArray[np.bool_] = inside + sums[first_row, first] > 0
        return found


def town_label(town: str, px: float, py: float) -> Label:
    """Return the label of a town."""
    return Label(town, px, py, 7.0, DARK.text_2, needed=True, off_symbols=True)


def _lettering(label: Label) -> Lettering:
    return Lettering(
        fitted(label.text), label.colour.rgb(), label.severity, label.opacity, label.filled
    )


def _rings(labels: Sequence[Label]) -> Cells:
    """Return how many of the distances in `_LEADERS_PX` each label may stand off."""
    tied = [len(_LEADERS_PX) if label.needed else 2 for label in labels]
    return np.where([label.leader or label.off_symbols for label in labels], tied, 1)


def _all_corners(
    labels: Sequence[Label], width: FloatArray, height: float
) -> tuple[FloatArray, FloatArray]:
    """Return the upper left corners of all places for each label, the best first."""
    px, py, gaps = np.array([label[1:4] for label in labels], float).reshape(-1, 3).T[:, :, None]
    gap = gaps + np.repeat(_LEADERS_PX, len(_CORNERS))
    across, wide, down, high = np.tile(_CORNERS, (len(_LEADERS_PX), 1)).T
    return px + gap * across + wide * width, py + gap * down + high * height


def _between(low: FloatArray, high: FloatArray, cells: int) -> tuple[Cells, Cells]:
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


def _meets(cells: Sequence[int], place: _Place) -> bool:
    bits = (1 << place.end) - (1 << place.first)
    return any(row & bits for row in cells[place.first_row : place.end_row])


def _mark(cells: list[int], box: QRectF) -> None:
    """Mark the cells that a box meets."""
    first, last = (max(0, int(edge // _CELL_PX)) for edge in (box.left(), box.right()))
    bits = (1 << last + 1) - (1 << first)
    top, foot = (max(0, int(edge // _CELL_PX)) for edge in (box.top(), box.bottom()))
    for row in range(top, min(foot + 1, len(cells))):
        cells[row] |= bits


def _nearest(box: QRectF, point: QPointF) -> QPointF:
    """Return the position of the box that is nearest to the point."""
    x, y = point.x(), point.y()
    return QPointF(min(max(x, box.left()), box.right()), min(max(y, box.top()), box.bottom()))
