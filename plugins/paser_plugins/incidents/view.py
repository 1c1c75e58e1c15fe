"""The list's view: rows may move under it, and what a person looks at stays where it is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from paser_command.api import Incident
from paser_plugins.incidents.model import IncidentModel
from paser_plugins.incidents.row import ROW_PX, RowDelegate
from paser_ui.api import COLOURS, TEXT_PX, cleaned, font

_Index = QModelIndex | QPersistentModelIndex


class IncidentView(QListView):
    """Shows an `IncidentModel`. `picked` tells the key of the row that a person went to."""

    picked = Signal(str)

    def __init__(self, model: IncidentModel, delegate: RowDelegate) -> None:
        super().__init__()
        self._incidents = model
        # The view asks for each row of the whole list when one moves. This one answers without
        # Python: of ten thousand rows in two milliseconds, not in forty.
        self._rows = QSortFilterProxyModel(self)
        self._rows.setDynamicSortFilter(False)
        self._rows.setSourceModel(model)
        self._delegate = delegate
        self._syncing = False
        self._empty = ""
        self._ages: dict[str, str] = {}
        self.setModel(self._rows)
        self.setItemDelegate(delegate)
        self.setObjectName("incidents.list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(ROW_PX // 2)

    def keep_place(self, change: Callable[[], None], selected: str) -> None:
        """Change the model, then stand as before: same selection, same rows before the eye.

        A list at its top stays there, so that what is new is seen; so does one whose selected row
        goes far away: who has just acknowledged it wants to see what waits.
        """
        bar = self.verticalScrollBar()
        top = bar.value()
        seen = self._seen(top)
        self._syncing = True
        try:
            change()
            self._select(selected)
            self.executeDelayedItemsLayout()
            if top:
                bar.setValue(top + self._shift(seen, top // ROW_PX, selected) * ROW_PX)
        finally:
            self._syncing = False

    def go_to(self, key: str) -> None:
        """Select the row of the incident and bring it before the eye; "" selects none."""
        self._syncing = True
        try:
            self._select(key)
        finally:
            self._syncing = False
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def follow_ages(self, age_of: Callable[[Incident], str]) -> None:
        """Draw the rows anew whose age is another one than at the last call."""
        before, self._ages = self._ages, {}
        for row in self._rows_seen(self.verticalScrollBar().value()):
            incident = self._incidents.incident(row)
            age = self._ages[incident.key] = age_of(incident)
            if before.get(incident.key) != age:
                rect = self.visualRect(self._index(row))
                self.viewport().update(self._delegate.age_rect(rect, incident))

    def say_when_empty(self, text: str) -> None:
        """Set the words that stand in an empty list."""
        if text != self._empty:
            self._empty = text
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt goes to the first row as soon as a list has the focus; ours waits for an arrow key.
        nowhere = not self.currentIndex().isValid()
        self._syncing = True
        super().focusInEvent(event)
        if nowhere:
            self.setCurrentIndex(QModelIndex())
        self._syncing = False
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        if self._syncing:
            self.update(previous)
            self.update(current)
            return
        super().currentChanged(current, previous)
        if current.isValid():
            self.picked.emit(self._incidents.incident(current.row()).key)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._delegate.exposed = event.rect()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self.hasFocus() and not self.currentIndex().isValid():
            painter.setPen(COLOURS.selection)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        if not self._incidents.rowCount() and self._empty:
            self._paint_empty(painter)
        painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setFont(font(TEXT_PX))
        painter.setPen(COLOURS.text_2)
        room = QRect(self.viewport().rect()).adjusted(20, 12, -20, -12)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, cleaned(self._empty))

    def _seen(self, top: int) -> list[str]:
        """Return the keys of the rows before the eye."""
        return [self._incidents.incident(row).key for row in self._rows_seen(top)]

    def _rows_seen(self, top: int) -> range:
        bottom = top + self.viewport().height()
        return range(top // ROW_PX, min(bottom // ROW_PX + 1, self._incidents.rowCount()))

    def _shift(self, seen: Sequence[str], first: int, selected: str) -> int:
        """Return by how many rows what was seen has moved: the selected one, if not far off."""
        moves = {
            key: row - number
            for number, key in enumerate(seen, start=first)
            if (row := self._incidents.row_of(key)) >= 0
        }
        others = [move for key, move in moves.items() if key != selected]
        most = others[0] if others else 0
        chosen = moves.get(selected, most)
        return most if others and abs(chosen - most) > len(seen) else chosen

    def _select(self, key: str) -> None:
        row = self._incidents.row_of(key)
        if row < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        elif self.currentIndex().row() != row or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self._index(row))

    def _index(self, row: int) -> QModelIndex:
        return self._rows.index(row, 0)
