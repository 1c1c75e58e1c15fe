"""P5: a seek to a random instant of a month: 1,000,000 records and 10,000,000 observations.

The archive is filled as a collector fills it, and its keeper of keyframes looks as often as a
collector's does on the last day, and before that four times an hour: what it left there more often
would have been thinned since. P5_SCALE=0.01 makes a hundredth of it, in a hundredth of the time but
with as many days; P5_ARCHIVE=FILE keeps it for the next run.
"""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from paser_command.journal.engine import sqlite_url
from paser_command.records import AnyRecord, FeedHealth, FeedState, Observation, Severity
from paser_command.times import DAY, MINUTE, SECOND, Instant
from tests.benchmarks.figures import Figure
from tests.benchmarks.journals import Archive, Seeker, seeking
from tests.records import START, acknowledge, flood

SCALE = float(os.environ.get("P5_SCALE", "1"))
RECORDS, OBSERVATIONS = int(1_000_000 * SCALE), int(10_000_000 * SCALE)
DAYS = int(os.environ.get("P5_DAYS", "30"))
SEEKS = int(os.environ.get("P5_SEEKS", "200"))
COMPARED = 3
"""Of so many instants the picture is compared with a fold of all records up to then."""

STREAMS, FEEDS = 200, 20
GOAL_MS = 150.0


def measure() -> dict[str, Figure]:
    """Return the 95th percentile of a seek to the whole picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(os.environ.get("P5_ARCHIVE", Path(folder, "archive.sqlite")))
        if not path.exists():
            fill(sqlite_url(path))
        with seeking(sqlite_url(path)) as seeker:
            taken_ms, equal = _sought(seeker)
        size_gb = path.stat().st_size / 1e9
    return {
        "P5": Figure(
            what=f"a seek in {RECORDS:,} records and {OBSERVATIONS:,} observations "
            f"of {DAYS} days, p95",
            value=_share(taken_ms, 0.95),
            unit="ms",
            goal=GOAL_MS,
            part="loop",
            also_holds=equal,
            seen={
                "p50 ms": _share(taken_ms, 0.5),
                "worst ms": taken_ms[-1],
                "seeks": float(len(taken_ms)),
                f"equals the fold, at {COMPARED} instants": str(equal),
                "archive, GB": size_gb,
            },
        )
    }


def fill(url: str) -> None:
    """Fill the archive."""
    archive = Archive(url)
    moments = list(_moments())
    for number, received in enumerate(moments):
        records = range(RECORDS * number // len(moments), RECORDS * (number + 1) // len(moments))
        numbers = range(
            OBSERVATIONS * number // len(moments), OBSERVATIONS * (number + 1) // len(moments)
        )
        archive.append(
            received,
            [
                *(_record(one, received) for one in records),
                *(_number(one, received) for one in numbers),
            ],
        )
        archive.follow()
    archive.close()


def _moments() -> Iterator[Instant]:
    last_day = START + (DAYS - 1) * DAY
    yield from range(START, last_day, 15 * MINUTE)
    yield from range(last_day, last_day + DAY, 2 * MINUTE)


def _record(number: int, received: Instant) -> AnyRecord:
    """Return a record: most are heartbeats; of ten, one reports, and one act is done in twenty.

    An incident is reported, changed and closed, each with 200 others between.
    """
    at = received - SECOND
    if number % 20 == 7:
        return acknowledge(_incident(number), at, key=f"ack-{number}")
    if number % 10 == 3:
        version, incident = number // 2_000 % 3, _incident(number)
        return flood(
            incident,
            at,
            severity=Severity(1 + number % 4),
            text="Air masuk rumah, arus deras di jembatan.",
            closed=version == 2,
        )
    feed = f"feed-{number % FEEDS}"
    return FeedHealth(feed=feed, key=feed, at=at, state=FeedState.LIVE, since=START)


def _incident(number: int) -> str:
    return f"warga/{number // 6_000 * 200 + number // 10 % 200}"


def _number(number: int, received: Instant) -> Observation:
    key = f"muka-air/{number % STREAMS}"
    at = received - SECOND + number % 997
    return Observation(feed="muka-air", key=key, at=at, value=number % 997 / 100)


def _sought(seeker: Seeker) -> tuple[list[float], bool]:
    """Seek to random instants; return the milliseconds, fewest first, and if all was equal."""
    chance = random.Random(2026)
    first, last = seeker.span()
    instants = [chance.randint(first, last) for _ in range(SEEKS)]
    taken_ms = []
    for instant in instants:
        began_s = time.perf_counter()
        seeker.picture(instant)
        taken_ms.append((time.perf_counter() - began_s) * 1000)
    equal = all(seeker.equals_fold(instant) for instant in sorted(instants[:COMPARED]))
    return sorted(taken_ms), equal


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
