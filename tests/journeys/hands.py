"""A person's hands on a display: a keyboard and a mouse."""

import os
import subprocess


class Hands:
    """Presses, types, points and drags, by xdotool."""

    def __init__(self, display: str) -> None:
        self._environment = os.environ | {"DISPLAY": display}

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self._do("key", "--delay", "30", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "20", text)

    def take_up(self, x: int, y: int) -> None:
        """Give the keyboard to the window at a place: no window manager is here to do it."""
        asked = ["xdotool", "mousemove", str(x), str(y), "getmouselocation", "--shell"]
        told = subprocess.run(
            asked, env=self._environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        self._do("windowfocus", "--sync", told.partition("WINDOW=")[2].split()[0])

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click at a place of the desktop."""
        self._do("mousemove", str(x), str(y), "click", "--repeat", str(times), "1")

    def drag(self, start: tuple[int, int], end: tuple[int, int], steps: int = 12) -> None:
        """Press at one place, move in steps as a hand does, and let go at the other."""
        self._do("mousemove", *map(str, start), "mousedown", "1")
        for step in range(1, steps + 1):
            at = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            self._do("mousemove", *map(str, at), "sleep", "0.03")
        self._do("mousemove", *map(str, end), "sleep", "0.1", "mouseup", "1")

    def _do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True)
