"""What the keys of the whole console do."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from paser_ui.timeline.bar import SMALL_STEP, STEP

if TYPE_CHECKING:
    from paser_ui.front import Front


def acts_of(front: "Front") -> Mapping[str, Callable[[], None]]:
    """Return the acts by key."""
    window, session = front.window, front.desk.session
    strip, timeline, workspaces = window.strip, window.timeline, front.workspaces
    return {
        "Space": strip.take,
        "Return": strip.pick,
        "Enter": strip.pick,
        "Escape": session.live,
        "L": session.live,
        "P": timeline.play_or_pause,
        "Ctrl+Left": lambda: timeline.step(-SMALL_STEP),
        "Ctrl+Right": lambda: timeline.step(SMALL_STEP),
        "Ctrl+Shift+Left": lambda: timeline.step(-STEP),
        "Ctrl+Shift+Right": lambda: timeline.step(STEP),
        "Ctrl+L": front.next_language,
        "Ctrl+Alt+Right": lambda: workspaces.turn(1),
        "Ctrl+Alt+Left": lambda: workspaces.turn(-1),
    }
