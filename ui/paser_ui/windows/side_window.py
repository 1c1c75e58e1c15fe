"""A window more of the desk, on another display or beside the others."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent

from paser_command.times import Now
from paser_command.times import now as system_now
from paser_ui.alarms.strip import AlarmStrip
from paser_ui.alarms.tallies import Tallies
from paser_ui.desk import Desk
from paser_ui.status_bar import StatusBar
from paser_ui.timeline.bar import Timeline
from paser_ui.windows.window import Window


class SideWindow(Window):
    """It is called what its page is called, and has a strip: it may cover that of the main window.

    It has a timeline while it is moved in time alone. To close it is to give it up.
    """

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
        self.setObjectName("sideWindow")
        self.setMinimumSize(480, 320)
        # A display that comes, or a start, takes nobody's keyboard away from the main window.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.status = StatusBar(desk, names=False, times=True)
        self.strip = AlarmStrip(desk, pulse=pulse, now_s=now_s)
        self.timeline = Timeline(desk, now=now, now_s=now_s)
        self.lay_out((self.status, self.strip), (self.timeline,))
        self.pages.retitled.connect(self.retitle)
        desk.session_changed.connect(self._follow_session)
        self._follow_session()
        self.speak()

    @property
    def title(self) -> str:
        front = self.pages.front
        name = self.desk.translated(front.name) if front is not None else ""
        return f"{name} · {super().title}" if name else super().title

    def show_time(self) -> None:
        self.status.show_time()
        if self.desk.own_time:
            self.timeline.show_moment()

    def is_overtaken(self) -> bool:
        return self.strip.is_overtaken()

    def show_picture(self) -> None:
        session = self.desk.session
        view = session.view
        self.status.show_tally(self.tallies.of(session.picture), view)
        self.status.show_feeds(session.picture, session.now(), view)
        self.show_strip(self.strip)
        if self.desk.own_time:
            self.timeline.show_marks(session.picture)

    def speak(self) -> None:
        super().speak()
        self.status.retranslate()
        self.strip.retranslate()
        self.timeline.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        # Whoever has the windows takes the pages elsewhere first: closing loses none.
        event.ignore()
        self.closed.emit()

    def _follow_session(self) -> None:
        self.timeline.setVisible(self.desk.own_time)
        self.refresh()
