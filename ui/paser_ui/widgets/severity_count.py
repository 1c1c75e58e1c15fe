"""A severity's symbol with a number beside it."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from paser_command.records import Severity
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import COLOURS, STRIP_PX

_SYMBOL_PX = 16
_GAP_PX = 8


class SeverityCount(QWidget):
    """How many of one severity stand; filled while one of them waits for a person.

    What is not of now is grey; what nobody knows yet is a dash.
    """

    def __init__(self, severity: Severity) -> None:
        super().__init__()
        self.severity = severity
        self.count: int | None = 0
        self.waiting = 0
        self.old = False
        self.setFont(font(STRIP_PX, tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> str:
        """Return the number as it is written."""
        return "–" if self.count is None else str(self.count)

    def show_count(self, count: int | None, waiting: int, *, old: bool = False) -> None:
        """Show `count` of them, `waiting` of these not acknowledged; None: not known yet."""
        if (count, waiting, old) != (self.count, self.waiting, self.old):
            self.count, self.waiting, self.old = count, waiting, old
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        text_px = self.fontMetrics().horizontalAdvance(self.shown)
        return QSize(_SYMBOL_PX + _GAP_PX + max(text_px, 10) + 2, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        # Nothing of this severity: nothing that is coloured.
        quiet = COLOURS.text_3 if self.old or not self.count else None
        middle = QPointF(_SYMBOL_PX / 2 + 1, self.height() / 2)
        draw_symbol(painter, self.severity, middle, _SYMBOL_PX, self.waiting > 0, quiet)
        painter.setPen(quiet or COLOURS.text)
        room = self.rect().adjusted(_SYMBOL_PX + _GAP_PX, 0, 0, 0)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, align, self.shown)
        painter.end()
