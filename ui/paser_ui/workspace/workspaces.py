"""The workspaces of a desk: which one is shown, and what of it is remembered."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from paser_command.errors import PaserError
from paser_command.picture.screens import Screen
from paser_command.verbs.workspace import ShowWorkspace
from paser_command.workspaces.definition import Workspace
from paser_command.workspaces.store import Listed, WorkspaceStore, empty
from paser_ui.desk import Desk
from paser_ui.docking import Docking
from paser_ui.panels import Panels
from paser_ui.windows.page import PageView
from paser_ui.windows.windows import Windows
from paser_ui.workspace.board import Board

DELIVERED = "ruang-siaga"
PERSON, START, ROTATION = "person", "start", "rotation"

_LOG = logging.getLogger(__name__)


class Workspaces(QObject):
    """Shows one, switches between them, and says in the journal what is shown.

    A workspace that was shown stays as it is while others are: switching back makes nothing anew.
    `told` gives an error that somebody ought to read.
    """

    shown = Signal()
    """Another workspace, or this one otherwise."""
    left = Signal()
    """The workspace that is shown yet will be another in a moment, and wants to be kept."""
    listed = Signal()
    told = Signal(str, object)

    def __init__(
        self,
        store: WorkspaceStore,
        windows: Windows,
        panels: Panels,
        docking: Docking,
        desk: Desk,
        *,
        safe: bool = False,
    ) -> None:
        """In safe mode only delivered ones are shown, and none remembered."""
        super().__init__()
        self.id = ""
        self.windows = windows
        self.panels = panels
        self.store = store
        self._docking = docking
        self._desk = desk
        self._safe = safe
        self._boards: dict[str, Board] = {}
        self._list: list[Listed] = []
        self._said: tuple[str, tuple[Screen, ...]] | None = None
        self._owed = False
        self.also_shown: Callable[[], tuple[Screen, ...]] = tuple

    @property
    def board(self) -> Board:
        """The workspace that is shown."""
        return self._boards[self.id]

    @property
    def name(self) -> str:
        """What the shown workspace is called on the screen."""
        return self._desk.translated(self.board.name)

    def catalogue(self) -> list[Listed]:
        """Return the workspaces that there are."""
        if not self._list:
            self._list = self.store.list()
        return self._list

    def show(self, id: str, *, reason: str = PERSON, keep: bool = True) -> bool:
        """Show a workspace; False, and nothing changed, where it cannot be had.

        What was shown is kept as it stands, unless it is to go.
        """
        if id == self.id:
            return True
        board = self._boards.get(id) or self._loaded(id)
        if board is None:
            return False
        if self.id:
            if keep:
                self.left.emit()
            self.windows.remember_places()
            self.board.hide_floats(self.windows.corner)
        self.id = id
        self.windows.show(board.pages)
        board.show_floats(self.windows.corner)
        self.say(reason)
        self.shown.emit()
        return True

    def turn(self, by: int) -> None:
        """Show the next workspace of the list, or the one before."""
        ids = [listed.id for listed in self.catalogue() if listed.fault is None]
        if ids:
            at = ids.index(self.id) if self.id in ids else 0
            self.show(ids[(at + by) % len(ids)])

    def remembered(self) -> tuple[str, Workspace] | None:
        """Return the shown workspace as it stands now; None where it remembers no change."""
        if self._safe or not self.id or self.board.locked:
            return None
        self.windows.remember_places()
        return self.id, self.board.read(self.windows.corner)

    def save(self) -> None:
        """Write the shown workspace into its file at once."""
        remembered = self.remembered()
        if remembered is not None:
            self.store.save(*remembered)

    def reset(self) -> None:
        """Show the workspace as it was delivered; one of the room's own as it was last saved."""
        id = self.id
        if any(listed.id == id and listed.delivered for listed in self.catalogue()):
            self._try(lambda: self.store.reset(id))
        self._forget(id)
        self.show(id)

    def duplicate(self, name: str) -> None:
        """Make one more of what is shown, and show that."""
        workspace = self.board.read(self.windows.corner)
        self._show_made(lambda: self.store.duplicate(workspace, name))

    def make(self, name: str) -> None:
        """Make a workspace of one empty page, and show it."""
        self._show_made(lambda: self.store.duplicate(empty(name), name))

    def take_in(self, path: Path) -> None:
        """Show the workspace in a file, which becomes one of the room's."""
        self._show_made(lambda: self.store.take_in(path))

    def export(self, path: Path) -> None:
        """Write what is shown into a file for another room."""
        workspace = self.board.read(self.windows.corner)
        self._try(lambda: self.store.export(workspace, path))

    def rename(self, name: str) -> None:
        """Call the shown workspace otherwise."""
        self.board.name = name
        self._save_changed()

    def lock(self, locked: bool) -> None:
        """Keep what is shown as it is, or let it be changed again."""
        self.board.lock(locked)
        workspace = self.board.read(self.windows.corner)
        self._try(lambda: self.store.save(self.id, workspace))
        self._relist()

    def remove(self) -> None:
        """Let go of the shown workspace, and show the first there is."""
        gone = self.id
        others = [
            listed.id for listed in self.catalogue() if listed.id != gone and not listed.fault
        ]
        if others and self.show(others[0], keep=False):
            self._try(lambda: self.store.reset(gone))
            self._forget(gone)
            self._relist()

    def close(self) -> None:
        """Let go of all that was shown: the console ends."""
        for board in self._boards.values():
            board.drop()
        self._boards, self.id = {}, ""

    def next(self) -> None:
        """Show the next workspace of the list."""
        self.turn(1)

    def previous(self) -> None:
        """Show the workspace before."""
        self.turn(-1)

    def name_of_id(self, id: str) -> str:
        """Return what a workspace is called on the screen; "" where there is none."""
        names = {listed.id: listed.name for listed in self.catalogue()}
        return self._desk.translated(names[id]) if id in names else ""

    def say(self, reason: str) -> None:
        """Say in the journal what stands on which display now, unless that was said last.

        What the console began with waits until a feed was heard: to look into a journal that
        nobody fills any more writes nothing into it.
        """
        if not self.id:
            return
        if reason == START or (self._owed and reason == ROTATION):
            self._owed = True
            return
        self._owed = False
        self._say(reason)

    def say_begun(self) -> None:
        """Say what the console began with, once a feed was heard since then."""
        session = self._desk.session
        feeds = session.live_picture.feeds.values() if self._owed else ()
        if any(health.received >= session.identity.since for health in feeds):
            self._owed = False
            self._say(START)

    def _say(self, reason: str) -> None:
        screens = self.screens()
        said = (self.id, screens)
        if said == self._said:
            return
        self._said = said
        value = ShowWorkspace(id=self.id, name=self.board.name, reason=reason, screens=screens)
        session = self._desk.session
        error = session.act(value, session.identity.seat).error
        if error is not None:
            _LOG.warning("%s", error)

    def screens(self) -> tuple[Screen, ...]:
        """Return which display shows which panels: the desk's, then the wall's."""
        told = tuple(
            Screen(
                display=self._display_of(page),
                page=page.name,
                panels=tuple(self.board.type_of(name) for name in self._names_on(page)),
            )
            for page in self.board.pages
        )
        return (*told, *self.also_shown())

    def _names_on(self, page: PageView) -> list[str]:
        prefix = self.board.prefix
        return [key.removeprefix(prefix) for key in page.dock.panels() if key.startswith(prefix)]

    def _display_of(self, page: PageView) -> str:
        return page.display.title if page.display is not None else ""

    def _loaded(self, id: str) -> Board | None:
        try:
            loaded = self.store.delivered(id) if self._safe else self.store.load(id)
        except PaserError as error:
            self.told.emit(f"workspace.{id}", error)
            return None
        if loaded.notice is not None:
            self.told.emit(f"workspace.{id}", loaded.notice)
        board = Board(f"{id}/", loaded.workspace, self.panels, self._docking)
        self._boards[id] = board
        return board

    def _forget(self, id: str) -> None:
        """Let go of what was made of a workspace."""
        board = self._boards.get(id)
        if board is None:
            return
        if self.id == id:
            board.hide_floats(self.windows.corner)
            self.id = ""
            self.windows.show([])
        del self._boards[id]
        board.drop()

    def _show_made(self, make: Callable[[], str]) -> None:
        try:
            id = make()
        except PaserError as error:
            self.told.emit("workspace", error)
            return
        self._relist()
        self.show(id)

    def _save_changed(self) -> None:
        self._try(self.save)
        self._relist()
        self.shown.emit()

    def _relist(self) -> None:
        self._list = []
        self.listed.emit()

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except PaserError as error:
            self.told.emit("workspace", error)
