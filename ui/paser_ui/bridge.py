"""The one timer between the session and what is on the screen."""

import gc
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt, QTimer

from paser_command.memory import COLLECTING, give_back
from paser_command.session.frames import Frame, Mode
from paser_command.session.session import Drained, Session
from paser_ui.desk import Desk
from paser_ui.panel_host import PanelHost

TICK_MS = 33
QUICK_MS = 8
"""While an act is on its way to the journal and back: who acted waits to see it."""

PATIENCE_S = 0.15
"""Panels wait so long for an act: the strip is painted before them."""

BUDGET_S = 0.016
"""Panels are drawn until this much of a tick is spent; the others have the next one."""

_CALM = frozenset(("latest", "units", "feeds"))
"""Parts of a picture that change all the time: numbers, places and heartbeats."""

_YOUNG_MS = 1_000
_MIDDLE_EVERY = 10
_FULL_EVERY = 300
_GIVE_BACK_EVERY = 2
_SETTLED_AFTER = 3
"""By then the windows stand: before, the first picture would wait for a look at all there is."""
_GAPS_KEPT = 4_000
"""Of two minutes. Of hours they would be a memory that grows all that time."""


class Bridge(QObject):
    """Drains the sessions 30 times a second, and gives frames to the panels that are due.

    While only numbers, places and heartbeats come, panels are due less often.

    `hosts` are asked for at each tick: panels come and go with workspaces. `gaps` has the seconds
    between the beginnings of one tick and the next: 0.033 where nothing is late. `on_frame` are
    called with each frame that a panel has drawn, `on_tick` in each tick before panels are drawn.
    """

    def __init__(
        self,
        desk: Desk,
        hosts: Callable[[], Sequence[PanelHost]],
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.gaps: deque[float] = deque(maxlen=_GAPS_KEPT)
        self.on_frame: list[Callable[[PanelHost, Frame], None]] = []
        self.on_tick: list[Callable[[bool], None]] = []
        self._desk = desk
        self._hosts = hosts
        self._now_s = now_s
        self._last_s: float | None = None
        self._acted_s: float | None = None
        self._lists_next = False
        self._next = 0
        self._answers: WeakKeyDictionary[PanelHost, tuple[Mapping[str, object], ...]]
        self._answers = WeakKeyDictionary()
        self._events: WeakKeyDictionary[Session, int] = WeakKeyDictionary()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to tick."""
        self._last_s = None
        self._desk.session.call_on_act(self._hurry)
        self._timer.start()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Take in what is new, tell the bars, and draw what is due."""
        began_s = self._now_s()
        if self._last_s is not None:
            self.gaps.append(began_s - self._last_s)
        self._last_s = began_s
        hosts = self._hosts()
        drained = self._drain(hosts)
        moved = {session: new for session, new in drained.items() if _has_moved(session, new)}
        calm = {session for session in moved if not self._is_eventful(session)}
        for host in hosts if moved else ():
            session = host.view.session
            if session in moved:
                host.mark_changed(seeked=moved[session].seeked, calm=session in calm)
        # The bars first: they are small, and the strip tells who acted that it was heard.
        changed = any(new.changed or new.seeked for new in drained.values())
        for tell in self.on_tick:
            tell(changed)
        seen = [host for host in hosts if host.isVisible()]
        for host in seen:
            host.show_view(host.view.session.view)
        self._take_answers(seen)
        self._pace(quick=self._draw_after_acts(seen, began_s))

    def _draw_after_acts(self, seen: Sequence[PanelHost], began_s: float) -> bool:
        """Draw what is due, in the order in which who acted looks for it; True for a short turn.

        What came back is in the strip in one turn, in the panels that show acts in the next one,
        and in all others after that: each turn is painted before the next one.
        """
        if self._acted_s is None:
            first, self._lists_next = self._lists_next, False
            self._draw([host for host in seen if _shows_acts(host)] if first else seen, began_s)
            return first
        if began_s - self._acted_s >= PATIENCE_S:
            self._draw(seen, began_s)
        if not self._desk.session.acts_on_way():
            self._acted_s, self._lists_next = None, True
            for host in filter(_shows_acts, seen):
                host.mark_changed(at_once=True)
        return True

    def _hurry(self) -> None:
        """Somebody acted: have short turns, in which panels wait."""
        self._acted_s = self._now_s()
        self._pace(quick=True)

    def _pace(self, *, quick: bool) -> None:
        """Tick more often while somebody waits to see an act."""
        wanted_ms = QUICK_MS if quick else TICK_MS
        if self._timer.interval() != wanted_ms:
            self._timer.setInterval(wanted_ms)

    def _drain(self, hosts: Sequence[PanelHost]) -> dict[Session, Drained]:
        """Drain each session that something looks at: the one of now first, the others follow."""
        drained = {self._desk.session: self._desk.session.drain()}
        for host in hosts:
            for session in (host.view.desk.session, host.view.session):
                if session not in drained:
                    drained[session] = session.drain()
        return drained

    def _is_eventful(self, session: Session) -> bool:
        """Tell whether more has changed than what changes all the time."""
        if session.mode is Mode.PLAYING:
            return True
        revision = session.picture.revision
        events = sum(count for part, count in revision.items() if part not in _CALM)
        before, self._events[session] = self._events.get(session), events
        return events != before

    def _take_answers(self, hosts: Sequence[PanelHost]) -> None:
        """Have a panel drawn whose questions were answered since its last frame."""
        for host in hosts:
            session = host.view.session
            answers = session.series(host.panel_id), session.trails(host.panel_id)
            before = self._answers.get(host, (None, None))
            if any(new and new is not old for new, old in zip(answers, before, strict=True)):
                self._answers[host] = answers
                host.mark_changed()

    def _draw(self, hosts: Sequence[PanelHost], began_s: float) -> None:
        """Draw due panels, in turn, so that a slow one does not starve those behind it."""
        for _ in range(len(hosts)):
            host = hosts[self._next % len(hosts)]
            self._next += 1
            if host.due():
                self._draw_one(host)
                if self._now_s() - began_s > BUDGET_S:
                    return

    def _draw_one(self, host: PanelHost) -> None:
        session = host.view.session
        frame = Frame(
            now=session.now(),
            mode=session.mode,
            speed=session.speed,
            seeked=host.seeked,
            exercise=session.exercise,
            picture=session.picture,
            selection=host.view.selection,
            series=session.series(host.panel_id),
            trails=session.trails(host.panel_id),
            area=host.view.area,
            tickets=session.tickets(),
            wall=host.on_wall,
            current=session.view.current,
        )
        host.draw(frame)
        for tell in self.on_frame:
            tell(host, frame)


def _shows_acts(host: PanelHost) -> bool:
    return host.panel is not None and host.panel.shows_acts


def _has_moved(session: Session, new: Drained) -> bool:
    return new.changed or new.seeked or session.mode is Mode.PLAYING


class Collecting(QObject):
    """Collects garbage in the main thread, and nowhere else, and gives free memory back.

    Python collects in whichever thread happens to allocate; a window that dies in a worker thread
    takes the process with it. So automatic collecting is off while this runs.
    """

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._timer = QTimer(self, interval=_YOUNG_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take collecting over; what lives once the windows stand is never looked at again."""
        COLLECTING.hold()
        self._timer.start()

    def stop(self) -> None:
        """Give collecting back."""
        self._timer.stop()
        gc.unfreeze()
        COLLECTING.release()

    def collect(self) -> None:
        """Collect the young often, the old seldom; now and then give back what is free."""
        self._count += 1
        if self._count == _SETTLED_AFTER:
            gc.collect()
            gc.freeze()
        elif self._count % _FULL_EVERY == 0:
            gc.collect()
        else:
            gc.collect(1 if self._count % _MIDDLE_EVERY == 0 else 0)
        if self._count % _GIVE_BACK_EVERY == 0:
            give_back()
