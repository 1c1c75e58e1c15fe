"""Promise: headers, POST and further hosts go where the site allows, and no farther."""

from collections.abc import Iterator
from email.utils import formatdate

import pytest

from paser_command.errors import TransportError
from paser_command.feeds.http import MOST_RETRY_AFTER_S, Http
from tests.hostile.server import HostileServer, Reply, moved, raw

AGENT = "PaserCommand/0.1.0"
TOKEN = {"Authorization": "Bearer geheim"}


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


@pytest.fixture
def other() -> Iterator[HostileServer]:
    with HostileServer() as other:
        yield other


@pytest.fixture
def http(server: HostileServer, other: HostileServer) -> Iterator[Http]:
    http = Http(server.url, user_agent=AGENT, further=(other.url,), deadline_s=2.0)
    yield http
    http.close()


def test_a_request_takes_headers_of_its_own(server, http):
    server.put("/a", b"ok")

    http.get("/a", headers=TOKEN)
    http.get("/a")

    assert server.asked[0].headers["Authorization"] == "Bearer geheim"
    assert server.asked[0].headers["User-Agent"] == AGENT
    assert "Authorization" not in server.asked[1].headers


def test_a_body_is_posted_once(server, http):
    server.put("/query", b'{"rows": []}')

    answer = http.post("/query", b"{}", {"Content-Type": "application/json"})

    assert answer.body == b'{"rows": []}'
    assert server.asked[0].body == b"{}"
    assert server.asked[0].headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("reply", [moved("/there"), raw(b"")])
def test_what_was_posted_is_never_sent_again(server, http, reply):
    server.put("/query", reply)
    server.put("/there", b"ok")

    with pytest.raises(TransportError):
        http.post("/query", b"{}")

    assert [asked.path for asked in server.asked] == ["/query"]


def test_a_host_that_the_site_allows_is_asked_and_may_be_redirected_to(server, other, http):
    there = other.put("/cap.xml", b"<alert/>")
    server.put("/moved", moved(there))

    assert http.get(there).body == http.get("/moved").body == b"<alert/>"


def test_headers_do_not_follow_to_another_host(server, other, http):
    server.put("/moved", moved(other.put("/a", b"ok")))

    http.get("/moved", headers=TOKEN)

    assert "Authorization" in server.asked[0].headers
    assert "Authorization" not in other.asked[0].headers


def test_any_other_host_is_refused(server, other):
    http = Http(server.url, user_agent=AGENT, deadline_s=2.0)

    with pytest.raises(TransportError, match="redirect"):
        http.get(other.put("/a", b"ok"))

    assert other.asked == []
    http.close()


def test_a_feed_without_an_address_of_the_web_goes_nowhere_but_where_it_is_allowed(server):
    http = Http(None, user_agent=AGENT, further=(server.url,), deadline_s=2.0)

    assert http.get(server.put("/a", b"ok")).body == b"ok"
    with pytest.raises(TransportError, match="redirect"):
        http.get("http://127.0.0.1:9/")
    http.close()


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("120", 120, 120),
        ("999999999", MOST_RETRY_AFTER_S, MOST_RETRY_AFTER_S),
        (formatdate(4_000_000_000, usegmt=True), MOST_RETRY_AFTER_S, MOST_RETRY_AFTER_S),
    ],
)
def test_a_server_says_how_long_to_wait_in_bounds(server, http, text, least, most):
    server.put("/busy", Reply(status=429, headers=(("Retry-After", text),)))

    with pytest.raises(TransportError) as caught:
        http.get("/busy")

    assert caught.value.codes_facts["status"] == 429
    assert least <= caught.value.codes_facts["retry_after_s"] <= most


@pytest.mark.parametrize("text", ["", "soon", "-5", "0", "Mon, 01 Jan 2001 00:00:00 GMT"])
def test_a_wait_that_is_none_is_left_out(server, http, text):
    server.put("/busy", Reply(status=503, headers=(("Retry-After", text),)))

    with pytest.raises(TransportError) as caught:
        http.get("/busy")

    assert caught.value.codes_facts == {"status": 503}
