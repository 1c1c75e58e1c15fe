"""P10: what a quiet day costs: three windows, 24 panels, 100 records a second."""

import os
from functools import partial

from tests.benchmarks import city
from tests.benchmarks.apart import apart
from tests.benchmarks.desks import PANELS, WINDOWS, desk, plug_in
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import console, cpu_s, producing, run_until, see_all

RATE = 100
WARM_S = 20.0
SECONDS = float(os.environ.get("P10_SECONDS", "40"))
GOAL, COLLECTOR_GOAL = 4.0, 2.0
CALM_S, HASTE_S = 1.0, 0.1
"""How often the feed is asked: on a quiet day, and as P3 asks, whose numbers are to be on the
screen within half a second. The goals hold for both, and the dearer one is shown."""


def measure() -> dict[str, Figure]:
    """Return the shares of one core that console and collector use, asked calmly and in haste."""
    plug_in(WINDOWS)
    calm = _shares(CALM_S)
    haste = _shares(HASTE_S)
    return {
        "P10": Figure(
            what=f"idle at {RATE} records/s, {WINDOWS} windows of {PANELS} panels, the console",
            value=max(calm[0], haste[0]),
            unit="% of a core",
            goal=GOAL,
            part="loop",
            also={"the collector, % of a core": (max(calm[1], haste[1]), COLLECTOR_GOAL)},
            seen={
                f"console, with the feed asked each {CALM_S} s": calm[0],
                f"console, with the feed asked each {HASTE_S} s": haste[0],
                f"collector, with the feed asked each {CALM_S} s": calm[1],
                f"collector, with the feed asked each {HASTE_S} s": haste[1],
                "incidents on the map": float(city.STANDING),
            },
        )
    }


def _shares(interval_s: float) -> tuple[float, float]:
    shares = apart(partial(_measured, interval_s), tuple[float, float])
    assert shares is not None
    return shares


def _measured(interval_s: float) -> tuple[float, float]:
    with (
        producing(RATE, SECONDS + 180) as producer,
        console(producer.url, city.fill, desk(), interval_s=interval_s) as (shown, _),
    ):
        session = shown.desk.session
        run_until(lambda: len(session.picture.incidents) >= city.STANDING, 120)
        run_until(lambda: len(session.picture.streams) == 200, 60)
        see_all(shown)
        producer.go()
        run_until(lambda: False, WARM_S)
        collector = shown.processes[-1].pid or 0
        before = cpu_s(os.getpid()), cpu_s(collector)
        run_until(lambda: False, SECONDS, every_ms=1_000)
        after = cpu_s(os.getpid()), cpu_s(collector)
    return (after[0] - before[0]) / SECONDS * 100, (after[1] - before[1]) / SECONDS * 100
