"""One way to start: what it is, in a few words, and the button that takes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import CLOCK_PX, COLOURS, GAP_PX, HELP_PX, TEXT_PX
from paser_ui.widgets.plain import plain_label, put_name, put_text

_MARGIN = 5 * GAP_PX


class Card(QWidget):
    """Says what happens, and what does not."""

    taken = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"start.{name}")
        self._title = plain_label(font=font(CLOCK_PX))
        self._text = plain_label(font=font(TEXT_PX), role="2")
        self._note = plain_label(font=font(HELP_PX), role="3")
        self.button = QPushButton()
        self.button.setObjectName(f"start.{name}.take")
        self.button.clicked.connect(self.taken)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN // 2)
        column.addWidget(self._title)
        for label in (self._text, self._note):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            column.addWidget(label)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        column.addStretch(1)
        column.addWidget(self.button)

    def say(self, title: str, text: str, note: str, button: str) -> None:
        """Put the words on."""
        put_text(self._title, title)
        put_text(self._text, text)
        put_text(self._note, note)
        put_text(self.button, button)
        put_name(self.button, f"{title}: {button}")
        put_name(self, title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), COLOURS.panel)
        painter.setPen(COLOURS.line)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
