"""P11: from an operator's key to the paint that shows what it did, while records pour in."""

import os
import time
from collections.abc import Iterator
from itertools import cycle

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from paser_command.session.frames import Frame
from paser_ui.alarms.waiting import key_of
from paser_ui.app import Console
from paser_ui.panel_host import PanelHost
from tests.benchmarks import city
from tests.benchmarks.desks import PANELS, WINDOWS, desk, plug_in
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import LoopGaps, console, percentile, producing, run_until, see_all

RATE = 1_000
ACTS = int(os.environ.get("P11_ACTS", "150"))
LISTS_GOAL_MS = 120.0
WORST_MS = 2_000.0
WARM_S = 15.0
_PAUSES_S = (0.31, 0.47, 0.23, 0.59, 0.37)
"""Between acts: of no common measure with what is drawn when."""


class Watch(QObject):
    """Notes when the strip, and each list of incidents, has painted that a thing is taken.

    Without the lists it is the strip alone, in which alarms stand as well.
    """

    def __init__(self, shown: Console, *, lists: bool = True) -> None:
        super().__init__()
        self.strip_ms: list[float] = []
        self.lists_ms: list[float] = []
        self._strip = shown.window.strip
        self._key = ""
        self._pressed_s = 0.0
        self._waits_for_strip = False
        self._lists: dict[PanelHost, bool] = {}
        hosts = shown.front.panels.all() if lists else []
        self._all = [host for host in hosts if "incidents" in _type(host)]
        shown.bridge.on_frame.append(self._given)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    @property
    def done(self) -> bool:
        """Whether all that is seen has painted it."""
        return not self._waits_for_strip and not self._lists

    def press(self, window: QObject) -> None:
        """Press the key that takes what stands in the strip."""
        top = self._strip.top
        assert top is not None
        self._key, self._waits_for_strip = key_of(top), True
        self._lists = {host: False for host in self._all if host.isVisible()}
        self._pressed_s = time.monotonic()
        QTest.keyClick(window, Qt.Key.Key_Space)  # type: ignore[call-overload]

    def _given(self, host: PanelHost, frame: Frame) -> None:
        incident = frame.picture.incidents.get(self._key)
        if host in self._lists and incident is not None and incident.acknowledged is not None:
            self._lists[host] = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.done:
            if watched is self._strip:
                self._see_strip()
            for host in [host for host, given in self._lists.items() if given]:
                if host.isAncestorOf(watched):  # type: ignore[arg-type]
                    del self._lists[host]
                    self._after_paint(self.lists_ms)
        return False

    def _see_strip(self) -> None:
        top = self._strip.top
        if self._waits_for_strip and (top is None or key_of(top) != self._key):
            self._waits_for_strip = False
            self._after_paint(self.strip_ms)

    def _after_paint(self, noted: list[float]) -> None:
        """Note the time once the paint that begins now is over."""
        began_s = self._pressed_s
        QTimer.singleShot(0, lambda: noted.append((time.monotonic() - began_s) * 1000))


def measure() -> dict[str, Figure]:
    """Return the 99th percentile of the time to the strip's paint, and what else was seen."""
    plug_in(WINDOWS)
    with (
        producing(RATE, ACTS + 240) as producer,
        console(producer.url, city.fill, desk()) as (shown, _),
    ):
        session = shown.desk.session
        run_until(lambda: len(session.picture.incidents) >= city.STANDING, 120)
        run_until(lambda: len(session.picture.streams) == 200, 60)
        see_all(shown)
        shown.window.activateWindow()
        shown.window.setFocus()
        producer.go()
        run_until(lambda: False, WARM_S)
        watch, gaps = Watch(shown), LoopGaps()
        unseen = sum(_act(watch, shown, pause_s) for pause_s in _pauses(ACTS))
    strip, lists = watch.strip_ms, watch.lists_ms
    return {
        "P11": Figure(
            what=f"acknowledge by key to the strip's paint at {RATE:,} records/s, "
            f"{WINDOWS} windows of {PANELS} panels, p99",
            value=percentile(strip, 0.99),
            unit="ms",
            goal=80,
            part="loop",
            also={"every list in view, p99 ms": (percentile(lists, 0.99), LISTS_GOAL_MS)},
            also_holds=max([*strip, *lists]) <= WORST_MS and not unseen,
            seen={
                "acts": float(len(strip)),
                "acts not seen within 5 s": float(unseen),
                "strip p50 ms": percentile(strip, 0.5),
                "strip worst ms": max(strip),
                "every list in view, p50 ms": percentile(lists, 0.5),
                "every list in view, worst ms": max(lists),
                "gap of the window's loop p99 ms": percentile(gaps.late_ms, 0.99),
                "longest gap ms": max(gaps.late_ms),
            },
        )
    }


def _act(watch: Watch, shown: Console, pause_s: float) -> int:
    """Do one act and wait for its paints; return 1 where they did not come."""
    run_until(lambda: shown.window.strip.seen, 5, every_ms=10)
    watch.press(shown.window)
    seen = run_until(lambda: watch.done, 5, every_ms=20)
    run_until(lambda: False, pause_s, every_ms=10)
    return 0 if seen else 1


def _pauses(count: int) -> Iterator[float]:
    for _, pause_s in zip(range(count), cycle(_PAUSES_S), strict=False):
        yield pause_s


def _type(host: PanelHost) -> str:
    return type(host.panel).__name__.lower()
