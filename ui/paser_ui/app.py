"""The console's composition root: wires the desk, its panels and its processes, and runs them."""

import faulthandler
import logging
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QTimer
from PySide6.QtWidgets import QApplication

from paser_command.errors import InputError, PaserError, PluginError, Words
from paser_command.installed.watch import VERSION
from paser_command.keeper.restarts import START_ANEW
from paser_command.session.console import ConsoleOptions
from paser_command.workspaces.room import room_file
from paser_ui.application import make_application
from paser_ui.bridge import Bridge, Collecting
from paser_ui.collector_process import ChildProcess, Phase
from paser_ui.contributions import Contributions
from paser_ui.desk import Desk, Source
from paser_ui.ending import Ending
from paser_ui.faults import Faults
from paser_ui.first_start.again import add_choosing_again
from paser_ui.front import Front, Place
from paser_ui.heartbeat import beating
from paser_ui.new_version import offer_version
from paser_ui.qt_words import QtWords
from paser_ui.safe_mode import settings_store, tell_safe_mode
from paser_ui.screen_log import tell_screens
from paser_ui.settings import Settings
from paser_ui.workspace.saving import Saving

_LOG = logging.getLogger(__name__)
_WATCH_MS = 250
_LONGEST_CITY_S = 5.0
_FIRST_PICTURE_MS = 2_000
_PICTURE_PX = (1920, 1080)


def main(options: ConsoleOptions) -> int:
    """Show the console until it is closed, told to end, or its time is over; return 0.

    START_ANEW where another version was asked for.
    """
    if not faulthandler.is_enabled():
        faulthandler.enable()
    room = room_file(options.home).load().value
    app = make_application(settings_store(options).load().settings, room)
    tell_screens(app)
    console = Console(app, options)
    with _ended_by_signals(console.ending):
        console.start()
        with beating(options.heart, console.ending.end):
            code = console.ending.run()
        if options.heart is not None:
            options.heart.leave()
        console.stop()
    return code


class Console:
    """Everything that runs while the console is on the screen, and the order of its end."""

    def __init__(self, app: QApplication, options: ConsoleOptions) -> None:
        self._app = app
        self._options = options
        store = settings_store(options)
        loaded = store.load()
        self.ending = Ending(app)
        self.faults = Faults()
        self.desk = Desk(
            options.session,
            maps=options.maps,
            language=_language(options, loaded.settings),
            zone=loaded.settings.zone or options.zone,
            sources={
                feed.id: Source(feed.name, plugin.package, feed.attribution)
                for plugin, feed in options.plugins.feeds()
            },
            contributions=Contributions(options.plugins).at,
        )
        self.qt_words = QtWords(self.desk)
        place = Place(
            home=options.home,
            site_name=options.site_name,
            zone=options.zone,
            delivered=options.workspaces,
            rules=options.rules,
            fixed=frozenset(options.fixed),
            safe=options.safe_mode,
            plain_px=QSize(*_PICTURE_PX) if self._is_unseen() else None,
        )
        self.front = Front(self.desk, options.plugins, place, loaded.settings, faults=self.faults)
        self.window = self.front.window
        if options.choose_again is not None:
            add_choosing_again(self.front.acts, self.window, self.desk, options.choose_again)
        self.bridge = Bridge(self.desk, self.front.panels.all)
        self.bridge.on_tick += [self.front.tick, self.front.palette.look]
        self.collecting = Collecting()
        self.saving = Saving(store.save, self.front.remembered)
        workspaces = self.front.workspaces
        self.keeping = Saving(lambda kept: workspaces.store.save(*kept), workspaces.remembered)
        workspaces.left.connect(self.keeping.hurry)
        self.companions = [ChildProcess("The exercise's city", argv) for argv in options.companions]
        self.collector = (
            ChildProcess("The collector", options.collector) if options.collector else None
        )
        self._collector_waits = self.collector is not None
        self._began_s = time.monotonic()
        self._watch = QTimer(interval=_WATCH_MS)
        self._watch.timeout.connect(self._watch_processes)
        tell_safe_mode(self.desk, self.window.banner, options, self._leave)
        if options.fall is not None:
            self._notice("fall", options.fall)
        if loaded.notice is not None:
            self._notice("settings", loaded.notice)
        for number, wrong in enumerate(self.front.acts.faults):
            self._notice(f"keys.{number}", wrong)
        for number, clash in enumerate(self.front.acts.clashes):
            told = InputError(
                "{key} is the key of {act}, so {other} has none",
                key=clash.key,
                act=Words(self.front.acts[clash.holder].words),
                other=Words(self.front.acts[clash.other].words),
            )
            self._notice(f"clash.{number}", told)
        self.front.panels.grew.connect(self._tell_memory)
        for number, fault in enumerate(options.plugins.faults):
            self._notice(f"plugin.{number}", fault)

    def start(self) -> None:
        """Start the processes and the session, and show the windows."""
        self.faults.install()
        self.ending.refuse_others()
        for process in self.companions:
            process.start()
        self._start_collector()
        self._options.session.start()
        self._options.installed.start()
        self.front.show()
        self.front.panels.load_seen()
        self.window.closed.connect(self._leave)
        self.bridge.start()
        self.collecting.start()
        self._watch.start()
        self.saving.start()
        self.keeping.start()
        self._plan_end()

    def stop(self) -> None:
        """End everything: the children are asked first, so that they end while we do."""
        for process in self.processes:
            process.ask_to_stop()
        self.saving.stop()
        self.keeping.stop()
        self._watch.stop()
        self.bridge.stop()
        self._options.installed.close()
        self.front.close()
        self._options.session.stop()
        self._options.maps.close()
        for process in self.processes:
            process.stop()
        self.collecting.stop()
        self.qt_words.remove()
        self.desk.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.ending.allow()
        self.faults.uninstall()

    def _is_unseen(self) -> bool:
        """Tell whether pictures are wanted of windows that no display shows."""
        wanted = self._options.screenshot_dir is not None
        # Its screen is smaller than any display that a room has.
        return wanted and self._app.platformName() == "offscreen"

    def _tell_memory(self, key: str, title: str, mib: int) -> None:
        told = PluginError(
            "the panel {panel} has taken {mib} MiB of memory: close it if the console becomes slow",
            panel=title,
            mib=mib,
        )
        self._notice(f"memory.{key}", told)

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
            self._tell_installed(name, error)

    def _tell_installed(self, name: str, error: PaserError) -> None:
        if name == VERSION and self._options.heart is not None:
            _LOG.warning("%s", error)
            offer_version(self.desk, self.window.banner, error, self._start_anew)
        else:
            self._notice(name, error)

    def _start_anew(self) -> None:
        """End, and let the keeper start the version that is installed now."""
        self.ending.end(START_ANEW)

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
        self.ending.end()

    def _take_pictures(self) -> None:
        """Save a PNG of each window, and print its path."""
        folder = self._options.screenshot_dir
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        for number, window in enumerate(self.front.shown_windows(), start=1):
            path = folder / f"window-{number}.png"
            if not window.grab().save(str(path)):
                _LOG.error("the picture of a window could not be saved in %s", path)
                continue
            sys.stdout.write(f"{path}\n")
        sys.stdout.flush()


def _language(options: ConsoleOptions, settings: Settings) -> str:
    """Return the screen's first language: the site's, the command line's, the person's, ours."""
    asked = None if "language" in options.fixed else options.language
    return asked or settings.language or "id"


@contextmanager
def _ended_by_signals(ending: Ending) -> Iterator[None]:
    """Quit on SIGTERM and SIGINT; the bridge's timer gives Python its turn to notice."""

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, lambda _number, _frame: QTimer.singleShot(0, ending.end))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
