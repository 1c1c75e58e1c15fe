"""What lies over a panel whose content cannot be believed now: the panel stays visible beneath."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from paser_command.language import Language
from paser_command.records import Severity
from paser_command.session.view import View, ViewState
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import CLOCK_PX, COLOURS, STRIP_PX, TEXT_PX
from paser_ui.view_loss.words import headline, why
from paser_ui.widgets.plain import cleaned, put_name

_THIN = 0.45
"""How much of the panel the veil takes away."""

_EDGE_PX, _PAD_PX, _GAP_PX, _BAR_PX = 3, 9, 14, 4
_LEAST_TRACK_PX = 180
_MIDDLE = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_ENDLESS_PX = 10_000


class Veil(QWidget):
    """Says Loading, Not current since, or Unreadable. The pointer goes through it.

    What is lost is said at the panel's foot, where lists have what matters least: the last that was
    known stays readable. A panel that is loading shows nothing that is true yet: that veil is a
    whole one. On the wall the letters are larger, and the reason, which may name anything, is left
    out.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._words = ("", "")
        self._share: float | None = None
        self._wall = False
        self._loading = False

    def show_view(self, view: View | None, language: Language, *, wall: bool) -> None:
        """Lie over the panel and say what is lost; go where `view` is None."""
        if view is None:
            self.hide()
            return
        self._loading = view.state is ViewState.LOADING
        words = headline(view, language), "" if wall and not self._loading else why(view, language)
        share = view.progress.share if view.progress is not None else None
        if (words, share, wall) != (self._words, self._share, self._wall):
            self._words, self._share, self._wall = words, share, wall
            put_name(self, ". ".join(filter(None, words)))
            self.update()
        if self.isHidden():
            self.raise_()
            self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._loading:
            painter.fillRect(self.rect(), COLOURS.panel)
            self._paint_loading(painter)
        else:
            ground = QColor(COLOURS.ground)
            ground.setAlphaF(_THIN)
            painter.fillRect(self.rect(), ground)
            self._paint_foot(painter)
        painter.end()

    def _fonts(self) -> tuple[QFont, QFont]:
        large, small = (CLOCK_PX, STRIP_PX) if self._wall else (STRIP_PX, TEXT_PX)
        return font(large, QFont.Weight.DemiBold, tabular=True), font(small, tabular=True)

    def _paint_loading(self, painter: QPainter) -> None:
        (large, small), (head, told) = self._fonts(), map(cleaned, self._words)
        room = QRectF(8, 0, self.width() - 16, _ENDLESS_PX)
        head_px, told_px = _size(head, large, room, _MIDDLE), _size(told, small, room, _MIDDLE)
        room.moveTop(max(0.0, (self.height() - head_px.height() - told_px.height() - 24) / 2))
        _write(painter, room, large, COLOURS.text, head, _MIDDLE)
        room.moveTop(room.top() + head_px.height() + 6)
        _write(painter, room, small, COLOURS.text_2, told, _MIDDLE)
        if self._share is not None:
            width = min(self.width() - 16, max(told_px.width(), _LEAST_TRACK_PX))
            left, top = (self.width() - width) / 2, room.top() + told_px.height() + 10
            painter.fillRect(QRectF(left, top, width, _BAR_PX), COLOURS.line)
            painter.fillRect(QRectF(left, top, width * self._share, _BAR_PX), COLOURS.data_bar)

    def _paint_foot(self, painter: QPainter) -> None:
        (large, small), (head, reason) = self._fonts(), map(cleaned, self._words)
        symbol_px = QFontMetricsF(large).height()
        left = _EDGE_PX + _PAD_PX + symbol_px + _PAD_PX
        room = QRectF(left, 0, max(40.0, self.width() - left - _PAD_PX), _ENDLESS_PX)
        head_px = _size(head, large, room, _LEFT)
        beside = room.adjusted(head_px.width() + _GAP_PX, 0, 0, 0)
        fits = QFontMetricsF(small).horizontalAdvance(reason) <= beside.width()
        below = 0.0 if fits or not reason else _size(reason, small, room, _LEFT).height() + 2
        if below + head_px.height() + 2 * _PAD_PX > self.height() / 2:
            # A low panel says the first line alone.
            reason, below = "", 0.0
        height = min(float(self.height()), head_px.height() + below + 2 * _PAD_PX)
        foot = QRectF(0, self.height() - height, self.width(), height)
        painter.fillRect(foot, COLOURS.raised)
        painter.fillRect(QRectF(0, foot.top(), _EDGE_PX, height), COLOURS.high)
        room.moveTop(foot.top() + _PAD_PX)
        middle = QPointF(_EDGE_PX + _PAD_PX + symbol_px / 2, room.top() + head_px.height() / 2)
        draw_symbol(painter, Severity.HIGH, middle, symbol_px * 0.75, True)
        _write(painter, room, large, COLOURS.text, head, _LEFT)
        if below:
            room.moveTop(room.top() + head_px.height() + 2)
            _write(painter, room, small, COLOURS.text, reason, _LEFT)
        else:
            lower = QFontMetricsF(large).ascent() - QFontMetricsF(small).ascent()
            beside.moveTop(room.top() + lower)
            _write(painter, beside, small, COLOURS.text, reason, _LEFT)


def _size(text: str, face: QFont, room: QRectF, how: int) -> QRectF:
    return QFontMetricsF(face).boundingRect(room, how, text) if text else QRectF()


def _write(painter: QPainter, room: QRectF, face: QFont, ink: QColor, text: str, how: int) -> None:
    painter.setFont(face)
    painter.setPen(ink)
    painter.drawText(room, how, text)
