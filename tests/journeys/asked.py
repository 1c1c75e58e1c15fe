"""The real console on a journal of its own, which does what it is asked and tells what stands.

Run as a process: python -m tests.journeys.asked FOLDER, which shows a journal that nobody writes,
or python -m tests.journeys.asked ARGUMENTS, which are those of paser-command. Each line of its
standard input is a JSON list of a verb and its arguments; each is answered by a line of JSON.
"""

import gc
import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from paser_command.cli.main import main as paser_command
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import discover
from paser_command.session.console import ConsoleOptions
from paser_command.session.frames import Selection
from paser_command.session.session import Session
from paser_ui import app, front
from paser_ui.panel_host import PanelHost
from paser_ui.windows.screens import Screens
from paser_ui.windows.window import Window
from tests.journeys.seen import seen

SETTLE_MS = 60
"""Of displays that come and go: in a room it is a second, and a test has many rounds."""

DELIVERED = "PASER_TEST_WORKSPACES"
"""The variable that names a folder of workspaces to deliver before the program's own."""


POOLS = ("saving_", "query_")
"""Threads of pools, which begin when they have something to do first. A session left over has a
tail besides, which is counted."""


class AskedConsole(app.Console):
    """Does what is asked on the main thread."""

    def start(self) -> None:
        """Start, and listen."""
        super().start()
        self._asked = _Asked()
        self._asked.line.connect(self._answer)
        threading.Thread(target=self._asked.listen, daemon=True).start()

    def _answer(self, line: str) -> None:
        verb, *arguments = json.loads(line)
        answer = _VERBS[verb](self, *arguments)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    def tell(self) -> dict[str, Any]:
        """Return what stands where."""
        workspaces, board = self.front.workspaces, self.front.workspaces.board
        return {
            "screens": {s.name(): _at(s.geometry()) for s in QGuiApplication.screens()},
            "settling": self.front.windows._screens._settling.isActive(),
            "workspace": workspaces.id,
            "selection": list(_selection(self.desk.selection)),
            "windows": [self._window(window) for window in self.front.windows.all()],
            "floats": [
                {"at": _at(at), "panels": [key.removeprefix(board.prefix) for key in node.panels()]}
                for at, node in self.front.docking.floats()
            ],
            "floating": [n for n in board.names() if self.front.docking.floating(_key(board, n))],
            "panels": sorted(board.names()),
            "built": sorted(name for name, host in board.hosts() if host.panel is not None),
            "shown": sorted(name for name, host in board.hosts() if host.isVisible()),
            "banner": self.window.banner.told(),
            "astray": [
                host.panel_id
                for window in self.front.windows.all()
                for page in window.pages.pages
                for key in page.dock.panels()
                if (host := self.front.panels.get(key)) and host.view.desk is not window.desk
            ],
            "mode": self.desk.session.mode.value,
            "alarm": self.window.strip.word.text(),
            "alarm_seen": self.window.strip.seen,
            "waiting": self.window.strip.line.text(),
            "language": self.desk.language.code,
            "in_hand": self.front.arranging.panel_in_hand(),
            "maps": {name: view for name, host in board.hosts() if (view := _map(host))},
            "walls": [
                {"page": one.page, "panels": list(one.panels)} for one in self.front.walls.shown()
            ],
            "pins": {name: pins for name, host in board.hosts() if (pins := [*host.view.pins])},
            "typed": self.front.palette.sheet.box.text() if self.front.palette.sheet else None,
            "dialogs": [one.objectName() for one in QApplication.topLevelWidgets() if _asks(one)],
        }

    def _window(self, window: Window) -> dict[str, Any]:
        pages = window.pages.pages
        return {
            "shown": window.isVisible(),
            "full": window.isFullScreen(),
            "at": _at(window.geometry()),
            "active": window.isActiveWindow(),
            "mode": window.desk.session.mode.value,
            "own_time": window.desk.own_time,
            "time": window.desk.time,
            "now": window.desk.session.now(),
            "behind": window.desk.session.wall_now() - window.desk.session.now(),
            "front": pages.index(window.pages.front) if window.pages.front else -1,
            "pages": [self._page(page) for page in pages],
        }

    def _page(self, page: Any) -> dict[str, Any]:
        board = self.front.workspaces.board
        return {
            "name": page.name,
            "number": board.pages.index(page),
            "hint": page.hint.text() if not page.hint.isHidden() else "",
            "belongs": page.display.connector if page.display else "",
            "panels": [name for name in board.names() if board.page_of(name) is page],
            "alone": board.maximised(page),
        }

    def count(self) -> dict[str, int]:
        """Return how many there are of what could be left over: windows, timers, threads.

        Of inner widgets ours count: how many areas the docking library has depends on the layout.
        """
        # The collector of garbage does not tell of what it was told to leave alone at the start.
        gc.unfreeze()
        gc.collect()
        every = QApplication.allWidgets()
        top = (widget for widget in QApplication.topLevelWidgets() if widget.parent() is None)
        timers = (one for one in gc.get_objects() if isinstance(one, QTimer))
        return {
            **Counter(f"{type(widget).__name__} {widget.objectName()}" for widget in top),
            "threads": sum(not one.name.startswith(POOLS) for one in threading.enumerate()),
            **Counter(f"timers of {type(timer.parent()).__name__}" for timer in timers),
            "widgets": sum(type(one).__module__.startswith("paser_") for one in every),
        }


class _Asked(QObject):
    line = Signal(str)

    def listen(self) -> None:
        for line in sys.stdin:
            self.line.emit(line)


def _tell(console: AskedConsole) -> dict[str, Any]:
    return console.tell()


def _count(console: AskedConsole) -> dict[str, int]:
    return console.count()


def _names(console: AskedConsole) -> list[str]:
    return [listed.id for listed in console.front.workspaces.catalogue()]


def _show(console: AskedConsole, id: str) -> bool:
    return console.front.workspaces.show(id)


def _send(console: AskedConsole, page: int, display: int) -> None:
    """Send a page to a display, as "Move this page to the next display" does."""
    windows, pages = console.front.windows, console.front.workspaces.board.pages
    displays = windows.displays()
    windows.send(pages[page % len(pages)], displays[display % len(displays)].display)


def _free(console: AskedConsole, page: int, full: bool) -> None:
    pages = console.front.workspaces.board.pages
    console.front.windows.free(pages[page % len(pages)], full)


def _own_time(console: AskedConsole, page: int, own: bool) -> None:
    pages = console.front.workspaces.board.pages
    console.front.windows.follow_time(pages[page % len(pages)], own)


def _float(console: AskedConsole, name: str, *at: int) -> None:
    console.front.arranging.float(name, QRect(*at) if at else None)


def _panel(act: str) -> Callable[[AskedConsole, str], None]:
    def do(console: AskedConsole, name: str) -> None:
        getattr(console.front.arranging, act)(name)

    return do


def _reset(console: AskedConsole) -> None:
    """Dock all panels and let all pages fill the displays that they were made for."""
    windows, board = console.front.windows, console.front.workspaces.board
    for page in board.pages:
        page.display, page.full = None, True
        if alone := board.maximised(page):
            board.maximise(alone)
    for name in board.names():
        console.front.arranging.dock(name)
    windows.arrange()
    # The main window has no time of its own to give up: a page does so where it belongs.
    for page in board.pages:
        windows.follow_time(page, False)


def _select(console: AskedConsole, kind: str, key: str) -> None:
    console.desk.select(Selection(kind, key))


def _shot(_console: AskedConsole, path: str) -> None:
    """Save a picture of all displays, as they stand beside one another."""
    screens = QGuiApplication.screens()
    picture = QImage(screens[0].virtualSize(), QImage.Format.Format_RGB32)
    picture.fill(0)
    painter = QPainter(picture)
    for screen in screens:
        painter.drawPixmap(screen.geometry().topLeft(), screen.grabWindow(0))
    painter.end()
    picture.save(path)


_VERBS: dict[str, Callable[..., Any]] = {
    "tell": _tell,
    "count": _count,
    "names": _names,
    "show": _show,
    "send": _send,
    "free": _free,
    "own_time": _own_time,
    "float": _float,
    "dock": _panel("dock"),
    "maximise": _panel("maximise"),
    "next_page": _panel("to_next_page"),
    "bring": _panel("bring"),
    "reset": _reset,
    "select": _select,
    "shot": _shot,
    "seen": lambda _console, name: seen(name),
}


def _asks(widget: QWidget) -> bool:
    """Tell whether it is a dialog or the manual, shown."""
    return widget.isVisible() and widget.objectName() in ("settings", "manual", "nameDialog")


def _map(host: PanelHost) -> list[float]:
    """Return where a map is, and how near; nothing for other panels."""
    canvas = getattr(host.panel, "canvas", None)
    return [*canvas.view.place, canvas.view.zoom] if canvas is not None else []


def _at(rect: QRect) -> list[int]:
    return [rect.x(), rect.y(), rect.width(), rect.height()]


def _key(board: Any, name: str) -> str:
    return f"{board.prefix}{name}"


def _selection(selection: Selection) -> tuple[str, str]:
    return selection.kind, selection.key


def _options(folder: Path) -> ConsoleOptions:
    store = open_journal(sqlite_url(folder / "journal.sqlite"), REAL)
    ours = Path(str(files("paser_resources") / "workspaces"))
    more = os.environ.get(DELIVERED)
    return ConsoleOptions(
        session=Session(store, who="Sari", seat="meja 2"),
        maps=MapServices(folder / "home"),
        plugins=discover(),
        home=folder / "home",
        site_name="Kabupaten Paser",
        zone="Asia/Makassar",
        language="id",
        workspaces=(Path(more), ours) if more else (ours,),
    )


if __name__ == "__main__":
    app.Console = AskedConsole  # type: ignore[misc]
    front.Screens = partial(Screens, settle_ms=SETTLE_MS)  # type: ignore[attr-defined, assignment]
    arguments = sys.argv[1:]
    if arguments[0].startswith("-"):
        sys.exit(paser_command(arguments))
    sys.exit(app.main(_options(Path(arguments[0]))))
