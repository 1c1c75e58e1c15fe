"""The command line as a person runs it: real processes, with a home of their own."""

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from tests import processes
from tests.patience import PROGRAM, patient

SLOWEST_S = 30.0
_SPOKEN = ("PASER_LANGUAGE", "LANG", "LC_ALL", "LC_MESSAGES")


def environment(home: Path, **changes: str) -> dict[str, str]:
    """Return the environment of a process: English, unseen, at home in the folder."""
    plain = {name: value for name, value in os.environ.items() if name not in _SPOKEN}
    own = {"PASER_COMMAND_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return plain | own | changes


class Ended:
    """A process that ended: its exit code and what it said."""

    def __init__(self, ran: subprocess.CompletedProcess[str]) -> None:
        self.code = ran.returncode
        self.out = ran.stdout
        self.errors = ran.stderr
        assert "Traceback" not in self.errors, self.errors

    @property
    def json(self) -> Any:
        """Return what it printed as JSON; it has to be one line."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)


def run(home: Path, *arguments: str, **changes: str) -> Ended:
    """Run the command line to its end."""
    return Ended(
        processes.run(
            [*PROGRAM, *arguments],
            env=environment(home, **changes),
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=patient(SLOWEST_S),
        )
    )


class Running:
    """A process that goes on, and the lines of JSON that it says. Killed where it is left.

    `through` is a program that starts it, such as one that puts it into another network.
    """

    def __init__(self, home: Path, *arguments: str, through: tuple[str, ...] = ()) -> None:
        self._said: queue.Queue[dict[str, str] | None] = queue.Queue()
        self.events: list[str] = []
        self.process = processes.start(
            [*through, *PROGRAM, *arguments],
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        processes.end(self.process)
        self._reading.join()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def wait_for(self, event: str) -> dict[str, Any]:
        """Return the next such event."""
        end_s = time.monotonic() + patient(SLOWEST_S)
        while True:
            said = self._said.get(timeout=max(0.1, end_s - time.monotonic()))
            assert said is not None, f"it ended before {event}: {self.errors()}"
            self.events.append(said["event"])
            if said["event"] == event:
                return said

    def wait(self) -> int:
        """Return the exit code, once it has ended."""
        return self.process.wait(patient(SLOWEST_S))

    def errors(self) -> str:
        """Return what it said on stderr, once it has ended."""
        self.wait()
        assert self.process.stderr is not None
        return str(self.process.stderr.read())

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._said.put(json.loads(line))
        self._said.put(None)
