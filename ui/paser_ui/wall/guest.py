"""One display of the wall, and what is shown on it now."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject

from paser_command.workspaces.definition import Workspace
from paser_command.workspaces.display import Display
from paser_ui.docking import Docking
from paser_ui.panels import Panels
from paser_ui.wall.window import WallWindow
from paser_ui.workspace.board import Board


class Guest(QObject):
    """`sent` is what a desk put there; `until_s` is when it goes by itself, None for never.

    `name` is what people call what is shown, which may be anything: only the desk reads it.
    """

    def __init__(self, display: Display, number: int, window: WallWindow) -> None:
        super().__init__()
        self.display = display
        self.window = window
        self.board: Board | None = None
        self.id = ""
        self.name = ""
        self.sent = False
        self.until_s: float | None = None
        self.turn = 0
        self.turns_s = 0.0
        self._number = number
        self._shows = 0
        self._said: Callable[[], str] = str

    def show(
        self,
        id: str,
        workspace: Workspace,
        panels: Panels,
        docking: Docking,
        *,
        said: Callable[[], str],
    ) -> None:
        """Show a workspace: the first display its first page, the second its second, and so on.

        `said` is what visitors read beside the clock, in the language of the screen.
        """
        self.clear()
        self.id, self.name, self._said = id, workspace.name, said
        self._shows += 1
        prefix = f"wall-{self._number}-{self._shows}/"
        page = workspace.pages[self._number % len(workspace.pages)]
        alone = msgspec.structs.replace(
            workspace,
            locked=True,
            panels={
                name: msgspec.structs.replace(workspace.panels[name], title="")
                for name in page.layout.panels()
            },
            pages=(msgspec.structs.replace(page, name="", floating=()),),
        )
        self.board = Board(prefix, alone, panels, docking)
        view = self.board.pages[0]
        self.window.pages.add(view)
        view.dock.show_titles(False)
        for _name, host in self.board.hosts():
            host.view.move(self.window.desk)
            host.on_wall = True

    def say(self) -> None:
        """Say on the window what it shows."""
        self.window.say(self._said())

    def clear(self) -> None:
        """Take down what is shown."""
        if self.board is not None:
            for page in self.board.pages:
                self.window.pages.take(page)
            self.board.drop()
            self.board = None
