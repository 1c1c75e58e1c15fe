"""The table's view: that it has the focus is seen, and picks nothing yet."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from paser_ui.api import COLOURS


class FeedTable(QTableView):
    """Qt goes to the first row as soon as a table has the focus; ours waits for an arrow key."""

    focusing = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        nowhere = not self.currentIndex().isValid()
        self.focusing = True
        super().focusInEvent(event)
        if nowhere:
            self.selectionModel().setCurrentIndex(
                QModelIndex(), self.selectionModel().SelectionFlag.Clear
            )
        self.focusing = False
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(COLOURS.selection)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            painter.end()
