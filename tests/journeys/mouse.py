"""One who works by mouse alone: sees where a thing is, and points at it."""

import time
from collections.abc import Callable

from tests.journeys.asking import LONGEST_WAIT_S, LOOK_EVERY_S, Asking
from tests.journeys.hands import Hands
from tests.journeys.seen import Thing
from tests.patience import patient

Point = tuple[int, int]
_GRASPS, _GRASP_S = 3, 10.0


class Mouse:
    """Clicks, picks from menus and drags what the console shows."""

    def __init__(self, console: Asking, hands: Hands) -> None:
        self._console = console
        self._hands = hands

    def seen(self, name: str, *, panel: str = "", text: str = "", display: int = 0) -> list[Thing]:
        """Return what is seen by that name: of a panel, with words, on a display from the left."""
        return [
            thing
            for thing in self._console.ask("seen", name)
            if panel in ("", thing["panel"])
            and text in thing["text"]
            and display in (0, thing["at"][0] // 1280 + 1)
        ]

    def find(self, name: str, *, panel: str = "", text: str = "", display: int = 0) -> Thing:
        """Wait until it is seen and stands still; return the first of it."""
        end_s, before = time.monotonic() + patient(LONGEST_WAIT_S), None
        while True:
            found = self.seen(name, panel=panel, text=text, display=display)
            if found and before and found[0]["at"] == before:
                return found[0]
            before = found[0]["at"] if found else None
            assert time.monotonic() < end_s, (name, panel, text, display)
            time.sleep(LOOK_EVERY_S)

    def click(self, name: str, *, panel: str = "", text: str = "", display: int = 0) -> None:
        """Click in the middle of it."""
        self._hands.click(*middle(self.find(name, panel=panel, text=text, display=display)))

    def gone(self, name: str) -> None:
        """Wait until nothing of that name is seen."""
        self._console.until(lambda _: not self.seen(name))

    def choose(self, *entries: str) -> None:
        """Pick from the menu that is open, and from those that open from it."""
        for entry in entries:
            self.click(entry)
        self.gone(entries[-1])

    def of_panel(self, panel: str, entry: str) -> None:
        """Pick from a panel's menu."""
        self.click("panelMenu", panel=panel)
        self.choose(entry)

    def of_workspaces(self, *entries: str, display: int = 1) -> None:
        """Pick from the menu at the workspace's name."""
        self.click("workspaceChip", display=display)
        self.choose(*entries)

    def drop(
        self, panel: str, onto: str, side: str, held: Callable[[], object] = lambda: None
    ) -> None:
        """Drag a panel by its tab to a side of another one; `held` is done before it is let go."""
        target, sign = middle(self.find("host", panel=onto)), None
        for _ in range(_GRASPS):
            start = middle(self.find("tab", panel=panel))
            self._hands.press(*start)
            self._hands.move(start, target)
            sign = self._nearest(f"sign.{side}DockWidgetArea", target)
            if sign is not None:
                break
            self._hands.let_go()
        assert sign is not None, (panel, onto, side)
        self._hands.move(target, sign)
        held()
        self._hands.let_go()

    def drag(self, start: Point, end: Point) -> None:
        """Drag from one place to another."""
        self._hands.drag(start, end)

    def wheel(self, at: Point, times: int) -> None:
        """Turn the wheel at a place."""
        self._hands.wheel(*at, times)

    def _nearest(self, name: str, target: Point) -> Point | None:
        """Return where the sign is that is nearest to a place: one of the area, not of the page.

        None where there is none after a while: a tab that moved aside was not grasped.
        """
        end_s = time.monotonic() + patient(_GRASP_S)
        while time.monotonic() < end_s:
            if signs := [middle(thing) for thing in self.seen(name)]:
                return min(signs, key=lambda at: abs(at[0] - target[0]) + abs(at[1] - target[1]))
            time.sleep(LOOK_EVERY_S)
        return None


def middle(thing: Thing) -> Point:
    """Return the middle of what is seen."""
    left, top, width, height = thing["at"]
    return left + width // 2, top + height // 2
