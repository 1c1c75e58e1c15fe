"""The band that marks every window of an exercise: a grey diagonal hatch with one word."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import COLOURS, HELP_PX
from paser_ui.widgets.plain import cleaned, put_name

HEIGHT_PX = 22
_STEP_PX = 14
_WORD_ROOM_PX = 24


class ExerciseBand(QWidget):
    """LATIHAN, across the whole width."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("exerciseBand")
        self.setFixedHeight(HEIGHT_PX)
        self.setFont(font(HELP_PX, QFont.Weight.DemiBold))
        self.word = ""

    def show_word(self, word: str) -> None:
        """Say it in the language of the screen."""
        self.word = cleaned(word)
        put_name(self, word)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_band(painter, QRectF(self.rect()), self.word)
        painter.end()


def draw_band(painter: QPainter, box: QRectF, word: str) -> None:
    """Draw the hatch with its word in the middle; the box is as high as the band."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.fillRect(box, COLOURS.raised)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(COLOURS.hatch, 4))
    left, top = box.left(), box.top()
    for step in range(-HEIGHT_PX, round(box.width()) + HEIGHT_PX, _STEP_PX):
        start = QPointF(left + step, top + HEIGHT_PX + 2)
        painter.drawLine(start, QPointF(left + step + HEIGHT_PX + 4, top - 2))
    words = font(HELP_PX, QFont.Weight.DemiBold)
    width = QFontMetricsF(words).horizontalAdvance(word) + 2 * _WORD_ROOM_PX
    plate = QRectF(left + (box.width() - width) // 2, top, width, HEIGHT_PX)
    painter.fillRect(plate, COLOURS.raised)
    painter.setFont(words)
    painter.setPen(COLOURS.text)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()
