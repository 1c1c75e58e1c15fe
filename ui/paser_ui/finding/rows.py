"""A list of things that were found: headings and rows, gone through with arrows and Enter."""

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from paser_command.records import Severity
from paser_command.session.frames import Selection
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import COLOURS, HELP_PX, LABEL_PX, TEXT_PX
from paser_ui.widgets.lines import RIGHT, write_line
from paser_ui.widgets.plain import cleaned

ROW_PX = 42
HEADING_PX = 28

_MARGIN = 12
_TEXT_X = 38
_SYMBOL_PX = 13.0
_BAR_PX = 3
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row: what it is of (nothing for a heading), its name, a quieter line, and its symbol.

    What is `over` is paler. `aside` stands at the end of the row: a key.
    """

    of: Selection = Selection()
    name: str
    detail: str = ""
    severity: Severity = Severity.NONE
    over: bool = False
    aside: str = ""

    @property
    def heading(self) -> bool:
        """Whether it only names the rows below."""
        return not self.of.kind


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cleaned(row.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = (row.name, row.detail, row.aside)
            return cleaned(", ".join(part for part in told if part))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        heading = self.rows[index.row()].heading
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    def show(self, rows: tuple[Row, ...]) -> None:
        """Take the rows; where only their words differ nothing moves."""
        if [row.of for row in rows] == [row.of for row in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class RowsView(QListView):
    """Shows rows. `chosen` gives what a clicked row is of, or that at which Enter was pressed."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = _Model(self)
        self.setObjectName(name)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self._model))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(ROW_PX // 2)
        self.clicked.connect(self._choose)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; who stood on one that is there still stands on it."""
        if tuple(rows) == self._model.rows:
            return
        before = self._current()
        self._model.show(tuple(rows))
        self.go_to(before)

    def go_to(self, of: Selection) -> None:
        """Stand on the row of a thing; on none where it is not there."""
        there = [number for number, row in enumerate(self.rows) if row.of == of]
        if of.kind and there:
            self.setCurrentIndex(self._model.index(there[0]))

    def step(self, rows: int) -> None:
        """Go up or down, past headings, as far as there are rows."""
        number = self.currentIndex().row() + rows
        while 0 <= number < len(self.rows) and self.rows[number].heading:
            number += rows
        if 0 <= number < len(self.rows):
            self.setCurrentIndex(self._model.index(number))

    def choose(self) -> None:
        """Choose the row that one stands on, the first where one stands on none."""
        if not self.currentIndex().isValid():
            self.step(1)
        self._choose(self.currentIndex())

    def event(self, event: QEvent) -> bool:
        # Elsewhere Enter is the desk's key.
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() in _ENTERS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTERS:
            self.choose()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: _Index) -> None:
        if index.isValid() and not self.rows[index.row()].heading:
            self.chosen.emit(self.rows[index.row()].of)

    def _current(self) -> Selection:
        index = self.currentIndex()
        return self.rows[index.row()].of if index.isValid() else Selection()


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: _Model) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        heading = self._model.rows[index.row()].heading
        return QSize(100, HEADING_PX if heading else ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = self._model.rows[index.row()]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setClipRect(rect)
        if row.heading:
            room = rect.adjusted(_MARGIN, 6, -_MARGIN, 0)
            write_line(painter, room, row.name, font(LABEL_PX), COLOURS.text_3)
        else:
            self._draw_row(painter, rect, row, state)
        painter.restore()

    def _draw_row(self, painter: QPainter, rect: QRect, row: Row, state: QStyle.StateFlag) -> None:
        picked = bool(state & QStyle.StateFlag.State_Selected)
        if picked:
            painter.fillRect(rect, COLOURS.selected_row)
            painter.fillRect(rect.left(), rect.top(), _BAR_PX, rect.height(), COLOURS.selection)
        colour = COLOURS.text_3 if row.over else None
        centre = QPointF(rect.left() + 21, rect.top() + ROW_PX / 2)
        draw_symbol(painter, row.severity, centre, _SYMBOL_PX, not row.over, colour)
        room = rect.adjusted(_TEXT_X, 4, -_MARGIN, 0)
        if row.aside:
            words = font(HELP_PX)
            write_line(painter, room.adjusted(0, -4, 0, 0), row.aside, words, COLOURS.text_2, RIGHT)
            room.adjust(0, 0, -QFontMetrics(words).horizontalAdvance(row.aside) - _MARGIN, 0)
        ink = COLOURS.text_2 if row.over else COLOURS.text
        name = QRect(room.left(), room.top(), room.width(), 18)
        write_line(painter, name, row.name, font(TEXT_PX), ink)
        below = QRect(room.left(), room.top() + 18, room.width(), 16)
        quiet = COLOURS.text_2 if picked else COLOURS.text_3
        write_line(painter, below, row.detail, font(LABEL_PX, tabular=True), quiet)
