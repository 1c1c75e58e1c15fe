"""The program's own feeds understand the exercise's city: what is played reaches the picture."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from paser_command.config import load_site, settings_of, site_toml
from paser_command.errors import FeedError
from paser_command.exercise.backends import Backends
from paser_command.exercise.city import City
from paser_command.exercise.play import site_of
from paser_command.exercise.scenario import Scenario, load_scenario
from paser_command.feeds.context import Feed, FeedContext
from paser_command.feeds.http import Http
from paser_command.plugin.discovery import discover, load_object
from paser_command.plugin.kinds import feed_kinds
from paser_command.records import (
    Alert,
    AnyRecord,
    Feature,
    Observation,
    Position,
    Report,
    Severity,
    Stream,
)
from paser_command.times import Instant, parse

FLOOD = load_scenario("banjir-kandilo")
BEGAN = parse("2026-11-20T03:00:00Z")


class Watch:
    """All feeds of the exercise's site file, on one city whose clock the test sets."""

    def __init__(self, folder: Path, scenario: Scenario = FLOOD) -> None:
        self.city = City(scenario, BEGAN)
        self.time = self.city.instant(0.5)
        self.backends = Backends(self.city, lambda: self.time)
        path = folder / "site.toml"
        path.write_text(site_toml(site_of(scenario, self.backends.base_url, "sqlite+pysqlite://")))
        plugins = discover()
        kinds = feed_kinds(plugins)
        self.ways: list[Http] = []
        self.feeds: dict[str, Feed] = {}
        for feed in load_site(path, kinds).feeds:
            plugin, manifest = plugins.feed(feed.type)
            self.ways.append(Http(feed.url, user_agent="test"))
            self.feeds[feed.id] = load_object(plugin, manifest.class_path)(
                FeedContext(
                    feed=feed.id,
                    url=feed.url,
                    settings=settings_of(feed, kinds[feed.type]),
                    exercise=True,
                    lon=116.19,
                    lat=-1.91,
                    http=self.ways[-1],
                    now=lambda: self.time,
                    latest=_nothing,
                    log=logging.getLogger("test"),
                )
            )

    def poll(self, feed: str, minute: float = 0.5) -> list[AnyRecord]:
        self.time = self.city.instant(minute)
        return list(self.feeds[feed].poll())

    def close(self) -> None:
        for way in self.ways:
            way.close()
        self.backends.close()


def _nothing(stream: str) -> Instant | None:
    return None


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    watch = Watch(tmp_path)
    yield watch
    watch.close()


def test_stations_and_their_past_arrive(watch: Watch):
    records = watch.poll("muka-air")

    streams = [one for one in records if isinstance(one, Stream)]
    numbers = [one for one in records if isinstance(one, Observation)]
    assert [(one.name, one.unit) for one in streams] == [
        (one.name, one.unit) for one in FLOOD.stations
    ]
    assert [limit.severity for limit in streams[0].limits] == [
        Severity.LOW,
        Severity.MEDIUM,
        Severity.HIGH,
        Severity.CRITICAL,
    ]
    assert {one.key for one in numbers} == {one.key for one in streams}
    assert len(numbers) > 5000


def test_reports_arrive_with_their_categories_and_are_closed_later(watch: Watch):
    codes = {service.name: service.code for service in FLOOD.services}

    early = watch.poll("panggilan-112")
    late = [one for one in watch.poll("panggilan-112", 240) if isinstance(one, Report)]

    assert len([one for one in early if isinstance(one, Report) and not one.closed]) >= 2
    assert len(late) == len(watch.city.tickets("panggilan-112", watch.time))
    assert {(one.title, one.category) for one in late} <= set(codes.items())
    assert len([one for one in late if one.closed]) > len(late) / 2


def test_warnings_arrive_in_an_exercise_and_one_replaces_another(watch: Watch):
    (first,) = watch.poll("peringatan")
    (second,) = watch.poll("peringatan", 41)

    assert isinstance(first, Alert)
    assert isinstance(second, Alert)
    assert (first.status, first.severity, len(first.polygons)) == ("Exercise", Severity.MEDIUM, 2)
    assert (second.severity, len(second.polygons)) == (Severity.HIGH, 3)
    assert any(first.key.endswith(one.rpartition("/")[2]) for one in second.references)


def test_the_quake_in_the_strait_arrives(watch: Watch):
    before = {one.key for one in watch.poll("gempa")}

    fresh = [one for one in watch.poll("gempa", 53) if one.key not in before]

    assert [(one.category, one.lon) for one in fresh if isinstance(one, Report)] == [
        ("earthquake", 117.35)
    ]


def test_roads_close_and_open_again(watch: Watch):
    closed = watch.poll("jalan", 215)
    opened = watch.poll("jalan", 217)

    assert [one.name for one in closed if isinstance(one, Feature)].count("Jalan Kandilo Bahari")
    assert [one.key for one in opened if isinstance(one, Feature) and one.gone] == [
        "jalan/jalan-kandilo-bahari"
    ]


def test_a_feed_fails_in_an_outage_and_comes_back(watch: Watch):
    watch.poll("muka-air", 57)

    with pytest.raises(FeedError, match="503"):
        watch.poll("muka-air", 59)

    back = [one for one in watch.poll("muka-air", 62) if isinstance(one, Observation)]
    assert min(one.at for one in back) <= watch.city.instant(58)


def test_units_tell_where_they_are(watch: Watch):
    units = watch.poll("satuan", 20)

    assert {one.name for one in units if isinstance(one, Position)} == {
        unit.name for unit in FLOOD.units
    }


def test_hotspots_arrive_with_the_age_and_the_confidence_that_satellites_tell(tmp_path: Path):
    watch = Watch(tmp_path, load_scenario("karhutla"))
    try:
        early = {one.key for one in watch.poll("titik-panas")}
        late = [one for one in watch.poll("titik-panas", 110) if isinstance(one, Feature)]
    finally:
        watch.close()

    assert early
    assert {one.key for one in late} - early
    assert {one.severity for one in late} == {Severity.LOW, Severity.MEDIUM, Severity.HIGH}
    assert all(one.until and one.at < watch.time < one.until for one in late)
