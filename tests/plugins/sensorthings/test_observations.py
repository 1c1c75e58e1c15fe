"""Promise: no observation is lost or told twice, and reading them is fast."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from paser_command.api import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Http,
    Limit,
    Observation,
    Severity,
    Stream,
    iso,
    parse_time,
)
from paser_plugins.sensorthings.observations import parse_observations
from paser_plugins.sensorthings.streams import parse_streams
from tests.hostile.feeds import NOW, context_for, feed_of, passed_by, polled
from tests.hostile.samples import DATASTREAMS, OBSERVATIONS
from tests.hostile.server import HostileServer, Reply


class Service:
    """A SensorThings service: what is in `told` by (stream, instant, number), a page at a time."""

    def __init__(self, server: HostileServer, page_size: int = 3) -> None:
        self.server, self.page_size = server, page_size
        self.told: list[tuple[int, int, float]] = []
        self.clients: list[Http] = []
        self.url = server.url + "/v1.1"
        server.put("/v1.1/Datastreams", DATASTREAMS)
        server.put("/v1.1/Observations", Reply(write=self._answer))

    def _answer(self, visit) -> None:
        query = parse_qs(urlsplit(visit.path).query)
        since, skip = parse_time(query["$filter"][0].split()[2]), int(query.get("$skip", ["0"])[0])
        found = sorted((o for o in self.told if o[1] >= since), key=lambda o: o[1])
        page: dict[str, object] = {
            "value": [observation(*o) for o in found[skip : skip + self.page_size]]
        }
        if len(found) > skip + self.page_size:
            base = visit.path.partition("&$skip")[0]
            page["@iot.nextLink"] = f"{base}&$skip={skip + self.page_size}"
        visit.answer(Reply(json.dumps(page).encode()))

    def questions(self) -> list[str]:
        paths = (urlsplit(asked.path) for asked in self.server.asked)
        return [parse_qs(p.query)["$filter"][0] for p in paths if p.path.endswith("/Observations")]


def observation(stream: int, at: int, value: float) -> dict[str, object]:
    return {"phenomenonTime": iso(at), "result": value, "Datastream": {"@iot.id": stream}}


def numbers(told) -> list[tuple[str, int, float]]:
    records, fault = told
    assert fault is None
    return [(r.key, r.at, r.value) for r in records if isinstance(r, Observation)]


@pytest.fixture
def service():
    with HostileServer() as server:
        service = Service(server)
        yield service
        for http in service.clients:
            http.close()


def feed_on(service: Service, **kwargs):
    context = context_for("sensorthings", service.url, **kwargs)
    service.clients.append(context.http)
    return feed_of("sensorthings", context)


def test_a_datastream_is_a_stream_with_the_things_name_place_and_limits():
    level, rain = parse_streams(DATASTREAMS, context_for("sensorthings")).streams

    assert (level.key, level.name, level.unit) == ("f/1", "Kandilo, Tanah Grogot", "m")
    assert (level.lon, level.lat, level.interval_s) == (116.19, -1.905, 300.0)
    assert level.limits == (
        Limit("Siaga 3", 2.2, Severity.MEDIUM),
        Limit("Siaga 2", 2.7, Severity.HIGH),
    )
    assert (rain.key, rain.name, rain.unit) == ("f/b2", "Kuaro", "")
    assert (rain.lon, rain.lat, rain.interval_s) == (116.12, -1.87, 60.0)


def test_observations_are_numbers_of_their_streams():
    page = parse_observations(OBSERVATIONS, context_for("sensorthings"))

    assert [(o.key, o.value) for o in page.observations] == [
        ("f/1", 2.31),
        ("f/b2", 12),
        ("f/1", 2.34),
    ]
    assert page.observations[2].at == parse_time("2026-11-20T02:55:00Z")


@pytest.mark.parametrize(
    ("result", "value"), [(b"true", 1.0), (b'" 2.5 "', 2.5), (b"-0", 0.0), (b"1e3", 1000.0)]
)
def test_a_result_may_be_a_truth_or_a_number_in_a_text(result, value):
    context = context_for("sensorthings")

    page = parse_observations(OBSERVATIONS.replace(b"2.31", result), context)

    assert (page.observations[0].value, passed_by(context)) == (value, [])


def test_a_missing_result_is_no_number_and_no_fault():
    context = context_for("sensorthings")

    page = parse_observations(OBSERVATIONS.replace(b"2.31", b"null"), context)

    assert (len(page.observations), passed_by(context)) == (2, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"2.31", b'"NaN"'),
        (b"2.31", b"{}"),
        (b"2.31", b"1e999"),
        (b'"2026-11-20T02:50:00Z"', b'"x"'),
        (b'"2026-11-20T02:50:00Z"', b'"2199-01-01T00:00:00Z"'),
        (b'"@iot.id":1}}', b'"id":1}}'),
    ],
)
def test_a_bad_observation_is_told_and_the_others_kept(old, new):
    body = OBSERVATIONS.replace(old, new, 1)

    context = context_for("sensorthings")

    page = parse_observations(body, context)

    assert [o.value for o in page.observations] == [12, 2.34]
    assert [(count, of) for _, count, of in passed_by(context)] == [(1, 3)]


def test_streams_are_described_first_and_again_only_when_they_change(service):
    now = [NOW]
    feed = feed_on(service, now=lambda: now[0])

    assert [type(r) for r in polled(feed)[0]] == [Stream, Stream]
    now[0] += 11 * MINUTE
    assert polled(feed)[0] == []
    service.server.put("/v1.1/Datastreams", DATASTREAMS.replace(b"2.7", b"2.8"))
    assert polled(feed)[0] == []
    now[0] += 11 * MINUTE
    (changed,) = polled(feed)[0]
    assert (changed.key, changed.at) == ("f/1", now[0])


def test_observations_come_though_the_descriptions_fail(service):
    service.server.put("/v1.1/Datastreams", Reply(status=500))
    service.told = [(1, NOW - MINUTE, 2.0)]

    records, fault = polled(feed_on(service))

    assert [r.key for r in records] == ["f/1"]
    assert fault.code == "http_status"


def test_all_pages_are_read_in_order_and_nothing_twice(service):
    service.told = [(n % 4, NOW - HOUR + n // 4 * SECOND, float(n)) for n in range(40)]
    feed = feed_on(service)

    assert [value for _, _, value in numbers(polled(feed))] == [float(n) for n in range(40)]
    assert numbers(polled(feed)) == []


def test_what_shares_the_newest_instant_and_comes_later_is_not_lost(service):
    at = NOW - MINUTE
    feed = feed_on(service)
    service.told = [(1, at, 1.0), (2, at, 2.0)]
    first = numbers(polled(feed))

    service.told += [(3, at, 3.0), (4, at, 4.0), (1, at + 1, 1.5)]
    second = numbers(polled(feed))

    assert [value for _, _, value in first] == [1.0, 2.0]
    assert [value for _, _, value in second] == [3.0, 4.0, 1.5]


def test_a_station_that_delivers_late_is_heard_with_an_overlap(service):
    feed = feed_on(service, settings={"overlap_s": 600.0})
    service.told = [(1, NOW - 2 * MINUTE, 1.0)]
    polled(feed)

    service.told += [(2, NOW - 5 * MINUTE, 2.0), (1, NOW - MINUTE, 1.1)]

    assert [value for _, _, value in numbers(polled(feed))] == [2.0, 1.1]


def test_the_first_poll_asks_for_the_backlog(service):
    polled(feed_on(service, settings={"backlog_s": 3600.0}))

    assert service.questions() == [f"phenomenonTime ge {iso(NOW - HOUR)}"]


def test_after_a_restart_the_journals_newest_is_where_to_go_on(service):
    latest = {"f/1": NOW - 9 * HOUR, "f/b2": NOW - 10 * HOUR}
    service.told = [(1, NOW - 9 * HOUR, 1.0), (1, NOW - 8 * HOUR, 2.0)]

    told = numbers(polled(feed_on(service, latest=latest.get)))

    assert service.questions()[0] == f"phenomenonTime ge {iso(NOW - 9 * HOUR)}"
    assert [value for _, _, value in told] == [2.0]


def test_a_station_with_a_clock_ahead_hides_nothing(service):
    feed = feed_on(service)
    service.told = [(1, NOW + HOUR, 9.0), (3, NOW + 2 * DAY, 9.0)]
    _, fault = polled(feed)

    service.told = [(2, NOW - SECOND, 1.0), (2, NOW, 2.0), (1, NOW + HOUR, 9.0)]

    assert fault.codes_facts == {"where": "phenomenonTime", "item": 2}
    assert [value for _, _, value in numbers(polled(feed))] == [2.0]


def test_a_number_of_the_future_is_told_once_and_the_true_ones_after_it(service):
    feed = feed_on(service)
    ahead = (1, NOW + HOUR, 9.0)
    service.told = [ahead]
    first = numbers(polled(feed))

    service.told = [ahead, (1, NOW, 3.3)]
    second, third = numbers(polled(feed)), numbers(polled(feed))

    assert [value for _, _, value in (*first, *second, *third)] == [9.0, 3.3]
    again = feed_on(service, state=feed._context.state, latest=lambda key: NOW)
    assert numbers(polled(again)) == []


def test_more_pages_than_a_poll_reads_are_read_by_the_next(service, monkeypatch):
    monkeypatch.setattr("paser_plugins.sensorthings.feed.MOST_PAGES", 4)
    at = NOW - MINUTE
    service.told = [(n, at, float(n)) for n in range(30)]
    feed = feed_on(service)

    told = [numbers(polled(feed)) for _ in range(4)]

    assert [len(one) for one in told] == [12, 12, 6, 0]


def test_pages_that_lead_in_a_circle_end(service):
    page = json.dumps({"value": [], "@iot.nextLink": service.url + "/Observations?b"}).encode()
    service.server.put("/v1.1/Observations", page)

    _, fault = polled(feed_on(service))

    assert fault is None
    assert len(service.server.asked) == 3


def test_a_page_on_another_host_is_not_fetched(service):
    with HostileServer() as other:
        page = {"value": [observation(1, NOW, 1.0)], "@iot.nextLink": other.put("/o", OBSERVATIONS)}
        service.server.put("/v1.1/Observations", json.dumps(page).encode())

        records, fault = polled(feed_on(service))

    assert [r.value for r in records if isinstance(r, Observation)] == [1.0]
    assert (fault.code, other.asked) == ("redirect", [])


def test_twenty_thousand_observations_take_less_than_half_a_second():
    told = [observation(n % 1000, NOW - HOUR + n // 1000 * 50_000, n / 7) for n in range(20_000)]
    body = json.dumps({"value": told}).encode()
    context = context_for("sensorthings")
    began = time.process_time()

    page = parse_observations(body, context)

    assert len(page.observations) == 20_000
    assert time.process_time() - began < 0.5
