"""The rows of the feed table: what fails stands on top."""

from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    Qt,
)
from PySide6.QtGui import QIcon, QPainter, QPixmap

from paser_command.api import FeedHealth, FeedState, Instant, Severity
from paser_plugins.feeds.words import STATE_WORDS, age_text, reason_text
from paser_ui.api import COLOURS, PanelContext, cleaned, draw_symbol

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SIGN_PX = 16
_LONGEST = 200


class Column(IntEnum):
    """The columns from left to right."""

    STATE = 0
    FEED = 1
    AGE = 2
    INTERVAL = 3
    REASON = 4


_ORDER = (FeedState.FAILING, FeedState.LATE, FeedState.STARTING, FeedState.LIVE)


class HealthModel(QAbstractTableModel):
    """One row a feed: failing, late, starting, live; then by name."""

    def __init__(self, context: PanelContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[FeedHealth] = []
        self._now: Instant = 0
        self._answered: Mapping[str, Instant] = {}

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def feed(self, row: int) -> FeedHealth:
        """Return the health that the row shows."""
        return self._rows[row]

    def row_of(self, key: str) -> int:
        """Return the row of the feed, -1 where there is none."""
        return next((row for row, feed in enumerate(self._rows) if feed.key == key), -1)

    def show(
        self, feeds: list[FeedHealth], now: Instant, answered: Mapping[str, Instant] | None = None
    ) -> None:
        """Show these feeds; `answered` is when each of them told something last."""
        rows = sorted(feeds, key=lambda feed: (_ORDER.index(feed.state), feed.key))
        alike = [feed.key for feed in rows] == [feed.key for feed in self._rows]
        if not alike:
            self.beginResetModel()
        self._rows, self._now, self._answered = rows, now, answered or {}
        if not alike:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        feed, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cleaned(self._text(feed, column)[:_LONGEST]).replace("\n", " ")
        if role == Qt.ItemDataRole.DecorationRole and column is Column.STATE:
            return state_sign(feed.state)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(feed, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (self._text(feed, each) for each in Column)))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        tr = self._context.tr
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            words = (tr("State"), tr("Feed"), tr("Last answer"), tr("Every"), tr("Reason"))
            return words[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, feed: FeedHealth, column: Column) -> str:
        tr, language = self._context.tr, self._context.language
        match column:
            case Column.STATE:
                return tr(STATE_WORDS[feed.state])
            case Column.FEED:
                name = self._context.source_name(feed.source)
                return f"{feed.key} · {name}" if name else feed.key
            case Column.AGE:
                return age_text(tr, language, feed, self._now, self._answered.get(feed.key, 0))
            case Column.INTERVAL:
                return language.age(round(feed.interval_s * 1_000_000))
            case Column.REASON:
                return reason_text(tr, language, feed)

    def _ink(self, feed: FeedHealth, column: Column) -> Any:
        if column is Column.STATE or column is Column.FEED or feed.state is FeedState.FAILING:
            return COLOURS.text
        return COLOURS.text_2


@cache
def state_sign(state: FeedState) -> QIcon:
    """Return the symbol of a state: a triangle for failing, a square for late, else a dot."""
    severity = {FeedState.FAILING: Severity.HIGH, FeedState.LATE: Severity.MEDIUM}
    pixmap = QPixmap(_SIGN_PX * 2, _SIGN_PX * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    centre = QPointF(_SIGN_PX / 2, _SIGN_PX / 2)
    filled = state is not FeedState.STARTING
    draw_symbol(painter, severity.get(state, Severity.NONE), centre, _SIGN_PX - 3.0, filled)
    painter.end()
    icon = QIcon(pixmap)
    # Without this a selected row's symbol is tinted.
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
