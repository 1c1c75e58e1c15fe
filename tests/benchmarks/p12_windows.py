"""P12, the windows' share: what panels cost that are open and not seen, and windows beside one."""

import os
import time
from functools import partial

from PySide6.QtCore import Qt, QTimer

from paser_ui.bridge import TICK_MS
from tests.benchmarks import city
from tests.benchmarks.apart import apart
from tests.benchmarks.desks import TYPES, desk, plug_in
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import LoopGaps, console, percentile, producing, run_until, see_all

RATE = 1_000
TIMES = 10
GOAL = 1.5
WARM_S = 10.0
SECONDS = float(os.environ.get("P12W_SECONDS", "20"))
SEEN = len(TYPES)

Cost = dict[str, float]


def measure() -> dict[str, Figure]:
    """Return by how much the window's thread works more with ten times as many panels open."""
    few = _cost(SEEN, 1)
    some = _cost(SEEN * 6, 1)
    many = _cost(SEEN * TIMES, 1)
    wide = _cost(SEEN * 3, 3)
    growth = many["tick ms"] / few["tick ms"]
    return {
        "P12W": Figure(
            what=f"a tick with {SEEN * TIMES} panels open, {SEEN} seen, of that with {SEEN}",
            value=growth,
            unit="times",
            goal=GOAL,
            seen={
                f"with {SEEN} open": _told(few),
                f"with {SEEN * 6} open": _told(some),
                f"with {SEEN * TIMES} open": _told(many),
                f"with {SEEN * 3} seen on three windows": _told(wide),
                "thread's time, ten times as many open": many["core %"] / few["core %"],
                "thread's time a seen panel, three windows": wide["core %"] / few["core %"] / 3,
            },
        )
    }


def _cost(panels: int, windows: int) -> Cost:
    cost = apart(partial(_measured, panels, windows), Cost)
    assert cost is not None
    return cost


def _measured(panels: int, windows: int) -> Cost:
    """Return the processor time of the window's thread, and of its ticks, in a process apart."""
    plug_in(windows)
    with (
        producing(RATE, SECONDS + 180) as producer,
        console(producer.url, city.fill, desk(panels, windows)) as (shown, _),
    ):
        session = shown.desk.session
        run_until(lambda: len(session.picture.incidents) >= city.STANDING, 120)
        run_until(lambda: len(session.picture.streams) == 200, 60)
        see_all(shown)
        producer.go()
        ticks_s: list[float] = []

        def tick() -> None:
            began_s = time.thread_time()
            shown.bridge.tick()
            ticks_s.append(time.thread_time() - began_s)

        shown.bridge.stop()
        timer = QTimer(interval=TICK_MS)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start()
        run_until(lambda: False, WARM_S)
        ticks_s.clear()
        gaps, used_s = LoopGaps(), time.thread_time()
        run_until(lambda: False, SECONDS, every_ms=1_000)
        used_s = time.thread_time() - used_s
        timer.stop()
    return {
        "tick ms": sum(ticks_s) / len(ticks_s) * 1000,
        "tick p99 ms": percentile(ticks_s, 0.99) * 1000,
        "core %": used_s / SECONDS * 100,
        "gap p99 ms": percentile(gaps.late_ms, 0.99),
    }


def _told(cost: Cost) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in cost.items())
