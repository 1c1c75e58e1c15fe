"""The words on the map as they are written: with a dark rim, so that they read over lines."""

import math
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from paser_command.records import Severity
from paser_map import palette
from paser_map.light_picture import light
from paser_map.recent import Recent
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import DARK, LABEL_PX
from paser_ui.widgets.plain import cleaned

SYMBOL_PX = 10
_SYMBOL_GAP_PX = 3
_LONGEST = 48
_RIM_PX = 3.0
_ROOM_PX = 2


class Lettering(NamedTuple):
    """A text and how it is written. A severity puts its symbol before it."""

    text: str
    colour: int
    """As `QColor.rgb` has it."""
    severity: Severity
    opacity: float
    """Of the symbol."""
    filled: bool = False
    """The symbol."""

    @property
    def width_px(self) -> float:
        """How wide it is, with the symbol."""
        return advance_px(self.text) + 2 + (SYMBOL_PX + _SYMBOL_GAP_PX if self.severity else 0)

    def write(self, painter: QPainter, left: float, top: float, dpr: float | None) -> None:
        """Write it with its upper left corner there; `dpr` is the painter's `picture_dpr`."""
        if dpr is None:
            _write(painter, self, QPointF(left, top))
        else:
            painter.drawPixmap(*self.picture(left, top, dpr))

    def picture(self, left: float, top: float, dpr: float) -> tuple[QPointF, QPixmap]:
        """Return a picture of it, and where that lies when its upper left corner is there."""
        return QPointF(left - _ROOM_PX, top - _ROOM_PX), _picture(self, dpr)


def picture_dpr(painter: QPainter) -> float | None:
    """Return the pixels a point of pictures of words, where such are as good as text; else None.

    On paper words stay text, which can be searched and read aloud.
    """
    dpr = painter.device().devicePixelRatioF()
    on_paper = painter.paintEngine().type() == QPaintEngine.Type.Pdf
    return None if on_paper or painter.deviceTransform().isScaling() != (dpr != 1.0) else dpr


def words_font() -> QFont:
    """Return what labels are written in."""
    return font(LABEL_PX, tabular=True)


@lru_cache(1)
def words_metrics() -> QFontMetricsF:
    """Return the measures of `words_font`."""
    return QFontMetricsF(words_font())


@lru_cache(512)
def fitted(text: str) -> str:
    """Return the text in one line of plain letters, not too long for a map."""
    text = " ".join(cleaned(text[: 2 * _LONGEST]).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@lru_cache(512)
def advance_px(text: str) -> float:
    """Return how wide a text is."""
    return words_metrics().horizontalAdvance(text)


@Recent
def _picture(words: Lettering, dpr: float) -> QPixmap:
    width = math.ceil(words.width_px) + 2 * _ROOM_PX
    height = math.ceil(words_metrics().height()) + 2 * _ROOM_PX
    pixmap = QPixmap(math.ceil(width * dpr), math.ceil(height * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _write(painter, words, QPointF(_ROOM_PX, _ROOM_PX))
    painter.end()
    return light(pixmap)


def _write(painter: QPainter, words: Lettering, at: QPointF) -> None:
    left, metrics = at.x() + 1, words_metrics()
    if words.severity:
        painter.setOpacity(words.opacity)
        centre = QPointF(left + SYMBOL_PX / 2, at.y() + metrics.height() / 2)
        ink = DARK.severity(words.severity)
        draw_symbol(painter, words.severity, centre, SYMBOL_PX, words.filled, ink)
        painter.setOpacity(1.0)
        left += SYMBOL_PX + _SYMBOL_GAP_PX
    base = QPointF(left, at.y() + metrics.ascent())
    outline = QPainterPath()
    outline.addText(base, words_font(), words.text)
    painter.strokePath(outline, QPen(palette.SEA, _RIM_PX, j=Qt.PenJoinStyle.RoundJoin))
    painter.setPen(QColor.fromRgb(words.colour))
    painter.setFont(words_font())
    painter.drawText(base, words.text)
