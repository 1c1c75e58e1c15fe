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

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click at a place of the desktop."""
        self._do("mousemove", str(x), str(y), "click", "--repeat", str(times), "1")

    def wheel(self, x: int, y: int, times: int) -> None:
        """Turn the wheel at a place, away from oneself where `times` is positive."""
        button = "4" if times > 0 else "5"
        self._do("mousemove", str(x), str(y), "click", "--repeat", str(abs(times)), button)

    def press(self, x: int, y: int) -> None:
        """Press at a place, and hold."""
        self._do("mousemove", str(x), str(y), "mousedown", "1")

    def move(self, start: tuple[int, int], end: tuple[int, int], steps: int = 12) -> None:
        """Move in steps as a hand does."""
        moves: list[str] = []
        for step in range(1, steps + 1):
            at = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            moves += ["mousemove", *map(str, at), "sleep", "0.02"]
        self._do(*moves)

    def let_go(self) -> None:
        """Hold no longer."""
        self._do("mouseup", "1")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at one place, and let go at the other."""
        self.press(*start)
        self.move(start, end)
        self.let_go()

    def _do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True)
