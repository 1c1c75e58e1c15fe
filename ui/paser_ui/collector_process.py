"""The processes that the console starts and watches: the collector, and an exercise's city.

The only place in the windows that starts a program. Each child has a thread that reads what it
says, sees it die, and starts it again, more slowly each time. A child whose input ends has lost
its console and ends by itself: that is what the open pipe is for.
"""

import logging
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

_LOG = logging.getLogger(__name__)

BACKOFF_S = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
STEADY_S = 60.0
"""A child that lived so long starts again without delay the next time."""

TERMINATE_S = 2.0
_LONGEST_LINE = 64 * 1024
_UNTOLD = {"en": "?"}


class Phase(StrEnum):
    """What a child does."""

    STARTING = "starting"
    READY = "ready"
    WAITING = "waiting"
    STOPPED = "stopped"


class ProcessState(msgspec.Struct, frozen=True):
    """What is known of a child: replaced as a whole, read from any thread.

    `code` is how it ended last (negative: by that signal), `again_s` how long it waits before the
    next start, `failing` what it says it cannot do, by language, empty where all is well.
    """

    phase: Phase
    starts: int = 0
    code: int | None = None
    again_s: float = 0.0
    failing: Mapping[str, str] = {}


class _Event(msgspec.Struct, frozen=True):
    event: str
    error: dict[str, str] = {}


class ChildProcess:
    """One child, kept running until `stop`.

    Its output is lines of JSON: {"event": "ready" | "journal_failing" | "journal_ok", "error": {}}.
    Lines that are none, and other events, are left aside.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        backoff_s: Sequence[float] = BACKOFF_S,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.state = ProcessState(Phase.STOPPED)
        self._argv = tuple(argv)
        self._backoff_s = tuple(backoff_s)
        self._now_s = now_s
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name=f"child {name}", daemon=True)

    @property
    def pid(self) -> int | None:
        """Return the child's process id while it runs."""
        with self._lock:
            return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the child, and keep it running."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let the child end; returns at once."""
        self._ending.set()
        with self._lock:
            if self._process is not None:
                _end_input(self._process)
                self._process.terminate()

    def stop(self) -> None:
        """End the child: asked first, killed after two seconds."""
        self.ask_to_stop()
        if self._thread.ident is None:
            return
        self._thread.join(TERMINATE_S)
        if self._thread.is_alive():
            with self._lock:
                if self._process is not None:
                    self._process.kill()
            self._thread.join()

    def _keep(self) -> None:
        early = 0
        while not self._ending.is_set():
            began_s = self._now_s()
            code = self._run_once()
            if self._ending.is_set():
                break
            early = 0 if self._now_s() - began_s >= STEADY_S else early
            again_s = self._backoff_s[min(early, len(self._backoff_s) - 1)]
            early += 1
            _LOG.error("%s ended with %s; starting it again in %.1f s", self.name, code, again_s)
            self._tell(phase=Phase.WAITING, code=code, again_s=again_s, failing={})
            self._ending.wait(again_s)
        self._tell(phase=Phase.STOPPED, failing={})

    def _run_once(self) -> int | None:
        """Run the child to its end; return how it ended, None where it could not be started."""
        try:
            process = self._started()
        except OSError as error:
            _LOG.error("%s cannot be started: %s", self.name, error)
            return None
        if process is None:
            return None
        self._read(process)
        code = process.wait()
        with self._lock:
            self._process = None
            _end_input(process)
        return code

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ending.is_set():
                return None
            self._tell(phase=Phase.STARTING, starts=self.state.starts + 1)
            self._process = subprocess.Popen(
                self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            return self._process

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout as said:
            while line := said.readline(_LONGEST_LINE):
                self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            heard = msgspec.json.decode(line, type=_Event)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            _LOG.debug("%s said %r", self.name, line[:200])
            return
        if heard.event == "ready":
            self._tell(phase=Phase.READY)
        elif heard.event == "journal_failing":
            self._tell(failing=heard.error or _UNTOLD)
        elif heard.event == "journal_ok":
            self._tell(failing={})

    def _tell(self, **changes: Any) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)


def _end_input(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
