"""The field to type a date and time to go to; beside that it shows where the clock is."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip

from paser_command.times import Instant
from paser_ui.desk import Desk
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import HELP_PX
from paser_ui.timeline.typed import moment_of, typed
from paser_ui.widgets.plain import put_name, put_tooltip

_WIDEST = "00-00-0000 00:00"
_ROOM_PX = 18
_LONGEST = 32


class MomentField(QLineEdit):
    """`wanted` gives the instant (an object: Qt's numbers are too short) that Enter asks for.

    What is no date and time, or lies in the future, stays in the field and is marked.
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._at: Instant = 0
        self._now: Instant = 0
        self.setObjectName("timelineMoment")
        self.setFont(font(HELP_PX, tabular=True))
        self.setMaxLength(_LONGEST)
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance(_WIDEST) + _ROOM_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textEdited.connect(lambda _text: self._mark(""))
        self.returnPressed.connect(self._ask)

    def show_moment(self, at: Instant, now: Instant) -> None:
        """Show where the clock is, unless somebody types. `now` is the present."""
        self._at, self._now = at, now
        if not self.hasFocus():
            self._put()

    def retranslate(self) -> None:
        """Put the words on again."""
        put_name(self, self._desk.tr("Go to a date and time"))
        self._mark("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._put()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark("")
        self._put()

    def _ask(self) -> None:
        tr = self._desk.tr
        moment = moment_of(self.text(), self._now, self._desk.language.zone)
        if moment is None:
            example = typed(self._now, self._desk.language.zone)
            self._mark(tr("Not a date and time. Write it like {example}", example=example))
        elif moment > self._now:
            self._mark(tr("This lies in the future"))
        else:
            self.wanted.emit(moment)
            self._at = moment
            self._leave()

    def _leave(self) -> None:
        self.window().setFocus()

    def _put(self) -> None:
        text = typed(self._at, self._desk.language.zone)
        if text != self.text():
            self.setText(text)

    def _mark(self, wrong: str) -> None:
        """Say what is wrong with what was typed; "" where nothing is."""
        name = self._desk.tr("Go to a date and time")
        put_tooltip(self, wrong or f"{name}   Ctrl+J")
        self.setAccessibleDescription(wrong)
        state = "true" if wrong else "false"
        if self.property("wrong") != state:
            self.setProperty("wrong", state)
            self.style().unpolish(self)
            self.style().polish(self)
        if wrong:
            QToolTip.showText(self.mapToGlobal(QPoint(0, -3 * self.height())), self.toolTip(), self)
