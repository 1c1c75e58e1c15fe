"""The city's backends speak the real backends' formats over real HTTP, and fail when told to."""

import json
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import requests
from defusedxml import ElementTree

from paser_command.config import load_site, site_toml
from paser_command.exercise.backends import Backends
from paser_command.exercise.city import City
from paser_command.exercise.play import serve, site_of
from paser_command.exercise.scenario import load_scenario
from paser_command.times import HOUR, MINUTE, SECOND, iso, parse
from tests.patience import patient
from tests.processes import running

BEGAN = parse("2026-11-20T03:00:00Z")
FLOOD = load_scenario("banjir-kandilo")
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
PATHS = (
    "/DataMKG/TEWS/gempadirasakan.json",
    "/DataMKG/TEWS/autogempa.json",
    "/alerts/nowcast/id",
    "/open311/v2/requests.json",
    "/open311/v2/services.json",
    "/112/v2/requests.json",
    "/sensorthings/v1.1/Datastreams?$expand=Thing($expand=Locations)",
    "/sensorthings/v1.1/Observations?$orderby=phenomenonTime desc",
    "/layers/jalan-tertutup.geojson",
)


class Room:
    """A city, the hand on its clock, and a client."""

    def __init__(self, speed: float = 1.0) -> None:
        self.city = City(FLOOD, BEGAN, speed)
        self.time = self.city.instant(0.5)
        self.backends = Backends(self.city, lambda: self.time)
        self.client = requests.Session()
        self.client.trust_env = False

    def go_to(self, minute: float) -> None:
        self.time = self.city.instant(minute)

    def get(self, path: str, status: int = 200, known: str = "") -> requests.Response:
        headers = {"If-None-Match": known}
        answer = self.client.get(self.backends.base_url + path, headers=headers, timeout=5)
        assert answer.status_code == status
        return answer

    def json(self, path: str, **params: object):
        return self.get(path + ("?" + urlencode(params) if params else "")).json()

    def close(self) -> None:
        self.client.close()
        self.backends.close()


@pytest.fixture
def room():
    room = Room()
    yield room
    room.close()


def test_felt_quakes_come_as_bmkg_lists_them_newest_first(room: Room):
    room.go_to(60)

    listed = room.json("/DataMKG/TEWS/gempadirasakan.json")["Infogempa"]["gempa"]

    assert listed[0] == {
        "Tanggal": "20 Nov 2026",
        "Jam": "10:52:00 WIB",
        "DateTime": "2026-11-20T03:52:00+00:00",
        "Coordinates": "-2.35,117.35",
        "Magnitude": "5.1",
        "Kedalaman": "14 km",
        "Lintang": "2.35 LS",
        "Bujur": "117.35 BT",
        "Wilayah": "Pusat gempa berada di laut 138 km Tenggara Paser",
        "Dirasakan": "III Tanah Grogot, III Tanjung Aru, II-III Long Kali, II Kotabaru",
    }
    assert [one["Magnitude"] for one in listed] == ["5.1", "3.4"]
    newest = room.json("/DataMKG/TEWS/autogempa.json")["Infogempa"]["gempa"]
    assert newest["Shakemap"] == "20261120105200.mmi.jpg"
    assert newest.items() >= listed[0].items()


def path_of(item: Any) -> str:
    return urlsplit(str(item.findtext("link"))).path


def test_a_warning_is_in_the_index_and_behind_its_link(room: Room):
    index = ElementTree.fromstring(room.get("/alerts/nowcast/id").content)
    (item,) = index.iter("item")

    alert = ElementTree.fromstring(room.get(path_of(item)).content)

    assert path_of(item).endswith("_alert.xml")
    assert "Kalimantan Timur" in str(item.findtext("title"))
    assert alert.tag == f"{CAP}alert"
    assert alert.findtext(f"{CAP}identifier") == item.findtext("guid")
    assert alert.findtext(f"{CAP}status") == "Exercise"
    assert alert.findtext(f"{CAP}sent") == "2026-11-20T10:54:00+08:00"
    assert alert.findtext(f"{CAP}info/{CAP}expires") == "2026-11-20T12:35:00+08:00"
    polygons = [str(one.text) for one in alert.iter(f"{CAP}polygon")]
    assert len(polygons) == 2
    for polygon in polygons:
        places = [tuple(map(float, pair.split(","))) for pair in polygon.split()]
        assert places[0] == places[-1]
        assert all(-3 < lat < 0 and 115 < lon < 117 for lat, lon in places)


def test_an_update_names_what_it_replaces_and_expired_warnings_leave_the_index(room: Room):
    def listed() -> list[str]:
        index = ElementTree.fromstring(room.get("/alerts/nowcast/id").content)
        return [path_of(item) for item in index.iter("item")]

    (first,) = listed()
    room.go_to(41)
    (second,) = listed()
    update = ElementTree.fromstring(room.get(second).content)
    old = ElementTree.fromstring(room.get(first).content)
    room.go_to(239)

    assert update.findtext(f"{CAP}msgType") == "Update"
    assert update.findtext(f"{CAP}references") == ",".join(
        str(old.findtext(CAP + name)) for name in ("sender", "identifier", "sent")
    )
    assert listed() == []


def test_open311_gives_reports_as_georeport_v2(room: Room):
    room.go_to(35)

    requests_ = room.json("/open311/v2/requests.json", page_size=1000)

    lamp = requests_[-1]
    assert lamp["service_code"] == "streetlight"
    assert lamp["status"] == "open"
    assert lamp["status_notes"] == "Petugas Dinas Perhubungan dijadwalkan ke lokasi"
    assert lamp["requested_datetime"] == "2026-11-20T10:15:00+08:00"
    assert lamp["updated_datetime"] == "2026-11-20T11:34:00+08:00"
    assert (lamp["lat"], lamp["long"]) == (-1.907, 116.174)
    (same,) = room.json(f"/open311/v2/requests/{lamp['service_request_id']}.json")
    assert same == lamp


def test_open311_pages_and_filters(room: Room):
    room.go_to(240)
    path = "/112/v2/requests.json"
    everything = room.json(path, page_size=1000)

    pages = [room.json(path, page=page, page_size=20) for page in range(1, 6)]

    assert len(everything) > 50
    assert [one for page in pages for one in page] == everything[:100]
    assert len(room.json(path)) == 50
    start = iso(room.city.instant(100))
    later = room.json(path, start_date=start, page_size=1000)
    assert later == [
        one
        for one in everything
        if datetime.fromisoformat(one["requested_datetime"]) >= datetime.fromisoformat(start)
    ]
    opened = room.json(path, status="open", page_size=1000)
    assert opened == [one for one in everything if one["status"] == "open"]
    updated = room.json(path, updated_after=start, page_size=1000)
    assert len(updated) > len(later)
    local = "2026-11-20T12:40:00+08:00"
    assert room.get(f"{path}?start_date={local}").json() == room.json(path, start_date=local)


def test_several_callers_tell_of_one_flood_within_minutes(room: Room):
    room.go_to(6)

    calls = room.json("/112/v2/requests.json", service_code="flood")

    siring = [one for one in calls if "siring" in one["address"]]
    assert len({one["service_request_id"] for one in siring}) == 4


def test_sensorthings_describes_stations_with_places_and_limits(room: Room):
    answer = room.json(
        "/sensorthings/v1.1/Datastreams",
        **{"$expand": "Thing($expand=Locations)", "$count": "true"},
    )

    kandilo = answer["value"][0]
    assert answer["@iot.count"] == len(FLOOD.stations)
    assert kandilo["@iot.id"] == 1
    assert kandilo["Thing"]["name"] == "Kandilo di Tanah Grogot"
    assert kandilo["Thing"]["Locations"][0]["location"] == {
        "type": "Point",
        "coordinates": [116.1935, -1.9005],
    }
    assert kandilo["unitOfMeasurement"]["symbol"] == "m"
    assert kandilo["properties"]["interval_s"] == 20.0
    assert kandilo["properties"]["limits"][1] == {
        "name": "Siaga 3",
        "value": 2.2,
        "severity": "MEDIUM",
    }


def test_sensorthings_pages_through_every_observation_once(room: Room):
    since = BEGAN - HOUR
    query = {
        "$filter": f"phenomenonTime gt {iso(since)}",
        "$orderby": "phenomenonTime asc",
        "$expand": "Datastream($select=@iot.id)",
        "$top": 100,
    }
    path = "/sensorthings/v1.1/Observations?" + urlencode(query)
    seen, pages = [], 0
    while path:
        page = room.json(path)
        seen += page["value"]
        pages += 1
        path = page.get("@iot.nextLink", "").removeprefix(room.backends.base_url)

    times = [one["phenomenonTime"] for one in seen]
    assert pages == -(-len(seen) // 100) > 5
    assert len({one["@iot.id"] for one in seen}) == len(seen)
    assert times == sorted(times)
    assert parse(times[0]) > since
    assert parse(times[-1]) <= room.time
    assert {one["Datastream"]["@iot.id"] for one in seen} == set(range(1, len(FLOOD.stations) + 1))
    assert all(set(one["Datastream"]) == {"@iot.id"} for one in seen)


def test_ge_and_gt_differ_by_the_instant_itself(room: Room):
    at = iso(BEGAN)
    path = "/sensorthings/v1.1/Datastreams(1)/Observations"

    equal = room.json(path, **{"$filter": f"phenomenonTime ge {at}", "$top": 1})["value"]
    after = room.json(path, **{"$filter": f"phenomenonTime gt {at}", "$top": 1})["value"]

    assert equal[0]["phenomenonTime"] == at
    assert after[0]["phenomenonTime"] == iso(BEGAN + 20 * SECOND)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/open311/v2/nothing.json", 404),
        ("/open311/v2/requests/999.json", 404),
        ("/open311/v2/requests.json?page=0", 400),
        ("/open311/v2/requests.json?page=%C2%B2", 400),
        ("/open311/v2/requests.json?start_date=yesterday", 400),
        ("/sensorthings/v1.1/Datastreams(99)", 404),
        ("/sensorthings/v1.1/Nothing", 404),
        ("/sensorthings/v1.1/Datastreams?$expand=Nothing", 400),
        ("/sensorthings/v1.1/Observations?$filter=result gt 1", 400),
        ("/sensorthings/v1.1/Observations?$filter=phenomenonTime gt x", 400),
        ("/sensorthings/v1.1/Observations?$orderby=result", 400),
        ("/sensorthings/v1.1/Observations?$top=-1", 400),
        ("/sensorthings/v1.1/Observations?$expand=Datastream" + "/Thing/Datastreams" * 9, 400),
        ("/alerts/nowcast/id/CKT1_alert.xml", 404),
        ("/layers/nothing.geojson", 404),
    ],
)
def test_a_wrong_question_gets_the_right_error(room: Room, path: str, status: int):
    assert room.get(path, status).headers["Content-Type"] == "application/json"


def test_other_methods_are_refused(room: Room):
    answer = room.client.post(room.backends.base_url + PATHS[0], data=b"x", timeout=5)

    assert answer.status_code == 501
    assert answer.headers["Allow"] == "GET, HEAD"


def test_closed_roads_and_floods_come_grow_and_go(room: Room):
    def layer(minute: float) -> dict[str, Any]:
        room.go_to(minute)
        collection = room.json("/layers/jalan-tertutup.geojson")
        return {feature["id"]: feature for feature in collection["features"]}

    def width(feature: Any) -> float:
        lons = [lon for lon, _ in feature["geometry"]["coordinates"][0]]
        return float(max(lons) - min(lons))

    early, later, late = layer(12), layer(100), layer(239)

    assert set(early) == {"genangan-long-kali", "genangan-tanah-grogot"}
    assert later["jalan-gunung-rambutan"]["geometry"]["type"] == "LineString"
    assert later["jalan-gunung-rambutan"]["properties"]["severity"] == "CRITICAL"
    assert width(later["genangan-tanah-grogot"]) > 2 * width(early["genangan-tanah-grogot"])
    ring = later["genangan-tanah-grogot"]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert set(late) == {"genangan-tanah-grogot"}


@pytest.mark.parametrize("path", PATHS)
def test_what_has_not_changed_is_answered_304(room: Room, path: str):
    first = room.get(path)

    again = room.get(path, 304, known=first.headers["ETag"])

    assert again.content == b""
    assert room.get(path).content == first.content


def test_a_change_is_answered_whole(room: Room):
    old = room.get("/open311/v2/requests.json").headers["ETag"]
    room.go_to(3)

    new = room.get("/open311/v2/requests.json", known=old)

    assert new.headers["ETag"] != old


def test_a_backend_that_is_out_answers_503_and_comes_back(room: Room):
    room.go_to(59)
    refused = room.get("/sensorthings/v1.1/Datastreams", 503)
    room.get("/open311/v2/requests.json")
    room.go_to(62)

    assert refused.headers["Content-Type"].startswith("text/html")
    assert room.json("/sensorthings/v1.1/Datastreams")["value"]


def test_a_silent_backend_says_nothing_until_its_outage_is_over(room: Room):
    room.go_to(119)
    with pytest.raises(requests.exceptions.ReadTimeout):
        room.client.get(room.backends.base_url + "/112/v2/requests.json", timeout=0.3)
    room.get("/open311/v2/requests.json")
    room.go_to(121)

    assert room.json("/112/v2/requests.json")


def test_closing_cuts_those_who_wait(room: Room):
    room.go_to(119)
    host, port = urlsplit(room.backends.base_url).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as waiting:
        waiting.sendall(b"GET /112/v2/requests.json HTTP/1.1\r\nHost: x\r\n\r\n")

        room.backends.close()

        assert hung_up(waiting)


def hung_up(connection: socket.socket) -> bool:
    try:
        return connection.recv(10) == b""
    except ConnectionResetError:
        # Cut before the question was read.
        return True


def test_closing_does_not_wait_for_those_who_keep_their_connection(room: Room):
    room.get("/layers/jalan-tertutup.geojson")
    began = time.monotonic()

    room.backends.close()

    assert time.monotonic() - began < 10


def test_a_restarted_city_gives_equal_bytes(room: Room):
    room.go_to(130)
    first = {path: room.get(path).content for path in PATHS}
    port = urlsplit(room.backends.base_url).port or 0
    room.client.close()
    room.backends.close()

    room.backends = Backends(City(FLOOD, BEGAN, 1.0), lambda: room.time, port)

    assert {path: room.get(path).content for path in PATHS} == first


OTHER_PROCESS = """
import sys, threading
from paser_command.exercise.play import serve
began, now = int(sys.argv[1]), int(sys.argv[2])
until = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), until.set())).start()
serve("banjir-kandilo", began, 6.0, lambda url: print(url, flush=True), until, now=lambda: now)
"""


def test_two_processes_give_equal_bytes():
    room = Room(speed=6.0)
    room.go_to(77)
    argv = [sys.executable, "-c", OTHER_PROCESS, str(BEGAN), str(room.time)]
    with running(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        base_url = other.stdout.readline().strip()
        for path in PATHS:
            theirs = room.client.get(base_url + path, timeout=5).text
            ours = room.get(path).text
            assert theirs.replace(base_url, "") == ours.replace(room.backends.base_url, "")
        other.stdin.close()
        assert other.wait(timeout=patient(10)) == 0
    room.close()


def test_serve_says_when_it_is_ready_and_ends_when_told():
    until, urls = threading.Event(), []

    def ready(url: str) -> None:
        urls.append(url)
        until.set()

    serve("banjir-kandilo", BEGAN, 1.0, ready, until, now=lambda: BEGAN + MINUTE)

    assert urls[0].startswith("http://127.0.0.1:")
    assert not [one for one in threading.enumerate() if one.name == "city backends"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("k/VIIRS_SNPP_NRT/115.2,-2.9,117.2,-0.9/2", 200),
        ("k/VIIRS_SNPP_NRT/115.2,-2.9,117.2/2", 400),
        ("k/VIIRS_SNPP_NRT/115.2,-2.9,117.2,-0.9/9", 400),
        ("k/LANDSAT/115.2,-2.9,117.2,-0.9/2", 404),
        ("k", 404),
    ],
)
def test_firms_is_asked_as_it_is_in_the_world(room, asked, status):
    answer = room.get(f"/api/area/csv/{asked}", status)

    assert status != 200 or answer.text.startswith("latitude,longitude,bright_ti4,")


def test_units_are_points_with_the_time_they_were_heard(room):
    units = room.json("/units/posisi.geojson")["features"]

    assert [unit["id"] for unit in units] == [unit.id for unit in FLOOD.units]
    assert all(unit["geometry"]["type"] == "Point" for unit in units)
    assert {unit["properties"]["time"] <= iso(room.time) for unit in units} == {True}
    room.get("/units/else.geojson", 404)


def test_the_site_file_of_an_exercise_is_a_good_one(tmp_path: Path):
    site = site_of(FLOOD, "http://127.0.0.1:4711", "sqlite+pysqlite:///x.sqlite")
    path = tmp_path / "site.toml"
    path.write_text(site_toml(site))

    assert load_site(path) == site
    assert site.exercise is not None
    assert [feed.id for feed in site.feeds] == [
        "gempa",
        "peringatan",
        "warga",
        "panggilan-112",
        "muka-air",
        "jalan",
        "satuan",
    ]
    assert all(1 <= (feed.interval_s or 0) <= 5 for feed in site.feeds)
    assert json.dumps([feed.url for feed in site.feeds]).count("http://127.0.0.1:4711/") == 7
