"""The main window: all bars, and the notices of what is wrong with the program itself."""

import time
from collections.abc import Callable, Mapping

from paser_command.errors import PaserError
from paser_command.picture.picture import Picture
from paser_command.session.tail import Reloaded
from paser_command.times import SECOND, Instant, Now
from paser_command.times import now as system_now
from paser_ui.alarms.strip import AlarmStrip
from paser_ui.alarms.tallies import Tallies
from paser_ui.collector_process import Phase, ProcessState
from paser_ui.desk import Desk
from paser_ui.status_bar import StatusBar
from paser_ui.timeline.bar import Timeline
from paser_ui.view_loss.notices import reloaded, stopped, unread
from paser_ui.view_loss.words import advice
from paser_ui.widgets.banner import Banner
from paser_ui.windows.window import Window

_HEARTBEAT: Instant = 16 * SECOND
"""A running collector says something of each feed every quarter of a minute."""


class MainWindow(Window):
    """The window of the desk that is always there."""

    def __init__(
        self,
        desk: Desk,
        *,
        site_name: str,
        pulse: bool = True,
        tallies: Tallies | None = None,
        now: Now = system_now,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(desk, site_name=site_name, tallies=tallies, now_s=now_s)
        self.setObjectName("window")
        self.setMinimumSize(960, 600)
        self.status = StatusBar(desk, site_name=site_name)
        self.strip = AlarmStrip(desk, pulse=pulse, now_s=now_s)
        self.banner = Banner()
        self.timeline = Timeline(desk, now=now, now_s=now_s)
        self._reloaded: Reloaded | None = None
        self.lay_out((self.status, self.banner, self.strip), (self.timeline,))
        self.speak()

    def show_process(self, name: str, state: ProcessState) -> None:
        """Say what is wrong with a child process, and what is done about it.

        That values get old only where nobody's collector was heard: that of another seat does too.
        """
        language, text = self.desk.language, ""
        if state.phase is Phase.WAITING:
            text = language.tr(
                "{name} ended ({code}) and is started again in {n} s.",
                name=language.tr(name),
                code="-" if state.code is None else state.code,
                n=language.number(state.again_s, 1),
            )
            session = self.desk.session
            if not _is_fed(session.live_picture, session.wall_now()):
                text += " " + language.tr("Values get old until then.")
        elif state.failing:
            text = language.tr(
                "The journal cannot be written: {error}. New data is kept in memory; "
                "check the disk and the database.",
                error=_said(state.failing, language.code),
            )
        self.banner.tell(f"process.{name}", text)

    def notice(self, name: str, error: PaserError) -> None:
        """Show an error that somebody reads and closes."""
        self.tell(name, self.desk.language.error(error))

    def tell(self, name: str, text: str) -> None:
        """Show a line that somebody reads and closes."""
        self.banner.tell(name, text, close=lambda: self.banner.tell(name, ""))

    def show_time(self) -> None:
        self.status.show_time()
        self.timeline.show_moment()

    def is_overtaken(self) -> bool:
        return self.strip.is_overtaken()

    def show_picture(self) -> None:
        session = self.desk.session
        picture, view = session.picture, session.view
        self.status.show_tally(self.tallies.of(picture), view)
        self.status.show_feeds(picture, session.now(), view)
        self.show_strip(self.strip)
        self.timeline.show_marks(picture)
        self._show_faults()

    def speak(self) -> None:
        super().speak()
        self.status.retranslate()
        self.strip.retranslate()
        self.timeline.retranslate()

    def _show_faults(self) -> None:
        session, language = self.desk.session, self.desk.language
        self.banner.tell("journal", advice(session.live_view, language))
        text = ""
        if session.query_fault is not None and session.live_view.current:
            error = language.error(session.query_fault)
            text = language.tr(
                "Charts and trails cannot be read: {error}. They stay as they were.", error=error
            )
        self.banner.tell("queries", text)
        self.banner.tell("unread", unread(session.picture, session.unfolded, language))
        self.banner.tell("stopped", stopped(session.picture, language))
        if session.reloaded is not None and session.reloaded is not self._reloaded:
            self._reloaded = session.reloaded
            self.tell("reloaded", reloaded(session.reloaded, language))
        text = ""
        if session.command_fault is not None:
            error = language.error(session.command_fault)
            text = language.tr(
                "What was done here is not saved yet: {error}. It is kept and tried again.",
                error=error,
            )
        self.banner.tell("command", text)
        text = ""
        if session.outbox_fault is not None:
            text = language.tr(
                "Acts that wait are not kept on this disk: {error}. "
                "Those that are not saved when the program ends are lost.",
                error=language.error(session.outbox_fault),
            )
        self.banner.tell("outbox", text)
        for told in session.news():
            self.notice(f"outbox.{told.template}", told)


def _is_fed(picture: Picture, now: Instant) -> bool:
    """Tell whether any collector was heard as lately as one that runs is."""
    return any(now - health.received <= _HEARTBEAT for health in picture.feeds.values())


def _said(sentences: Mapping[str, str], code: str) -> str:
    """Return the sentence of the language, else whatever was said."""
    return sentences.get(code) or next(iter(sentences.values()))
