"""How one incident looks in the list: symbol, what and where, reports, state, running age."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from paser_command.api import MINUTE, Incident, Instant
from paser_plugins.incidents.model import IncidentModel
from paser_plugins.incidents.words import Headline, incident_age, second_line, state_word
from paser_ui.api import (
    COLOURS,
    HELP_PX,
    LABEL_PX,
    RIGHT,
    TEXT_PX,
    PanelContext,
    cleaned,
    draw_symbol,
    font,
    write_line,
)

ROW_PX = 46
NARROW_PX = 400
"""Below this width the state word goes to the second line."""

_MARGIN = 12
_TITLE_X = 42
_SYMBOL_PX = 16.0
_BAR_PX = 3
_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Draws rows of an `IncidentModel`; `now` and `headline` are asked at each painting.

    Where a headline is longer than its line, the place begins the second: rows of a flood differ
    by nothing else.

    What is not `exposed` in the view is not drawn: ages run each second, and titles do not.
    """

    def __init__(
        self,
        model: IncidentModel,
        context: PanelContext,
        now: Callable[[], Instant],
        headline: Callable[[Incident], Headline],
    ) -> None:
        super().__init__(model)
        self.exposed = QRect()
        self._model = model
        self._context = context
        self._now = now
        self._headline = headline

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(200, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        incident = self._model.incident(index.row())
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setClipRect(rect)
        self._ground(painter, rect, state)
        age_rect = self.age_rect(rect, incident)
        before_age = QRect(rect.left(), rect.top(), age_rect.left() - rect.left(), rect.height())
        if self.exposed.intersects(before_age):
            centre = QPointF(rect.left() + 22, rect.top() + ROW_PX / 2)
            colour = COLOURS.text_3 if incident.closed else None
            taken = incident.closed or incident.acknowledged is not None
            draw_symbol(painter, incident.severity, centre, _SYMBOL_PX, not taken, colour)
            self._words(painter, rect, incident, age_rect.left())
        age = incident_age(self._context.language, incident, self._now())
        write_line(painter, age_rect, age, _age_font(), COLOURS.text_2, RIGHT)
        painter.restore()

    def age_rect(self, row: QRect, incident: Incident) -> QRect:
        """Return where the age stands in a row."""
        right = row.right() - _MARGIN
        age = incident_age(self._context.language, incident, self._now())
        usual = self._context.language.age(59 * MINUTE)
        left = right - max(_width(_age_font(), words) for words in (usual, age))
        return QRect(left, row.top(), right - left + 1, ROW_PX)

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, COLOURS.selected_row)
            painter.fillRect(rect.left(), rect.top(), _BAR_PX, rect.height(), COLOURS.selection)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, COLOURS.line)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(COLOURS.selection)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _words(self, painter: QPainter, rect: QRect, incident: Incident, age_left: int) -> None:
        tr = self._context.tr
        state, below = state_word(tr, incident), second_line(self._context.language, incident)
        end = age_left - _MARGIN
        if rect.width() < NARROW_PX:
            below = f"{state} · {below}"
        else:
            end -= _state_width(tr) + _MARGIN
            state_rect = QRect(end + _MARGIN, rect.top(), age_left - end - _MARGIN, ROW_PX)
            write_line(painter, state_rect, state, font(HELP_PX), COLOURS.text_2)
        left = rect.left() + _TITLE_X
        first = QRect(left, rect.top() + 5, end - left, 20)
        second = QRect(left, rect.top() + 25, end - left, 16)
        headline = self._headline(incident)
        title, ink = headline.line, COLOURS.text_3
        if headline.where and _width(font(TEXT_PX), cleaned(title)) > first.width():
            title, below, ink = headline.what, f"{headline.where} · {below}", COLOURS.text_2
        title_ink = COLOURS.text_2 if incident.closed else COLOURS.text
        write_line(painter, first, title, font(TEXT_PX), title_ink)
        write_line(painter, second, below, font(LABEL_PX), ink)


def _age_font() -> QFont:
    return font(HELP_PX, tabular=True)


def _state_width(tr: Callable[..., str]) -> int:
    words = (tr("closed"), tr("acknowledged"), tr("not acknowledged"))
    return max(_width(font(HELP_PX), word) for word in words)


def _width(words: QFont, text: str) -> int:
    return QFontMetrics(words).horizontalAdvance(text)
