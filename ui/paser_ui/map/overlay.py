"""What stands on the glass: scale bar, coordinates, whose data it is, the pointer's box."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from paser_ui.map import palette
from paser_ui.map.labels import Placer
from paser_ui.map.view import MapView
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import DARK, HELP_PX, LABEL_PX, TEXT_PX
from paser_ui.widgets.plain import cleaned

Words = Callable[..., str]
"""`tr(text, **facts)`."""

_EDGE_PX = 14
_BAR_PX = 110
_LINE_PX = 18
_STRIP_PX = 32
_STRIP = QColor(palette.SEA)
_STRIP.setAlpha(130)
_LONGEST = 160
_BOX_PADDING_PX = 10
_BOX_WIDTH_PX = 340


def degrees_text(tr: Words, lon: float, lat: float) -> str:
    """Return a place in degrees, minutes and seconds, as the language names the four winds."""
    return (
        f"{_winds(tr, lat, '{angle} N', '{angle} S')}  {_winds(tr, lon, '{angle} E', '{angle} W')}"
    )


def scale_of(view: MapView) -> tuple[float, float]:
    """Return the length of the scale bar: metres on the ground (1, 2 or 5 times ten), pixels."""
    most_m = view.ground_metres_per_px * _BAR_PX
    ten = 10.0 ** math.floor(math.log10(most_m))
    metres = next(step * ten for step in (5.0, 2.0, 1.0) if step * ten <= most_m)
    return metres, metres / view.ground_metres_per_px


def draw_glass(
    painter: QPainter, view: MapView, tr: Words, pointer: QPointF | None, sources: Sequence[str]
) -> None:
    """Draw scale bar, coordinates under the pointer, and whose data this is."""
    painter.fillRect(0, view.height - _STRIP_PX, view.width, _STRIP_PX, _STRIP)
    painter.setFont(font(LABEL_PX, tabular=True))
    foot = view.height - _EDGE_PX
    metres, width = scale_of(view)
    painter.setPen(QPen(DARK.text_3, 1))
    painter.drawLine(QPointF(_EDGE_PX, foot - 4.5), QPointF(_EDGE_PX + width, foot - 4.5))
    for x in (_EDGE_PX, _EDGE_PX + width):
        painter.drawLine(QPointF(x, foot - 8.5), QPointF(x, foot - 0.5))
    name = tr("{n} km", n=f"{metres / 1000:g}") if metres >= 1000 else tr("{n} m", n=f"{metres:g}")
    painter.setPen(DARK.text_2)
    painter.drawText(QPointF(_EDGE_PX + width + 8, foot), name)
    metrics = QFontMetricsF(painter.font())
    left = _EDGE_PX + _BAR_PX + 8 + 64.0
    if pointer is not None:
        place = degrees_text(tr, *view.to_degrees(pointer.x(), pointer.y()))
        painter.drawText(QPointF(left, foot), place)
    left += metrics.horizontalAdvance("00°00′00″ XX  000°00′00″ XX") + 24
    sources_text = " · ".join(sources)
    room = view.width - _EDGE_PX - left
    if metrics.horizontalAdvance(sources_text) > room:
        foot, room = foot - _LINE_PX, view.width - 2 * _EDGE_PX
    text = metrics.elidedText(sources_text, Qt.TextElideMode.ElideLeft, room)
    painter.setPen(DARK.text_3)
    painter.drawText(QPointF(view.width - _EDGE_PX - metrics.horizontalAdvance(text), foot), text)


def block_glass(placer: Placer, view: MapView) -> None:
    """Keep labels off the line at the foot."""
    placer.block_box(QRectF(0, view.height - _STRIP_PX, view.width, _STRIP_PX))


def draw_box(painter: QPainter, view: MapView, pointer: QPointF, lines: Sequence[str]) -> None:
    """Draw a box of plain text by the pointer, inside the view: a title, then smaller lines."""
    title, rest = font(TEXT_PX), font(HELP_PX)
    fonts = [title if index == 0 else rest for index in range(len(lines))]
    metrics = [QFontMetricsF(one) for one in fonts]
    texts = [
        metric.elidedText(
            " ".join(cleaned(line[:_LONGEST]).split()), Qt.TextElideMode.ElideRight, _BOX_WIDTH_PX
        )
        for line, metric in zip(lines, metrics, strict=True)
    ]
    widths = [metric.horizontalAdvance(text) for text, metric in zip(texts, metrics, strict=True)]
    width = max(widths) + 2 * _BOX_PADDING_PX
    height = sum(metric.height() + 2 for metric in metrics) + 2 * _BOX_PADDING_PX - 8
    box = _beside(view, pointer, width, height)
    painter.setPen(QPen(palette.COAST, 1))
    painter.setBrush(DARK.ground)
    painter.drawRoundedRect(box, 2, 2)
    top = box.top() + _BOX_PADDING_PX - 4
    for index, (text, metric) in enumerate(zip(texts, metrics, strict=True)):
        painter.setFont(fonts[index])
        painter.setPen(DARK.text if index == 0 else DARK.text_2)
        painter.drawText(QPointF(box.left() + _BOX_PADDING_PX, top + metric.ascent()), text)
        top += metric.height() + 2


def _beside(view: MapView, pointer: QPointF, width: float, height: float) -> QRectF:
    left, top = pointer.x() + 16, pointer.y() + 16
    if left + width > view.width - 4:
        left = max(4.0, pointer.x() - 12 - width)
    if top + height > view.height - 4:
        top = max(4.0, pointer.y() - 12 - height)
    return QRectF(round(left) + 0.5, round(top) + 0.5, round(width), round(height))


def _winds(tr: Words, degrees: float, positive: str, negative: str) -> str:
    whole = round(abs(degrees) * 3600)
    angle = f"{whole // 3600}°{whole % 3600 // 60:02d}′{whole % 60:02d}″"
    return tr(positive if degrees >= 0 else negative, angle=angle)
