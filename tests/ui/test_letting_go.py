"""What a console let go of is gone: it runs for weeks, and its wall turns all the time."""

import gc
import threading
from importlib.resources import files
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from paser_command.export.exports import Exports
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import discover
from paser_command.session.console import ConsoleOptions
from paser_command.session.session import Session
from paser_command.workspaces.display import Display
from paser_ui.app import Console
from paser_ui.desk import Desk
from paser_ui.front import Front, Place
from paser_ui.panel_host import PanelHost
from paser_ui.settings import Settings
from paser_ui.wall.guest import Guest
from paser_ui.wall.window import WallWindow
from tests.core.export.rooms import origin
from tests.ui.city import FakeSession, the_picture
from tests.ui.frames import frame_of

DELIVERED = Path(str(files("paser_resources") / "workspaces"))
WORKSPACES = ("ruang-siaga", "rapat-pimpinan", "dinding")
DIALOGS = ("settings.open", "keys.open", "manual.open", "workspace.new", "workspace.export")
HEARD = (
    "focusChanged(QWidget*,QWidget*)",
    "focusWindowChanged(QWindow*)",
    "screenAdded(QScreen*)",
    "screenRemoved(QScreen*)",
    "primaryScreenChanged(QScreen*)",
)
"""What a console hears of the application."""


def settle():
    """Let all go that has nothing left to hold it."""
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()


def alive(kind):
    return [one for one in gc.get_objects() if isinstance(one, kind)]


def traces():
    """Return all that a console might leave behind, counted."""
    app, screen = QApplication.instance(), QGuiApplication.primaryScreen()
    assert isinstance(app, QApplication)
    return {
        "widgets": len(QApplication.allWidgets()),
        "timers": len(alive(QTimer)),
        "threads": threading.active_count(),
        "screen": screen.receivers(SIGNAL("geometryChanged(QRect)")),
        **{signal: app.receivers(SIGNAL(signal)) for signal in HEARD},
    }


def parts(front):
    """Return the weak references to all that a front is made of, by name."""
    held = {name: ref(part) for name, part in vars(front).items() if isinstance(part, QObject)}
    return {"front": ref(front), **held}


def left(referred):
    return [name for name, one in referred.items() if one() is not None]


@pytest.fixture
def maps(tmp_path):
    """The map's services, with a journal behind them: maps can be exported."""
    store = open_journal(sqlite_url(tmp_path / "exported.sqlite"), REAL)
    services = MapServices(tmp_path, exports=Exports(origin(store)))
    yield services
    services.close()
    store.close()


@pytest.fixture
def open_whole(maps, tmp_path):
    """Return a function that shows a console with all panels that the program brings."""

    def make():
        session = FakeSession(the_picture())
        place = Place(
            home=tmp_path,
            site_name="Kabupaten Paser",
            zone="Asia/Makassar",
            delivered=(DELIVERED,),
        )
        desk = Desk(session, maps=maps, language="id", zone=place.zone)  # type: ignore[arg-type]
        front = Front(desk, discover(), place, Settings(), now=lambda: session.wall)
        front.show()
        return front

    return make


def draw_all(front, board):
    """Have all panels of a workspace built and drawn."""
    for _name, host in board.hosts():
        front.docking.raise_tab(host.panel_id)
        host.draw(frame_of(host))
        assert host.panel is not None


def live_a_day(front):
    """Do with a console what is done with one, each thing once."""
    for id in WORKSPACES:
        front.workspaces.show(id)
        draw_all(front, front.workspaces.board)
        front.tick(True)
        QCoreApplication.processEvents()
    front.workspaces.show(WORKSPACES[0])
    for dialog in DIALOGS:
        assert front.acts.run(dialog)
    front.palette.open()
    front.arranging.float("incidents")
    front.arranging.toggle_full()
    front.arranging.toggle_own_time()
    front.desk.speak("en")
    QCoreApplication.processEvents()
    front.tick(True)


def test_a_console_that_was_closed_leaves_nothing(qapp, open_whole):
    open_whole().close()
    settle()
    before = traces()
    front = open_whole()
    live_a_day(front)
    referred = parts(front)

    front.close()
    del front
    settle()

    assert left(referred) == []
    assert traces() == before


def test_what_stood_on_the_wall_before_is_gone(qapp, open_whole):
    front = open_whole()
    guest = Guest(Display(connector="WALL"), 0, WallWindow(front.desk.beside(), site_name="Paser"))

    def turn():
        for id in WORKSPACES:
            whole = front.workspaces.store.load(id).workspace
            guest.show(id, whole, front.panels, front.docking, said=str)
            guest.window.show()
            draw_all(front, guest.board)
        guest.clear()
        settle()
        asked = front.desk.session.asked, front.desk.session.asked_trails
        return traces(), len(alive(PanelHost)), len(front.panels.all()), *map(len, asked)

    once, again = turn(), turn()

    assert again == once
    guest.window.deleteLater()
    front.close()


@pytest.mark.parametrize("part", ["panel", "page", "window", "workspace"])
def test_what_is_closed_in_a_console_is_gone(qapp, open_whole, part):
    front = open_whole()
    ours = front.workspaces

    def come_and_go():
        if part == "panel":
            for type_id in front.panels.types():
                front.arranging.add_panel(type_id)
            draw_all(front, ours.board)
            for name in ours.board.names():
                if name.endswith("-2") or ours.board.type_of(name) == "feeds.health":
                    front.arranging.close_panel(name)
        elif part == "page":
            front.arranging.add_page("Banjir")
            front.arranging.add_panel("map.map")
            draw_all(front, ours.board)
            front.arranging.drop_page()
        elif part == "window":
            front.arranging.toggle_full()
            front.arranging.toggle_own_time()
            front.tick(True)
            front.arranging.toggle_full()
        else:
            ours.duplicate("Salinan")
            draw_all(front, ours.board)
            ours.remove()
            ours.show(WORKSPACES[0])
        front.tick(True)
        settle()
        return traces(), len(alive(PanelHost))

    once, again = come_and_go(), come_and_go()

    assert again == once
    front.close()


def test_a_whole_console_that_ran_and_stopped_leaves_nothing(qapp, tmp_path):
    def run():
        store = open_journal(sqlite_url(tmp_path / "journal.sqlite"), REAL)
        options = ConsoleOptions(
            session=Session(store, who="Sari", seat="meja 2"),
            maps=MapServices(tmp_path / "home", exports=Exports(origin(store))),
            plugins=discover(),
            home=tmp_path / "home",
            site_name="Kabupaten Paser",
            zone="Asia/Makassar",
            workspaces=(DELIVERED,),
        )
        console = Console(qapp, options)
        referred = {"console": ref(console), "desk": ref(console.desk), **parts(console.front)}
        console.start()
        for _ in range(3):
            console.bridge.tick()
            QCoreApplication.processEvents()
        console.stop()
        store.close()
        return referred

    run()
    settle()
    before = traces()

    referred = run()
    settle()

    assert left(referred) == []
    assert traces() == before
