"""When a window first shows data, read from the memory of an X server that draws into a file."""

import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from paser_ui.theme.tokens import DARK
from tests.processes import running

LONGEST_S = 90.0
_COLOUR = 0x00FFFFFF
_FEWEST_PIXELS = 40
"""The mark of one incident in the list has more than twice as many."""


class Display:
    """An X server of our own, and how much of the screen has the colour of a grave incident."""

    def __init__(self, name: str, frame: Path) -> None:
        self.name = name
        header = struct.unpack(">25I", frame.read_bytes()[:100])
        start = header[0] + header[19] * 12
        self._wanted = DARK.high.rgb() & _COLOUR
        shape = (header[5], header[4])
        self._pixels = np.memmap(frame, dtype="<u4", mode="r", offset=start, shape=shape)

    def shows_data(self) -> bool:
        """Tell whether the list of incidents holds a grave one: in the column of its marks.

        No more is looked at: what is measured needs the processor itself.
        """
        middle = self._pixels.shape[1] // 2
        marks = self._pixels[:, middle + 100 : middle + 180] & _COLOUR
        return int((marks == self._wanted).sum()) >= _FEWEST_PIXELS


@contextmanager
def display() -> Iterator[Display]:
    """Run the server."""
    with tempfile.TemporaryDirectory() as folder:
        read, write = os.pipe()
        size = ["-screen", "0", "1920x1080x24", "-fbdir", folder, "-nolisten", "tcp"]
        with running(
            ["Xvfb", "-displayfd", str(write), *size], pass_fds=[write], stderr=subprocess.DEVNULL
        ) as server:
            os.close(write)
            with os.fdopen(read) as told:
                name = f":{told.readline().strip()}"
            try:
                yield Display(name, Path(folder) / "Xvfb_screen0")
            finally:
                # Not killed at once: it takes its lock away.
                server.terminate()
                server.wait(LONGEST_S)


def shown_s(argv: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the seconds from the command to the first data on the screen."""
    with display() as screen:
        own = os.environ | environment | {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"}
        began_s = time.monotonic()
        with running(argv, env=own, stdout=subprocess.DEVNULL) as program:
            while not screen.shows_data():
                if time.monotonic() - began_s > LONGEST_S or program.poll() is not None:
                    raise RuntimeError(f"no data on the screen: {argv[0]}")
                time.sleep(0.02)
            return time.monotonic() - began_s
