"""The console started as a user starts it, which says when its first frame with data was drawn."""

import sys
import time

from PySide6.QtWidgets import QApplication

from paser_command.cli.main import main
from paser_command.session.frames import Frame
from paser_ui import app
from paser_ui.panel_host import PanelHost


class ProbedConsole(app.Console):
    """Prints the monotonic time of the first frame with data, and ends."""

    def start(self) -> None:
        """Start, and wait for the frame."""
        super().start()
        self.bridge.on_frame.append(self._look)

    def _look(self, host: PanelHost, frame: Frame) -> None:
        if frame.picture.latest and frame.picture.incidents:
            host.repaint()
            sys.stdout.write(f"{time.monotonic()}\n")
            sys.stdout.flush()
            self.bridge.on_frame.clear()
            QApplication.quit()


if __name__ == "__main__":
    app.Console = ProbedConsole  # type: ignore[misc]
    sys.exit(main())
