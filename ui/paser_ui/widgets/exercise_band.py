"""The band that marks every window of an exercise: a grey diagonal hatch with one word."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import DARK, HELP_PX
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
        painter.fillRect(self.rect(), DARK.raised)
        self._hatch(painter)
        self._word(painter)
        painter.end()

    def _hatch(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(DARK.hatch, 4))
        for x in range(-HEIGHT_PX, self.width() + HEIGHT_PX, _STEP_PX):
            painter.drawLine(x, HEIGHT_PX + 2, x + HEIGHT_PX + 4, -2)

    def _word(self, painter: QPainter) -> None:
        width = self.fontMetrics().horizontalAdvance(self.word) + 2 * _WORD_ROOM_PX
        box = QRect((self.width() - width) // 2, 0, width, HEIGHT_PX)
        painter.fillRect(box, DARK.raised)
        painter.setPen(DARK.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.word)
