"""A process of its own that saves a workspace without pause: saver FOLDER WRITER PANELS [LINES].

With LINES it kills itself, as `kill -9` would, when it has come to the so manyth line of the code
that writes files, counted after its first save.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from paser_command import whole_file
from paser_command.workspaces.definition import FORMAT, Node, Page, PanelSpec, Workspace
from paser_command.workspaces.store import WorkspaceStore

TraceFunction = Callable[[FrameType, str, Any], Any]


def version(writer: str, number: int, panels: int) -> Workspace:
    """Return the workspace that a writer saves as its NUMBERth: each panel tells of it."""
    names = [f"panel-{n}" for n in range(panels)]
    spec = PanelSpec(type="map.map", title=f"{writer} {number}", state={"padding": "x" * 400})
    page = Page(layout=Node(tabs=tuple(names)))
    return Workspace(
        format=FORMAT,
        name=f"{writer} {number}",
        panels=dict.fromkeys(names, spec),
        pages=(page,),
    )


class Death:
    """Follows the lines of the code that writes files, and kills its own process at one of them."""

    def __init__(self, lines: int) -> None:
        self._lines = lines

    def call(self, frame: FrameType, _event: str, _told: Any) -> TraceFunction | None:
        """Follow the functions of that code, and no others."""
        return self.line if frame.f_code.co_filename == whole_file.__file__ else None

    def line(self, _frame: FrameType, event: str, _told: Any) -> TraceFunction:
        """Count a line."""
        self._lines -= event == "line"
        if not self._lines:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.line


def main(folder: str, writer: str, panels: str, lines: str = "0") -> None:
    """Save until we are killed; say after each how many there were."""
    store = WorkspaceStore(Path(folder), ())
    number = 0
    while True:
        store.save("a", version(writer, number, int(panels)))
        number += 1
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number == 1 and int(lines):
            sys.settrace(Death(int(lines)).call)


if __name__ == "__main__":
    main(*sys.argv[1:])
