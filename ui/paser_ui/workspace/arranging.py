"""What is done to the pages and panels of the workspace that is shown."""

from PySide6.QtCore import QObject, QRect

from paser_command.workspaces.display import Display
from paser_ui.desk import Desk
from paser_ui.docking import Docking
from paser_ui.panel_host import PanelHost
from paser_ui.times import COMMON
from paser_ui.view import Pin
from paser_ui.windows.page import PageView
from paser_ui.windows.page_stack import PageStack
from paser_ui.workspace.act_words import ADD_WORDS
from paser_ui.workspace.board import Board
from paser_ui.workspace.in_hand import InHand
from paser_ui.workspace.workspaces import PERSON, Workspaces


class Arranging(QObject):
    """Moves, adds and lets go: pages are those in hand, panels are named.

    It notices what was done by hand, too, and has each panel look at what its window does.
    """

    def __init__(self, workspaces: Workspaces, docking: Docking, desk: Desk) -> None:
        super().__init__()
        self.panels = workspaces.panels
        self.hand = InHand(workspaces.windows)
        self._workspaces = workspaces
        self._windows = workspaces.windows
        self._docking = docking
        self._desk = desk
        self._places: dict[str, PageView] = {}
        docking.floated.connect(lambda _name, _floating: self._follow_hand())
        docking.stood.connect(self._follow_hand)
        workspaces.shown.connect(self.settle)
        self._windows.changed.connect(self.settle)
        self._windows.left.connect(self._leave)

    @property
    def _board(self) -> Board:
        return self._workspaces.board

    def panel_in_hand(self) -> str | None:
        """Return the name of the panel that got the focus or was taken last, if it is seen."""
        held = self.panels.get(self.hand.panel)
        return self._name_of(held) if held is not None and held.isVisible() else None

    def page_in_hand(self) -> PageView:
        """Return the page in front of the window that is worked in."""
        return self.hand.window.pages.front or self._board.pages[0]

    def bring(self, key: str) -> None:
        """Let a panel be seen: its page in front, its tab, its window."""
        host = self.panels.get(key)
        name = self._name_of(host) if host is not None else None
        if host is None or name is None:
            return
        self._raise(name)
        host.window().activateWindow()
        self.hand.panel = key

    def reveal(self, type_id: str) -> bool:
        """Let a panel of a type be seen, without taking the focus; False where it is seen already.

        Where the workspace has none, one is added to the page in hand.
        """
        names = [name for name in self._board.names() if self._board.type_of(name) == type_id]
        if any(self._board.host(name).isVisible() for name in names):
            return False
        if not names:
            self.add_panel(type_id)
            return True
        self._raise(names[0])
        return True

    def window_has_several_pages(self) -> bool:
        """Tell whether the window in hand has more pages than the one that is seen."""
        return len(self._pages_in_hand().pages) > 1

    def next_page(self) -> None:
        """Bring the next page of the window to the front."""
        self._pages_in_hand().turn(1)

    def page_before(self) -> None:
        """Bring the page before to the front."""
        self._pages_in_hand().turn(-1)

    def add_page(self, name: str) -> None:
        """Add an empty page to the window that is worked in."""
        before = self.page_in_hand()
        page = self._board.add_page(name)
        page.display, page.place = before.display, before.place
        self._windows.show(self._board.pages)
        self._windows.send(page, before.display or self._windows.displays()[0].display)

    def drop_page(self) -> None:
        """Let the page in hand go, with its panels; the last one stays."""
        if self.has_several_pages():
            page = self.page_in_hand()
            self._windows.show([one for one in self._board.pages if one is not page])
            self._board.drop_page(page)
            self._workspaces.say(PERSON)

    def has_several_pages(self) -> bool:
        """Tell whether the workspace has more pages than one."""
        return len(self._board.pages) > 1

    def has_next_display(self) -> bool:
        """Tell whether the page in hand can belong to another display than it does."""
        page = self.page_in_hand()
        return self._next_display(page) != page.display

    def page_to_next_display(self) -> None:
        """Move the page in hand to the next display of the desk."""
        page = self.page_in_hand()
        self._windows.send(page, self._next_display(page))
        self._workspaces.say(PERSON)

    def toggle_full(self) -> None:
        """Give the page in hand a window of its own, or its display as a whole."""
        page = self.page_in_hand()
        self._windows.free(page, not page.full)
        self._workspaces.say(PERSON)

    def can_have_own_time(self) -> bool:
        """Tell whether the window in hand can be moved in time alone: the main one never is."""
        return self._windows.window_of(self.page_in_hand()) is not self._windows.main

    def toggle_own_time(self) -> None:
        """Move the window in hand in time alone, or with the others again."""
        page = self.page_in_hand()
        self._windows.follow_time(page, page.time == COMMON)
        self.settle()

    def has_times(self) -> bool:
        """Tell whether the window in hand can be moved in another time than its own."""
        return self.can_have_own_time() and bool(self._desk.times.numbers())

    def join_time(self, number: int) -> None:
        """Move the window in hand in the time of that number, or a NEW one."""
        self._windows.join_time(self.page_in_hand(), number)
        self.settle()

    def next_time(self) -> None:
        """Move the window in hand in the next time: the common one comes after the last."""
        there = (COMMON, *self._desk.times.numbers())
        page = self.page_in_hand()
        at = there.index(page.time) if page.time in there else 0
        self.join_time(there[(at + 1) % len(there)])

    def add_panel(self, type_id: str, page: PageView | None = None) -> None:
        """Stand a new panel on a page, that of the main window where none is named."""
        page = page or self.page_in_hand()
        self._board.add(type_id, page)
        self._change()

    def float(self, name: str, at: QRect | None = None) -> None:
        """Make a panel a window by itself."""
        self._board.float(name, at)
        self._change()
        # A window manager may stand it behind a window that fills a display.
        self.bring(self._board.prefix + name)

    def floats(self, name: str) -> bool:
        """Tell whether a panel is in a window by itself."""
        return self._docking.floating(self._board.prefix + name)

    def dock(self, name: str) -> None:
        """Put a panel that floats back on the page where it stood; on the one in hand if none."""
        if self.floats(name):
            home = self._board.homes.get(self._board.prefix + name)
            page = home if home in self._board.pages else self.page_in_hand()
            self._board.move(name, page)
            self._change()
            self.bring(self._board.prefix + name)

    def to_next_page(self, name: str) -> None:
        """Move a panel to the next page: on another display, where there is one."""
        pages = self._board.pages
        page = self._board.page_of(name)
        at = pages.index(page) if page is not None else -1
        target = pages[(at + 1) % len(pages)]
        if target is not page:
            self._board.move(name, target)
            self._change()
            self.bring(self._board.prefix + name)

    def maximise(self, name: str) -> None:
        """Show a panel alone on its page, or all again."""
        self._board.maximise(name)
        self._change()

    def copy(self, name: str) -> None:
        """Stand one more of a panel beside it."""
        self._board.copy(name)
        self._change()

    def close_panel(self, name: str) -> None:
        """Let a panel go."""
        self._board.close(name)
        self._change()

    def toggle_pin(self, pin: Pin, name: str) -> None:
        """Pin a panel out of the common selection, time or area, or let it follow again."""
        host = self._board.host(name)
        host.pin(pin, pin not in host.view.pins)

    def add_words(self, type_id: str) -> str:
        """Return what to add a panel of a type is called."""
        return self._desk.tr(ADD_WORDS, panel=self.panels.type_name(type_id))

    def settle(self) -> None:
        """Have each panel look at what its window does: panels are moved by hand, too."""
        if not self._workspaces.id:
            return
        main = self._windows.main
        self._places = {key: page for page in self._board.pages for key in page.dock.panels()}
        self._board.homes |= self._places
        for page in self._board.pages:
            window = self._windows.window_of(page) or main
            for key in page.dock.panels():
                host = self.panels.get(key)
                if host is not None:
                    host.view.move(window.desk)
                    host.mark_window(floating=False, exercise=False, past=False)
        for _name, host in self._board.hosts():
            if self._docking.floating(host.panel_id):
                host.view.move(main.desk)
                past = main.past
                exercise = self._desk.session.exercise
                host.mark_window(floating=True, exercise=exercise, past=past)

    def _raise(self, name: str) -> None:
        page = self._board.page_of(name)
        if page is not None and (window := self._windows.window_of(page)) is not None:
            window.pages.turn_to(page)
        self._board.reveal(name)
        self._docking.raise_tab(self._board.prefix + name)

    def _leave(self, desk: Desk) -> None:
        """Let panels go from a window that closes: those of workspaces that are not shown, too."""
        for host in self.panels.all():
            if host.view.desk is desk:
                host.view.move(self._desk)

    def _next_display(self, page: PageView) -> Display:
        displays = [one.display for one in self._windows.displays()]
        at = displays.index(page.display) if page.display in displays else 0
        return displays[(at + 1) % len(displays)]

    def _follow_hand(self) -> None:
        """Take notice of panels that a hand moved, which tells nobody where to."""
        before = self._places
        self.settle()
        if self._places != before:
            self._change()

    def _change(self) -> None:
        """After a panel came, went or moved."""
        self._workspaces.say(PERSON)
        self._workspaces.shown.emit()

    def _pages_in_hand(self) -> PageStack:
        window = self._windows.window_of(self.page_in_hand()) or self._windows.main
        return window.pages

    def _name_of(self, host: PanelHost) -> str | None:
        """Return the name of a panel of the shown workspace; None for one of another."""
        prefix = self._board.prefix
        if host.panel_id.startswith(prefix):
            return host.panel_id.removeprefix(prefix)
        return None
