"""P9: memory of console and collector, three windows, a full journal, and its growth in a storm.

The goal's growth is that of five minutes. But a process holds memory in steps of a MiB, the arenas
of Python's allocator, and one step late in five minutes is a slope of 20 MiB an hour, none a slope
of nothing. So that is told, and the storm goes on until a step is no slope.
"""

import os
import time

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks import city
from tests.benchmarks.desks import PANELS, WINDOWS, desk, plug_in
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import console, producing, pss_mib, run_until, see_all

RATE = int(os.environ.get("P9_RATE", "10000"))
STORM_S = float(os.environ.get("P9_SECONDS", "900"))
FIRST_S = 300.0
"""The five minutes of the goal."""

SLOPE_GOAL_MIB_H = 1.0


def measure() -> dict[str, Figure]:
    """Return the sum of both processes' memory at the storm's end, and its slope."""
    plug_in(WINDOWS)
    with (
        producing(RATE, STORM_S + 120) as producer,
        console(producer.url, city.fill, desk()) as (shown, _),
    ):
        session = shown.desk.session
        run_until(lambda: len(session.picture.incidents) >= city.STANDING, 120)
        run_until(lambda: len(session.picture.streams) == 200, 60)
        see_all(shown)
        incidents = len(session.picture.incidents)
        windows = len([window for window in shown.front.windows.all() if window.isVisible()])
        panels = len([host for host in shown.front.panels.all() if host.panel is not None])
        collector = shown.processes[-1].pid or 0
        before = pss_mib(os.getpid()), pss_mib(collector)
        samples: list[tuple[float, float, float]] = []
        producer.go()

        def sample() -> bool:
            own = (pss_mib(os.getpid(), "Pss_Anon"), pss_mib(collector, "Pss_Anon"))
            samples.append((time.monotonic(), *own))
            return False

        run_until(sample, STORM_S, every_ms=2_000)
        after = pss_mib(os.getpid()), pss_mib(collector)
    course = np.array(samples)
    at_s, console_mib, collector_mib = _settled(course)
    slopes = _slope_mib_h(at_s, console_mib), _slope_mib_h(at_s, collector_mib)
    first_s, *first_mib = _settled(course[course[:, 0] < course[0, 0] + FIRST_S])
    return {
        "P9": Figure(
            what=f"console and collector, {incidents:,} incidents on the map, after the storm",
            value=sum(after),
            unit="MiB",
            goal=350,
            also_holds=sum(slopes) <= SLOPE_GOAL_MIB_H and (windows, panels) == (WINDOWS, PANELS),
            seen={
                # Of their own memory: shared pages count for less while others use them too.
                f"slope over the last two thirds of {STORM_S:.0f} s, MiB/h (goal 1)": sum(slopes),
                "of it console and collector": f"{slopes[0]:.1f} + {slopes[1]:.1f}",
                f"slope over the last two thirds of the first {FIRST_S:.0f} s": _slope_mib_h(
                    first_s, sum(first_mib)
                ),
                "console before and after MiB": f"{before[0]:.0f} -> {after[0]:.0f}",
                "collector before and after MiB": f"{before[1]:.0f} -> {after[1]:.0f}",
                "records/s": float(RATE),
                "windows": float(windows),
                "panels, each of which was seen": float(panels),
                "own memory over the last two thirds, console": _course(console_mib),
                "own memory over the last two thirds, collector": _course(collector_mib),
            },
        )
    }


def _settled(course: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the last two thirds: moments in seconds, console, collector."""
    return course[len(course) // 3 :].T


def _slope_mib_h(at_s: NDArray[np.float64], mib: NDArray[np.float64]) -> float:
    return float(np.polyfit(at_s, mib, 1)[0] * 3600)


def _course(mib: NDArray[np.float64]) -> str:
    """Return how it went over the last two thirds, so that a step is told from a slope."""
    return " ".join(f"{part.mean():.1f}" for part in np.array_split(mib, 10) if part.size)
