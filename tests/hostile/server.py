"""A server on loopback that answers as it is told: well, badly, slowly, or never."""

import gzip
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

Write = Callable[["Visit"], object]


class Reply(NamedTuple):
    """What is answered: status, headers and body, or what `write` sends by itself."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    write: Write | None = None


class Asked(NamedTuple):
    """A request that came."""

    path: str
    headers: dict[str, str]
    client_port: int
    body: bytes = b""


class _Listener(ThreadingHTTPServer):
    city: "HostileServer"

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that leave are what is wanted."""


class HostileServer:
    """Answers by path, without the query: the last reply of a path's list stays for ever."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._server = _Listener((host, 0), Visit)
        self._server.city = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self.url = f"http://{host}:{self._server.server_port}"

    def __enter__(self) -> "HostileServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def put(self, path: str, *replies: Reply | bytes) -> str:
        """Answer the path with these, one after another; return its address."""
        self.replies[path] = [r if isinstance(r, Reply) else Reply(r) for r in replies]
        return self.url + path

    def next_reply(self, path: str) -> Reply:
        replies = self.replies.get(path, [Reply(status=404)])
        return replies.pop(0) if len(replies) > 1 else replies[0]


class Visit(BaseHTTPRequestHandler):
    """One connection to the server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_POST(self) -> None:
        self.do_GET(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def do_GET(self, body: bytes = b"") -> None:
        city = self.server.city
        city.asked.append(Asked(self.path, dict(self.headers), self.client_address[1], body))
        reply = city.next_reply(urlsplit(self.path).path)
        try:
            if reply.write:
                self.close_connection = True
                reply.write(self)
            else:
                self.answer(reply)
        except OSError:  # the client has gone, as it should
            self.close_connection = True

    def answer(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def drip(self, text: bytes) -> None:
        """Send a byte a tenth of a second, until all is sent or the server closes."""
        closing = self.server.city.closing
        for byte in text:
            self.wfile.write(bytes((byte,)))
            self.wfile.flush()
            if closing.wait(0.1):
                return

    def hang(self) -> None:
        """Say nothing until the server closes."""
        closing = self.server.city.closing
        closing.wait(60)

    def log_message(self, *_: Any) -> None:
        pass


def raw(text: bytes) -> Reply:
    """Answer these very bytes, then close."""
    return Reply(write=lambda visit: visit.wfile.write(text))


def hanging() -> Reply:
    """Answer nothing at all."""
    return Reply(write=Visit.hang)


def dripping(body: bytes = b"x" * 10_000) -> Reply:
    """Answer the head at once and the body a byte at a time."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)

    def write(visit: Visit) -> None:
        visit.wfile.write(head)
        visit.drip(body)

    return Reply(write=write)


def dripping_headers() -> Reply:
    """Answer headers a byte at a time."""
    return Reply(write=lambda visit: visit.drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 10_000))


def zipped(body: bytes) -> Reply:
    """Answer the body with gzip, honestly declared."""
    return Reply(gzip.compress(body), headers=(("Content-Encoding", "gzip"),))


def gzip_bomb(size_mib: int = 300) -> Reply:
    """Answer zeros that were some hundred MiB."""
    return zipped(bytes(size_mib * 2**20))


def moved(location: str, status: int = 302) -> Reply:
    """Answer that it is elsewhere."""
    return Reply(b"moved", status=status, headers=(("Location", location),))


def endless_chunks(visit: Visit) -> None:
    """Send pieces for as long as they are taken."""
    visit.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        visit.wfile.write(b"100000\r\n" + bytes(2**20) + b"\r\n")
