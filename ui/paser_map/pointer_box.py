"""The box of plain text beside the pointer, which says what lies under it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from paser_map import palette
from paser_map.view import MapView
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import DARK, HELP_PX, TEXT_PX
from paser_ui.widgets.plain import cleaned

_LONGEST = 160
_PADDING_PX = 10
_WIDTH_PX = 340


def draw_box(painter: QPainter, view: MapView, pointer: QPointF, lines: Sequence[str]) -> None:
    """Draw a box of plain text by the pointer, inside the view: a title, then smaller lines."""
    title, rest = font(TEXT_PX), font(HELP_PX)
    fonts = [title if index == 0 else rest for index in range(len(lines))]
    metrics = [QFontMetricsF(one) for one in fonts]
    texts = [
        metric.elidedText(
            " ".join(cleaned(line[:_LONGEST]).split()), Qt.TextElideMode.ElideRight, _WIDTH_PX
        )
        for line, metric in zip(lines, metrics, strict=True)
    ]
    widths = [metric.horizontalAdvance(text) for text, metric in zip(texts, metrics, strict=True)]
    width = max(widths) + 2 * _PADDING_PX
    height = sum(metric.height() + 2 for metric in metrics) + 2 * _PADDING_PX - 8
    box = _beside(view, pointer, width, height)
    painter.setPen(QPen(palette.COAST, 1))
    painter.setBrush(DARK.ground)
    painter.drawRoundedRect(box, 2, 2)
    top = box.top() + _PADDING_PX - 4
    for index, (text, metric) in enumerate(zip(texts, metrics, strict=True)):
        painter.setFont(fonts[index])
        painter.setPen(DARK.text if index == 0 else DARK.text_2)
        painter.drawText(QPointF(box.left() + _PADDING_PX, top + metric.ascent()), text)
        top += metric.height() + 2


def _beside(view: MapView, pointer: QPointF, width: float, height: float) -> QRectF:
    left, top = pointer.x() + 16, pointer.y() + 16
    if left + width > view.width - 4:
        left = max(4.0, pointer.x() - 12 - width)
    if top + height > view.height - 4:
        top = max(4.0, pointer.y() - 12 - height)
    return QRectF(round(left) + 0.5, round(top) + 0.5, round(width), round(height))
