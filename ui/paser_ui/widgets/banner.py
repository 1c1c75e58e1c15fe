"""Lines that say what is wrong with the program itself, and what to do about it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from paser_command.records import Severity
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import COLOURS
from paser_ui.widgets.icons import icon
from paser_ui.widgets.plain import ElidedLabel, put_name, put_text, put_tooltip

LINE_PX = 30

Act = tuple[str, Callable[[], None]]
"""What can be done about a fault: the word on the button, and the deed."""


class Banner(QWidget):
    """One line a fault, by the fault's name; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._lines: dict[str, _Line] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(1)
        self.setVisible(False)

    def tell(
        self,
        name: str,
        text: str,
        *,
        close: Callable[[], None] | None = None,
        act: Act | None = None,
    ) -> None:
        """Show the fault's line, or take it away where the text is empty.

        `close` gives the line a button for a notice that has been read, `act` one that does
        something about it.
        """
        line = self._lines.get(name)
        if not text:
            if line is not None:
                self._rows.removeWidget(self._lines.pop(name))
                line.hide()
                line.deleteLater()
        elif line is None:
            self._lines[name] = line = _Line(close, act)
            line.say(text)
            self._rows.addWidget(line)
        else:
            line.say(text)
            line.name_act(act)
        self.setVisible(bool(self._lines))

    def told(self) -> list[str]:
        """Return the lines that are shown."""
        return [line.label.text() for line in self._lines.values()]


class _Line(QWidget):
    def __init__(self, close: Callable[[], None] | None, act: Act | None) -> None:
        super().__init__()
        self.setFixedHeight(LINE_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label = ElidedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(52, 0, 12, 0)
        row.addWidget(self.label, 1)
        self._act: QPushButton | None = None
        if act is not None:
            self._act = _act_button(act)
            row.addWidget(self._act)
        if close is not None:
            row.addWidget(_close_button(close))

    def say(self, text: str) -> None:
        put_text(self.label, text)
        put_tooltip(self.label, text)
        put_name(self, text)

    def name_act(self, act: Act | None) -> None:
        if self._act is not None and act is not None:
            put_text(self._act, act[0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), COLOURS.raised)
        painter.fillRect(0, 0, 3, self.height(), COLOURS.high)
        draw_symbol(painter, Severity.HIGH, QPointF(26, self.height() / 2), 14, True)
        painter.end()


def _act_button(act: Act) -> QPushButton:
    word, do = act
    button = QPushButton()
    button.setObjectName("bannerAct")
    put_text(button, word)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(do)
    return button


def _close_button(close: Callable[[], None]) -> QPushButton:
    button = QPushButton()
    button.setObjectName("bannerClose")
    button.setProperty("flat", "true")
    button.setIcon(icon("close", COLOURS.text_2))
    button.setIconSize(QSize(12, 12))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(close)
    return button
