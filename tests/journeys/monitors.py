"""Several monitors on one display: plugged in, pulled out and moved by xrandr, as people do."""

import os
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QRegion

SIZE = "5120x2160x24"
"""Of the whole desktop: room for monitors to be put elsewhere."""

At = tuple[int, int, int, int]


class Monitor(NamedTuple):
    """A monitor: where it is plugged in, its place and size in pixels, and its glass in mm."""

    name: str
    left: int
    top: int
    width: int = 1280
    height: int = 720
    glass_mm: tuple[int, int] = (508, 286)

    @property
    def at(self) -> At:
        """Left, top, width and height."""
        return self.left, self.top, self.width, self.height


LEFT = Monitor("DP-1", 0, 0)
MIDDLE = Monitor("DP-2", 1280, 0)
RIGHT = Monitor("HDMI-1", 2560, 0, glass_mm=(600, 340))
THREE = (LEFT, MIDDLE, RIGHT)
"""Two of them are twins, which only their connectors tell apart."""


class Monitors:
    """What is plugged in now; the first one is the main one.

    A monitor that is put elsewhere is pulled out first, and Qt has to notice that: of both at once
    it notices neither.
    """

    def __init__(self, display: str) -> None:
        self._environment = os.environ | {"DISPLAY": display}
        self.there: dict[str, Monitor] = {}

    @property
    def places(self) -> dict[str, list[int]]:
        """Where each monitor is, as the console tells it."""
        return {name: list(monitor.at) for name, monitor in self.there.items()}

    def plug(self, *monitors: Monitor) -> None:
        """Plug monitors in."""
        for monitor in monitors:
            self._set(monitor, main=not self.there)
            self.there[monitor.name] = monitor

    def pull(self, *names: str) -> None:
        """Pull monitors out."""
        for name in names:
            main = next(iter(self.there)) == name
            self._xrandr("--delmonitor", name)
            self.there.pop(name)
            if main and self.there:
                # The server's one output wants a monitor, else it is shown as one more.
                first = next(iter(self.there.values()))
                self._xrandr("--delmonitor", first.name)
                self._set(first, main=True)

    def _set(self, monitor: Monitor, *, main: bool) -> None:
        (wide, high), (left, top, width, height) = monitor.glass_mm, monitor.at
        size = f"{width}/{wide}x{height}/{high}+{left}+{top}"
        name, output = (f"*{monitor.name}", "screen") if main else (monitor.name, "none")
        self._xrandr("--setmonitor", name, size, output)

    def _xrandr(self, *arguments: str) -> None:
        argv = ["xrandr", *arguments]
        subprocess.run(argv, env=self._environment, check=True, stdout=subprocess.DEVNULL)


def is_inside(at: Sequence[int], monitors: Sequence[Monitor]) -> bool:
    """Tell whether a window lies within one of the monitors as a whole."""
    left, top, width, height = at
    return any(
        m.left <= left
        and m.top <= top
        and left + width <= m.left + m.width
        and top + height <= m.top + m.height
        for m in monitors
    )


def is_seen(at: Sequence[int], monitors: Sequence[Monitor]) -> bool:
    """Tell whether monitors show all of a window between them."""
    hidden = QRegion(*at)
    for m in monitors:
        hidden -= QRegion(m.left, m.top, m.width, m.height)
    return hidden.isEmpty()
