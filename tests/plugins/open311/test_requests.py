"""Promise: every request of the last days is a report as it stands now, whatever a page holds."""

import json

import pytest

from paser_command.api import PaserError, Severity, parse_time
from paser_plugins.open311.categories import SEVERITIES, category_of, read_categories
from paser_plugins.open311.feed import parse_requests
from tests.hostile.feeds import context_for, feed_of, passed_by, polled
from tests.hostile.samples import REQUESTS
from tests.hostile.server import HostileServer, Reply


def page_of(ids) -> bytes:
    (request, _) = json.loads(REQUESTS)
    return json.dumps([{**request, "service_request_id": str(n)} for n in ids]).encode()


class Pages:
    """Answers pages of requests, as many to a page as it likes."""

    def __init__(self, total: int, size: int) -> None:
        self.total, self.size = total, size

    def reply(self) -> Reply:
        return Reply(write=self._write)

    def _write(self, visit) -> None:
        page = int(visit.path.partition("page=")[2].partition("&")[0])
        ids = range((page - 1) * self.size, min(self.total, page * self.size))
        visit.answer(Reply(page_of(ids)))


def poll(url: str):
    context = context_for("open311", url)
    told = polled(feed_of("open311", context))
    context.http.close()
    return told


def test_a_request_is_a_report():
    flood, lamp = parse_requests(REQUESTS, context_for("open311"), {}).reports

    assert flood.key == "f/638344"
    assert (flood.category, flood.severity) == ("flood", Severity.HIGH)
    assert flood.began == parse_time("2026-11-20T01:37:38Z")
    assert flood.at == parse_time("2026-11-20T02:11:00Z")
    assert (flood.title, flood.text) == ("Banjir", "Air setinggi lutut di Jl. RA Kartini")
    assert (flood.lon, flood.lat, flood.place) == (
        116.1934,
        -1.9081,
        "Jl. RA Kartini, Tanah Grogot",
    )
    assert (flood.status, flood.closed) == ("open", False)
    assert (lamp.key, lamp.category, lamp.closed) == ("f/638349", "streetlight", True)
    assert (lamp.lon, lamp.lat, lamp.at) == (None, None, lamp.began)
    assert lamp.text == "Sudah diperbaiki"


@pytest.mark.parametrize(("total", "size"), [(0, 50), (7, 50), (50, 50), (120, 50), (199, 10)])
def test_all_pages_are_read(total, size):
    with HostileServer() as server:
        reports, fault = poll(server.put("/requests.json", Pages(total, size).reply()))

    assert fault is None
    assert {report.key for report in reports} == {f"f/{n}" for n in range(total)}
    assert len(reports) == total
    assert server.asked[0].path.startswith("/requests.json?start_date=2026-11-13T03%3A00%3A00Z&")


def test_a_server_without_pages_is_asked_twice_not_for_ever():
    with HostileServer() as server:
        reports, fault = poll(
            server.put("/v2/requests.json", REQUESTS).removesuffix("/requests.json")
        )

    assert (len(reports), fault, len(server.asked)) == (2, None, 2)


def test_endless_pages_end():
    with HostileServer() as server:
        reports, fault = poll(server.put("/requests.json", Pages(10**9, 1).reply()))

    assert (len(reports), fault, len(server.asked)) == (40, None, 40)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (b"-1.9081", b"-91.0", "long"),
        (b"-1.9081", b'"x"', "lat"),
        (b"2026-11-20T09:37:38+08:00", b"2026-11-20T09:37:38", "requested_datetime"),
        (b"2026-11-20T10:11:00+08:00", b"soon", "updated_datetime"),
        (b'"638344"', b'""', "service_request_id"),
    ],
)
def test_a_bad_request_is_told_and_the_others_kept(old, new, where):
    context = context_for("open311")

    page = parse_requests(REQUESTS.replace(old, new), context, {})

    assert [report.key for report in page.reports] == ["f/638349"]
    ((error, count, of),) = passed_by(context)
    assert (error.code, error.codes_facts) == ("bad_value", {"where": where, "item": 1})
    assert (count, of) == (1, 2)


@pytest.mark.parametrize(
    ("code", "name", "category"),
    [
        ("flood", "", "flood"),
        ("x1", "Jalan tergenang banjir", "flood"),
        ("x2", "Kebakaran hutan dan lahan", "forest_fire"),
        ("x3", "Pohon tumbang di jalan", "tree"),
        ("x4", "Kecelakaan lalu lintas", "accident"),
        ("x5", "Layanan lain", "other"),
        ("017", "Banjir", "road"),
    ],
)
def test_a_service_has_a_category(code, name, category):
    assert category_of(code, name, read_categories("017=road, bjr = flood,")) == category
    assert category in SEVERITIES


def test_a_category_that_is_none_is_refused():
    with pytest.raises(PaserError, match="floods"):
        read_categories("017=floods")
