"""The city's backends over real HTTP on loopback, each under its own path."""

import email.utils
import hashlib
import logging
import socket
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

import msgspec

from paser_command.exercise import bmkg, firms, layers, open311, sensorthings, units
from paser_command.exercise.asked import Asked, BadQuestion, Reply, as_json
from paser_command.exercise.city import City
from paser_command.exercise.scenario import Backend
from paser_command.times import Now

HOST = "127.0.0.1"

_IDLE_S = 30.0
_LOOK_S = 0.1
_log = logging.getLogger(__name__)


class Route(msgspec.Struct, frozen=True):
    """A backend's place: the prefix of its paths, and what answers behind it."""

    backend: Backend
    prefix: str
    answer: Callable[[Asked], Reply]


ROUTES = (
    Route("gempa", "/DataMKG/TEWS/", bmkg.quakes),
    Route("peringatan", "/alerts/nowcast/", bmkg.warnings),
    Route("warga", "/open311/", open311.citizens),
    Route("panggilan-112", "/112/", open311.calls),
    Route("muka-air", "/sensorthings/", sensorthings.observations),
    Route("jalan", "/layers/", layers.roads),
    Route("titik-panas", "/api/area/csv/", firms.detections),
    Route("satuan", "/units/", units.positions),
)


class Backends:
    """The running servers of a city; close them, or use them in a `with`."""

    def __init__(self, city: City, now: Now, port: int = 0) -> None:
        """Start to serve on the port, 0 for a free one; OSError where it is taken."""
        self._server = _Server(city, now, port)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="city backends",
            daemon=True,
        )
        self._thread.start()

    @property
    def base_url(self) -> str:
        """Return the address that all backends' paths are under, without a slash at its end."""
        return self._server.base_url

    def close(self) -> None:
        """Stop: open connections are cut, and no thread is left."""
        self._server.stop()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, city: City, now: Now, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.city = city
        self.now = now
        self.stopped = threading.Event()
        self.base_url = f"http://{HOST}:{self.server_address[1]}"
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()

    def stop(self) -> None:
        self.stopped.set()
        self.shutdown()
        with self._open_lock:
            for connection in self._open:
                _cut(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is nobody's fault; the rest is ours, and logged as such."""
        if isinstance(sys.exception(), ConnectionError | TimeoutError):
            _log.debug("a client of the city's backends went away")
        else:
            _log.exception("a backend of the city failed")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "ExerciseCity"
    sys_version = ""
    timeout = _IDLE_S
    server: _Server

    def do_GET(self) -> None:
        path, params, route = self._asked_for()
        if route is None:
            self._send(as_json({"code": 404, "message": "not found"}, status=404))
            return
        outage = self.server.city.outage(route.backend, self.server.now())
        if outage is None:
            self._send(self._answer(route, path, params))
        elif outage.answer == "unavailable":
            self._send(Reply(_UNAVAILABLE, "text/html; charset=utf-8", 503))
        else:
            self._keep_silent(route)

    do_HEAD = do_GET

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse other methods, and what is no HTTP, in few words."""
        told = message or HTTPStatus(code).phrase
        self.close_connection = True
        self._send(as_json({"code": code, "message": told}, status=code))

    def version_string(self) -> str:
        return self.server_version

    def log_message(self, format: str, *args: Any) -> None:
        _log.debug(format, *args)

    def _asked_for(self) -> tuple[str, dict[str, str], Route | None]:
        path, _, query = self.path.partition("?")
        path = unquote(path)
        params = dict(parse_qsl(query, keep_blank_values=True))
        for route in ROUTES:
            if path.startswith(route.prefix):
                return path.removeprefix(route.prefix), params, route
        return path, params, None

    def _answer(self, route: Route, path: str, params: dict[str, str]) -> Reply:
        server = self.server
        base_url = server.base_url + route.prefix.rstrip("/")
        asked = Asked(path, params, server.city, server.now(), base_url)
        try:
            return route.answer(asked)
        except BadQuestion as error:
            told = {"code": error.status, "message": error.told, "description": error.told}
            listed = [told] if route.answer in (open311.citizens, open311.calls) else told
            return as_json(listed, status=error.status)

    def _keep_silent(self, route: Route) -> None:
        """Say nothing until the outage is over or the server stops, then hang up."""
        self.close_connection = True
        while self.server.city.outage(route.backend, self.server.now()) is not None:
            if self.server.stopped.wait(_LOOK_S) or _has_gone(self.connection):
                return

    def _send(self, reply: Reply) -> None:
        tag = f'"{hashlib.blake2b(reply.body, digest_size=12).hexdigest()}"'
        known = (self.headers.get("If-None-Match", "") if self.headers else "").split(", ")
        unchanged = reply.status == 200 and (tag in known or f"W/{tag}" in known)
        self.send_response(304 if unchanged else reply.status)
        if reply.status == 200:
            self.send_header("ETag", tag)
            self.send_header("Cache-Control", "no-cache")
        if reply.status == 503:
            self.send_header("Retry-After", "5")
        if reply.status == 501:
            self.send_header("Allow", "GET, HEAD")
        if self.close_connection:
            self.send_header("Connection", "close")
        if not unchanged:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if not unchanged and self.command != "HEAD":
            self.wfile.write(reply.body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        seconds = self.server.now() / 1e6 if timestamp is None else timestamp
        return email.utils.formatdate(seconds, usegmt=True)


_UNAVAILABLE = (
    b"<html><head><title>503 Service Temporarily Unavailable</title></head>"
    b"<body><h1>503 Service Temporarily Unavailable</h1></body></html>\n"
)


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        _log.debug("a connection was gone before it was cut")


def _has_gone(connection: socket.socket) -> bool:
    """Tell whether the client has hung up, without waiting."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
