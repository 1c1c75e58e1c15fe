"""P3: 20,000 records a second for a minute, from HTTP to the screen: nothing lost, nothing late.

That is the rate at yardstick 1.0: here as many are sent as the part `sqlite` of the yardstick says,
and the figures are raw. While the age grows, no share of a core counts: work is put off then.
"""

import os
from statistics import median

from paser_command.times import SECOND
from tests.benchmarks.bare_sqlite import bare_rows_a_second
from tests.benchmarks.figures import Figure
from tests.benchmarks.journals import observations
from tests.benchmarks.rig import (
    LoopGaps,
    PaintAges,
    console,
    cpu_s,
    percentile,
    producing,
    run_until,
)
from tests.benchmarks.yardstick import ROWS_A_SECOND

RATE = 20_000
SECONDS = float(os.environ.get("P3_SECONDS", "60"))
LONGEST_GAP_MS = 100.0
SHARE_GOAL = 40.0
MOST_GROWTH_MS = 100.0
"""By so much may the median age of the last third be more than that of the first."""

BARE_ROUNDS = 3


def measure() -> dict[str, Figure]:
    """Return how old the newest record on the screen is, and what came of all that was sent."""
    yardstick = median(ROWS_A_SECOND / bare_rows_a_second() for _ in range(BARE_ROUNDS))
    # Numbers come at whole microseconds from one another.
    rate = SECOND // round(SECOND / RATE * yardstick)
    with producing(rate, SECONDS) as producer, console(producer.url) as (shown, journal_url):
        run_until(lambda: len(shown.desk.session.picture.streams) == 200, 60)
        ages = PaintAges(shown)
        gaps = LoopGaps()
        collector = shown.processes[-1].pid or 0
        used_s = cpu_s(os.getpid()), cpu_s(collector)
        producer.go()
        # Asking the producer meanwhile would be a wait in the very loop that is measured.
        run_until(lambda: False, SECONDS)
        during_ms = list(ages.ages_ms)
        gaps_ms = list(gaps.late_ms)
        console_share = (cpu_s(os.getpid()) - used_s[0]) / SECONDS * 100
        collector_share = (cpu_s(collector) - used_s[1]) / SECONDS * 100
        run_until(lambda: producer.count()[1], 30)
        sent, _ = producer.count()
        held = run_until(lambda: observations(journal_url) >= sent, 60, every_ms=1000)
        kept = observations(journal_url)
    growth_ms = _growth(during_ms)
    return {
        "P3": Figure(
            what=f"age of the newest record on the screen at {rate:,} records/s, p99",
            value=percentile(during_ms, 0.99),
            unit="ms",
            goal=500,
            also={
                "longest gap of the window's loop ms": (max(gaps_ms), LONGEST_GAP_MS),
                "growth of the age ms": (growth_ms, MOST_GROWTH_MS),
                "the console, % of a core": (console_share, SHARE_GOAL),
                "the collector, % of a core": (collector_share, SHARE_GOAL),
            },
            also_holds=held and kept == sent,
            seen={
                "yardstick sqlite, by which the rate was divided": yardstick,
                "records sent": float(sent),
                "records in the journal": float(kept),
                "age p50 ms": percentile(during_ms, 0.5),
                "age worst ms": max(during_ms),
                "paints": float(len(during_ms)),
                "gap p99 ms": percentile(gaps_ms, 0.99),
            },
        )
    }


def _growth(ages_ms: list[float]) -> float:
    """Return by how much the median age of the last third is more than that of the first."""
    third = len(ages_ms) // 3
    return median(ages_ms[-third:]) - median(ages_ms[:third])
