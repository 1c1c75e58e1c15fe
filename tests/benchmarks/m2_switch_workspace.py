"""M2: from one workspace to another and back, panels built, until the windows are painted."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from statistics import median

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import discover
from paser_command.session.session import Session
from paser_ui.desk import Desk
from paser_ui.front import Front, Place
from paser_ui.settings import Settings
from paser_ui.theme.style import apply_theme
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import run_until

SWITCHES = 40
SIZE = QSize(1920, 1080)
BETWEEN = ("banjir", "ruang-siaga")


def measure() -> dict[str, Figure]:
    """Return the median switch; the worst of them has to hold, too."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    apply_theme(app)
    with _front() as front:
        for id in BETWEEN:
            _build_all(front, id)
        took_ms = [_switched_ms(front, BETWEEN[n % 2]) for n in range(SWITCHES)]
        panels = len(front.panels.all())
    return {
        "M2": Figure(
            what="switch of the workspace, panels built, painted at 1920 x 1080",
            value=median(took_ms),
            unit="ms",
            goal=300.0,
            seen={"worst ms": max(took_ms), "switches": SWITCHES, "panels": panels},
            also_holds=max(took_ms) <= 300.0,
        )
    }


@contextmanager
def _front() -> Iterator[Front]:
    """Show a console's windows on an empty journal, with the delivered workspaces."""
    with tempfile.TemporaryDirectory(prefix="paser-bench-") as folder:
        journal = open_journal(sqlite_url(Path(folder, "journal.sqlite")), REAL)
        session = Session(journal, who="bench", seat="bench")
        place = Place(
            home=Path(folder),
            site_name="Kabupaten Paser",
            zone="Asia/Makassar",
            delivered=(Path(str(files("paser_resources") / "workspaces")),),
            plain_px=SIZE,
        )
        desk = Desk(session, maps=MapServices(Path(folder)), language="id", zone=place.zone)
        front = Front(desk, discover(), place, Settings(workspace=BETWEEN[1]))
        session.start()
        front.show()
        try:
            yield front
        finally:
            front.close()
            session.stop()


def _build_all(front: Front, id: str) -> None:
    """Have every panel of a workspace seen once: that is when it is built."""
    front.workspaces.show(id)
    board = front.workspaces.board
    for name, host in board.hosts():
        front.arranging.bring(board.prefix + name)
        run_until(lambda host=host: host.panel is not None, 10.0, every_ms=20)  # type: ignore[misc]


def _switched_ms(front: Front, id: str) -> float:
    """Return the time until the workspace stands and each of its windows has been painted."""
    began_s = time.perf_counter()
    front.workspaces.show(id)
    for window in front.windows.all():
        window.grab()
    return (time.perf_counter() - began_s) * 1_000
