"""Asks Leaflet in Chromium how long it takes for the same scene; None where it is not installed."""

import json
import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

from tests.processes import running
from tests.tiles import png

_LONGEST_S = 300
_PAGE = Path(__file__).with_name("leaflet.html")


class Room:
    """A server on loopback: Leaflet, the page, the scene, and tiles of one colour for everybody."""

    def __init__(self) -> None:
        self.told: queue.Queue[list[float] | str] = queue.Queue()
        self.scene = b"{}"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> "Room":
        self._thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def frame_ms(room: Room, scene: dict[str, Any], width: int, height: int) -> float | None:
    """Return the median milliseconds of a pan step."""
    program = shutil.which("chromium")
    if program is None:
        return None
    room.scene = json.dumps(scene).encode()
    with _browser(program, f"{room.url}/", width, height):
        frames = room.told.get(timeout=_LONGEST_S)
    if isinstance(frames, str):
        raise RuntimeError(frames)
    return median(frames)


@contextmanager
def _browser(program: str, url: str, width: int, height: int) -> Iterator[None]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        argv = [
            program,
            "--headless=new",
            # It refuses to run as root otherwise; it opens our own page only.
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--no-first-run",
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            url,
        ]
        with running(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            yield


def _handler(room: Room) -> type[BaseHTTPRequestHandler]:
    leaflet = files("xstatic.pkg.leaflet") / "data"
    bodies = {
        "/": (_PAGE.read_bytes(), "text/html"),
        "/leaflet.js": ((leaflet / "leaflet.js").read_bytes(), "text/javascript"),
        "/leaflet.css": ((leaflet / "leaflet.css").read_bytes(), "text/css"),
    }
    tile = png(256)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = bodies.get(self.path, (b"", ""))
            if self.path.startswith("/tiles/"):
                body, kind = tile, "image/png"
            elif self.path == "/scene.json":
                body, kind = room.scene, "application/json"
            self._answer(200 if kind else 404, body, kind)

        def do_POST(self) -> None:
            room.told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(204, b"", "")

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    return Handler
