"""The rig of the window benchmarks: the console in this process, collector and producer beside.

Nothing is replaced: a site file, two further processes, HTTP on loopback, a journal on the disk.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from paser_command.cli.exercises import program
from paser_command.config import (
    FeedSettings,
    JournalSettings,
    Site,
    SiteConfig,
    site_toml,
)
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.maps.services import MapServices
from paser_command.memory import keep_few_heaps
from paser_command.plugin.discovery import discover
from paser_command.session.console import ConsoleOptions
from paser_command.session.frames import Frame
from paser_command.session.session import Session
from paser_command.times import now
from paser_command.workspaces.definition import Workspace
from paser_command.workspaces.store import WorkspaceStore
from paser_ui.app import Console
from paser_ui.panel_host import PanelHost
from paser_ui.settings import Settings
from paser_ui.theme.style import apply_theme
from paser_ui.workspace.store import SettingsStore
from tests.processes import running

SITE = Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91)
_DESK = "bench"


class Producing:
    """A producer's process, asked over its own HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url

    def go(self) -> None:
        """Begin to measure."""
        self._ask("/go")

    def count(self) -> tuple[int, bool]:
        """Return how many numbers were measured, and whether that was all."""
        told = self._ask("/count")
        return told["count"], bool(told["ended"])

    def _ask(self, path: str) -> dict[str, int]:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            told: dict[str, int] = json.load(answer)
            return told


@contextmanager
def producing(rate: int, seconds: float) -> Iterator[Producing]:
    """Run a producer."""
    argv = [sys.executable, "-m", "tests.benchmarks.producer", str(rate), str(seconds)]
    with running(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Producing(process.stdout.readline().strip())


@contextmanager
def console(
    url: str,
    fill: Callable[[str], None] | None = None,
    desk: Workspace | None = None,
    *,
    interval_s: float = 0.1,
) -> Iterator[tuple[Console, str]]:
    """Show the console on a real site that watches the producer; give it and its journal's URL.

    It shows the delivered workspace, or the desk; the producer is asked so often. The memory is
    kept as the command keeps it.
    """
    keep_few_heaps()
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    apply_theme(app)
    with tempfile.TemporaryDirectory(prefix="paser-bench-") as folder:
        os.environ["PASER_COMMAND_HOME"] = folder
        journal_url = sqlite_url(Path(folder, "journal.sqlite"))
        journal = open_journal(journal_url, REAL)
        if fill:
            fill(journal_url)
        site = _site(folder, url, journal_url, interval_s)
        if desk is not None:
            WorkspaceStore(Path(folder, "workspaces"), ()).save(_DESK, desk)
            SettingsStore(Path(folder)).save(Settings(workspace=_DESK))
        options = ConsoleOptions(
            session=Session(journal, who="bench", seat="bench"),
            maps=MapServices(Path(folder)),
            plugins=discover(),
            home=Path(folder),
            who="bench",
            seat="bench",
            site_name=SITE.name,
            zone=SITE.zone,
            workspaces=(Path(str(files("paser_resources") / "workspaces")),),
            collector=(*program(), "collect", "--config", str(site), "--watch-stdin"),
        )
        shown = Console(app, options)
        shown.start()
        try:
            yield shown, journal_url
        finally:
            shown.stop()


def _site(folder: str, url: str, journal_url: str, interval_s: float) -> Path:
    feed = FeedSettings(
        id="muka-air",
        type="sensorthings.observations",
        url=f"{url}/v1.1",
        interval_s=interval_s,
        settings={"backlog_s": 3600.0},
    )
    config = SiteConfig(site=SITE, journal=JournalSettings(url=journal_url), feeds=(feed,))
    path = Path(folder, "site.toml")
    path.write_text(site_toml(config))
    return path


class PaintAges(QObject):
    """At each paint of any panel: how old, in milliseconds, the newest record drawn was.

    What is drawn is the frame that the panel was given last, so the newest record in that.
    """

    def __init__(self, shown: Console) -> None:
        super().__init__()
        self.ages_ms: list[float] = []
        self._newest: dict[QObject, int] = {}
        self._console = shown
        shown.bridge.on_frame.append(self._given)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def _given(self, host: PanelHost, frame: Frame) -> None:
        latest = frame.picture.latest
        if latest:
            self._newest[host] = max(number.at for number in latest.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            owner: QObject | None = watched
            while owner is not None and owner not in self._newest:
                owner = owner.parent()
            if owner is not None:
                self.ages_ms.append((now() - self._newest.pop(owner)) / 1000)
        return False


class LoopGaps(QObject):
    """A timer of 10 ms that records, in milliseconds, how late it was each time."""

    EVERY_MS = 10

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._due_s = time.monotonic() + self.EVERY_MS / 1000
        self._timer = QTimer(self, interval=self.EVERY_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        at_s = time.monotonic()
        self.late_ms.append(max(0.0, (at_s - self._due_s) * 1000))
        self._due_s = at_s + self.EVERY_MS / 1000


def run_until(met: Callable[[], bool], longest_s: float, every_ms: int = 200) -> bool:
    """Run Qt's loop until the condition holds; tell whether it came to hold."""
    # A loop of our own: QApplication.quit would close the windows.
    loop = QEventLoop()
    end_s = time.monotonic() + longest_s
    held = False

    def look() -> None:
        nonlocal held
        held = met()
        if held or time.monotonic() > end_s:
            loop.quit()

    timer = QTimer(interval=every_ms)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    return held


def see_all(shown: Console) -> None:
    """Bring every panel before one's eyes once, so that all are built, and the first ones again."""
    keys = [host.panel_id for host in shown.front.panels.all()]
    hosts = {host.panel_id: host for host in shown.front.panels.all()}
    first = [key for key in keys if hosts[key].isVisible()]
    for key in (*keys, *first):
        shown.front.arranging.bring(key)
        run_until(partial(_is_built, hosts[key]), 10, every_ms=20)


def _is_built(host: PanelHost) -> bool:
    return host.panel is not None


def pss_mib(pid: int, part: str = "Pss") -> float:
    """Return the process's proportional share of memory in MiB; "Pss_Anon" is its own alone."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{part}:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"process {pid} tells nothing of its memory")


def cpu_s(pid: int) -> float:
    """Return the processor time that the process has used, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    """Return the value below which so large a share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
