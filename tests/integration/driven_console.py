"""The console as a user starts it, which types notes and says what of them came back.

Run as a process: the arguments are those of paser-command. It prints lines of JSON:
{"picture": [notes on the first picture]}, {"collector": pid}, and {"acknowledged": note} for each
note that came back from the journal.
"""

import json
import os
import sys

from PySide6.QtCore import QTimer

from paser_command.cli.main import main
from paser_command.session.frames import Frame
from paser_command.verbs.note import AddNote
from paser_ui import app
from paser_ui.collector_process import Phase
from paser_ui.panel_host import PanelHost

SUBJECT = "test/kill"
EVERY_MS = 20


class DrivenConsole(app.Console):
    """Notes a number every 20 ms; a note counts once it is in the picture."""

    def start(self) -> None:
        """Start, and wait for the first picture."""
        super().start()
        self._told: set[str] | None = None
        self._collector: int | None = None
        self._number = 0
        self.bridge.on_frame.append(self._look)
        self._notes = QTimer(interval=EVERY_MS)
        self._notes.timeout.connect(self._note)

    def _look(self, _host: PanelHost, frame: Frame) -> None:
        if not frame.picture.incidents:
            return
        noted = {act.arguments["text"] for act in frame.picture.acts(SUBJECT)}
        if self._told is None:
            self._say("picture", sorted(noted))
            self._told = noted
            self._notes.start()
        for text in sorted(noted - self._told):
            self._say("acknowledged", text)
        self._told |= noted

    def _note(self) -> None:
        self._number += 1
        self._options.session.act(AddNote(f"{os.getpid()}-{self._number}"), SUBJECT)
        collector = self.processes[-1]
        if collector.state.phase is Phase.READY and collector.pid != self._collector:
            self._collector = collector.pid
            self._say("collector", self._collector)

    def _say(self, what: str, value: object) -> None:
        sys.stdout.write(json.dumps({what: value}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    app.Console = DrivenConsole  # type: ignore[misc]
    sys.exit(main(sys.argv[1:]))
