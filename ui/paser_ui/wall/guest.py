"""One display of the wall, and what is shown on it now."""

import msgspec
from PySide6.QtCore import QObject

from paser_command.workspaces.definition import Workspace
from paser_command.workspaces.display import Display
from paser_ui.desk import Desk
from paser_ui.docking import Docking
from paser_ui.panels import Panels
from paser_ui.wall.window import WallWindow
from paser_ui.workspace.board import Board


class Guest(QObject):
    """`sent` is what a desk put there; `until_s` is when it goes by itself, None for never."""

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

    def show(self, id: str, workspace: Workspace, panels: Panels, docking: Docking) -> None:
        """Show a workspace: the first display its first page, the second its second, and so on."""
        self.clear()
        self.id, self.name = id, workspace.name
        self._shows += 1
        prefix = f"wall-{self._number}-{self._shows}/"
        page = workspace.pages[self._number % len(workspace.pages)]
        alone = msgspec.structs.replace(
            workspace,
            locked=True,
            panels={name: workspace.panels[name] for name in page.layout.panels()},
            pages=(msgspec.structs.replace(page, floating=()),),
        )
        self.board = Board(prefix, alone, panels, docking)
        view = self.board.pages[0]
        self.window.pages.add(view)
        view.dock.show_titles(False)
        for _name, host in self.board.hosts():
            host.view.move(self.window.desk)
            host.on_wall = True
        self.window.watch(view)

    def say(self, desk: Desk) -> None:
        """Say on the window what it shows."""
        self.window.say(desk.translated(self.name))

    def clear(self) -> None:
        """Take down what is shown."""
        if self.board is not None:
            for page in self.board.pages:
                self.window.pages.take(page)
            self.board.drop()
            self.board = None
