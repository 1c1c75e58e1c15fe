"""P9: memory of console and collector with a full journal, and whether it grows in a storm."""

import os
import time
from functools import partial

import numpy as np
from numpy.typing import NDArray

from paser_command.journal.keyframes import KeyframeKeeper
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture
from paser_command.records import Report, Severity
from paser_command.times import DAY, MINUTE, Instant, now
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import console, producing, pss_mib, run_until

IN_THE_JOURNAL = 100_000
ON_THE_MAP = 10_000
RATE = 10_000
STORM_S = float(os.environ.get("P9_SECONDS", "300"))
SLOPE_GOAL_MIB_H = 4.0


def measure() -> dict[str, Figure]:
    """Return the sum of both processes' memory at the storm's end, and its slope."""
    with producing(RATE, STORM_S + 60) as producer, console(producer.url, _fill) as (shown, _):
        session = shown.desk.session
        run_until(lambda: len(session.picture.incidents) >= ON_THE_MAP, 120)
        run_until(lambda: len(session.picture.streams) == 200, 60)
        incidents = len(session.picture.incidents)
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
    at_s, console_mib, collector_mib = np.array(samples[len(samples) // 3 :]).T
    slopes = _slope_mib_h(at_s, console_mib), _slope_mib_h(at_s, collector_mib)
    return {
        "P9": Figure(
            what=f"console and collector, {incidents:,} incidents on the map, after the storm",
            value=sum(after),
            unit="MiB",
            goal=450,
            also_holds=sum(slopes) <= SLOPE_GOAL_MIB_H,
            seen={
                # Of their own memory: shared pages count for less while others use them too.
                f"slope over the last two thirds of {STORM_S:.0f} s, MiB/h (goal 4)": sum(slopes),
                "of it console and collector": f"{slopes[0]:.1f} + {slopes[1]:.1f}",
                "console before and after MiB": f"{before[0]:.0f} -> {after[0]:.0f}",
                "collector before and after MiB": f"{before[1]:.0f} -> {after[1]:.0f}",
                "windows": "one: three come with the issue on screens",
            },
        )
    }


def _fill(url: str) -> None:
    """Put 100,000 incidents into the journal: most of them over since days, 10,000 open."""
    journal = open_journal(url, REAL)
    begin = now() - 4 * DAY
    closed = [_report(n, begin, closed=True) for n in range(IN_THE_JOURNAL - ON_THE_MAP)]
    opened = [_report(n, now() - MINUTE) for n in range(ON_THE_MAP)]
    for received, reports in ((begin, closed), (now(), opened)):
        writer = Writer(journal, partial(_stands, received))
        for start in range(0, len(reports), 10_000):
            writer.append(reports[start : start + 10_000])
    keeper = KeyframeKeeper(journal, Writer(journal, now), Picture(), 0)
    keeper.follow()
    keeper.close()
    journal.close()


def _stands(instant: Instant) -> Instant:
    return instant


def _report(number: int, at: Instant, *, closed: bool = False) -> Report:
    key = f"warga/{'lama' if closed else 'baru'}-{number}"
    return Report(
        feed="warga",
        key=key,
        at=at,
        began=at,
        category="flood",
        severity=Severity(1 + number % 4),
        title=f"Genangan nomor {number}",
        text="Air masuk rumah, arus deras di jembatan.",
        place="Tanah Grogot",
        lon=115.7 + number % 100 * 0.01,
        lat=-2.3 + number // 100 % 100 * 0.01,
        closed=closed,
        incident=key,
    )


def _slope_mib_h(at_s: NDArray[np.float64], mib: NDArray[np.float64]) -> float:
    return float(np.polyfit(at_s, mib, 1)[0] * 3600)
