"""The windows of a console: one for each display, and one for each page that wants its own."""

from collections.abc import Callable, Sequence
from itertools import count

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Signal

from paser_command.workspaces.definition import Page
from paser_command.workspaces.display import Display
from paser_ui.desk import Desk
from paser_ui.on_screen import inside, seen_whole
from paser_ui.times import COMMON
from paser_ui.windows.filling import fill
from paser_ui.windows.main_window import MainWindow
from paser_ui.windows.page import NEW, PageView
from paser_ui.windows.placing import placed
from paser_ui.windows.screens import Present, Screens
from paser_ui.windows.side_window import SideWindow

DeskWindow = MainWindow | SideWindow
MakeSide = Callable[[Desk], SideWindow]
_FREE_PX = QSize(1_100, 720)


class Windows(QObject):
    """Puts pages into windows, and windows on displays; walls are no displays of the desk.

    `plain_px` shows windows without filling displays, in this size: for pictures of them where
    there is no display.
    """

    changed = Signal()
    left = Signal(object)
    """The desk of a window that closes."""

    def __init__(
        self,
        main: MainWindow,
        screens: Screens,
        make_side: MakeSide,
        *,
        is_wall: Callable[[Display], bool] = lambda _display: False,
        plain_px: QSize | None = None,
    ) -> None:
        super().__init__(main)
        self.main = main
        self._screens = screens
        self._make_side = make_side
        self._is_wall = is_wall
        self._plain_px = plain_px
        self._pages: list[PageView] = []
        self._sides: dict[Display, SideWindow] = {}
        self._free: dict[PageView, SideWindow] = {}
        self._corners: dict[DeskWindow, QPoint] = {}
        screens.changed.connect(self.arrange)

    def displays(self) -> list[Present]:
        """Return the displays of the desk, the main one first."""
        present = self._screens.present()
        return [one for one in present if not self._is_wall(one.display)] or present[:1]

    def all(self) -> list[DeskWindow]:
        """Return all windows, the main one first."""
        return [self.main, *self._sides.values(), *self._free.values()]

    def window_of(self, page: PageView) -> DeskWindow | None:
        """Return the window that has a page."""
        return next((window for window in self.all() if page in window.pages.pages), None)

    def corner(self, page: PageView) -> QPoint:
        """Return where on the desktop the display of a page begins."""
        window = self.window_of(page) or self.main
        return self._corners.get(window, QPoint())

    def show(self, pages: Sequence[PageView]) -> None:
        """Show these pages in place of all others."""
        for window in self.all():
            for page in window.pages.pages:
                if page not in pages:
                    window.pages.take(page)
        self._pages = list(pages)
        self.arrange()

    def arrange(self) -> None:
        """Bring each page to its display, or to one that is there, and fill the displays."""
        displays = self.displays()
        seats = placed([_wish(page) for page in self._pages], [one.display for one in displays])
        used: set[int] = {0}
        for page, seat in zip(self._pages, seats, strict=True):
            display = displays[seat.number]
            if page.full:
                used.add(seat.number)
                window: DeskWindow = self._on(display.display, main=seat.number == 0)
            else:
                window = self._free_window(page, display)
            self._bring(page, window)
            page.say(self._hint(seat.missed))
            self._remember(page, display.display, missed=seat.missed is not None)
        for number, display in enumerate(displays):
            if number in used:
                self._fill(self._on(display.display, main=number == 0), display)
        self._close_empty()
        self._settle_times()
        self.changed.emit()

    def send(self, page: PageView, display: Display) -> None:
        """Let a page belong to another display from now on, and show it there."""
        page.display, page.full = display, True
        self.arrange()
        self._turn_to(page)

    def free(self, page: PageView, full: bool) -> None:
        """Let a page fill its display, or have a window of its own."""
        page.full = full
        if not full and page.at is None:
            page.at = QRect(QPoint(80, 80), _FREE_PX)
        self.arrange()
        self._turn_to(page)
        if not full:
            self._bring_to_front(page)

    def remember_places(self) -> None:
        """Note where the windows of single pages stand."""
        for page, window in self._free.items():
            if window.isVisible():
                geometry = window.geometry()
                page.at = geometry.translated(-self.corner(page))

    def follow_time(self, page: PageView, own: bool) -> None:
        """Let the window of a page be moved in a new time, or with the main one again."""
        if own != (page.time != COMMON):
            self.join_time(page, NEW if own else COMMON)

    def join_time(self, page: PageView, number: int) -> None:
        """Let the window of a page be moved in the time of that number, or a NEW one."""
        window = self.window_of(page)
        if window is not None and window is not self.main:
            if number == NEW:
                number = window.desk.times.unused()
            for one in window.pages.pages:
                one.time = number
            window.desk.join_time(number)

    def speak(self) -> None:
        """Put the words on all windows again."""
        for window in self.all():
            window.speak()

    def close(self) -> None:
        """Take all windows off the screen, and let go of all but the main one: the console ends."""
        self.main.hide()
        for side in (*self._sides.values(), *self._free.values()):
            self._close(side)
        self._sides, self._free = {}, {}

    def _give_up(self, window: SideWindow) -> None:
        """Take the pages of a window that was closed to the main one."""
        for page in window.pages.pages:
            page.full, page.time = True, COMMON
            page.display = self.displays()[0].display
        self.arrange()

    def _on(self, display: Display, *, main: bool) -> DeskWindow:
        if main:
            return self.main
        if display not in self._sides:
            self._sides[display] = side = self._make_side(self.main.desk.beside())
            side.closed.connect(lambda: self._give_up(side))
        return self._sides[display]

    def _free_window(self, page: PageView, display: Present) -> DeskWindow:
        corner = display.geometry.topLeft()
        if page not in self._free:
            window = self._free[page] = self._make_side(self.main.desk.beside())
            window.closed.connect(lambda: self._give_up(window))
            at = page.at or QRect(QPoint(80, 80), _FREE_PX)
            window.setGeometry(inside(at.translated(corner), display.geometry))
        window = self._free[page]
        self._corners[window] = corner
        if not display.geometry.intersects(window.geometry()):
            window.setGeometry(inside(window.geometry(), display.geometry))
        else:
            every = [one.geometry for one in self._screens.present()]
            window.setGeometry(seen_whole(window.geometry(), every))
        return window

    def _bring(self, page: PageView, window: DeskWindow) -> None:
        before = self.window_of(page)
        if before is not window:
            if before is not None:
                before.pages.take(page)
            before_it = self._pages[: self._pages.index(page)]
            window.pages.add(page, sum(one in before_it for one in window.pages.pages))

    def _fill(self, window: DeskWindow, display: Present) -> None:
        """Have a window fill its display; a screen of Qt's is set by its place, never kept."""
        self._corners[window] = display.geometry.topLeft()
        if self._plain_px is not None:
            if not window.isVisible():
                window.resize(self._plain_px)
                window.show()
            return
        fill(window, display.geometry)

    def _close_empty(self) -> None:
        for display, side in list(self._sides.items()):
            if not side.pages.pages:
                self._close(self._sides.pop(display))
        for page, free in list(self._free.items()):
            if not free.pages.pages:
                self._close(self._free.pop(page))
            elif not free.isVisible():
                free.show()

    def _settle_times(self) -> None:
        """Have each window moved in the time that the first of its pages wants, if one does."""
        taken = {page.time for page in self._pages} | set(self.main.desk.times.numbers())
        for window in (*self._sides.values(), *self._free.values()):
            for page in window.pages.pages:
                if page.time == NEW:
                    page.time = next(n for n in count(1) if n not in taken)
                    taken.add(page.time)
            wanted = (page.time for page in window.pages.pages if page.time != COMMON)
            window.desk.join_time(next(wanted, COMMON))

    def _close(self, window: SideWindow) -> None:
        self._corners.pop(window, None)
        window.desk.join_time(COMMON)
        window.hide()
        self.left.emit(window.desk)
        window.desk.deleteLater()
        window.deleteLater()

    def _remember(self, page: PageView, display: Display, *, missed: bool) -> None:
        """A page that stands where it was meant to belongs to that display from now on."""
        if not missed and len(self.displays()) >= page.place:
            page.display = display

    def _hint(self, missed: Display | None) -> str:
        if missed is None:
            return ""
        return self.main.desk.tr(
            "This page stood on {display}, which is not there now. It goes back when it is.",
            display=missed.title,
        )

    def _bring_to_front(self, page: PageView) -> None:
        """A window that a person asked for stands before the one that it came from."""
        window = self.window_of(page)
        if window is not None:
            window.raise_()
            window.activateWindow()
            window.setFocus()

    def _turn_to(self, page: PageView) -> None:
        window = self.window_of(page)
        if window is not None:
            window.pages.turn_to(page)


def _wish(page: PageView) -> Page:
    return Page(place=page.place, display=page.display)
