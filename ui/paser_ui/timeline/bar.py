"""The timeline: grab it and the whole console is in the past."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from paser_command.picture.picture import Picture
from paser_command.session.frames import Mode
from paser_command.times import HOUR, MINUTE, Instant, Now
from paser_ui.alarms.waiting import waits
from paser_ui.desk import Desk
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import HELP_PX
from paser_ui.timeline.histogram import Bars, Histogram, Mark
from paser_ui.timeline.moment_field import MomentField
from paser_ui.timeline.span import LENGTHS, Span, span_of
from paser_ui.widgets.choice import Choice
from paser_ui.widgets.icons import icon
from paser_ui.widgets.plain import put_name, put_text, put_tooltip

HEIGHT_PX = 72
SPEEDS = (1.0, 10.0, 60.0, 600.0)
STEP: Instant = 5 * MINUTE
SMALL_STEP: Instant = MINUTE
_CHOICE_PX = 44
"""Of a choice's frame, arrow and room beside its text."""

_ASK_EVERY: Instant = 5_000_000
_SEEK_EVERY_S = 0.2


class Timeline(QWidget):
    """Buttons, speeds and the histogram; all it does is tell the session's clock.

    `now` is the wall's clock, where live is; `now_s` a monotonic one.
    """

    def __init__(self, desk: Desk, *, now: Now, now_s: Callable[[], float]) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setFixedHeight(HEIGHT_PX)
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._now = now
        self._now_s = now_s
        self._asked: tuple[Span, Instant] | None = None
        self._seeked_s = 0.0
        self._shown: object = None
        self._playing: bool | None = None
        self.back = self._button("timelineBack", "back", lambda: self.step(-STEP))
        self.toggle = self._button("timelinePlay", "play", self.play_or_pause)
        self.forward = self._button("timelineForward", "forward", lambda: self.step(STEP))
        self.speed = self._choice("timelineSpeed", len(SPEEDS))
        self.length = self._choice("timelineLength", len(LENGTHS))
        self.length.setCurrentIndex(LENGTHS.index(HOUR))
        self.histogram = Histogram(desk)
        self.moment = MomentField(desk)
        self.live = QPushButton()
        self.live.setObjectName("timelineLive")
        self.live.setProperty("flat", "true")
        self.live.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._wire()
        self._lay_out()
        self.retranslate()

    def show_moment(self) -> None:
        """Show where the clock is, and ask for the bars of the stretch round it."""
        session = self._desk.session
        span = self._span()
        past = session.mode is not Mode.LIVE
        self.histogram.show_moment(span, session.now(), past=past)
        self.moment.show_moment(session.now(), self._now())
        self._ask(span)
        activity = session.activity
        if activity is not None and activity is not self._shown:
            self._shown = activity
            self.histogram.show_bars(Bars(activity.start, activity.step, activity.counts))
        self._show_state(past=past)

    def show_marks(self, picture: Picture) -> None:
        """Show the alarms of the picture."""
        self.histogram.show_marks(
            [
                Mark(stands.since, stands.alarm.severity, waits(stands))
                for stands in picture.alarms.values()
            ]
        )

    def play_or_pause(self) -> None:
        """Stop the clock where it runs, live or not; let it run at the chosen speed where not."""
        session = self._desk.session
        if session.mode is Mode.PAUSED:
            session.play(SPEEDS[self.speed.currentIndex()])
        else:
            session.pause()

    def back_to_live(self) -> None:
        """Show what is so now again."""
        self._desk.session.live()

    def step(self, by: Instant) -> None:
        """Go to another moment; what would be in the future is live."""
        session = self._desk.session
        target = session.now() + by
        if by > 0 and session.mode is Mode.LIVE:
            return
        if target >= self._now():
            session.live()
        else:
            session.seek(target)

    def ask_moment(self) -> None:
        """Let a person type where to go."""
        self.window().activateWindow()
        self.moment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """Put the words on again."""
        tr, language = self._desk.tr, self._desk.language
        put_text(self.live, tr("now"))
        self._name(self.back, tr("Five minutes back"), "Ctrl+Shift+←")
        self._name(self.forward, tr("Five minutes on"), "Ctrl+Shift+→")
        self._name(self.live, tr("Back to live"), "Esc")
        self._name(self.speed, tr("Speed of the replay"))
        self._name(self.length, tr("Stretch of the timeline"))
        self.moment.retranslate()
        put_name(self.histogram, tr("Timeline: what happened when"))
        put_name(self, tr("Timeline"))
        for number, speed in enumerate(SPEEDS):
            self.speed.setItemText(number, f"{speed:g}×")
        for number, length in enumerate(LENGTHS):
            self.length.setItemText(number, language.age(length))
        for choice in (self.speed, self.length):
            choice.setMinimumWidth(_widest_px(choice))
        self._playing = None
        self.histogram.update()

    def _show_state(self, *, past: bool) -> None:
        running = self._desk.session.mode is not Mode.PAUSED
        if running != self._playing:
            self._playing = running
            self.toggle.setIcon(icon("pause" if running else "play"))
            tr = self._desk.tr
            self._name(self.toggle, tr("Pause") if running else tr("Play"), "P")
        session = self._desk.session
        if session.mode is Mode.PLAYING and session.speed in SPEEDS:
            self.speed.setCurrentIndex(SPEEDS.index(session.speed))
        self.live.setEnabled(past)
        word = self._desk.tr("now")
        put_text(self.live, f"{word} {self._desk.language.time(self._now())}" if past else word)

    def _span(self) -> Span:
        session = self._desk.session
        cursor = session.now()
        if self.histogram.dragging:
            # The stretch stands still under the hand.
            return self.histogram.span
        latest = max(self._now(), cursor)
        return span_of(cursor, latest, LENGTHS[self.length.currentIndex()])

    def _ask(self, span: Span) -> None:
        now = self._now()
        if self._asked is not None:
            asked, at = self._asked
            if asked == span and now - at < _ASK_EVERY:
                return
        self._asked = (span, now)
        self._desk.session.ask_activity(span.start, span.end)

    def _drag(self, instant: Instant) -> None:
        """Seek while the hand moves, but not at each of its moves."""
        if self._now_s() - self._seeked_s >= _SEEK_EVERY_S:
            self._seek(instant)

    def _seek(self, instant: Instant) -> None:
        self._seeked_s = self._now_s()
        session = self._desk.session
        if instant >= self._now():
            session.live()
        else:
            session.seek(instant)

    def _choose_speed(self) -> None:
        session = self._desk.session
        if session.mode is Mode.PLAYING:
            session.play(SPEEDS[self.speed.currentIndex()])

    def _wire(self) -> None:
        self.histogram.grabbed.connect(self._drag)
        self.histogram.released.connect(self._seek)
        self.moment.wanted.connect(self._seek)
        self.live.clicked.connect(self.back_to_live)
        self.speed.activated.connect(lambda _index: self._choose_speed())
        self.length.activated.connect(lambda _index: self.show_moment())

    def _button(self, name: str, sign: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setProperty("flat", "true")
        button.setIcon(icon(sign))
        button.setIconSize(QSize(16, 16))
        button.setFixedWidth(36)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked: act())
        return button

    def _choice(self, name: str, count: int) -> QComboBox:
        choice = Choice()
        choice.setObjectName(name)
        choice.setFont(font(HELP_PX, tabular=True))
        choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        choice.addItems([""] * count)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        choice.view().setTextElideMode(Qt.TextElideMode.ElideNone)
        return choice

    def _name(self, widget: QWidget, name: str, key: str = "") -> None:
        put_name(widget, name)
        put_tooltip(widget, f"{name}   {key}" if key else name)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        for widget in (self.back, self.toggle, self.forward, self.speed, self.length):
            row.addWidget(widget)
        row.addSpacing(10)
        row.addWidget(self.histogram, 1)
        row.addSpacing(6)
        row.addWidget(self.moment)
        self.live.setMinimumWidth(84)
        row.addWidget(self.live)


def _widest_px(choice: QComboBox) -> int:
    """Return the width in which each text of a choice is read whole."""
    metrics = choice.fontMetrics()
    texts = [choice.itemText(number) for number in range(choice.count())]
    return max(map(metrics.horizontalAdvance, texts), default=0) + _CHOICE_PX
