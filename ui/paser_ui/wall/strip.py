"""The wall's strip: the worst that waits now, in words that visitors may read."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_command.session.view import View
from paser_ui.alarms.waiting import Tally, severity_of
from paser_ui.alarms.words import public_headline
from paser_ui.desk import Desk
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import SEVERITY_WORDS, draw_symbol
from paser_ui.theme.tokens import COLOURS, STRIP_PX
from paser_ui.view_loss.words import state_word
from paser_ui.widgets.plain import ElidedLabel, put_text

HEIGHT_PX = 44
_SYMBOL_PX = 20
_LEFT_PX = 52


class WallStrip(QWidget):
    """Seen while something critical waits, and while the wall shows the past and anything does."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("wallStrip")
        self.setFixedHeight(HEIGHT_PX)
        self._desk = desk
        self._severity = Severity.NONE
        self.line = ElidedLabel(font=font(STRIP_PX, tabular=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(_LEFT_PX, 0, 16, 0)
        row.addWidget(self.line, 1)
        self.hide()

    def show_tally(self, picture: Picture, tally: Tally, view: View, *, past: bool) -> None:
        """Show the top of what waits in the picture of now; `past`: the wall shows another."""
        top, language = tally.top, self._desk.language
        severity = severity_of(top) if top is not None else Severity.NONE
        self.setVisible(top is not None and (past or severity >= Severity.CRITICAL))
        if top is None:
            return
        if severity is not self._severity:
            self._severity = severity
            self.update()
        told = [language.tr(SEVERITY_WORDS[severity]).upper()]
        if past or not view.current:
            told.insert(0, state_word(view, language))
        told += [public_headline(top, picture, language), language.tr("not acknowledged")]
        if tally.more:
            told.append(language.tr("{n} more", n=language.number(tally.more)))
        put_text(self.line, " · ".join(told))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), COLOURS.panel)
        ink = COLOURS.severity(self._severity)
        painter.setPen(ink)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        draw_symbol(painter, self._severity, QPointF(26, self.height() / 2), _SYMBOL_PX, True)
        painter.end()
