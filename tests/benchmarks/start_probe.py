"""The console started as a user starts it, which says when its first frame with data was drawn."""

import sys
import time
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from paser_command.cli.main import main
from paser_command.memory import COLLECTING

if TYPE_CHECKING:
    from paser_command.session.frames import Frame
    from paser_ui.panel_host import PanelHost


class ProbedEntryPoint:
    """Loads the windows where the command does, after all that is headless, and probes them."""

    def __init__(self, point: EntryPoint) -> None:
        self._point = point

    def load(self) -> Any:
        """Return the console's own entry, whose console ends with its first frame with data."""
        from paser_ui import app

        class ProbedConsole(app.Console):
            """Prints the monotonic time of the first frame with data, and ends."""

            def start(self) -> None:
                """Start, and wait for the frame."""
                super().start()
                self.bridge.on_frame.append(self._look)

            def _look(self, host: "PanelHost", frame: "Frame") -> None:
                if frame.picture.latest and frame.picture.incidents:
                    host.repaint()
                    sys.stdout.write(f"{time.monotonic()}\n")
                    sys.stdout.flush()
                    self.bridge.on_frame.clear()
                    self.ending.end()

        app.Console = ProbedConsole  # type: ignore[misc]
        return self._point.load()


def probed(group: str) -> list[ProbedEntryPoint]:
    """Return the entry points of a group, probed."""
    return [ProbedEntryPoint(point) for point in entry_points(group=group)]


if __name__ == "__main__":
    # As in the console's own process, where this is loaded.
    with COLLECTING.held():
        vars(import_module("paser_command.cli.console"))["entry_points"] = probed
    sys.exit(main())
