"""Saves what a person changed a few seconds later, in a thread: no disk holds up the window."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, QTimer

from paser_command.errors import PaserError
from paser_ui.settings import Settings
from paser_ui.workspace.store import SettingsStore

EVERY_MS = 3_000

_LOG = logging.getLogger(__name__)


class Saving(QObject):
    """Asks every few seconds what is to be remembered, and saves it where that has changed."""

    def __init__(self, store: SettingsStore, remembered: Callable[[], Settings]) -> None:
        super().__init__()
        self._store = store
        self._remembered = remembered
        self._saved: Settings | None = None
        self._lost = False
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="settings")
        self._writing: Future[bool] | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    def look(self) -> None:
        """Save what has changed; while the last saving still runs it has its turn later."""
        if self._writing is not None:
            if not self._writing.done():
                return
            if not self._writing.result():
                self._saved = None
        settings = self._remembered()
        if settings != self._saved:
            self._saved = settings
            self._writing = self._writer.submit(self._write, settings)

    def stop(self) -> None:
        """Save for the last time, and wait until that is done."""
        self._timer.stop()
        self._writer.submit(self._write, self._remembered())
        self._writer.shutdown()

    def _write(self, settings: Settings) -> bool:
        """Save; tell whether that went well."""
        try:
            self._store.save(settings)
        except PaserError as error:
            if not self._lost:
                _LOG.error("%s", error)
            self._lost = True
            return False
        if self._lost:
            _LOG.info("the settings are saved again")
        self._lost = False
        return True
