"""The console as a user starts it, keeper and all, which tells what it shows and obeys.

Run as a process: the arguments are those of paser-command. It prints a line of JSON five times a
second: its process, its banner, its panels, what is selected, and what waits to be acknowledged.
Each line on its standard input is the name of a method below, with its arguments.
"""

import ctypes
import json
import os
import sys
import threading
import time
from os import _exit as end_process
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from paser_command.cli.main import main
from paser_command.keeper.watch import SETTLED_BEATS
from paser_command.session.frames import Selection
from paser_command.verbs.note import AddNote
from paser_ui import app
from paser_ui.alarms.waiting import waits

EVERY_MS = 200


class ToldConsole(app.Console):
    """Tells what it shows, and does what it is told in its loop."""

    def start(self) -> None:
        """Start, and begin to tell and to listen."""
        super().start()
        self._wanted: list[list[str]] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self._telling = QTimer(interval=EVERY_MS)
        self._telling.timeout.connect(self._tell)
        self._telling.start()
        self._seconds = 0
        self._counting = QTimer(interval=1_000)
        self._counting.timeout.connect(self._count)
        self._counting.start()

    def stop(self) -> None:
        """Tell no more."""
        self._telling.stop()
        super().stop()

    def _listen(self) -> None:
        # Descriptor 0 itself: what a buffer took in would die with this process.
        line = b""
        while byte := os.read(0, 1):
            line += byte
            if byte == b"\n":
                self._wanted.append(line.decode().split())
                line = b""

    def _tell(self) -> None:
        incidents = self._options.session.live_picture.incidents
        board = self.front.workspaces.board
        told = {
            "pid": os.getpid(),
            "banner": self.window.banner.told(),
            "panels": sorted(board.names()),
            "floating": [name for name, host in board.hosts() if self._floats(host.panel_id)],
            "selected": self.desk.selection.key,
            "waiting": sorted(key for key, incident in incidents.items() if waits(incident)),
            "acts": self.window.strip.acts.text(),
            "on_disk": _on_disk(self._options.home / "outbox"),
            "safe": self._options.safe_mode,
            "paused": sorted(name for name, host in board.hosts() if host.guard.paused),
            "settled": self._seconds > SETTLED_BEATS,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        if self._wanted:
            word, *rest = self._wanted.pop(0)
            getattr(self, word)(*rest)

    def _count(self) -> None:
        """Count beside the beats: the same loop, the same interval."""
        self._seconds += 1

    def _floats(self, panel_id: str) -> bool:
        return self.front.docking.floating(panel_id)

    def block(self, seconds: str) -> None:
        """Let the loop stand."""
        time.sleep(float(seconds))

    def hold(self) -> None:
        """Let the loop stand for ever in C code, which keeps Python's lock and hears no signal."""
        library, mutex = ctypes.PyDLL(None), ctypes.create_string_buffer(64)
        for _ in range(2):
            library.pthread_mutex_lock(mutex)

    def fall(self) -> None:
        """Fall by a fault of memory."""
        ctypes.string_at(0)

    def exit(self, code: str) -> None:
        """End without a word, as no console does by will."""
        end_process(int(code))

    def take(self) -> None:
        """Acknowledge what stands in the alarm strip."""
        self.window.strip.take()

    def note(self, text: str) -> None:
        """Write a note on what is picked."""
        self._options.session.act(AddNote(text), self.desk.selection.key)

    def select(self, key: str) -> None:
        """Pick an incident."""
        self.desk.select(Selection("incident", key))

    def float(self, name: str) -> None:
        """Make a panel a window by itself."""
        self.front.arranging.float(name)

    def normal(self) -> None:
        """Press the banner's button."""
        button = self.window.banner.findChild(QPushButton, "bannerAct")
        assert button is not None
        button.click()

    def close(self) -> None:
        """Close the window."""
        self.window.close()


def _on_disk(outbox: Path) -> int:
    """Return how many lines the outbox has on the disk."""
    return sum(len(path.read_bytes().splitlines()) for path in outbox.glob("*.jsonl"))


if __name__ == "__main__":
    app.Console = ToldConsole  # type: ignore[misc]
    sys.exit(main())
