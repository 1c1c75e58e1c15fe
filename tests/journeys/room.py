"""A room for journeys: a display of its own, a console on it, a keyboard, and a reader."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.patience import patient
from tests.processes import Process, end, running, start

LONGEST_WAIT_S = 90.0

Screen = dict[str, Any]


class Room:
    """One display, and consoles started on it one after the other."""

    def __init__(self, display: str, home: Path) -> None:
        self.home = home
        self._environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PASER_COMMAND_HOME": str(home),
        }

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        subprocess.run(["xdotool", "key", *keys], env=self._environment, check=True)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the screen, in pixels."""
        move = ["xdotool", "mousemove", str(x), str(y), "click", "1"]
        subprocess.run(move, env=self._environment, check=True)

    @contextmanager
    def console(self, *arguments: str) -> Iterator["Shown"]:
        """Start the console with these arguments of paser-command."""
        process = start(
            [sys.executable, "-m", "tests.journeys.watched", *arguments],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        shown = Shown(process)
        try:
            shown.until(lambda screen: screen["title"])
            # No window manager here: somebody has to give the window the keyboard.
            find = [
                "xdotool",
                "search",
                "--onlyvisible",
                "--name",
                "Paser Command",
                "windowfocus",
                "--sync",
            ]
            subprocess.run(find, env=self._environment, check=True)
            yield shown
        finally:
            end(process)
            shown.close()


class Shown:
    """What a console shows, as it tells."""

    def __init__(self, process: Process) -> None:
        self.began_s = time.monotonic()
        self._process = process
        self._changed = threading.Condition()
        self._screen: Screen | None = None
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def until(self, met: Callable[[Screen], object]) -> Screen:
        """Wait until the screen is so; return it."""
        with self._changed:
            held = self._changed.wait_for(
                lambda: self._screen is not None and met(self._screen), patient(LONGEST_WAIT_S)
            )
            assert held, json.dumps(self._screen, indent=1)[:6000]
            assert self._screen is not None
            return self._screen

    def shot(self, path: Path) -> Path:
        """Save a picture of the whole screen."""
        assert self._process.stdin is not None
        path.unlink(missing_ok=True)
        self._process.stdin.write(f"shot {path}\n")
        self._process.stdin.flush()
        self.until(lambda _: path.exists())
        return path

    def quit(self) -> float:
        """Ask the program to end; return how many seconds that took. It must end with 0."""
        began_s = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(patient(30)) == 0
        return time.monotonic() - began_s

    def close(self) -> None:
        """Read to the end."""
        self._reading.join()
        assert self._process.stdin is not None
        self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as told:
            for line in told:
                if not line.endswith("\n"):
                    return
                with self._changed:
                    self._screen = json.loads(line)
                    self._changed.notify_all()


@contextmanager
def managed(display: str) -> Iterator[None]:
    """Run a window manager on a display."""
    environment = os.environ | {"DISPLAY": display}
    with running(["openbox"], env=environment, stderr=subprocess.DEVNULL):
        # It says how many desktops it has once it manages windows.
        asked = ["xdotool", "get_num_desktops"]
        end_s = time.monotonic() + patient(LONGEST_WAIT_S)
        while subprocess.run(asked, env=environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < end_s
            time.sleep(0.05)
        yield


@contextmanager
def display(size: str = "1920x1080x24") -> Iterator[str]:
    """Run an X server without a screen; give its display. It outlives its clients (-noreset)."""
    reading, writing = os.pipe()
    argv = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-noreset"]
    with running(argv, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            # Not killed at once: it takes its lock away.
            server.terminate()
            server.wait(patient(30))
