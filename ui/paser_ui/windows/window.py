"""A window: pages between bars, and the marks of replay and exercise."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paser_command.session.frames import Mode
from paser_command.session.view import ViewState
from paser_ui.alarms.strip import AlarmStrip
from paser_ui.alarms.tallies import Tallies
from paser_ui.desk import Desk
from paser_ui.tab_order import next_by_tab
from paser_ui.theme.tokens import COLOURS, FRAME_PX, GAP_PX
from paser_ui.widgets.exercise_band import ExerciseBand
from paser_ui.widgets.plain import put_title
from paser_ui.windows.page_stack import PageStack

_TALLY_EVERY_S = 0.25
_TIME_EVERY_S = 0.1


class Window(QWidget):
    """What every window has. Kinds of windows add their bars in `above` and `below`.

    `desk` is the window's own: it may be moved in time alone. `tallies` are those of all windows.
    """

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        site_name: str,
        tallies: Tallies | None = None,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.desk = desk
        self.tallies = tallies or Tallies()
        self.wall = False
        self._site_name = site_name
        self._now_s = now_s
        self._past = False
        self._seen: tuple[ViewState, ViewState] | None = None
        self._time_s = self._tally_s = -1.0
        self._stale = True
        self.bars: tuple[tuple[QWidget, ...], tuple[QWidget, ...]] = ((), ())
        self.band = ExerciseBand()
        self.pages = PageStack(desk.translated)

    @property
    def past(self) -> bool:
        """Whether the window shows the past."""
        return self._past

    @property
    def title(self) -> str:
        """The window's title."""
        exercise = self.desk.tr("Exercise").upper()
        marked = f"{exercise} · " if self.desk.session.exercise else ""
        return f"{marked}Paser Command · {self._site_name}"

    def show_tick(self, changed: bool) -> None:
        """Bring the bars up to date; called thirty times a second, works when it is due."""
        now_s = self._now_s()
        self._stale = self._stale or changed
        turned = (self.desk.session.mode is not Mode.LIVE) != self._past
        if now_s - self._time_s >= _TIME_EVERY_S or turned:
            self._time_s = now_s
            self._follow_time()
        due_s = _TALLY_EVERY_S if self._stale else 1.0
        if now_s - self._tally_s >= due_s or self.is_overtaken():
            self._tally_s = now_s
            self._stale = False
            self.show_picture()

    def show_time(self) -> None:
        """Show where the window's clock is."""

    def is_overtaken(self) -> bool:
        """Tell whether what is shown asks for an act that was done: it waits for no turn to go."""
        return False

    def show_picture(self) -> None:
        """Show what stands in the window's picture."""

    def show_strip(self, strip: AlarmStrip) -> None:
        """Show in the strip what waits now, whatever time the window shows."""
        session = self.desk.session
        live = session.live_picture
        strip.show_acts(session.unsaved(), session.tickets())
        strip.show_tally(live, self.tallies.of(live), session.live_view, past=self.past)

    def speak(self) -> None:
        """Put every word on, in the language of the screen."""
        self.retitle()
        self.band.show_word(self.desk.tr("Exercise").upper())
        self.pages.say_what(self.desk.tr("Pages"))
        self.pages.retitle()
        self.refresh()

    def retitle(self) -> None:
        """Bear the title that the window has now."""
        put_title(self, self.title)

    def refresh(self) -> None:
        """Have the bars shown anew at the next tick."""
        self._time_s = self._tally_s = -1.0

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through the window as it is read: bars, panels, bars."""
        front, (above, below) = self.pages.front, self.bars
        panels = front.dock.widgets() if front is not None else ()
        parts = (*above, self.pages.tabs, *panels, *below)
        target = next_by_tab(self, parts, forward=forward)
        if target is None:
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not on a button: the space bar is the alarm's.
        if self.focusWidget() is None:
            self.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), COLOURS.replay if self._past else COLOURS.ground)
        painter.end()

    def lay_out(self, above: tuple[QWidget, ...], below: tuple[QWidget, ...] = ()) -> None:
        """Lay the bars above and below the pages."""
        self.bars = (above, below)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(FRAME_PX, FRAME_PX, FRAME_PX, FRAME_PX)
        rows.setSpacing(GAP_PX)
        self.band.setVisible(self.desk.session.exercise)
        rows.addWidget(self.band)
        for bar in above:
            rows.addWidget(bar)
        rows.addWidget(self.pages, 1)
        for bar in below:
            rows.addWidget(bar)

    def _follow_time(self) -> None:
        past = self.desk.session.mode is not Mode.LIVE
        session = self.desk.session
        seen = (session.view.state, session.live_view.state)
        if seen != self._seen:
            self._seen = seen
            self._tally_s = -1.0
        if past != self._past:
            self._past = past
            self._tally_s = -1.0
            self.update()
        self.show_time()
