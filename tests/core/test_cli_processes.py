"""`collect`, `exercise` and their journals: they do not mix, do not hang, and lose nothing."""

import contextlib
import http.server
import json
import os
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from paser_command.config import FeedSettings, JournalSettings, Site, SiteConfig, site_toml
from paser_command.exercise.play import site_of
from paser_command.exercise.scenario import load_scenario
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import all_records
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.records import Feature
from paser_command.times import HOUR, iso, now
from tests.command_line import SLOWEST_S, Running, run
from tests.patience import patient

SCENARIO = "banjir-kandilo"
ENDS_WITHIN_S = 3.0


def site_file(folder, url, *feeds, name="site.toml"):
    """Write the site file of real feeds."""
    config = SiteConfig(
        site=Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91),
        journal=JournalSettings(url=url),
        feeds=feeds,
    )
    file = folder / name
    file.write_text(site_toml(config))
    return str(file)


def layer(url, interval_s=0.1):
    return FeedSettings(
        id="jalan",
        type="geojson.features",
        url=url,
        interval_s=interval_s,
        settings={"layer": "Jalan"},
    )


def until(true):
    end_s = time.monotonic() + patient(SLOWEST_S)
    while not true():
        assert time.monotonic() < end_s, "it never came to that"
        time.sleep(0.02)


def held(url):
    journal = open_journal(url, create=False)
    try:
        return [record for _, record in all_records(journal)]
    finally:
        journal.close()


@pytest.fixture
def url(tmp_path):
    return sqlite_url(tmp_path / "journal.sqlite")


@pytest.fixture
def silent():
    """A server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(patient(SLOWEST_S))
        yield server


def test_a_city_is_collected_for_the_asked_time(tmp_path, url):
    began = iso(now() - HOUR // 2)
    play = ("exercise", SCENARIO, "--began", began)
    with Running(tmp_path, *play) as city:
        base_url = city.wait_for("ready")["url"]
        file = tmp_path / "site.toml"
        file.write_text(site_toml(site_of(load_scenario(SCENARIO), base_url, url)))

        collected = run(tmp_path, "collect", "--config", str(file), "--for", "3")
        picture = run(tmp_path, "picture", "--journal", url, "--json").json
        spoken = run(tmp_path, "picture", "--config", str(file), PASER_LANGUAGE="id").out

    assert (collected.code, collected.errors) == (0, "")
    assert [json.loads(line)["event"] for line in collected.out.splitlines()] == ["ready"]
    assert picture["exercise"]
    assert picture["incidents"]
    assert any(stream["value"] is not None for stream in picture["streams"])
    assert {feed["state"] for feed in picture["feeds"]} == {"live"}
    assert " LATIHAN\n" in spoken


def test_an_exercise_is_not_mixed_into_the_real_city(tmp_path, url):
    open_journal(url, REAL).close()

    ended = run(tmp_path, "--exercise", SCENARIO, "--journal", url, "--for", "1")

    assert (ended.code, ended.out) == (2, "")
    assert "holds the city's real records: an exercise is never mixed into it" in ended.errors


def test_a_damaged_play_does_not_keep_an_exercise_from_beginning(tmp_path):
    plays = tmp_path / "exercises"
    plays.mkdir()
    (plays / f"{SCENARIO}-20260101T000000.sqlite").write_text("damaged " * 100)
    shots = tmp_path / "shots"

    shown = ("--for", "1", "--screenshot", str(shots), "--json")
    ended = run(tmp_path, "--exercise", SCENARIO, *shown)

    assert ended.code == 0
    assert ended.json == {"screenshots": [str(shots / "window-1.png")]}
    assert len(list(plays.glob("*.sqlite"))) == 2


def test_the_real_city_is_not_mixed_into_an_exercise(tmp_path, url):
    open_journal(url, SCENARIO).close()

    ended = run(tmp_path, "collect", "--config", site_file(tmp_path, url), PASER_LANGUAGE="id")

    assert (ended.code, ended.out) == (2, "")
    assert f"berisi latihan {SCENARIO}: tidak pernah dicampur dengan" in ended.errors


def test_a_taken_port_is_told(tmp_path, silent):
    port = silent.getsockname()[1]

    ended = run(tmp_path, "exercise", SCENARIO, "--port", str(port))

    assert (ended.code, ended.out) == (2, "")
    assert f"cannot listen on port {port}: Address already in use" in ended.errors


@pytest.mark.parametrize("place", ["file/journal.sqlite", "folder"])
def test_a_journal_that_cannot_be_made_is_told(tmp_path, place):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    file = site_file(tmp_path, sqlite_url(tmp_path / place))

    ended = run(tmp_path, "collect", "--config", file)

    assert (ended.code, ended.out) == (1, "")
    assert ended.errors.startswith("paser-command: ")


def test_collecting_ends_at_once_though_a_server_hangs(tmp_path, url, silent):
    feed = layer(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    with Running(tmp_path, "collect", "--config", site_file(tmp_path, url, feed)) as collector:
        collector.wait_for("ready")
        asked, _ = silent.accept()
        with asked:
            began_s = time.monotonic()
            collector.process.terminate()

            code = collector.wait()

        assert code == 0
        assert time.monotonic() - began_s < patient(ENDS_WITHIN_S)
        assert collector.errors() == ""


def test_a_second_collector_stands_by_and_takes_over(tmp_path, url):
    file = site_file(tmp_path, url)
    with Running(tmp_path, "collect", "--config", file) as first:
        first.wait_for("ready")
        with Running(tmp_path, "collect", "--config", file) as second:
            second.wait_for("standby")

            first.process.kill()
            second.wait_for("ready")

            second.process.terminate()
            assert second.wait() == 0


def test_a_collector_that_stands_by_ends_when_told_to(tmp_path, url):
    file = site_file(tmp_path, url)
    with Running(tmp_path, "collect", "--config", file) as first:
        first.wait_for("ready")
        with Running(tmp_path, "collect", "--config", file) as second:
            second.wait_for("standby")
            second.process.terminate()

            assert second.wait() == 0


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 4 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("a disk of its own can only be mounted by root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


class Layer:
    """A server of a layer whose 50 features say, each time they are asked for, how often."""

    def __init__(self):
        counter = self
        self.asked = 0

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                counter.asked += 1
                body = json.dumps({"type": "FeatureCollection", "features": counter.features()})
                self.send_response(200)
                self.send_header("Content-Type", "application/geo+json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def features(self):
        point = {"type": "Point", "coordinates": [116.2, -1.9]}
        return [
            {
                "type": "Feature",
                "id": str(number),
                "geometry": point,
                "properties": {"name": f"{self.asked}", "filling": "x" * 500},
            }
            for number in range(50)
        ]


@pytest.fixture
def counting():
    layer_server = Layer()
    thread = threading.Thread(target=layer_server.server.serve_forever, daemon=True)
    thread.start()
    yield layer_server
    layer_server.server.shutdown()
    thread.join()
    layer_server.server.server_close()


def fill(disk: Path) -> Path:
    """Fill the disk to its last byte; return the file that does."""
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return filling


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path, small_disk, counting):
    url = sqlite_url(small_disk / "journal.sqlite")
    file = site_file(tmp_path, url, layer(counting.url))
    with Running(tmp_path, "collect", "--config", file) as collector:
        collector.wait_for("ready")
        until(lambda: counting.asked > 3)
        filling = fill(small_disk)

        failing = collector.wait_for("journal_failing")
        asked = counting.asked
        until(lambda: counting.asked > asked + 3)
        filling.unlink()
        collector.wait_for("journal_ok")
        asked = counting.asked
        until(lambda: counting.asked > asked + 2)
        collector.process.terminate()

        assert collector.wait() == 0
    english, indonesian = failing["error"]["en"], failing["error"]["id"]
    assert "the disk is full: free some space and writing goes on by itself" in english
    assert "penuh" in indonesian
    told = [int(record.name) for record in held(url) if isinstance(record, Feature)]
    assert {count: told.count(count) for count in range(1, asked + 1)} == dict.fromkeys(
        range(1, asked + 1), 50
    )
    journal = open_journal(url, create=False)
    assert not list(verify(journal))
    journal.close()


def test_a_disk_that_may_only_be_read_is_told(tmp_path, small_disk):
    url = sqlite_url(small_disk / "journal.sqlite")
    open_journal(url, REAL).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    ended = run(tmp_path, "collect", "--config", site_file(tmp_path, url))

    assert (ended.code, ended.out) == (1, "")
    assert ended.errors.startswith("paser-command: ")
    assert ended.errors.count("\n") == 1
