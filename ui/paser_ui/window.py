"""The main window: bars above and below, panels between, and the marks of replay and exercise."""

import time
from collections.abc import Callable, Mapping, Sequence

import msgspec
from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paser_command.errors import PaserError
from paser_command.language import LANGUAGES
from paser_command.session.frames import Mode
from paser_command.times import Now
from paser_command.times import now as system_now
from paser_ui.alarms.strip import AlarmStrip
from paser_ui.alarms.waiting import tally
from paser_ui.collector_process import Phase, ProcessState
from paser_ui.desk import Desk
from paser_ui.panel_host import PanelHost
from paser_ui.settings import Settings
from paser_ui.status_bar import StatusBar
from paser_ui.tab_order import order_tabs
from paser_ui.theme.tokens import COLOURS, FRAME_PX, GAP_PX
from paser_ui.timeline.bar import Timeline
from paser_ui.widgets.banner import Banner
from paser_ui.widgets.exercise_band import ExerciseBand
from paser_ui.widgets.plain import put_title
from paser_ui.workspace.docking import Docking, Place

_TALLY_EVERY_S = 0.25
_TIME_EVERY_S = 0.1
_PULSE_MS = 500

_PLACES: Mapping[str, Place] = {
    "map": Place.LEFT,
    "incidents": Place.RIGHT,
    "charts": Place.BOTTOM,
    "feeds": Place.BOTTOM_RIGHT,
}
"""Where a plugin's panels stand as delivered; those of others are tabs."""


class Window(QWidget):
    """One desk's window."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        hosts: Sequence[PanelHost],
        *,
        site_name: str,
        who: str,
        seat: str,
        pulse: bool = True,
        now: Now = system_now,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(960, 600)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self._hosts = {host.panel_id: host for host in hosts}
        self._site_name = site_name
        self._now_s = now_s
        self._past = False
        self._time_s = self._tally_s = -1.0
        self._stale = True
        self.band = ExerciseBand()
        self.status = StatusBar(desk, who=who, seat=seat)
        self.strip = AlarmStrip(desk, pulse=pulse)
        self.banner = Banner()
        self.docking = Docking(self)
        self.timeline = Timeline(desk, now=now, now_s=now_s)
        self._beat = False
        self._pulse = QTimer(self, interval=_PULSE_MS)
        self._pulse.timeout.connect(self._beat_strip)
        self._lay_out()
        self._wire()
        self._speak()

    def show_tick(self, changed: bool) -> None:
        """Bring the bars up to date; called thirty times a second, works when it is due."""
        now_s = self._now_s()
        self._stale = self._stale or changed
        if now_s - self._time_s >= _TIME_EVERY_S or self._stale_at_once():
            self._time_s = now_s
            self._show_time()
        due_s = _TALLY_EVERY_S if self._stale else 1.0
        if now_s - self._tally_s >= due_s:
            self._tally_s = now_s
            self._stale = False
            self._show_picture()

    def show_process(self, name: str, state: ProcessState) -> None:
        """Say what is wrong with a child process, and what is done about it."""
        language, text = self._desk.language, ""
        if state.phase is Phase.WAITING:
            text = language.tr(
                "{name} ended ({code}) and is started again in {n} s. Values get old until then.",
                name=language.tr(name),
                code="-" if state.code is None else state.code,
                n=language.number(state.again_s, 1),
            )
        elif state.failing:
            text = language.tr(
                "The journal cannot be written: {error}. New data is kept in memory; "
                "check the disk and the database.",
                error=_said(state.failing, language.code),
            )
        self.banner.tell(f"process.{name}", text)

    def notice(self, name: str, error: PaserError) -> None:
        """Show an error that somebody reads and closes."""
        self.say(name, self._desk.language.error(error))

    def say(self, name: str, text: str) -> None:
        """Show a sentence that somebody reads and closes."""
        self.banner.tell(name, text, close=lambda: self._forget(name))

    def recall(self, settings: Settings) -> None:
        """Put things where the person left them; after the window was shown."""
        self.docking.arrange()
        if settings.layout:
            self.docking.restore(settings.layout)
        for panel_id, state in settings.panels.items():
            if panel_id in self._hosts:
                self._hosts[panel_id].restore_state(state)
        self._desk.select(settings.selection)
        # Not on a button: the space bar is the alarm's.
        self.setFocus()
        self._mark_windows()
        self._order_tabs()

    def recall_geometry(self, settings: Settings) -> None:
        """Stand where the window stood; before it is shown. Large, where it never stood yet."""
        if not (settings.geometry and self.restoreGeometry(QByteArray(settings.geometry))):
            self.resize(self.screen().availableSize())
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def remembered(self, before: Settings) -> Settings:
        """Return what to remember of the desk."""
        return msgspec.structs.replace(
            before,
            language=self._desk.language.code,
            selection=self._desk.selection,
            geometry=bytes(self.saveGeometry().data()),
            layout=self.docking.save(),
            panels={panel_id: host.save_state() for panel_id, host in self._hosts.items()},
        )

    def next_language(self) -> None:
        """Speak the next language."""
        codes = list(LANGUAGES)
        at = codes.index(self._desk.language.code)
        self._desk.speak(codes[(at + 1) % len(codes)])

    def windows(self) -> list[QWidget]:
        """Return every window of the desk that is shown."""
        return [self, *self.docking.windows()]

    @property
    def hosts(self) -> Mapping[str, PanelHost]:
        """Return the places of all panels by the panels' ids."""
        return self._hosts

    def host(self, panel_id: str) -> PanelHost:
        """Return the place of the panel."""
        return self._hosts[panel_id]

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), COLOURS.replay if self._past else COLOURS.ground)
        painter.end()

    def _stale_at_once(self) -> bool:
        return (self._desk.session.mode is not Mode.LIVE) != self._past

    def _show_time(self) -> None:
        past = self._desk.session.mode is not Mode.LIVE
        if past != self._past:
            self._past = past
            self._tally_s = -1.0
            self._mark_windows()
            self.update()
        self.status.show_time()
        self.timeline.show_moment()

    def _show_picture(self) -> None:
        session = self._desk.session
        picture, live = session.picture, session.live_picture
        counted = tally(picture)
        self.status.show_tally(counted)
        self.status.show_feeds(picture, session.now())
        self.strip.show_tally(live, counted if live is picture else tally(live), past=self._past)
        self.timeline.show_marks(picture)
        self._show_faults()

    def _show_faults(self) -> None:
        session, language = self._desk.session, self._desk.language
        text = ""
        if session.fault is not None:
            error = language.error(session.fault)
            text = language.tr(
                "The journal cannot be read: {error}. The picture stays as it was.", error=error
            )
        self.banner.tell("journal", text)
        text = ""
        if session.command_fault is not None:
            error = language.error(session.command_fault)
            text = language.tr(
                "What was done here is not saved yet: {error}. It is kept and tried again.",
                error=error,
            )
        self.banner.tell("command", text)

    def _forget(self, name: str) -> None:
        self.banner.tell(name, "")

    def _beat_strip(self) -> None:
        self._beat = not self._beat
        self.strip.beat(self._beat)

    def _speak(self) -> None:
        """Put every word on, in the language of the screen."""
        tr = self._desk.tr
        exercise = tr("Exercise").upper()
        marked = f"{exercise} · " if self._desk.session.exercise else ""
        title = f"{marked}Paser Command · {self._site_name}"
        put_title(self, title)
        self.docking.set_window_title(title)
        self.docking.retranslate()
        self.band.show_word(exercise)
        self.status.retranslate()
        self.strip.retranslate()
        self.timeline.retranslate()
        for host in self._hosts.values():
            host.retranslate()
        self._time_s = self._tally_s = -1.0

    def _mark_windows(self) -> None:
        for panel_id, host in self._hosts.items():
            host.mark_window(
                floating=self.docking.floating(panel_id),
                exercise=self._desk.session.exercise,
                past=self._past,
            )

    def _order_tabs(self) -> None:
        hosts = sorted(self._hosts, key=_reading_order)
        panels = [self._hosts[panel_id] for panel_id in hosts]
        order_tabs(self, (self.status, self.banner, self.strip, *panels, self.timeline))

    def _wire(self) -> None:
        self._desk.language_changed.connect(self._speak)
        self.status.language_wanted.connect(self.next_language)
        for panel_id, host in self._hosts.items():
            self.docking.add(panel_id, host.title, host, _place(panel_id))
            host.titled.connect(lambda host=host: self._retitle(host))
        self.docking.on_floating(lambda _name, _floating: self._mark_windows())
        self._pulse.start()

    def _retitle(self, host: PanelHost) -> None:
        self.docking.set_title(host.panel_id, host.title)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(FRAME_PX, FRAME_PX, FRAME_PX, FRAME_PX)
        rows.setSpacing(GAP_PX)
        self.band.setVisible(self._desk.session.exercise)
        rows.addWidget(self.band)
        rows.addWidget(self.status)
        rows.addWidget(self.banner)
        rows.addWidget(self.strip)
        rows.addWidget(self.docking.widget, 1)
        rows.addWidget(self.timeline)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def _reading_order(panel_id: str) -> int:
    known = list(_PLACES)
    plugin = panel_id.partition(".")[0]
    return known.index(plugin) if plugin in known else len(known)


def _place(panel_id: str) -> Place:
    return _PLACES.get(panel_id.partition(".")[0], Place.TAB)


def _said(sentences: Mapping[str, str], code: str) -> str:
    """Return the sentence of the language, else whatever was said."""
    return sentences.get(code) or next(iter(sentences.values()))
