"""P15: what a mass event costs: 10,000 reports of one incident, and 10,000 that stand for days.

Days pass by a clock that is set: each two minutes some reports are told anew, numbers and
heartbeats come, and the keeper looks. What the newest day holds of keyframes is what they hold
after one day; what each older day holds is by how much they grow with each further one.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from paser_command.journal.engine import sqlite_url
from paser_command.records import AnyRecord, FeedHealth, FeedState, Report, Severity
from paser_command.times import DAY, MINUTE, Instant
from tests.benchmarks.figures import Figure
from tests.benchmarks.journals import Archive, fold, seeking
from tests.records import START, flood, level

REPORTS = int(os.environ.get("P15_REPORTS", "10000"))
DAYS = int(os.environ.get("P15_DAYS", "3"))
EVERY: Instant = 2 * MINUTE
TOLD_ANEW = 10
STREAMS, FEEDS = 200, 20
ROUNDS = 5
MB = 1e6


def measure() -> dict[str, Figure]:
    """Return the time of the fold and of the load, and the size of keyframes of a day."""
    fold_s = _timed_s(lambda: fold(_report(n, START, "warga/0") for n in range(REPORTS)))
    with tempfile.TemporaryDirectory() as folder:
        load_s = _load_s(sqlite_url(Path(folder, "standing.sqlite")))
        sizes = _sizes(sqlite_url(Path(folder, "days.sqlite")))
    newest, older = sizes[0], (sizes[-1] - sizes[0]) / max(1, DAYS - 1)
    return {
        "P15": Figure(
            what=f"fold {REPORTS:,} reports of one incident",
            value=fold_s,
            unit="s",
            goal=0.5,
            part="loop",
        ),
        "P15b": Figure(
            what=f"load {REPORTS:,} incidents from a keyframe",
            value=load_s * 1000,
            unit="ms",
            goal=150,
            part="loop",
        ),
        "P15c": Figure(
            what=f"keyframes of {REPORTS:,} standing reports, the newest day",
            value=newest / MB,
            unit="MB",
            goal=500,
            seen={"reports told anew in each two minutes": float(TOLD_ANEW)},
        ),
        "P15d": Figure(
            what=f"keyframes of {REPORTS:,} standing reports, each older day",
            value=older / MB,
            unit="MB",
            goal=50,
            seen={"after each day, MB": " ".join(f"{size / MB:,.1f}" for size in sizes)},
        ),
    }


def _load_s(url: str) -> float:
    """Return the seconds from the question to the picture, all of which is in the keyframe."""
    archive = Archive(url)
    archive.append(START, [_report(number, START) for number in range(REPORTS)])
    archive.follow()
    archive.close()
    with seeking(url) as seeker:
        assert len(seeker.picture(START).incidents) == REPORTS
        return median(_timed_s(lambda: seeker.picture(START)) for _ in range(ROUNDS))


def _sizes(url: str) -> list[int]:
    """Return how many bytes of keyframes there are after each of the days."""
    archive = Archive(url)
    archive.append(START, [_report(number, START) for number in range(REPORTS)])
    sizes = []
    for day in range(DAYS):
        begin = START + day * DAY
        for at in range(begin + EVERY, begin + DAY + EVERY, EVERY):
            archive.append(at, _told(at))
            archive.follow()
        sizes.append(archive.keyframe_bytes())
    archive.close()
    return sizes


def _told(at: Instant) -> list[AnyRecord]:
    turn = (at - START) // EVERY
    feeds = [f"feed-{number}" for number in range(FEEDS)]
    return [
        *(_report((turn * TOLD_ANEW + n) * 7_919 % REPORTS, at) for n in range(TOLD_ANEW)),
        *(
            FeedHealth(feed=feed, key=feed, at=at, state=FeedState.LIVE, since=START)
            for feed in feeds
        ),
        *(level(turn % 997 / 100, at, f"muka-air/{stream}") for stream in range(STREAMS)),
    ]


def _report(number: int, at: Instant, incident: str = "") -> Report:
    key = f"warga/{number}"
    return flood(
        key,
        at,
        severity=Severity(1 + number % 4),
        title=f"Genangan nomor {number}",
        text=f"Air masuk rumah nomor {number * 7_919 % 10_007}, arus deras di jembatan.",
        lon=115.7 + number % 100 * 0.01,
        lat=-2.3 + number // 100 % 100 * 0.01,
        incident=incident or key,
    )


def _timed_s(work: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    work()
    return time.perf_counter() - began_s
