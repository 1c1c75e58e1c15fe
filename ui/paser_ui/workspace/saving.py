"""Saves what was changed a few seconds later, in a thread: no disk holds up the window."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from paser_command.errors import PaserError

EVERY_MS = 3_000

_LOG = logging.getLogger(__name__)

T = TypeVar("T")


class Saving(QObject, Generic[T]):
    """Asks every few seconds what is to be remembered, and saves it where that has changed.

    Of None there is nothing to save.
    """

    def __init__(
        self,
        save: Callable[[T], None],
        remembered: Callable[[], T | None],
    ) -> None:
        super().__init__()
        self._save = save
        self._remembered = remembered
        self._saved: T | None = None
        self._lost = False
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="saving")
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
        self.hurry()

    def hurry(self) -> None:
        """Save what has changed behind what is being saved: it will not be asked for again."""
        value = self._remembered()
        if value is not None and value != self._saved:
            self._saved = value
            self._writing = self._writer.submit(self._write, value)

    def stop(self) -> None:
        """Save for the last time, and wait until that is done."""
        self._timer.stop()
        value = self._remembered()
        if value is not None:
            self._writer.submit(self._write, value)
        self._writer.shutdown()

    def _write(self, value: T) -> bool:
        """Save; tell whether that went well."""
        try:
            self._save(value)
        except PaserError as error:
            if not self._lost:
                _LOG.error("%s", error)
            self._lost = True
            return False
        if self._lost:
            _LOG.info("what was changed is saved again")
        self._lost = False
        return True
