"""Promise: an answer comes whole, in time and from the origin, or one TransportError says why."""

import errno
import gc
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from paser_command.errors import InputError, TransportError
from paser_command.feeds.http import Http
from tests.hostile.server import (
    HostileServer,
    Reply,
    dripping,
    dripping_headers,
    endless_chunks,
    gzip_bomb,
    hanging,
    moved,
    raw,
    zipped,
)

AGENT = "PaserCommand/0.1.0"
SHORT_S = 0.6
ENCODED = b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: 3\r\n\r\nabc"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


@pytest.fixture
def http(server: HostileServer) -> Iterator[Http]:
    http = Http(server.url, user_agent=AGENT, deadline_s=SHORT_S, cap_bytes=4 * 2**20)
    yield http
    http.close()


def fault(http: Http, url: str) -> TransportError:
    with pytest.raises(TransportError) as caught:
        http.get(url)
    return caught.value


def test_an_answer_comes_with_its_body_and_kind(server, http):
    server.put("/a", Reply(b"hello", headers=(("Content-Type", "text/plain"),)))

    answer = http.get("/a", {"$filter": "time gt 1", "é": "ü"})

    assert (answer.status, answer.body, answer.content_type) == (200, b"hello", "text/plain")
    assert server.asked[0].path == "/a?%24filter=time%20gt%201&%C3%A9=%C3%BC"
    assert server.asked[0].headers["User-Agent"] == AGENT


@pytest.mark.parametrize(
    "reply",
    [
        hanging(),
        dripping(),
        dripping_headers(),
        Reply(write=lambda visit: visit.drip(b"HTTP/1.1 200 OK")),
    ],
    ids=["hang", "body", "headers", "status line"],
)
def test_a_slow_answer_ends_at_the_deadline(server, http, reply):
    began = time.monotonic()

    error = fault(http, server.put("/slow", reply))

    assert (error.code, error.codes_facts) == ("timeout", {"deadline_s": SHORT_S})
    assert abs(time.monotonic() - began - SHORT_S) < 0.5


def test_a_late_byte_buys_no_time(server):
    def byte_then_silence(visit):
        visit.server.city.closing.wait(0.8)
        visit.wfile.write(b"H")
        visit.hang()

    http = Http(server.url, user_agent=AGENT, deadline_s=1.0)
    began = time.monotonic()

    assert fault(http, server.put("/late", Reply(write=byte_then_silence))).code == "timeout"

    assert time.monotonic() - began < 1.4
    http.close()


def test_redirects_share_one_deadline(server, http):
    def slow_move(visit):
        visit.server.city.closing.wait(0.25)
        visit.answer(moved("/slow"))

    began = time.monotonic()

    error = fault(http, server.put("/slow", Reply(write=slow_move)))

    assert error.code == "timeout"
    assert time.monotonic() - began < SHORT_S + 0.5


def test_a_port_that_accepts_and_says_nothing_ends_at_the_deadline_under_tls_too():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        http = Http(url, user_agent=AGENT, deadline_s=SHORT_S)
        began = time.monotonic()

        assert fault(http, url).code == "timeout"

        assert time.monotonic() - began < SHORT_S + 0.5
        http.close()


def test_a_name_service_that_hangs_ends_at_the_deadline(monkeypatch):
    asked, answer = socket.getaddrinfo, threading.Event()

    def hang(host, port, type=0, flags=0):
        if not flags:
            answer.wait(30)
        return asked(host, port, type=type, flags=flags)

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    http = Http("http://no-such-host.invalid", user_agent=AGENT, deadline_s=SHORT_S)
    began = time.monotonic()

    assert fault(http, "/").code == "timeout"

    assert time.monotonic() - began < SHORT_S + 0.5
    answer.set()
    for thread in threading.enumerate():
        if thread.name == "look-up":
            thread.join()


def test_a_bomb_is_refused_before_it_takes_memory(server, http):
    bomb = gzip_bomb()
    tracemalloc.start()

    error = fault(http, server.put("/bomb", bomb))

    assert (error.code, error.codes_facts) == ("too_large", {"limit_mib": 4})
    assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    tracemalloc.stop()


def test_a_body_may_grow_a_hundredfold_only_while_it_is_small(server, http):
    assert len(http.get(server.put("/zeros", zipped(bytes(2**20)))).body) == 2**20
    assert fault(http, server.put("/zeros", zipped(bytes(3 * 2**20)))).code == "too_large"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(bytes(4 * 2**20 + 1)),
        Reply(write=endless_chunks),
        raw(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(5 * 2**20)),
    ],
    ids=["declared", "chunks", "until closed"],
)
def test_a_large_body_is_refused(server, http, reply):
    assert fault(http, server.put("/large", reply)).code == "too_large"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "broken_transfer"),
        (b"\x00\xff garbage\r\n\r\n", "broken_transfer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "broken_transfer"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "broken_transfer"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 150 + b"\r\n", "broken_transfer"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", "broken_transfer"),
        (ENCODED % b"gzip", "bad_encoding"),
        (ENCODED % b"br", "bad_encoding"),
        (b"HTTP/1.1 206 Partial\r\nContent-Length: 1\r\n\r\na", "http_status"),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", "http_status"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n", "redirect"),
    ],
)  # fmt: skip
def test_a_broken_answer_says_what_is_broken(server, http, answer, code):
    assert fault(http, server.put("/broken", raw(answer))).code == code


def test_a_truncated_gzip_is_not_taken_for_whole(server, http):
    whole = zipped(b"all of it " * 1000)

    error = fault(http, server.put("/cut", whole._replace(body=whole.body[:-12])))

    assert error.code == "broken_transfer"


def test_an_error_page_is_its_status(server, http):
    error = fault(http, server.put("/page", Reply(b"<html>bad gateway</html>", status=502)))

    assert (error.code, error.codes_facts) == ("http_status", {"status": 502})


def test_a_connection_that_is_reset_while_it_is_made_is_broken(server, http, monkeypatch):
    def reset(*_: object) -> None:
        raise ConnectionResetError(errno.ECONNRESET, "reset by peer")

    monkeypatch.setattr(socket.socket, "connect", reset)

    assert fault(http, "/").code == "broken_transfer"


def test_redirects_on_the_origin_are_followed_up_to_three(server, http):
    for n in range(5):
        server.put(f"/{n}", moved(f"/{n + 1}"))
    server.put("/5", b"there")

    answer = http.get("/2")

    assert (answer.body, answer.url) == (b"there", server.url + "/5")
    assert fault(http, "/1").code == "redirect"


@pytest.mark.parametrize(
    "there",
    [
        "http://127.0.0.2:{port}/evil",
        "http://127.0.0.1:{other}/evil",
        "https://127.0.0.1:{port}/evil",
        "//127.0.0.2:{port}/evil",
        "http://127.0.0.1:{port}@127.0.0.2/evil",
        "http://127.0.0.2\\@127.0.0.1:{port}/evil",
        "file:///etc/hostname",
        "ftp://127.0.0.1/evil",
        "gopher:evil",
        "http://127.0.0.1:99999/",
        "http://\x00/",
    ],
)
def test_nobody_leads_us_off_the_origin(server, http, there):
    with HostileServer() as other, HostileServer("127.0.0.2") as elsewhere:
        port, other_port = server.url.rpartition(":")[2], other.url.rpartition(":")[2]
        there = there.format(port=port, other=other_port)
        server.put("/moved", moved(there))

        assert fault(http, there).code == "redirect"
        assert "/evil" not in {asked.path for asked in server.asked}
        assert fault(http, "/moved").code in ("redirect", "broken_transfer")
        assert other.asked == elsewhere.asked == []


def test_what_was_accepted_is_only_asked_for_again(server, http):
    validators = (("ETag", '"1"'), ("Last-Modified", "Mon, 16 Feb 2026 06:15:30 GMT"))
    server.put("/a", Reply(b"one", headers=validators), Reply(status=304))

    http.accept(http.get("/a"))
    again = http.get("/a")

    assert (again.unchanged, again.body, again.status) == (True, b"", 304)
    assert server.asked[1].headers["If-None-Match"] == '"1"'
    assert server.asked[1].headers["If-Modified-Since"] == "Mon, 16 Feb 2026 06:15:30 GMT"


def test_what_was_not_accepted_is_fetched_whole_again(server, http):
    server.put("/a", Reply(b"broken", headers=(("ETag", '"1"'),)))

    http.get("/a")
    http.get("/a")

    assert "If-None-Match" not in server.asked[1].headers


def test_validators_are_kept_for_few_addresses(server, http):
    for n in range(100):
        http.accept(http.get(server.put(f"/{n}", Reply(b"", headers=(("ETag", f'"{n}"'),)))))

    assert len(http._validators) == 64


def test_neither_proxies_nor_cookies_nor_netrc_are_used(server, http, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.put("/a", Reply(b"", headers=(("Set-Cookie", "canary=1"),)))

    http.get("/a")
    http.get("/a")

    assert {"Cookie", "Authorization", "Proxy-Authorization"}.isdisjoint(server.asked[1].headers)


def test_a_connection_is_used_again(server, http):
    server.put("/a", b"x" * 100_000)
    http.get("/a")

    http.get("/a")

    assert server.asked[0].client_port == server.asked[1].client_port


def test_a_connection_that_closed_meanwhile_is_made_anew(server, http):
    def close_unannounced(visit):
        visit.answer(Reply(b"x"))

    server.put("/a", Reply(write=close_unannounced))

    assert [http.get("/a").body for _ in range(50)] == [b"x"] * 50


def test_a_closed_port_refuses():
    with socket.create_server(("127.0.0.1", 0)) as lived:
        url = f"http://127.0.0.1:{lived.getsockname()[1]}"
    assert fault(Http(url, user_agent=AGENT), url).code == "refused"


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "a" * 70])
def test_a_host_without_address_is_unreachable(host):
    http = Http(f"http://{host}", user_agent=AGENT)

    assert fault(http, "/").code in ("unreachable", "redirect")


def test_an_untrusted_certificate_is_refused(tmp_path):
    with tls_server(tmp_path) as port:
        for host in ("127.0.0.1", "localhost"):
            http = Http(f"https://{host}:{port}", user_agent=AGENT, deadline_s=5)
            assert fault(http, "/").code == "tls"
            http.close()


def test_plain_http_at_a_tls_address_is_refused(server):
    http = Http(server.url.replace("http", "https"), user_agent=AGENT, deadline_s=5)

    assert fault(http, "/").code == "tls"
    http.close()


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://a/", "http://", "a", "", "http://a:b"]
)
def test_an_origin_is_http_or_https(url):
    with pytest.raises(InputError):
        Http(url, user_agent=AGENT)


def test_no_socket_is_left_open_after_faults(server, http):
    def sockets():
        gc.collect()
        return sum(
            isinstance(o, socket.socket) and o.fileno() != -1 and bool(_peer(o))
            for o in gc.get_objects()
        )

    http.get(server.put("/a", b"good"))
    before = sockets()
    for reply in (
        dripping(),
        raw(b"junk"),
        gzip_bomb(20),
        moved("http://127.0.0.2/"),
        Reply(status=502),
    ):
        fault(http, server.put("/bad", reply))

    assert http.get("/a").body == b"good"
    client_sockets = sockets() - before
    assert client_sockets <= 1


def _peer(sock: socket.socket) -> object:
    try:
        return sock.getpeername()
    except OSError:
        return None


class tls_server:
    """A server whose certificate nobody signed but itself."""

    def __init__(self, folder: Path) -> None:
        self.key, self.certificate = folder / "key.pem", folder / "certificate.pem"

    def __enter__(self) -> int:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        files = ["-keyout", str(self.key), "-out", str(self.certificate)]
        subprocess.run([*command, *subject, *files], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.context = context
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        return int(self.listener.getsockname()[1])

    def _serve(self) -> None:
        for _ in range(2):
            client, _ = self.listener.accept()
            try:
                self.context.wrap_socket(client, server_side=True).close()
            except OSError:
                client.close()

    def __exit__(self, *_: object) -> None:
        self.thread.join()
        self.listener.close()
