"""What the keys of the whole console do."""

from collections.abc import Callable, Mapping

from paser_ui.timeline.bar import SMALL_STEP, STEP
from paser_ui.windows.main_window import MainWindow
from paser_ui.workspace.workspaces import Workspaces


def acts_of(
    window: MainWindow, workspaces: Workspaces, next_language: Callable[[], None]
) -> Mapping[str, Callable[[], None]]:
    """Return the acts by key."""
    session, strip, timeline = window.desk.session, window.strip, window.timeline
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
        "Ctrl+L": next_language,
        "Ctrl+Alt+Right": lambda: workspaces.turn(1),
        "Ctrl+Alt+Left": lambda: workspaces.turn(-1),
    }
