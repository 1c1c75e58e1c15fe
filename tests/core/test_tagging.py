"""What has a place is tagged once, on its way into the journal, and told anew for no tag's sake."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paser_command.areas import Area
from paser_command.collector import Collector
from paser_command.config import FeedSettings, JournalSettings, Site, SiteConfig
from paser_command.feeds.inbox import Novelty
from paser_command.geo import Geometry, Ring
from paser_command.journal.reader import all_records
from paser_command.journal.store import Journal
from paser_command.journal.writer import Writer
from paser_command.picture.drawing_change import Change, DrawnShape, Purpose, arguments_of
from paser_command.picture.drawings import DRAW, ERASE
from paser_command.picture.picture import Picture
from paser_command.plugin.discovery import discover
from paser_command.records import AnyRecord, Command, Feature, Report, Tagged, built_in_kinds
from paser_command.rules.rules import Rules
from paser_command.rules.tagging import Tagging
from paser_command.times import now
from tests.hostile.server import HostileServer
from tests.records import START, flood, level

KINDS = built_in_kinds()

SQUARE = ((116.0, -2.0), (116.4, -2.0), (116.4, -1.8), (116.0, -1.8), (116.0, -2.0))
GROGOT = Area("64.01.04", "Tanah Grogot", Geometry("area", (SQUARE,)))
HOTSPOT = b"""{"type":"FeatureCollection","features":[{"type":"Feature","id":"1",
"properties":{"name":"Titik"},"geometry":{"type":"Point","coordinates":[116.19,-1.905]}}]}"""


def geofence(key: str, shape: DrawnShape, places: Ring, **more: Any) -> Command:
    change = Change(shape=shape, places=places, name=key, purpose=Purpose.GEOFENCE, **more)
    return command(DRAW, key, arguments_of(change))


def command(verb: str, subject: str, arguments: dict[str, str]) -> Command:
    own = f"{verb} {subject}"
    return Command(
        feed="console", key=own, at=START, verb=verb, subject=subject, arguments=arguments
    )


def tagging() -> Tagging:
    picture = Picture()
    picture.apply(geofence("drawing/7", DrawnShape.AREA, SQUARE))
    made = Tagging([GROGOT], schematic=False)
    made.follow(picture)
    return made


def point(lon: float, lat: float) -> Feature:
    geometry = Geometry("point", (((lon, lat),),))
    return Feature(feed="f", key="f/1", at=START, layer="hotspot", geometry=geometry)


def test_reports_and_points_get_district_and_geofences():
    here, elsewhere = flood(lon=116.1, lat=-1.9), flood("warga/2", lon=0.0, lat=0.0)

    tagged = tagging().tagged([here, level(2.0), elsewhere, point(116.1, -1.9)])

    assert [isinstance(one, Tagged) and one.district for one in tagged] == [
        "64.01.04",
        False,
        "",
        "64.01.04",
    ]
    assert isinstance(tagged[0], Report)
    assert (tagged[0].district_name, tagged[0].fences) == ("Tanah Grogot", ("drawing/7",))
    assert KINDS.decode("report", KINDS.encode(tagged[0])) == tagged[0]


def test_a_report_without_a_place_stays_as_it_is():
    assert tagging().tagged([flood(lon=None, lat=None)]) == [flood(lon=None, lat=None)]


def test_a_tag_from_schematic_cells_says_so():
    (tagged,) = Tagging([GROGOT], schematic=True).tagged([flood(lon=116.1, lat=-1.9)])

    assert isinstance(tagged, Report)
    assert tagged.schematic


def test_an_incident_has_the_tag_of_its_place():
    picture = Picture()
    rules = Rules(picture, now, ())
    picture.apply_all(rules.judged(tagging().tagged([flood(lon=116.1, lat=-1.9)])))

    (incident,) = picture.incidents.values()

    assert (incident.district, incident.district_name) == ("64.01.04", "Tanah Grogot")
    assert incident.fences == ("drawing/7",)


def test_geofences_are_those_that_stand():
    picture, tags = Picture(), Tagging([], schematic=False)
    seen = []
    for act in (
        geofence("drawing/1", DrawnShape.CIRCLE, ((116.1, -1.9),), radius_m=500.0),
        geofence("drawing/2", DrawnShape.CIRCLE, ((116.11, -1.9),), radius_m=500.0),
        command(ERASE, "drawing/1", {}),
    ):
        picture.apply(act)
        tags.follow(picture)
        (tagged,) = tags.tagged([flood(lon=116.104, lat=-1.9)])
        assert isinstance(tagged, Report)
        seen.append(tagged.fences)

    assert seen == [("drawing/1",), ("drawing/1",), ()]


def test_a_tag_makes_nothing_new_after_a_restart():
    told: list[AnyRecord] = [flood(lon=116.1, lat=-1.9), point(116.1, -1.9)]
    picture = Picture()
    picture.apply_all(Rules(picture, now, ()).judged(tagging().tagged(told)))

    assert Novelty(picture).fresh(told) == []
    changed = flood(lon=116.1, lat=-1.9, title="Banjir besar")
    assert Novelty(picture).fresh([changed]) == [changed]


def test_what_the_collector_records_is_tagged(
    opened: Callable[[], Journal], journal_url: str, tmp_path: Path
):
    with HostileServer() as server:
        server.put("/titik.geojson", HOTSPOT)
        feed = FeedSettings(
            id="titik",
            type="geojson.features",
            url=server.url + "/titik.geojson",
            interval_s=0.1,
            settings={"layer": "hotspot"},
        )
        site = SiteConfig(
            site=Site(name="Paser", zone="Asia/Makassar", lon=116.19, lat=-1.9),
            journal=JournalSettings(url=journal_url),
            feeds=(feed,),
        )
        drawn = geofence("drawing/1", DrawnShape.CIRCLE, ((116.19, -1.905),), radius_m=900.0)
        Writer(opened(), now).append([drawn])
        until = threading.Event()
        collector = Collector(site, discover(), lambda event, facts: None, seat="Meja 1")
        running = threading.Thread(target=collector.run, args=(until,))
        running.start()
        features: list[Feature] = []
        journal = opened()
        while not features and running.is_alive():
            features = [one for _, one in all_records(journal) if isinstance(one, Feature)]
        until.set()
        running.join()

    assert [(one.district, one.district_name, one.schematic) for one in features] == [
        ("64.01.04", "Tanah Grogot", True)
    ]
    assert features[0].fences == ("drawing/1",)
