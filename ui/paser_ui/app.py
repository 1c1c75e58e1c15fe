"""The console's composition root: wires the desk, its panels and its processes, and runs them."""

import faulthandler
import logging
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QLoggingCategory,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from paser_command.errors import PaserError, PluginError
from paser_command.plugin.discovery import Plugin, load_class
from paser_command.session.console import ConsoleOptions
from paser_ui.api import Panel, PanelContext
from paser_ui.bridge import Bridge, Collecting
from paser_ui.collector_process import ChildProcess, Phase
from paser_ui.desk import Desk, Source
from paser_ui.faults import Faults
from paser_ui.panel_host import Build, PanelHost
from paser_ui.qt_words import QtWords
from paser_ui.settings import Settings
from paser_ui.theme.style import apply_theme
from paser_ui.window import Window
from paser_ui.workspace.saving import Saving
from paser_ui.workspace.store import SettingsStore

_LOG = logging.getLogger(__name__)
_WATCH_MS = 250
_LONGEST_CITY_S = 5.0
_FIRST_PICTURE_MS = 2_000
_IMAGE_LIMIT_MIB = 16
_PICTURE_PX = (1920, 1080)
_OFFSCREEN_CHATTER = ("This plugin does not support",)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def main(options: ConsoleOptions) -> int:
    """Show the console until it is closed, told to end, or its time is over; return 0."""
    if not faulthandler.is_enabled():
        faulthandler.enable()
    qInstallMessageHandler(_log_qt)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["paser-command"])
    app.setApplicationName("Paser Command")
    app.setDesktopFileName("paser-command")
    QImageReader.setAllocationLimit(_IMAGE_LIMIT_MIB)
    # Of a broken tile the layer says so once; the decoders would fill the log.
    QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")
    apply_theme(app)
    console = Console(app, options)
    with _ended_by_signals(app):
        console.start()
        code = app.exec()
        console.stop()
    return code


class Console:
    """Everything that runs while the console is on the screen, and the order of its end."""

    def __init__(self, app: QApplication, options: ConsoleOptions) -> None:
        self._app = app
        self._options = options
        store = SettingsStore(options.home)
        loaded = store.load()
        self._settings = loaded.settings
        self.faults = Faults()
        self.desk = Desk(
            options.session,
            maps=options.maps,
            language=options.language or loaded.settings.language or "id",
            zone=options.zone,
            sources={
                feed.id: Source(feed.name, plugin.package, feed.attribution)
                for plugin, feed in options.plugins.feeds()
            },
        )
        self.qt_words = QtWords(self.desk)
        self.hosts = [*self._panels(), *self._missing(loaded.settings)]
        self.window = Window(
            self.desk,
            self.hosts,
            site_name=options.site_name,
            who=options.who,
            seat=options.seat,
            pulse=loaded.settings.pulse,
        )
        self.bridge = Bridge(self.desk, self.hosts)
        self.bridge.on_tick.append(self.window.show_tick)
        self.collecting = Collecting()
        self.saving = Saving(store, lambda: self.window.remembered(loaded.settings))
        self.companions = [ChildProcess("The exercise's city", argv) for argv in options.companions]
        self.collector = (
            ChildProcess("The collector", options.collector) if options.collector else None
        )
        self._collector_waits = self.collector is not None
        self._began_s = time.monotonic()
        self._watch = QTimer(interval=_WATCH_MS)
        self._watch.timeout.connect(self._watch_processes)
        if loaded.notice is not None:
            self._notice("settings", loaded.notice)
        for number, fault in enumerate(options.plugins.faults):
            self._notice(f"plugin.{number}", fault)

    def start(self) -> None:
        """Start the processes and the session, and show the window."""
        self.faults.install()
        for process in self.companions:
            process.start()
        self._start_collector()
        self._options.session.start()
        self._options.installed.start()
        self.window.recall_geometry(self._settings)
        if self._options.screenshot_dir is not None and self._app.platformName() == "offscreen":
            # Its screen is smaller than any display that a room has.
            self.window.setWindowState(Qt.WindowState.WindowNoState)
            self.window.resize(*_PICTURE_PX)
        self.window.show()
        self.window.activateWindow()
        self.window.recall(self._settings)
        self.window.closed.connect(self._leave)
        self.bridge.start()
        self.collecting.start()
        self._watch.start()
        self.saving.start()
        self._plan_end()

    def stop(self) -> None:
        """End everything: the children are asked first, so that they end while we do."""
        for process in self.processes:
            process.ask_to_stop()
        self.saving.stop()
        self._watch.stop()
        self.bridge.stop()
        self.window.hide()
        self._options.installed.close()
        self._options.session.stop()
        self._options.maps.close()
        for process in self.processes:
            process.stop()
        self.collecting.stop()
        self.qt_words.remove()
        self.faults.uninstall()

    def _panels(self) -> Iterator[PanelHost]:
        for plugin, manifest in self._options.plugins.panels():
            yield PanelHost(
                manifest.id,
                manifest.name,
                _builder(plugin, manifest.class_path),
                self.desk,
                package=plugin.package,
                faults=self.faults,
            )

    def _missing(self, settings: Settings) -> Iterator[PanelHost]:
        """Keep the places of panels that the layout knows and whose plugin is away."""
        present = {manifest.id for _, manifest in self._options.plugins.panels()}
        for panel_id in settings.panels:
            if settings.layout and panel_id not in present:
                yield PanelHost(panel_id, panel_id, _absent(panel_id), self.desk)

    def _notice(self, name: str, error: PaserError) -> None:
        _LOG.warning("%s", error)
        self.window.notice(name, error)

    @property
    def processes(self) -> list[ChildProcess]:
        """Return all children."""
        return [*self.companions, *([self.collector] if self.collector else [])]

    def _start_collector(self) -> None:
        """Start the collector once the city answers, or should: else all feeds begin as failing."""
        ready = all(child.state.phase is Phase.READY for child in self.companions)
        late = time.monotonic() - self._began_s > _LONGEST_CITY_S
        if self.collector and self._collector_waits and (ready or late):
            self._collector_waits = False
            self.collector.start()

    def _watch_processes(self) -> None:
        self._start_collector()
        for process in self.processes:
            self.window.show_process(process.name, process.state)
        for name, error in self._options.installed.news():
            self._notice(name, error)

    def _plan_end(self) -> None:
        if self._options.for_s is not None:
            QTimer.singleShot(round(self._options.for_s * 1000), self._app, self._end)
        elif self._options.screenshot_dir is not None:
            QTimer.singleShot(_FIRST_PICTURE_MS, self._app, self._take_pictures)

    def _end(self) -> None:
        try:
            self._take_pictures()
        finally:
            self._leave()

    def _leave(self) -> None:
        # Not `quit`: it asks every window first, and a floating panel's says no.
        self._app.exit(0)

    def _take_pictures(self) -> None:
        """Save a PNG of each window, and print its path."""
        folder = self._options.screenshot_dir
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        for number, window in enumerate(self.window.windows(), start=1):
            path = folder / f"window-{number}.png"
            if not window.grab().save(str(path)):
                _LOG.error("the picture of a window could not be saved in %s", path)
                continue
            sys.stdout.write(f"{path}\n")
        sys.stdout.flush()


def _builder(plugin: Plugin, class_path: str) -> Build:
    def build(context: PanelContext) -> Panel:
        panel: Panel = load_class(plugin, class_path)(context)
        return panel

    return build


def _absent(panel_id: str) -> Build:
    def build(_context: PanelContext) -> Panel:
        raise PluginError("no plugin has the panel {panel}", panel=panel_id)

    return build


@contextmanager
def _ended_by_signals(app: QApplication) -> Iterator[None]:
    """Quit on SIGTERM and SIGINT; the bridge's timer gives Python its turn to notice."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, lambda _number, _frame: app.exit(0))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if message.startswith(_OFFSCREEN_CHATTER):
        return
    _LOG.log(_LEVELS.get(kind, logging.WARNING), "Qt %s: %s", context.category, message[:1_000])
