"""The legend: what the looks of the layers that are on the map mean."""

import math
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from paser_map import palette
from paser_map.labels import Placer
from paser_map.layers import Swatch, Words
from paser_map.lettering import fitted, words_font, words_metrics
from paser_ui.theme.tokens import DARK

_EDGE_PX = 12
_PADDING_PX = 8
_HEAD_PX = 24
_ROW_PX = 20
_SAMPLE_PX = 26
_GAP_PX = 8
_ARROW_PX = 14
_FOOT_PX, _NORTH_PX = 60, 36
"""What is left free below, and beside for the arrow to north."""


class _Meaningful(Protocol):
    """A layer, of which the legend wants no more than this."""

    def legend(self, tr: Words) -> list[Swatch]: ...


class Legend(NamedTuple):
    """A legend in the map's upper left corner. A press on its head opens and closes it."""

    title: str
    entries: tuple[Swatch, ...]
    opened: bool
    rows: int
    """How many entries stand below one another; the others stand in columns beside."""
    column_px: float
    head: QRectF
    box: QRectF

    def block(self, placer: Placer) -> None:
        """Keep labels off the legend."""
        placer.block_box(self.box)

    def draw(self, painter: QPainter) -> None:
        """Draw the box, its head, and a row for each entry."""
        painter.setPen(QPen(palette.COAST, 1))
        painter.setBrush(DARK.ground)
        painter.drawRoundedRect(self.box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        metrics = words_metrics()
        painter.setFont(words_font())
        painter.setPen(DARK.text_2)
        base = self.head.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(self.head.left() + _PADDING_PX + _ARROW_PX, base), self.title)
        self._draw_arrow(painter)
        if self.opened:
            for index, entry in enumerate(self.entries):
                self._draw_entry(painter, index, entry)

    def _draw_arrow(self, painter: QPainter) -> None:
        x, y = self.head.left() + _PADDING_PX + 4, self.head.center().y()
        down = ((-3.5, -2.0), (3.5, -2.0), (0.0, 2.5))
        right = ((-2.0, -3.5), (2.5, 0.0), (-2.0, 3.5))
        corners = [QPointF(x + dx, y + dy) for dx, dy in (down if self.opened else right)]
        painter.setBrush(DARK.text_2)
        painter.drawPolygon(QPolygonF(corners))

    def _draw_entry(self, painter: QPainter, index: int, entry: Swatch) -> None:
        column, row = divmod(index, self.rows)
        left = self.box.left() + _PADDING_PX + column * self.column_px
        top = self.head.bottom() + row * _ROW_PX
        painter.save()
        sample = QRectF(left, top + 2, _SAMPLE_PX, _ROW_PX - 4)
        painter.setClipRect(sample)
        entry.draw(painter, sample)
        painter.restore()
        metrics = words_metrics()
        painter.setFont(words_font())
        painter.setPen(DARK.text_2)
        base = sample.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(sample.right() + _GAP_PX, base), entry.text)


def lay_out_legend(
    layers: Iterable[_Meaningful], tr: Words, width: int, height: int, *, opened: bool
) -> Legend | None:
    """Return the legend of the layers for a map of that size; None where nothing has a meaning.

    Each text is there once. What lies on top comes first, with all of its group. Where the map is
    too small for it, it stays closed.
    """
    entries = _entries(layers, tr)
    if not entries:
        return None
    metrics = words_metrics()
    title = tr("Legend")
    head_px = metrics.horizontalAdvance(title) + 2 * _PADDING_PX + _ARROW_PX
    head = QRectF(_EDGE_PX, _EDGE_PX, round(head_px), _HEAD_PX)
    closed = Legend(title, entries, False, 1, 0.0, head, head)
    if not opened:
        return closed
    widest = max(metrics.horizontalAdvance(entry.text) for entry in entries)
    column_px = _SAMPLE_PX + _GAP_PX + widest + 2 * _PADDING_PX
    room = max(1, int((height - _EDGE_PX - _HEAD_PX - _FOOT_PX) // _ROW_PX))
    columns = math.ceil(len(entries) / room)
    rows = math.ceil(len(entries) / columns)
    box_px = round(max(head_px, columns * column_px))
    if box_px > width - 2 * _EDGE_PX - _NORTH_PX:
        return closed
    box = QRectF(_EDGE_PX, _EDGE_PX, box_px, _HEAD_PX + rows * _ROW_PX + _PADDING_PX / 2)
    return Legend(title, entries, True, rows, column_px, head, box)


def _entries(layers: Iterable[_Meaningful], tr: Words) -> tuple[Swatch, ...]:
    found: dict[str, Swatch] = {}
    for layer in layers:
        for swatch in layer.legend(tr):
            text = fitted(swatch.text)
            found.setdefault(text, swatch._replace(text=text))
    groups = list(dict.fromkeys(one.group or one.text for one in found.values()))
    place = {group: number for number, group in enumerate(groups)}
    return tuple(sorted(found.values(), key=lambda one: (place[one.group or one.text], -one.rank)))
