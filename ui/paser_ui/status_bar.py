"""The status bar: the time, where in time we are, what stands, how the feeds do, who sits here."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from paser_command.language import LANGUAGES, Language
from paser_command.picture.picture import SILENT, Picture, Reading
from paser_command.records import FeedState, Severity
from paser_command.session.frames import Mode
from paser_command.session.identity import Identity
from paser_command.session.view import View, ViewState
from paser_command.times import SECOND, Instant, iso
from paser_ui.acts.key_words import key_text
from paser_ui.alarms.waiting import Tally
from paser_ui.desk import Desk
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import SEVERITY_WORDS, draw_symbol
from paser_ui.theme.tokens import CLOCK_PX, COLOURS, HELP_PX, TEXT_PX
from paser_ui.times import time_name
from paser_ui.view_loss.words import moment, state_word
from paser_ui.widgets.plain import (
    plain_label,
    put_name,
    put_running_text,
    put_text,
    put_tooltip,
)
from paser_ui.widgets.severity_count import SeverityCount

HEIGHT_PX = 44
_LONGEST_SITE = 60
_NAME_SHARE = 4
"""A workspace's name takes no more than this part of the bar."""
READING_WORDS = {Reading.KNOWN: "as known", Reading.HAPPENED: "as happened"}
_LOST = (ViewState.NOT_CURRENT, ViewState.UNREADABLE)
_LADDER = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)


class ModeChip(QLabel):
    """LIVE as plain words, the past as a band in the colour of replays, loss of view as a fault.

    Where there is little room it keeps its first words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(TEXT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setObjectName("modeChip")
        self.past = False
        self.state = ViewState.CURRENT

    def show_mode(self, text: str, *, past: bool, state: ViewState = ViewState.CURRENT) -> None:
        """Show where in time the desk is, and in `state` whether its picture is of then."""
        put_text(self, text)
        put_name(self, text)
        put_tooltip(self, text)
        if (past, state) != (self.past, self.state):
            self.past, self.state = past, state
            self.update()

    def sizeHint(self) -> QSize:
        return self._room_for(self.text())

    def minimumSizeHint(self) -> QSize:
        return self._room_for(_first_words(self.text()))

    def _room_for(self, text: str) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(text) + 32, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.past:
            painter.fillRect(self.rect(), COLOURS.replay)
        if not self.past and self.state in _LOST:
            draw_symbol(painter, Severity.HIGH, QPointF(12, self.height() / 2), 13, True)
        elif not self.past and self.state is ViewState.LOADING:
            painter.setPen(COLOURS.text_3)
            painter.drawEllipse(8, self.height() // 2 - 4, 8, 8)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(COLOURS.ground if self.past else COLOURS.live)
            painter.drawEllipse(8, self.height() // 2 - 4, 8, 8)
        painter.setPen(COLOURS.ground if self.past else COLOURS.text)
        room = self.rect().adjusted(24, 0, 0, 0)
        whole = self.width() >= self.sizeHint().width()
        text = self.text() if whole else _first_words(self.text())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class StatusBar(QWidget):
    """One line, always in the same place.

    Where it is too narrow for all, what matters least goes first: the seat, the site, the date,
    the feeds' words, the feeds. `names` says who sits at which seat: once on a desk is enough, and
    so is the site's name. With `times` it says which time its window is in, which may be another.
    """

    language_wanted = Signal()
    workspaces_wanted = Signal()
    times_wanted = Signal()

    def __init__(
        self, desk: Desk, *, names: bool = True, times: bool = False, site_name: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.setFixedHeight(HEIGHT_PX)
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._language_key = "Ctrl+L"
        self._named = ""
        self._shown: tuple[Instant, Mode, float, Language, str] | None = None
        self.clock = plain_label(font=font(CLOCK_PX, tabular=True))
        self.clock.setObjectName("clock")
        self.date = plain_label(font=font(HELP_PX), role="2")
        self.mode = ModeChip()
        self.counts = {severity: SeverityCount(severity) for severity in _LADDER}
        self.age = plain_label(font=font(HELP_PX, tabular=True), role="2")
        self.age.setObjectName("countsAge")
        self.age.hide()
        self.feeds = plain_label(font=font(HELP_PX, tabular=True), role="2")
        self.feeds.setObjectName("feedCount")
        self.feeds_short = plain_label(font=font(HELP_PX, tabular=True), role="2")
        self.feeds_short.setObjectName("feedCountShort")
        self.feeds_short.hide()
        self._names = names
        self.site = plain_label(site_name[:_LONGEST_SITE], font=font(HELP_PX))
        self.site.setObjectName("siteName")
        self.seat = plain_label(role="2")
        self.seat.setFont(font(HELP_PX))
        self.times = _chip("timeChip")
        self.times.clicked.connect(self.times_wanted)
        self.times.setVisible(times)
        self.workspace = _chip("workspaceChip")
        self.workspace.clicked.connect(self.workspaces_wanted)
        self.workspace.hide()
        self.language = _chip("languageSwitch")
        self.language.clicked.connect(self.language_wanted)
        desk.session_changed.connect(self._name_time)
        self._lay_out()
        self.retranslate()

    def show_time(self) -> None:
        """Show the session's instant and how its clock runs."""
        session, language = self._desk.session, self._desk.language
        if self._names:
            put_text(self.seat, _named(session.identity))
        now, words = session.now(), self._mode_words()
        shown = (now // SECOND, session.mode, session.speed, language, words)
        if shown == self._shown:
            return
        self._shown = shown
        put_running_text(self.clock, language.time(now, seconds=True))
        date = f"{language.zone_label(now)} · {language.date(now)}"
        put_tooltip(self.clock, f"{date}   {iso(now)[:19]}Z · UTC")
        put_text(self.date, date)
        past = session.mode is not Mode.LIVE
        self.mode.show_mode(words, past=past, state=session.view.state)

    def show_tally(self, tally: Tally, view: View) -> None:
        """Show how many of each severity stand, or did when the picture was current last."""
        tr = self._desk.tr
        show_counts(self.counts, tally, view)
        old = ""
        if view.state in _LOST:
            old = tr("as of {time}", time=self._desk.language.time(view.since, seconds=True))
        for severity, shown in self.counts.items():
            told = tr(
                "{severity}: {n}, {waiting} not acknowledged",
                severity=tr(SEVERITY_WORDS[severity]),
                n=shown.shown,
                waiting=shown.waiting,
            )
            told = f"{told} · {old}" if old else told
            put_tooltip(shown, told)
            put_name(shown, told)
        put_text(self.age, old)
        self.age.setVisible(bool(old))

    def show_feeds(self, picture: Picture, now: Instant, view: View) -> None:
        """Show how many feeds live, and name those that do not; of old, as it was then."""
        language = self._desk.language
        now = now if view.current else min(now, view.since)
        states = {key: picture.feed_state(key, now) for key in picture.feeds}
        silent = [key for key, state in states.items() if state in SILENT]
        live = sum(state is FeedState.LIVE for state in states.values())
        known = view.state is not ViewState.LOADING
        count = f"{live}/{len(states)}" if known else "–"
        text = language.tr("Feeds {count}", count=count)
        if silent:
            text += " · " + language.tr("{n} silent", n=len(silent))
        put_text(self.feeds, text)
        put_text(self.feeds_short, count)
        put_name(self.feeds_short, text)
        told = language.tr("Not live: {feeds}", feeds=", ".join(sorted(silent))) if silent else ""
        put_tooltip(self.feeds, told)
        put_tooltip(self.feeds_short, told or text)
        for label in (self.feeds, self.feeds_short):
            _ink(label, _ink_of(view, silent=bool(silent)))

    def show_workspace(self, name: str, *, locked: bool) -> None:
        """Show which workspace stands on the displays, and whether it is locked."""
        tr = self._desk.tr
        self._named = f"{name} ({tr('locked')})" if locked else name
        put_name(self.workspace, tr("Workspace: {name}", name=self._named))
        put_tooltip(self.workspace, self._named)
        self.workspace.show()
        self._fit()

    def retranslate(self) -> None:
        """Put the words on again."""
        code = self._desk.language.code
        put_text(self.language, code.upper())
        others = [name for other, name in LANGUAGES.items() if other != code]
        key = key_text(self._language_key, self._desk.tr)
        put_tooltip(self.language, f"{' / '.join(others)}   {key}".rstrip())
        put_name(self.language, self._desk.tr("Language: {name}", name=LANGUAGES[code]))
        self._name_time()
        put_name(self.clock, self._desk.tr("Clock"))
        put_name(self, self._desk.tr("Status bar"))

    def show_key(self, key: str) -> None:
        """Say by which key the language is changed, "" for none."""
        self._language_key = key
        self.retranslate()

    def _name_time(self) -> None:
        name = time_name(self._desk.time, self._desk.language)
        put_text(self.times, f"{name}  ▾")
        told = self._desk.tr("Time of this window: {name}", name=name)
        put_name(self.times, told)
        put_tooltip(self.times, told)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._kept_px(self.mode.minimumSizeHint()), HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show what there is room for."""
        longest_px = self.width() // _NAME_SHARE
        name = self.workspace.fontMetrics().elidedText(
            self._named, Qt.TextElideMode.ElideRight, longest_px
        )
        put_text(self.workspace, f"{name}  ▾")
        room_px = self.width() - self._kept_px(self.mode.sizeHint())
        feeds = next((one for one in (self.feeds, self.feeds_short) if _px(one) <= room_px), None)
        room_px -= _px(feeds) if feeds is not None else 0
        self.feeds.setVisible(feeds is self.feeds)
        self.feeds_short.setVisible(feeds is self.feeds_short)
        for label in (self.date, self.site, self.seat):
            label.setVisible(feeds is self.feeds and _px(label) <= room_px)
            room_px -= _px(label)

    def _kept_px(self, mode: QSize) -> int:
        """Return the width of what never goes, with as much of the mode's words."""
        row = self._row
        age = () if self.age.isHidden() else (self.age,)
        times = () if self.times.isHidden() else (self.times,)
        kept = (self.clock, *times, *self.counts.values(), *age, self.workspace, self.language)
        items = [item for number in range(row.count()) if (item := row.itemAt(number))]
        gaps_px = sum(gap.sizeHint().width() for item in items if (gap := item.spacerItem()))
        sides = row.contentsMargins()
        return mode.width() + sum(map(_px, kept)) + gaps_px + sides.left() + sides.right()

    def _mode_words(self) -> str:
        session, tr = self._desk.session, self._desk.tr
        if session.mode is Mode.LIVE:
            view, language = session.view, self._desk.language
            told = "" if view.current else moment(view, language)
            return " · ".join(filter(None, (state_word(view, language), told)))
        reading = tr(READING_WORDS[session.picture.reading])
        if session.mode is Mode.PAUSED:
            return f"{tr('Paused').upper()} · {reading}"
        return f"{tr('Replay').upper()} {session.speed:g}× · {reading}"

    def _lay_out(self) -> None:
        # What may go takes its gap with it.
        self.date.setContentsMargins(20, 0, 0, 0)
        for label in (self.feeds, self.feeds_short):
            label.setContentsMargins(0, 0, 20, 0)
        for label in (self.site, self.seat):
            label.setContentsMargins(14, 0, 0, 0)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self.clock)
        row.addWidget(self.date)
        row.addSpacing(18)
        row.addWidget(self.mode)
        row.addWidget(self.times)
        row.addSpacing(12)
        row.addStretch(1)
        for shown in self.counts.values():
            row.addWidget(shown)
            row.addSpacing(18)
        row.addWidget(self.age)
        row.addStretch(1)
        row.addWidget(self.feeds)
        row.addWidget(self.feeds_short)
        row.addWidget(self.workspace)
        row.addWidget(self.site)
        row.addWidget(self.seat)
        row.addSpacing(10)
        row.addWidget(self.language)


def _chip(name: str) -> QPushButton:
    made = QPushButton()
    made.setObjectName(name)
    made.setProperty("flat", "true")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def show_counts(counts: Mapping[Severity, SeverityCount], tally: Tally, view: View) -> None:
    """Show how many of each severity stand, grey where that is not of now."""
    loading = view.state is ViewState.LOADING
    for severity, shown in counts.items():
        count, waiting = tally.standing[severity], tally.waiting[severity]
        shown.show_count(
            None if loading else count, 0 if loading else waiting, old=not view.current
        )


def _ink_of(view: View, *, silent: bool) -> QColor:
    if not view.current:
        return COLOURS.text_3
    return COLOURS.text if silent else COLOURS.text_2


def _px(widget: QWidget) -> int:
    """Return the width that a widget wants, shown or not."""
    return max(widget.sizeHint().width(), widget.minimumWidth())


def _named(identity: Identity) -> str:
    return " · ".join(part for part in (identity.seat, identity.who) if part)


def _first_words(text: str) -> str:
    return text.partition(" · ")[0]


def _ink(label: QLabel, colour: QColor) -> None:
    sheet = f"color: {colour.name()};"
    if label.styleSheet() != sheet:
        label.setStyleSheet(sheet)
