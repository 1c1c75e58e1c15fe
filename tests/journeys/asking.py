"""Starts the console that does what it is asked, and waits until what stands is as it should be."""

import json
import os
import queue
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
from tests.processes import Process, end, start

LONGEST_WAIT_S = 60.0
LOOK_EVERY_S = 0.03

Told = dict[str, Any]


class Asking:
    """A console in a process of its own."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._answers: queue.Queue[str] = queue.Queue()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def ask(self, verb: str, *arguments: object) -> Any:
        """Have it do something; return what it says to that."""
        self.send(verb, *arguments)
        answer = self._answers.get(timeout=patient(LONGEST_WAIT_S))
        assert answer, "the console has ended"
        return json.loads(answer)

    def send(self, verb: str, *arguments: object) -> None:
        """Have it do something, and wait for nothing."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([verb, *arguments]) + "\n")
        self.process.stdin.flush()

    def tell(self) -> Told:
        """Return what stands where."""
        told: Told = self.ask("tell")
        return told

    def until(self, met: Callable[[Told], object]) -> Told:
        """Wait until what stands is so; return it."""
        end_s = time.monotonic() + patient(LONGEST_WAIT_S)
        while not met(told := self.tell()):
            assert time.monotonic() < end_s, json.dumps(told, indent=1)[:9000]
            time.sleep(LOOK_EVERY_S)
        return told

    def quit(self) -> None:
        """Ask it to end, which it must do with 0."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(patient(30)) == 0

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        end(self.process)

    def close(self) -> None:
        """Read to the end."""
        self._reading.join()
        assert self.process.stdin is not None
        self.process.stdin.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as told:
            for line in told:
                self._answers.put(line)
        self._answers.put("")


@contextmanager
def asked_console(display: str, folder: Path, *arguments: str, **more: str) -> Iterator[Asking]:
    """Start the console on this display: on a journal in the folder that nobody else writes.

    With `arguments` it is what they say to paser-command, at home in the folder. `more` are
    variables of its environment.
    """
    home = folder / "home"
    home.mkdir(exist_ok=True)
    ours = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PASER_COMMAND_HOME": str(home)}
    process = start(
        [sys.executable, "-m", "tests.journeys.asked", *(arguments or [str(folder)])],
        env=os.environ | ours | more,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    asking = Asking(process)
    try:
        yield asking
    finally:
        asking.kill()
        asking.close()
