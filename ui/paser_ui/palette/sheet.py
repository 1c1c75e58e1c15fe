"""The palette's sheet: one line to type, and below it what is found, over the window's middle."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from paser_command.maps.search import LONGEST
from paser_command.session.frames import Selection
from paser_ui.finding.rows import ROW_PX, Row, RowsView
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import COLOURS, GAP_PX, HELP_PX, STRIP_PX
from paser_ui.widgets.plain import plain_label, put_name

_WIDTH_PX, _HEIGHT_PX = 720, 560
_TOP_PX, _EDGE_PX = 84, 16
_MARGIN = 2 * GAP_PX
_HEAD_PX = 58
_KEPT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class PaletteSheet(QFrame):
    """Lies over a window until something is chosen, Esc, or a click elsewhere.

    `chosen` gives what the chosen row is of. `left` tells that it is wanted no longer: with True by
    Esc, so that the focus goes back to where it was.
    """

    typed = Signal(str)
    chosen = Signal(object)
    left = Signal(bool)

    def __init__(self, window: QWidget, tr: Callable[[str], str]) -> None:
        super().__init__(window)
        self._over = window
        self.setObjectName("palette")
        self.box = _Box()
        self.results = RowsView("palette.results")
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._note = plain_label(tr("Nothing has this name."), font=font(HELP_PX), role="3")
        self._note.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._lay_out()
        self._connect()
        self.box.setPlaceholderText(tr("Command, panel, place, incident, station, coordinates"))
        put_name(self, tr("Command palette"))
        put_name(self.box, tr("Command palette"))
        put_name(self.results, tr("What was found"))
        window.installEventFilter(self)
        self._fit()

    def show_rows(self, rows: Sequence[Row], *, anew: bool) -> None:
        """Show what was found; `anew` stands on the first row."""
        self.results.show_rows(rows)
        if rows and (anew or not self.results.currentIndex().isValid()):
            self.results.setCurrentIndex(self.results.model().index(0, 0))
            self.results.scrollToTop()
        self._note.setVisible(not rows)
        self.results.setVisible(bool(rows))
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), COLOURS.panel)
        painter.setPen(COLOURS.text_3)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _fit(self) -> None:
        room = self._over.rect()
        width = min(_WIDTH_PX, room.width() - 2 * _EDGE_PX)
        top = min(_TOP_PX, max(_EDGE_PX, room.height() // 8))
        # As high as what was found wants; the line stays where it is.
        wanted = _HEAD_PX + max(1, len(self.results.rows)) * ROW_PX
        height = min(wanted, _HEIGHT_PX, room.height() - top - _EDGE_PX)
        self.setGeometry(QRect((room.width() - width) // 2, top, width, height))

    def _connect(self) -> None:
        self.box.textChanged.connect(self.typed)
        self.box.stepped.connect(self.results.step)
        self.box.returnPressed.connect(self.results.choose)
        self.box.escaped.connect(lambda: self.left.emit(True))
        self.box.lost.connect(lambda: self.left.emit(False))
        self.results.chosen.connect(self._choose)

    def _choose(self, of: Selection) -> None:
        self.chosen.emit(of)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, _MARGIN)
        column.setSpacing(_MARGIN)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 0)
        head.addWidget(self.box)
        column.addLayout(head)
        column.addWidget(self._note)
        column.addWidget(self.results, 1)
        self._note.hide()
        self.setFocusProxy(self.box)


class _Box(QLineEdit):
    """Where one types. Arrows and pages go through what is found; Esc leaves."""

    stepped = Signal(int)
    escaped = Signal()
    lost = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("palette.box")
        self.setFont(font(STRIP_PX))
        self.setMaxLength(LONGEST)
        self._steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }

    def event(self, event: QEvent) -> bool:
        # Tab has nowhere to go: there is one line and its list.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            if event.key() in steps:
                self.stepped.emit(steps[Qt.Key(event.key())])
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._steps.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _KEPT:
            self.lost.emit()
