"""A page with a map: the words above it say what it is, where, when, and if it is real."""

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from paser_map.canvas import MapCanvas
from paser_map.view import MapView
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import CLOCK_PX, DARK, STRIP_PX
from paser_ui.widgets.exercise_band import HEIGHT_PX, draw_band
from paser_ui.widgets.plain import cleaned

MARGIN_PX = 20.0

_GAP_PX = 6.0
_BETWEEN_PX = 24.0


class Caption(NamedTuple):
    """What stands above a map. `mode` says whether its time is now; `exercise` is "" if it is."""

    title: str
    site: str
    moment: str
    mode: str
    exercise: str = ""


def paint_page(
    painter: QPainter, size: QSizeF, canvas: MapCanvas, seen: MapView, caption: Caption
) -> None:
    """Paint a page of that size in logical pixels; all that `seen` shows is on its map."""
    painter.fillRect(QRectF(QPointF(0, 0), size), DARK.panel)
    top = 0.0
    if caption.exercise:
        draw_band(painter, QRectF(0, 0, size.width(), HEIGHT_PX), caption.exercise)
        top = HEIGHT_PX
    top = _paint_caption(painter, size.width(), top + MARGIN_PX / 2, caption)
    box = QRectF(
        MARGIN_PX, round(top), size.width() - 2 * MARGIN_PX, size.height() - round(top) - MARGIN_PX
    )
    painter.save()
    painter.translate(box.topLeft())
    canvas.paint_map(painter, _filled(seen, int(box.width()), int(box.height())))
    painter.restore()


def _filled(seen: MapView, width: int, height: int) -> MapView:
    """Return the view of another size that shows all that was seen, as large as it goes."""
    across = min(width / seen.width, height / seen.height)
    closer = seen.zoom + math.log2(across)
    return seen.resized(width, height).zoomed(closer, width / 2, height / 2)


def _paint_caption(painter: QPainter, width: float, top: float, caption: Caption) -> float:
    """Write title, place and time; return where they end."""
    heading = font(CLOCK_PX, QFont.Weight.DemiBold)
    metrics = QFontMetricsF(heading)
    room = width - 2 * MARGIN_PX
    top += metrics.ascent()
    _write(painter, QPointF(MARGIN_PX, top), caption.title, heading, room, strong=True)
    words = font(STRIP_PX, tabular=True)
    metrics = QFontMetricsF(words)
    top += metrics.height() + _GAP_PX
    when = cleaned(f"{caption.moment} · {caption.mode}")
    needed = metrics.horizontalAdvance(when)
    _write(painter, QPointF(width - MARGIN_PX - needed, top), when, words, needed + 1, strong=True)
    place_room = room - needed - _BETWEEN_PX
    _write(painter, QPointF(MARGIN_PX, top), caption.site, words, place_room, strong=False)
    return top + metrics.descent() + MARGIN_PX / 2


def _write(
    painter: QPainter, at: QPointF, text: str, words: QFont, room: float, *, strong: bool
) -> None:
    painter.setFont(words)
    painter.setPen(DARK.text if strong else DARK.text_2)
    plain = " ".join(cleaned(text).split())
    shown = QFontMetricsF(words).elidedText(plain, Qt.TextElideMode.ElideRight, room)
    painter.drawText(at, shown)
