"""Symbols painted once and stamped many times."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from paser_command.records import Severity
from paser_map.light_picture import light
from paser_map.recent import Recent
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import DARK, LABEL_PX

_BADGE_SYMBOL_PX = 13
_BADGE_HEIGHT_PX = 19
_BADGE_EDGE_PX = 4
_BADGE_ALPHA = 215


@lru_cache(256)
def symbol(severity: Severity, size_px: int, dpr: float, *, filled: bool) -> QPixmap:
    """Return the severity's symbol with two pixels of room about it."""
    side = size_px + 4
    pixmap = _clear(side, side, dpr)
    painter = QPainter(pixmap)
    draw_symbol(
        painter, severity, QPointF(side / 2, side / 2), size_px, filled, DARK.severity(severity)
    )
    painter.end()
    return light(pixmap)


@Recent
def badge(severity: Severity, text: str, dpr: float, *, filled: bool = True) -> QPixmap:
    """Return the severity's symbol and a count on a plate."""
    words = font(LABEL_PX, tabular=True)
    size = badge_size(text)
    pixmap = _clear(round(size.width()), _BADGE_HEIGHT_PX, dpr)
    plate = QColor(DARK.ground)
    plate.setAlpha(_BADGE_ALPHA)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(plate)
    painter.drawRoundedRect(QRectF(QPointF(), size), 3, 3)
    centre = QPointF(_BADGE_EDGE_PX + _BADGE_SYMBOL_PX / 2, _BADGE_HEIGHT_PX / 2)
    draw_symbol(painter, severity, centre, _BADGE_SYMBOL_PX, filled, DARK.severity(severity))
    painter.setFont(words)
    painter.setPen(DARK.text)
    foot = (_BADGE_HEIGHT_PX + QFontMetricsF(words).capHeight()) / 2
    painter.drawText(QPointF(2 * _BADGE_EDGE_PX + _BADGE_SYMBOL_PX, foot), text)
    painter.end()
    return light(pixmap)


@lru_cache(256)
def badge_size(text: str) -> QSizeF:
    """Return how large a badge with this count is, in pixels."""
    words = QFontMetricsF(font(LABEL_PX, tabular=True))
    wide = round(_BADGE_SYMBOL_PX + 3 * _BADGE_EDGE_PX + words.horizontalAdvance(text))
    return QSizeF(wide, _BADGE_HEIGHT_PX)


def short_count(count: int) -> str:
    """Return a count of at most four characters: 999, 12k, 3M."""
    for step, sign in ((1_000_000, "M"), (1_000, "k")):
        if count >= step:
            return f"{count // step}{sign}"
    return str(count)


def _clear(width: int, height: int, dpr: float) -> QPixmap:
    pixmap = QPixmap(round(width * dpr), round(height * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
