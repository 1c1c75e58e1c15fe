"""The alarm strip: the most urgent thing that nobody took, in words, and the keys to take it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from paser_command.language import Language
from paser_command.outbox.ticket import Ticket, TicketState, Unsaved
from paser_command.picture.incidents import Incident
from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_command.session.frames import Selection
from paser_command.session.view import View, ViewState
from paser_ui.acts.key_words import key_text
from paser_ui.acts.ticket_words import ticket_text, unsaved_text
from paser_ui.alarms.waiting import (
    Tally,
    Urgency,
    Waiting,
    key_of,
    severity_of,
    still_waits,
    urgency_of,
)
from paser_ui.alarms.words import detail, headline
from paser_ui.desk import Desk
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import SEVERITY_WORDS, draw_symbol
from paser_ui.theme.tokens import COLOURS, HELP_PX, STRIP_PX
from paser_ui.view_loss.words import moment, state_word, why
from paser_ui.widgets.plain import ElidedLabel, plain_label, put_name, put_text, put_tooltip

HEIGHT_PX = 42
SEEN_S = 0.4
"""How long a thing stands on top before a key acknowledges it: before that nobody has read it."""

_PULSE_MS = 500
_SYMBOL_PX = 18
_DIMMED = 0.45
_TINT = 0.12
_ROOM_PX = 4
_LOST_PX = 3
_PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Select, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DETAIL_FROM_PX = 720
"""In a narrower strip there is room for what happens and its buttons alone."""


class AlarmStrip(QWidget):
    """Shows the top of what waits now, also while the desk shows the past: then it says so.

    Where what waits now cannot be seen, it says that before all, and never that nothing waits.
    """

    taken = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        pulse: bool = True,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.setObjectName("alarmStrip")
        self.setFixedHeight(HEIGHT_PX)
        self._desk = desk
        self._pulse = pulse
        self._now_s = now_s
        self._top: Waiting | None = None
        self._urgency: Urgency | None = None
        self._since_s = 0.0
        self._lost = self._loading = False
        self._dim = self._on = False
        self._keys = ("Space", "Return")
        self.word = plain_label(font=font(STRIP_PX))
        self.line = ElidedLabel(font=font(STRIP_PX, tabular=True))
        self.detail = plain_label(font=font(HELP_PX, tabular=True), role="2")
        self.acts = ElidedLabel(font=font(HELP_PX, tabular=True))
        self._own: Ticket | None = None
        self._said_why = False
        self.acts.setObjectName("alarmActs")
        self._said: tuple[Unsaved, tuple[Ticket, ...]] = (Unsaved(), ())
        self.acknowledge = self._button("alarmAcknowledge", self.take)
        self.open = self._button("alarmOpen", self.pick)
        for label in (self.line, self.acts):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.acknowledge.installEventFilter(self)
        self._pulsing = QTimer(self, interval=_PULSE_MS)
        self._pulsing.timeout.connect(lambda: self.beat(not self._on))
        self._pulsing.start()

    @property
    def top(self) -> Waiting | None:
        """What the strip shows; None where nothing waits."""
        return self._top

    @property
    def seen(self) -> bool:
        """Whether what is on top, as bad as it is, stood there long enough to be read."""
        return self._top is not None and self._now_s() - self._since_s >= SEEN_S

    def is_overtaken(self) -> bool:
        """Tell whether somebody took what is on top."""
        live = self._desk.session.live_picture
        return self._top is not None and not still_waits(live, self._top)

    def show_tally(self, picture: Picture, tally: Tally, view: View, *, past: bool) -> None:
        """Show the top of what waits in the picture of now; `past`: the panels show another.

        `view` is how far that picture can be believed.
        """
        before = (self._ink(), self._lost)
        self._top, self._lost = tally.top, not view.current
        self._loading = view.state is ViewState.LOADING
        urgency = urgency_of(tally.top) if tally.top is not None else None
        if urgency != self._urgency:
            self._urgency, self._since_s = urgency, self._now_s()
        language = self._desk.language
        if tally.top is not None:
            severity = language.tr(SEVERITY_WORDS[severity_of(tally.top)]).upper()
            marked = past or self._lost
            word = f"{state_word(view, language)} · {severity}" if marked else severity
            line = headline(tally.top, picture, language)
            about = detail(tally.top, tally.more, language)
            if self._lost:
                about = f"{language.tr('as of {time}', time=moment(view, language))} · {about}"
            self._say(word, line, about)
        elif self._lost:
            self._show_unknown(view)
        else:
            self._show_calm()
        self._offer()
        if (self._ink(), self._lost) != before:
            self._tint()
            self.update()

    def show_acts(self, unsaved: Unsaved, tickets: tuple[Ticket, ...]) -> None:
        """Show how many acts are not saved yet, and why the last one was lost or refused."""
        self._said = (unsaved, tickets)
        language = self._desk.language
        ended = [one for one in tickets if self._tells(one)]
        told = self._why(ended[-1], language) if ended else ""
        text = " · ".join(filter(None, (told, unsaved_text(unsaved, language))))
        put_text(self.acts, text)
        put_tooltip(self.acts, text)
        self.acts.setVisible(bool(text))
        self._make_room()
        # What happens is never pushed aside by what became of an act.
        self._said_why = bool(told)
        self._show_detail()
        _ink_label(self.acts, COLOURS.high if ended or unsaved.late else COLOURS.text_2)

    def beat(self, on: bool) -> None:
        """Pulse: draw the symbol full or dim, while something waits."""
        self._on = on
        dim = self._pulse and not on and self._top is not None
        if dim != self._dim:
            self._dim = dim
            self.update(0, 0, 44, self.height())

    def show_keys(self, acknowledge: str, open_: str) -> None:
        """Say by which keys it is done, "" for none."""
        self._keys = (acknowledge, open_)
        self.retranslate()

    def set_pulse(self, pulse: bool) -> None:
        """Pulse from now on, or stand still."""
        self._pulse = pulse

    def take(self) -> None:
        """Acknowledge what is shown."""
        if self._top is not None:
            self._own = self._desk.acknowledge(key_of(self._top))
            self.taken.emit()

    def take_by_key(self) -> None:
        """Acknowledge what is shown, where it was there before the finger was on its way."""
        if self.seen:
            self.take()

    def pick(self) -> None:
        """Select what is shown, on all panels, which come back from the past for it."""
        if self._top is None:
            return
        self._desk.session.live()
        if isinstance(self._top, Incident):
            self._desk.select(Selection("incident", self._top.key))
        else:
            self._desk.select(Selection("stream", self._top.alarm.subject))

    def retranslate(self) -> None:
        """Put the words of the buttons on again."""
        tr = self._desk.tr
        for button, name, key in (
            (self.acknowledge, tr("Acknowledge"), key_text(self._keys[0], tr)),
            (self.open, tr("Open"), key_text(self._keys[1], tr)),
        ):
            put_text(button, f"{name}   {key}".rstrip())
            put_name(button, f"{name} ({key})" if key else name)
        put_name(self, tr("Alarm strip"))
        self.show_acts(*self._said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self._show_detail()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The button in focus is pressed by keys, too.
        return event.type() == QEvent.Type.KeyPress and self._is_early(event)

    def sizeHint(self) -> QSize:
        return QSize(800, HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self._ink()
        alarming = ink is not None and severity_of(self._shown()) >= Severity.HIGH
        painter.fillRect(self.rect(), _tinted(ink) if alarming and ink else self._ground())
        if alarming and ink:
            painter.setPen(QPen(ink, 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._lost and not self._loading:
            painter.fillRect(0, 0, _LOST_PX, self.height(), COLOURS.high)
        if self._lost and not self._loading and ink is None:
            middle = QPointF(26, self.height() / 2)
            draw_symbol(painter, Severity.HIGH, middle, _SYMBOL_PX, False, COLOURS.high)
        if ink is not None:
            shade = QColor(ink)
            shade.setAlphaF(_DIMMED if self._dim else 1.0)
            middle = QPointF(26, self.height() / 2)
            draw_symbol(painter, severity_of(self._shown()), middle, _SYMBOL_PX, True, shade)
        painter.end()

    def _why(self, ticket: Ticket, language: Language) -> str:
        """Return why an act ended, and what it was done to: the strip shows something else now."""
        picture, key = self._desk.session.live_picture, ticket.subject
        thing = picture.incidents.get(key) or picture.alarms.get(key)
        name = headline(thing, picture, language) if thing is not None else ""
        return " · ".join(filter(None, (ticket_text(ticket, language), name)))

    def _make_room(self) -> None:
        """Give what became of acts up to a third of the strip; the rest is for what happens."""
        wanted_px = self.acts.fontMetrics().horizontalAdvance(self.acts.text()) + _ROOM_PX
        self.acts.setMinimumWidth(min(wanted_px, self.width() // 3))

    def _tells(self, ticket: Ticket) -> bool:
        """Tell whether the strip says why an act ended: a panel says why it refused its own."""
        refused = ticket.state is TicketState.REFUSED
        late = refused and ticket.command is not None
        return ticket.state is TicketState.LOST or late or (refused and ticket is self._own)

    def _shown(self) -> Waiting:
        assert self._top is not None
        return self._top

    def _ink(self) -> QColor | None:
        return COLOURS.severity(severity_of(self._top)) if self._top is not None else None

    def _ground(self) -> QColor:
        return COLOURS.raised if self._lost else COLOURS.panel

    def _show_calm(self) -> None:
        self._say("", self._desk.tr("Nothing waits to be acknowledged"), "")
        put_tooltip(self.line, "")

    def _show_unknown(self, view: View) -> None:
        language = self._desk.language
        told = [why(view, language)]
        if view.state is not ViewState.LOADING:
            told.insert(0, language.tr("since {time}", time=moment(view, language)))
        unknown = language.tr("What waits to be acknowledged is not known")
        self._say(state_word(view, language), unknown, " · ".join(filter(None, told)))

    def _say(self, word: str, line: str, about: str) -> None:
        put_text(self.word, word)
        put_text(self.line, line)
        put_tooltip(self.line, line)
        put_text(self.detail, about)

    def _tint(self) -> None:
        """Colour the severity's word; a calm line is quiet."""
        for label, colour in (
            (self.word, self._ink() or COLOURS.text),
            (self.line, COLOURS.text_3 if self._is_calm() else COLOURS.text),
        ):
            _ink_label(label, colour)

    def _offer(self) -> None:
        self.acknowledge.setVisible(self._top is not None)
        self.open.setVisible(self._top is not None)
        self.word.setVisible(not self._is_calm())
        self._show_detail()

    def _show_detail(self) -> None:
        room = self.width() >= _DETAIL_FROM_PX
        self.detail.setVisible(room and not self._is_calm() and not self._said_why)

    def _is_early(self, event: QEvent) -> bool:
        presses = isinstance(event, QKeyEvent) and event.key() in _PRESSES
        return presses and not self.seen

    def _is_calm(self) -> bool:
        return self._top is None and not self._lost

    def _button(self, name: str, act: object) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(52, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self.word)
        row.addWidget(self.line)
        row.addWidget(self.detail)
        row.addStretch(1)
        row.addWidget(self.acts)
        row.addWidget(self.acknowledge)
        row.addWidget(self.open)
        self.retranslate()
        self._show_calm()
        self._tint()
        self._offer()


def _ink_label(label: QLabel, colour: QColor) -> None:
    palette = label.palette()
    if palette.color(label.foregroundRole()) != colour:
        palette.setColor(label.foregroundRole(), colour)
        label.setPalette(palette)


def _tinted(ink: QColor) -> QColor:
    """Return the window's ground with a breath of the alarm's colour."""
    ground = COLOURS.ground
    return QColor(
        round(ground.red() + (ink.red() - ground.red()) * _TINT),
        round(ground.green() + (ink.green() - ground.green()) * _TINT),
        round(ground.blue() + (ink.blue() - ground.blue()) * _TINT),
    )
