"""The workspaces of a desk: which one is shown, and what of it is remembered."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Signal

from paser_command.errors import PaserError
from paser_command.picture.screens import WORKSPACE, Screen, screens_text
from paser_command.workspaces.definition import Workspace
from paser_command.workspaces.store import Listed, WorkspaceStore, empty
from paser_ui.desk import Desk
from paser_ui.docking import Docking
from paser_ui.panel_host import PanelHost
from paser_ui.panels import Panels
from paser_ui.view import Pin
from paser_ui.windows.page import PageView
from paser_ui.windows.page_stack import PageStack
from paser_ui.windows.windows import Windows
from paser_ui.workspace.act_words import ADD_WORDS
from paser_ui.workspace.board import Board
from paser_ui.workspace.in_hand import InHand

DELIVERED = "ruang-siaga"
PERSON, START, ROTATION = "person", "start", "rotation"

_LOG = logging.getLogger(__name__)


class Workspaces(QObject):
    """Shows one, switches between them, and says in the journal what is shown.

    A workspace that was shown stays as it is while others are: switching back makes nothing anew.
    `told` gives an error that somebody ought to read.
    """

    shown = Signal()
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
        seat: str,
        safe: bool = False,
    ) -> None:
        """Make them for a seat. In safe mode only delivered ones are shown, and none remembered."""
        super().__init__()
        self.id = ""
        self.hand = InHand(windows)
        self.windows = windows
        self.panels = panels
        self.store = store
        self._docking = docking
        self._desk = desk
        self._seat = seat
        self._safe = safe
        self._boards: dict[str, Board] = {}
        self._list: list[Listed] = []
        self._said = ""
        self._places: dict[str, PageView] = {}
        self._homes: dict[str, PageView] = {}
        self.also_shown: Callable[[], tuple[Screen, ...]] = tuple
        docking.floated.connect(lambda _name, _floating: self._follow_hand())
        docking.stood.connect(self._follow_hand)
        windows.changed.connect(self.settle)
        windows.left.connect(self._leave)

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

    def show(self, id: str, *, reason: str = PERSON) -> bool:
        """Show a workspace; False, and nothing changed, where it cannot be had."""
        if id == self.id:
            return True
        board = self._boards.get(id) or self._loaded(id)
        if board is None:
            return False
        if self.id:
            self.windows.remember_places()
            self.board.hide_floats(self.windows.corner)
        self.id = id
        self.windows.show(board.pages)
        board.show_floats(self.windows.corner)
        self.settle()
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
        if others and self.show(others[0]):
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

    def panel_in_hand(self) -> str | None:
        """Return the name of the panel that got the focus or was taken last, if it is seen."""
        held = self.panels.get(self.hand.panel)
        return self._name_of(held) if held is not None and held.isVisible() else None

    def page_in_hand(self) -> PageView:
        """Return the page in front of the window that is worked in."""
        return self.hand.window.pages.front or self.board.pages[0]

    def bring(self, key: str) -> None:
        """Let a panel be seen: its page in front, its tab, its window."""
        host = self.panels.get(key)
        name = self._name_of(host) if host is not None else None
        if host is None or name is None:
            return
        self._raise(name)
        host.window().activateWindow()
        self.hand.panel = key

    def next_page(self) -> None:
        """Bring the next page of the window to the front."""
        self._pages_in_hand().turn(1)

    def page_before(self) -> None:
        """Bring the page before to the front."""
        self._pages_in_hand().turn(-1)

    def add_page(self, name: str) -> None:
        """Add an empty page to the window that is worked in."""
        before = self.page_in_hand()
        page = self.board.add_page(name)
        page.display, page.place = before.display, before.place
        self.windows.show(self.board.pages)
        self.windows.send(page, before.display or self.windows.displays()[0].display)

    def drop_page(self) -> None:
        """Let the page in hand go, with its panels; the last one stays."""
        if len(self.board.pages) > 1:
            page = self.page_in_hand()
            self.windows.show([one for one in self.board.pages if one is not page])
            self.board.drop_page(page)
            self.say(PERSON)

    def page_to_next_display(self) -> None:
        """Move the page in hand to the next display of the desk."""
        page = self.page_in_hand()
        displays = [one.display for one in self.windows.displays()]
        at = displays.index(page.display) if page.display in displays else 0
        self.windows.send(page, displays[(at + 1) % len(displays)])
        self.say(PERSON)

    def toggle_full(self) -> None:
        """Give the page in hand a window of its own, or its display as a whole."""
        page = self.page_in_hand()
        self.windows.free(page, not page.full)
        self.say(PERSON)

    def toggle_own_time(self) -> None:
        """Move the window in hand in time alone, or with the others again."""
        page = self.page_in_hand()
        self.windows.follow_time(page, not page.own_time)
        self.settle()

    def maximise(self, name: str) -> None:
        """Show a panel alone on its page, or all again."""
        self.board.maximise(name)
        self._change()

    def dock(self, name: str) -> None:
        """Put a panel that floats back on the page where it stood; on the one in hand if none."""
        if self.floats(name):
            home = self._homes.get(self.board.prefix + name)
            page = home if home in self.board.pages else self.page_in_hand()
            self.board.move(name, page)
            self._change()
            self.bring(self.board.prefix + name)

    def floats(self, name: str) -> bool:
        """Tell whether a panel is in a window by itself."""
        return self._docking.floating(self.board.prefix + name)

    def to_next_page(self, name: str) -> None:
        """Move a panel to the next page: on another display, where there is one."""
        pages = self.board.pages
        page = self.board.page_of(name)
        at = pages.index(page) if page is not None else -1
        target = pages[(at + 1) % len(pages)]
        if target is not page:
            self.board.move(name, target)
            self._change()
            self.bring(self.board.prefix + name)

    def copy(self, name: str) -> None:
        """Stand one more of a panel beside it."""
        self.board.copy(name)
        self._change()

    def close_panel(self, name: str) -> None:
        """Let a panel go."""
        self.board.close(name)
        self._change()

    def toggle_pin(self, pin: Pin, name: str) -> None:
        """Pin a panel out of the common selection, time or area, or let it follow again."""
        host = self.board.host(name)
        host.pin(pin, pin not in host.view.pins)

    def reveal(self, type_id: str) -> bool:
        """Let a panel of a type be seen, without taking the focus; False where it is seen already.

        Where the workspace has none, one is added to the page in hand.
        """
        names = [name for name in self.board.names() if self.board.type_of(name) == type_id]
        if any(self.board.host(name).isVisible() for name in names):
            return False
        if not names:
            self.add_panel(type_id)
            return True
        self._raise(names[0])
        return True

    def name_of_id(self, id: str) -> str:
        """Return what a workspace is called on the screen; "" where there is none."""
        names = {listed.id: listed.name for listed in self.catalogue()}
        return self._desk.translated(names[id]) if id in names else ""

    def add_words(self, type_id: str) -> str:
        """Return what to add a panel of a type is called."""
        return self._desk.tr(ADD_WORDS, panel=self.panels.type_name(type_id))

    def settle(self) -> None:
        """Have each panel look at what its window does: panels are moved by hand, too."""
        if not self.id:
            return
        main = self.windows.main
        self._places = {key: page for page in self.board.pages for key in page.dock.panels()}
        self._homes |= self._places
        for page in self.board.pages:
            window = self.windows.window_of(page) or main
            for key in page.dock.panels():
                host = self.panels.get(key)
                if host is not None:
                    host.view.move(window.desk)
                    host.mark_window(floating=False, exercise=False, past=False)
        for _name, host in self.board.hosts():
            if self._docking.floating(host.panel_id):
                host.view.move(main.desk)
                past = main.past
                exercise = self._desk.session.exercise
                host.mark_window(floating=True, exercise=exercise, past=past)

    def add_panel(self, type_id: str, page: PageView | None = None) -> None:
        """Stand a new panel on a page, that of the main window where none is named."""
        page = page or self.page_in_hand()
        self.board.add(type_id, page)
        self._change()

    def float(self, name: str, at: QRect | None = None) -> None:
        """Make a panel a window by itself."""
        self.board.float(name, at)
        self._change()
        # A window manager may stand it behind a window that fills a display.
        self.bring(self.board.prefix + name)

    def say(self, reason: str) -> None:
        """Say in the journal what stands on which display now, unless that was said last."""
        if not self.id:
            return
        screens = self.screens()
        said = f"{self.id} {screens}"
        if said == self._said:
            return
        self._said = said
        try:
            self._desk.session.command(
                WORKSPACE,
                self._seat,
                id=self.id,
                name=self.board.name,
                reason=reason,
                screens=screens,
            )
        except PaserError as error:
            _LOG.warning("%s", error)

    def screens(self) -> str:
        """Return which display shows which panels, as JSON: the desk's, then the wall's."""
        told = tuple(
            Screen(
                display=self._display_of(page),
                page=page.name,
                panels=tuple(self.board.type_of(name) for name in self._names_on(page)),
            )
            for page in self.board.pages
        )
        return screens_text((*told, *self.also_shown()))

    def _raise(self, name: str) -> None:
        page = self.board.page_of(name)
        if page is not None and (window := self.windows.window_of(page)) is not None:
            window.pages.turn_to(page)
        self.board.reveal(name)
        self._docking.raise_tab(self.board.prefix + name)

    def _leave(self, desk: Desk) -> None:
        """Let panels go from a window that closes: those of workspaces that are not shown, too."""
        for host in self.panels.all():
            if host.view.desk is desk:
                host.view.move(self._desk)

    def _follow_hand(self) -> None:
        """Take notice of panels that a hand moved, which tells nobody where to."""
        before = self._places
        self.settle()
        if self._places != before:
            self.say(PERSON)
            self.shown.emit()

    def _change(self) -> None:
        """After a panel came, went or moved."""
        self.settle()
        self.say(PERSON)
        self.shown.emit()

    def _pages_in_hand(self) -> PageStack:
        window = self.windows.window_of(self.page_in_hand()) or self.windows.main
        return window.pages

    def _name_of(self, host: PanelHost) -> str | None:
        """Return the name of a panel of the shown workspace; None for one of another."""
        prefix = self.board.prefix
        if host.panel_id.startswith(prefix):
            return host.panel_id.removeprefix(prefix)
        return None

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
        self._homes = {key: page for key, page in self._homes.items() if page not in board.pages}
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
