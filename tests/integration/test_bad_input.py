"""Bad answers, all the way: one log line, health says why, the last good picture stays, and heals.

The real collector's process on a real server that turns hostile for a while and good again.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager

import pytest

from paser_command.config import FeedSettings, JournalSettings, Site, SiteConfig, site_toml
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader
from paser_command.journal.store import open_journal
from paser_command.journal.verify import verify
from paser_command.picture.picture import Picture
from paser_command.records import FeedState
from paser_command.times import SECOND, floor, iso, now, parse
from tests.hostile import samples
from tests.hostile.server import HostileServer, Reply, dripping, gzip_bomb, hanging
from tests.patience import patient
from tests.processes import running

LONGEST_WAIT_S = 60.0
DTD = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss>&x;</rss>'
HTML = b"<!DOCTYPE html><html><body>Bad Gateway</body></html>"

MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def recent(body: bytes) -> bytes:
    """Return an answer whose newest moment is now: what is long over leaves the picture hourly."""
    moments = [parse(found[0].decode()) for found in MOMENT.finditer(body)]
    ago = floor(now(), SECOND) - max(moments, default=0)
    return MOMENT.sub(lambda found: iso(parse(found[0].decode()) + ago).encode(), body)


GOOD = {
    "/autogempa.json": recent(samples.AUTOGEMPA),
    "/rss.xml": recent(samples.INDEX),
    "/alert.xml": recent(samples.ALERT),
    "/requests.json": recent(samples.REQUESTS),
    "/v1.1/Datastreams": recent(samples.DATASTREAMS),
    "/v1.1/Observations": recent(samples.OBSERVATIONS),
    "/roads.geojson": recent(samples.FEATURES),
}

FEEDS: dict[str, tuple[str, str, dict[str, str | int | float | bool]]] = {
    "gempa": ("bmkg.quakes", "/autogempa.json", {}),
    "peringatan": ("cap.alerts", "/rss.xml", {}),
    "warga": ("open311.requests", "/requests.json", {}),
    "muka-air": ("sensorthings.observations", "/v1.1", {}),
    "jalan": ("geojson.features", "/roads.geojson", {"layer": "roads"}),
}

# What each feed's server answers while it is ill, and the code that its health then says.
ILL: dict[str, dict[str, tuple[Reply, str]]] = {
    "wrong bytes": {
        "/autogempa.json": (Reply(samples.AUTOGEMPA[:200]), "not_json"),
        "/rss.xml": (Reply(DTD), "dtd"),
        "/requests.json": (Reply(b"[" * 100_000), "too_deep"),
        "/v1.1/Observations": (Reply(b'{"value":[{"result":NaN}]}'), "not_json"),
        "/roads.geojson": (Reply(b""), "empty"),
    },
    "wrong servers": {
        "/autogempa.json": (Reply(HTML), "html"),
        "/rss.xml": (gzip_bomb(40), "too_large"),
        "/requests.json": (Reply(HTML, status=502), "http_status"),
        "/v1.1/Observations": (Reply(b'{"value":[{"result":"\xff"}]}'), "not_utf8"),
        "/roads.geojson": (Reply(b"[" + b"1," * 5_000_000 + b"1]"), "wrong_shape"),
    },
    "slow servers": {
        "/autogempa.json": (dripping(), "timeout"),
        "/rss.xml": (hanging(), "timeout"),
        "/requests.json": (Reply(b'{"a":1}'), "wrong_shape"),
        "/v1.1/Observations": (dripping(), "timeout"),
        "/roads.geojson": (Reply(status=404), "http_status"),
    },
}


class Room:
    """A collector on a hostile city, and the picture that its journal gives."""

    def __init__(self, url: str, log) -> None:
        self._journal = open_journal(url, create=False)
        self._log = log

    def picture(self) -> Picture:
        reader = Reader(self._journal)
        try:
            return reader.picture(now())[0]
        finally:
            reader.close()

    def until(self, met: Callable[[Picture], object]) -> Picture:
        end_s = time.monotonic() + patient(LONGEST_WAIT_S)
        while not met(picture := self.picture()):
            assert time.monotonic() < end_s, picture.feeds
            time.sleep(0.1)
        return picture

    def warnings(self) -> list[str]:
        lines = [json.loads(line) for line in self._log.read_text().splitlines()]
        return [line["message"] for line in lines if line["level"] in ("WARNING", "ERROR")]

    def close(self) -> None:
        assert not list(verify(self._journal))
        self._journal.close()


@pytest.fixture
def city():
    with HostileServer() as server:
        yield server


@contextmanager
def collecting(city, folder):
    for path, body in GOOD.items():
        city.put(path, body)
    url = sqlite_url(folder / "journal.sqlite")
    feeds = tuple(
        FeedSettings(id=name, type=kind, url=city.url + path, interval_s=0.3, settings=settings)
        for name, (kind, path, settings) in FEEDS.items()
    )
    site = Site(name="Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91)
    config = SiteConfig(site=site, journal=JournalSettings(url=url), feeds=feeds)
    (folder / "site.toml").write_text(site_toml(config))
    with running(
        [sys.executable, "-m", "paser_command.cli", "collect", "--config", folder / "site.toml"],
        env=os.environ | {"PASER_COMMAND_HOME": str(folder)},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert b"ready" in process.stdout.readline()
        room = Room(url, folder / "log" / "collector.log")
        yield room
        process.terminate()
        assert process.wait(patient(20)) == 0
        room.close()


def all_live(picture):
    states = [health.state for health in picture.feeds.values()]
    return len(states) == len(FEEDS) and set(states) == {FeedState.LIVE}


@pytest.mark.parametrize("ill", ILL.values(), ids=ILL)
def test_a_city_that_falls_ill_keeps_its_last_good_picture_and_heals(city, tmp_path, ill):
    with collecting(city, tmp_path) as room:
        well = room.until(all_live)
        codes = {
            name: code
            for path, (reply, code) in ill.items()
            for name, (_, begin, _) in FEEDS.items()
            if path.startswith(begin) and city.put(path, reply)
        }

        sick = room.until(
            lambda picture: all(h.state is FeedState.FAILING for h in picture.feeds.values())
        )
        assert {name: health.reason for name, health in sick.feeds.items()} == codes
        assert sick.reports == well.reports
        assert sick.alerts == well.alerts
        assert sick.latest == well.latest
        assert sick.features == well.features
        assert len(room.warnings()) == len(FEEDS)

        for path, body in GOOD.items():
            city.put(path, body)
        city.put("/requests.json", GOOD["/requests.json"].replace(b"638344", b"700000"))
        healed = room.until(lambda picture: all_live(picture) and "warga/700000" in picture.reports)

        assert well.reports.keys() < healed.reports.keys()
        assert len(room.warnings()) == len(FEEDS)
