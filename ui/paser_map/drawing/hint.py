"""The line at the top of the map that says what to do next, or why something is refused."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import DARK, HELP_PX
from paser_ui.widgets.plain import plain_label, put_name, put_text

_TOP_PX = 10
_LEFT_PX, _RIGHT_PX = 176, 48
"""Where the legend and the north arrow are."""
_REFUSAL_MS = 8_000


class Hint(QWidget):
    """Lies over the map and lets the pointer through. A refusal gives way to the hint after 8 s."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("map.hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = over
        self._label = plain_label(font=font(HELP_PX))
        self._label.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 4, 10, 4)
        self._row.addWidget(self._label)
        self._hint = ""
        self._refusal = ""
        self._timer = QTimer(self, interval=_REFUSAL_MS, singleShot=True)
        self._timer.timeout.connect(self._forget)
        self.hide()

    @property
    def text(self) -> str:
        """What stands there now; "" where nothing does."""
        return self._refusal or self._hint

    def say(self, text: str) -> None:
        """Say what to do next; "" takes the line away."""
        self._hint = text
        self._show()

    def refuse(self, text: str) -> None:
        """Say why something was not done, for a while."""
        self._refusal = text
        self._timer.start()
        self._show()

    def place(self) -> None:
        """Stand in the middle of the map's upper edge, beside the legend."""
        wide = self._over.width()
        wanted = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 28
        width = min(wanted, max(160, wide - _LEFT_PX - _RIGHT_PX))
        left = max((wide - width) // 2, min(_LEFT_PX, wide - width))
        self.setFixedWidth(width)
        self.setGeometry(left, _TOP_PX, width, max(self._row.heightForWidth(width), 26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(DARK.text_3)
        painter.setBrush(DARK.ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.end()

    def _forget(self) -> None:
        self._refusal = ""
        self._show()

    def _show(self) -> None:
        put_text(self._label, self.text)
        put_name(self, self.text)
        self.setVisible(bool(self.text))
        self.place()
