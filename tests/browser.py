"""A real Chromium for tests: driven over a pipe, with every request of it caught on loopback."""

import fcntl
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests import processes
from tests.patience import patient

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
LONGEST_S = 60.0

_QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    # Loopback, too, goes through the proxy.
    "--proxy-bypass-list=<-loopback>",
)


def missing() -> str:
    """Return why there is no browser here, "" where there is one."""
    return "" if _program() else "Chromium is not installed: apt-get install chromium"


def _program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    """One page of a browser. `asked` are the URLs that it asked the network for."""

    def __init__(self, write: Callable[[bytes], None], read: Callable[[], bytes]) -> None:
        self._write, self._read = write, read
        self._numbers = iter(range(1, 1_000_000))
        self._session: str | None = None
        self.asked: list[str] = []
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the DevTools protocol and return its result."""
        number = next(self._numbers)
        asked: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        self._write(json.dumps(asked).encode() + b"\0")
        told = self._until(lambda told: told.get("id") == number)
        result: dict[str, Any] = told["result"]
        return result

    def open(self, path: Path, *, width: int = 1366, height: int = 768) -> None:
        """Open a file and wait until it has loaded and drawn; forget what was asked before."""
        self.asked.clear()
        self.complaints.clear()
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Page.navigate", url=path.as_uri())
        self._until(lambda told: told.get("method") == "Page.loadEventFired")
        self.run("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")

    def run(self, program: str) -> Any:
        """Run a program in the page, wait for its promise, return its value."""
        told = self.call(
            "Runtime.evaluate", expression=program, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in told:
            raise AssertionError(told["exceptionDetails"])
        return told["result"].get("value")

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            told: dict[str, Any] = json.loads(self._read())
            self._note(told)
            if wanted(told):
                if "error" in told:
                    raise AssertionError(told["error"])
                return told

    def _note(self, told: dict[str, Any]) -> None:
        method, facts = told.get("method"), told.get("params", {})
        if method == "Network.requestWillBeSent":
            self.asked.append(facts["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(facts["exceptionDetails"]))
        elif method == "Log.entryAdded":
            self.complaints.append(facts["entry"]["text"])


@contextmanager
def listener() -> Iterator[tuple[int, list[str]]]:
    """Serve as the browser's proxy: give the port, and what was asked of it."""
    heard: list[str] = []

    class Hearing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_CONNECT = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hearing)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port, heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def browser(folder: Path, proxy_port: int) -> Iterator[Browser]:
    """Give a page of a browser that has nothing but the proxy for a network."""
    command = [
        str(_program()),
        *_QUIET,
        *(("--no-sandbox",) if os.geteuid() == 0 else ()),
        f"--user-data-dir={folder}",
        f"--proxy-server=http://127.0.0.1:{proxy_port}",
    ]
    (to_read, to_write), (from_read, from_write) = os.pipe(), os.pipe()
    process = _start(command, to_read, from_write)
    os.close(to_read)
    os.close(from_write)
    ending = threading.Timer(patient(LONGEST_S), process.kill)
    ending.start()
    try:
        yield Browser(lambda body: _write(to_write, body), _reader(from_read))
    finally:
        ending.cancel()
        processes.end(process)
        os.close(to_write)
        os.close(from_read)


def _start(command: list[str], to_read: int, from_write: int) -> processes.Process:
    """Start the browser with the protocol's two ends as 3 and 4, and nothing to say."""
    away = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in (to_read, from_write)]

    def rename() -> None:
        for end, wanted in zip(away, (3, 4), strict=True):
            os.dup2(end, wanted)

    nowhere: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    try:
        return processes.start(command, preexec_fn=rename, close_fds=False, lasting=True, **nowhere)
    finally:
        for end in away:
            os.close(end)


def _write(end: int, body: bytes) -> None:
    while body:
        body = body[os.write(end, body) :]


def _reader(end: int) -> Callable[[], bytes]:
    held = bytearray()

    def read() -> bytes:
        while b"\0" not in held:
            some = os.read(end, 1 << 20)
            if not some:
                raise AssertionError("the browser has ended")
            held.extend(some)
        message, _, rest = bytes(held).partition(b"\0")
        held[:] = rest
        return message

    return read
