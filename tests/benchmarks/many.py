"""A room with very much in it: what stands in its journal, and the city that its feeds ask."""

import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paser_command.config import FeedSettings, JournalSettings, SiteConfig, site_toml
from paser_command.records import Alarm, Alert, AnyRecord, Limit, Severity, Stream
from paser_command.times import DAY, HOUR, MINUTE, Instant, now
from tests.benchmarks.journals import Archive
from tests.benchmarks.rig import SITE
from tests.hostile.server import HostileServer, Reply, Visit, hanging
from tests.records import flood, level, warning

INCIDENTS, ALARMS, WARNINGS, CORNERS = 20_000, 5_000, 1_000, 2_000
FEEDS, HANGING = 50, 10
FEATURES, CHANGED_EACH_S = 25, 2
INTERVAL_S = 5.0
BATCH = 5_000
CRITICAL = Limit("Siaga 1", 3.2, Severity.CRITICAL)


def fill(url: str, share: float = 1.0) -> None:
    """Let so much of it stand in a new journal."""
    at = now() - MINUTE
    records = [
        *(_incident(number, at) for number in range(int(INCIDENTS * share))),
        *(one for number in range(int(ALARMS * share)) for one in _alarm(number, at)),
        *(_warning(number, at) for number in range(int(WARNINGS * share))),
    ]
    archive = Archive(url)
    for first in range(0, len(records), BATCH):
        archive.append(at, records[first : first + BATCH])
    archive.follow()
    archive.close()


def _incident(number: int, at: Instant) -> AnyRecord:
    lon, lat = _place(number)
    key = f"warga/{number}"
    title = f"Genangan nomor {number}"
    severity = Severity(1 + number % 4)
    return flood(key, at, incident=key, title=title, severity=severity, lon=lon, lat=lat)


def _alarm(number: int, at: Instant) -> tuple[AnyRecord, ...]:
    """Return a gauge, its number over the limit, and the alarm of that."""
    lon, lat = _place(number * 7)
    key = f"muka-air/{number}"
    gauge = Stream(
        feed="muka-air",
        key=key,
        at=at,
        name=f"Pos {number}",
        unit="m",
        lon=lon,
        lat=lat,
        limits=(CRITICAL,),
    )
    raised = Alarm(
        feed="rules",
        key=f"rules/limit:{key}",
        at=at,
        rule="limit",
        subject=key,
        raised=True,
        severity=Severity.CRITICAL,
        value=3.4,
        limit=CRITICAL,
    )
    return gauge, level(3.4, at, key), raised


def _warning(number: int, at: Instant) -> Alert:
    lon, lat = _place(number * 13)
    turns = [math.tau * corner / (CORNERS - 1) for corner in range(CORNERS - 1)]
    ring = [
        (lon + 0.05 * math.cos(turn), lat + (0.05 + 0.005 * math.sin(9 * turn)) * math.sin(turn))
        for turn in turns
    ]
    area = (*ring, ring[0])
    return warning(f"peringatan/{number}", at, expires=at + DAY + HOUR, polygons=(area,))


def _place(number: int) -> tuple[float, float]:
    return 115.7 + number % 141 * 0.007, -2.3 + number // 141 % 142 * 0.007


@contextmanager
def city() -> Iterator[list[FeedSettings]]:
    """Serve the feeds' layers, some of which never answer; give the feeds."""
    with HostileServer() as server:
        for number in range(FEEDS):
            hangs = number < HANGING
            server.put(f"/{number}.json", hanging() if hangs else Reply(write=_layer))
        yield [
            FeedSettings(
                id=f"lapisan-{number}",
                type="geojson.features",
                url=f"{server.url}/{number}.json",
                interval_s=INTERVAL_S,
                settings={"layer": f"Lapisan {number}"},
            )
            for number in range(FEEDS)
        ]


def _layer(visit: Visit) -> None:
    """Answer with features, of which some have another name each second."""
    second = int(time.time())
    features = [
        {
            "type": "Feature",
            "id": number,
            "geometry": {"type": "Point", "coordinates": _place(number * 101)},
            "properties": {"name": f"{number}: {(second * CHANGED_EACH_S + number) // FEATURES}"},
        }
        for number in range(FEATURES)
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    visit.answer(Reply(body, headers=(("Content-Type", "application/geo+json"),)))


def site(folder: Path, journal_url: str, feeds: list[FeedSettings]) -> Path:
    """Write the site's file."""
    config = SiteConfig(site=SITE, journal=JournalSettings(url=journal_url), feeds=tuple(feeds))
    path = folder / "site.toml"
    path.write_text(site_toml(config))
    return path
