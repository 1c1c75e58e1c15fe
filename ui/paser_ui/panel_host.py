"""The place of one panel: runs it in a guard, draws it when it is due, shows its fault instead."""

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paser_command.errors import PluginError
from paser_command.geo import LonLat
from paser_command.memory import peak_kib
from paser_command.plugin.guard import Fault, Guard
from paser_command.session.frames import Frame
from paser_command.session.view import View as SessionView
from paser_command.session.view import ViewState
from paser_ui.api import Panel, PanelContext
from paser_ui.desk import Desk
from paser_ui.faults import Faults
from paser_ui.host_context import HostContext
from paser_ui.theme.tokens import COLOURS, FRAME_PX
from paser_ui.view import Pin, View
from paser_ui.view_loss.veil import Veil
from paser_ui.widgets.exercise_band import ExerciseBand
from paser_ui.widgets.fault_notice import FaultNotice

_LOG = logging.getLogger(__name__)

State = dict[str, str | int | float | bool]
Build = Callable[[PanelContext], Panel]

FASTEST_S = 0.1
CALM_S = 0.25
"""How often a panel is drawn while nothing but numbers, places and heartbeats come."""

SLOWEST_S = 2.0
UNCHANGED_S = 1.0
"""How often a panel is drawn while nothing changes, so that ages go on."""

PIN_WORDS = {Pin.SELECTION: "own selection", Pin.TIME: "own time", Pin.AREA: "own area"}
SLOW_FRAME_S = 0.05
LONGEST_FRAME_S = 1.0
"""A frame that takes longer is a fault: all windows stand still meanwhile."""

MEMORY_STEP_MIB = 256
"""Memory is told each time that a panel's frames have made the console larger by so much more."""

SEEK_S = 0.5
"""How long a sought picture may be on its way before the panel says that it is loading."""


class SlowFrameError(Exception):
    """A panel held up the window's loop."""

    kind = "slow"


_SHARE = 4
"""A slow panel gets one part in so many of the loop's time."""


class PanelHost(QWidget):
    """One panel in its guard. What it raises stays in here.

    A `lazy` one is built when it is seen first. `retitled` by a person, it bears that title.
    `titled` tells that its title or what it can do may be another, `built` that its panel is a new
    one, `place_shown` that it was asked to show a place, and could, `grew` by how many MiB its
    frames have made the console larger.
    """

    titled = Signal()
    built = Signal()
    place_shown = Signal()
    grew = Signal(int)

    def __init__(
        self,
        panel_id: str,
        name: str,
        build: Build,
        desk: Desk,
        *,
        package: str = "",
        faults: Faults | None = None,
        now_s: Callable[[], float] = time.monotonic,
        lazy: bool = False,
        type_id: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(f"host.{panel_id}")
        self.panel_id = panel_id
        self.type_id = type_id or panel_id
        self.panel: Panel | None = None
        self.guard = Guard(panel_id, now_s)
        self.interval_s = FASTEST_S
        self.view = View(desk)
        self.view.changed.connect(self._look_elsewhere)
        self.view.session_changed.connect(self._change_session)
        self.own_title = ""
        self._name = name
        self._package = package
        self._build = build
        self._faults = faults
        self._now_s = now_s
        self._state: State = {}
        self._tells_state = True
        self._drawn_s = -SLOWEST_S
        self._grown_kib = 0
        self._changed = True
        self._calm = False
        self._seeked = False
        self._at_once = True
        self._notice: FaultNotice | None = None
        self._marked_past = False
        self._was_seen = False
        self.on_wall = False
        self._unbuilt = True
        self._place: tuple[LonLat, float] | None = None
        self.band = ExerciseBand()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.band)
        self.band.hide()
        self.veil = Veil(self)
        if not lazy:
            self._build_panel()
        desk.place_wanted.connect(self.show_place)

    @property
    def _desk(self) -> Desk:
        return self.view.desk

    @property
    def name(self) -> str:
        """Return what people call the panel: its own name, or the one that a person gave it."""
        return self.own_title or self._desk.language_of(self._package).tr(self._name)

    @property
    def title(self) -> str:
        """Return the panel's name, and what it is pinned out of."""
        told = [self._desk.tr(PIN_WORDS[pin]) for pin in self.view.pins]
        return f"{self.name} ({', '.join(told)})" if told else self.name

    def retitle(self, title: str) -> None:
        """Bear another title, the panel's own name where it is empty."""
        self.own_title = title
        self.titled.emit()

    def pin(self, pin: Pin, pinned: bool) -> None:
        """Follow the window no longer in this, or again; the title says so."""
        self.view.pin(pin, pinned)
        self.titled.emit()

    def mark_changed(
        self, *, seeked: bool = False, at_once: bool = False, calm: bool = False
    ) -> None:
        """Say that there is something new to draw; `seeked` is kept until a frame carried it.

        What is `calm`, such as one more number, may wait a little.
        """
        self._calm = calm and (self._calm or not self._changed)
        self._changed = True
        self._seeked = self._seeked or seeked
        self._at_once = self._at_once or at_once or seeked

    def due(self) -> bool:
        """Tell whether the panel wants a frame now: visible, and its time has come."""
        if not self.isVisible():
            return False
        if self._unbuilt:
            return True
        if self.panel is None or self.guard.paused:
            return False
        if self._at_once:
            return True
        least_s = UNCHANGED_S if not self._changed else CALM_S if self._calm else FASTEST_S
        return self._now_s() - self._drawn_s >= max(least_s, self.interval_s)

    @property
    def seeked(self) -> bool:
        """Tell whether the clock jumped since the panel's last frame."""
        return self._seeked

    def draw(self, frame: Frame) -> None:
        """Give the panel its frame, and learn from how long it took."""
        if self._unbuilt:
            self._build_late()
        panel = self.panel
        if panel is None or self.guard.paused:
            return
        self._changed = self._calm = self._seeked = self._at_once = False
        began_s = self._now_s()
        faults, before_kib = self.guard.fault, peak_kib()
        self.guard.run(lambda: panel.render_frame(frame))
        self._drawn_s = self._now_s()
        took_s = self._drawn_s - began_s
        if took_s > LONGEST_FRAME_S and self.guard.fault is faults:
            self.guard.blame(SlowFrameError(f"a frame took {took_s:.1f} s"))
        self._weigh(peak_kib() - before_kib)
        if self.guard.fault is not faults:
            self._faulted()
        else:
            self._pace(took_s)

    def show_view(self, view: SessionView) -> None:
        """Say over the panel that its picture cannot be believed, where that is so.

        What is sought in the past comes soon: a veil before half a second would flicker.
        """
        young = view.state is ViewState.LOADING and view.age_s < SEEK_S and self._was_seen
        self._was_seen = self._was_seen or view.current
        lost = not view.current and not young and self._notice is None
        self.veil.show_view(view if lost else None, self._desk.language, wall=self.on_wall)

    def blame(self, error: BaseException) -> None:
        """Count a fault that showed in a slot, a timer or a paint event of this panel."""
        if not self.guard.paused:
            self.guard.blame(error)
            self._faulted(logged=True)

    def retranslate(self) -> None:
        """Put the words on again: the language has changed."""
        if self.panel is not None:
            self.guard.run(self.panel.retranslate)
            self._settle()
        if self._notice is not None:
            self._notice.retranslate()
        self.band.show_word(self._desk.tr("Exercise").upper())
        self.mark_changed(at_once=True)
        self.titled.emit()

    def save_state(self) -> State:
        """Return what the workspace shall remember of the panel; the last known where it fails.

        One that failed at it is not asked again: that it cannot be remembered ends no panel.
        """
        if self.panel is not None and self._tells_state:
            before = self.guard.fault
            self._state = self.guard.run(self.panel.save_state) or self._state
            self._tells_state = self.guard.fault is before
            if not self._tells_state:
                self._faulted()
        return self._state

    def restore_state(self, state: State) -> None:
        """Give the panel what the workspace remembers."""
        self._state = state
        panel = self.panel
        if panel is not None and state:
            self.guard.run(lambda: panel.restore_state(state))
            self._settle()

    def mark_window(self, *, floating: bool, exercise: bool, past: bool) -> None:
        """Wear the marks of its window, where the panel is a window by itself."""
        self.band.setVisible(floating and exercise)
        self._marked_past = floating and past
        edge = FRAME_PX if self._marked_past else 0
        self._rows.setContentsMargins(edge, edge, edge, edge)
        self.update()

    def retry(self) -> None:
        """Build the panel anew, in a clean guard."""
        self.guard.resume()
        self._tells_state = True
        self._drop_panel()
        self._build_panel()
        if self.panel is not None:
            self.restore_state(self._state)
            self.mark_changed(at_once=True)
            self.titled.emit()

    def close_panel(self) -> None:
        """Let go of what the panel has for itself: its place is given up."""
        self.view.close()
        self.view.session.forget(self.panel_id)
        self._drop_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.veil.setGeometry(self.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), COLOURS.replay if self._marked_past else COLOURS.panel)
        painter.end()

    def _build_late(self) -> None:
        """Build the panel now that it is seen, and give it what is remembered of it."""
        self._build_panel()
        if self.panel is not None:
            self.restore_state(self._state)
            self.titled.emit()
            if self._place is not None:
                self.show_place(*self._place)
                self._place = None

    def _look_elsewhere(self) -> None:
        self.mark_changed(at_once=True)

    def _change_session(self) -> None:
        """What was asked of one session is asked anew of the other, by a frame like a jump's."""
        self.mark_changed(seeked=True)

    def _build_panel(self) -> None:
        self._unbuilt = False
        panel = self.guard.run(lambda: self._build(self._context()))
        if panel is None:
            if self.guard.fault is None:
                self.guard.blame(PluginError("the panel {panel} gave nothing", panel=self.panel_id))
            self.guard.pause()
            self._faulted()
            return
        self.panel = panel
        if self._faults is not None:
            self._faults.watch(panel, self.blame)
        self._drop_notice()
        if self.on_wall:
            for action in panel.actions():
                action.setEnabled(False)
        self._rows.addWidget(panel, 1)
        panel.show()
        self.veil.raise_()
        self.built.emit()

    def _context(self) -> HostContext:
        return HostContext(self.panel_id, self._package, self.view)

    def show_place(self, place: LonLat, zoom: float) -> None:
        """Show a place, if the panel has places; one that is not built yet does so when it is."""
        if self._unbuilt:
            self._place = (place, zoom)
        panel = self.panel
        if panel is not None and not self.guard.paused:
            self.guard.run(lambda: panel.show_place(*place, zoom))
            self._settle()
            if type(panel).show_place is not Panel.show_place:
                self.place_shown.emit()

    def _settle(self) -> None:
        if self.guard.paused:
            self._faulted()

    def _faulted(self, *, logged: bool = False) -> None:
        """Log what the guard caught; show it in the panel's place where that made it pause."""
        fault = self.guard.fault
        if fault is None:
            return
        if not logged:
            _LOG.error("panel %s: %s: %s\n%s", fault.part, fault.kind, fault.message, fault.trace)
        if self.guard.paused and self._notice is None:
            self._show_notice(fault)

    def _show_notice(self, fault: Fault) -> None:
        if self.panel is not None:
            self.panel.hide()
        self.view.session.ask(self.panel_id, ())
        self._notice = FaultNotice(
            lambda: self._desk.language_of(self._package), self._name, fault, public=self.on_wall
        )
        self._notice.retry_wanted.connect(self.retry)
        self._rows.addWidget(self._notice, 1)
        self._notice.show()

    def _drop_notice(self) -> None:
        if self._notice is not None:
            self._rows.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None

    def _drop_panel(self) -> None:
        if self.panel is not None:
            if self._faults is not None:
                self._faults.forget(self.panel)
            self._rows.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self._drop_notice()

    def _weigh(self, kib: int) -> None:
        """Add what a frame has made the console larger by; tell of each step."""
        if kib <= 0:
            return
        step_kib = MEMORY_STEP_MIB * 1024
        before, self._grown_kib = self._grown_kib // step_kib, self._grown_kib + kib
        if self._grown_kib // step_kib > before:
            self.grew.emit(self._grown_kib // 1024)

    def _pace(self, took_s: float) -> None:
        """Draw a slow panel less often, a fast one at full rate again, and say so in the title."""
        wanted_s = FASTEST_S
        if took_s > SLOW_FRAME_S:
            wanted_s = min(SLOWEST_S, max(2 * FASTEST_S, took_s * _SHARE))
        elif self.interval_s > FASTEST_S:
            # One fast frame does not make a slow panel fast.
            wanted_s = self.interval_s / 2
        if wanted_s < 2 * FASTEST_S:
            wanted_s = FASTEST_S
        before, self.interval_s = self.interval_s, round(wanted_s, 1)
        if self.interval_s != before:
            self.titled.emit()
