"""P10: what a quiet day costs: three windows, 24 panels, 100 records a second."""

import os

from tests.benchmarks import city
from tests.benchmarks.desks import PANELS, WINDOWS, desk, plug_in
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import console, cpu_s, producing, run_until, see_all

RATE = 100
WARM_S = 20.0
SECONDS = float(os.environ.get("P10_SECONDS", "40"))
COLLECTOR_GOAL = 5.0


def measure() -> dict[str, Figure]:
    """Return the shares of one core that console and collector use."""
    plug_in(WINDOWS)
    with (
        producing(RATE, SECONDS + 180) as producer,
        console(producer.url, city.fill, desk()) as (shown, _),
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
        console_share = (cpu_s(os.getpid()) - before[0]) / SECONDS * 100
        collector_share = (cpu_s(collector) - before[1]) / SECONDS * 100
    return {
        "P10": Figure(
            what=f"idle at {RATE} records/s, {WINDOWS} windows of {PANELS} panels, the console",
            value=console_share,
            unit="% of a core",
            goal=10,
            also_holds=collector_share <= COLLECTOR_GOAL,
            seen={
                "collector, % of a core (goal 5)": collector_share,
                "incidents on the map": float(city.STANDING),
                "the feed is asked each": "0.1 s, as in P3",
            },
        )
    }
