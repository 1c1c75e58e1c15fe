"""A journal that is away when the console starts: tried again and again, beside a window."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from paser_command.errors import JournalAwayError, PaserError
from paser_command.journal.store import Journal
from paser_command.keeper.heart import Heart

RETRY_S = 1.0

_log = logging.getLogger(__name__)


class Opening:
    """Opens a journal in a thread of its own, as soon as it is there.

    `fault` is why the newest try failed. It is `over` once there is a `journal`, or a `failure`
    that no waiting mends. Who stops it earlier gets no journal.
    """

    def __init__(self, try_it: Callable[[], Journal], fault: JournalAwayError) -> None:
        self.fault = fault
        self.journal: Journal | None = None
        self.failure: PaserError | None = None
        self._try = try_it
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="opening", daemon=True)

    @property
    def over(self) -> bool:
        """Tell whether the waiting has come to its end."""
        return self.journal is not None or self.failure is not None

    def start(self) -> None:
        """Begin to try."""
        self._thread.start()

    def stop(self) -> None:
        """Try no more; a journal that is opened from now on is closed. Does not wait."""
        with self._lock:
            self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.wait(RETRY_S) and not self.over:
            try:
                self._keep(self._try())
            except JournalAwayError as error:
                self.fault = error
            except PaserError as error:
                self.failure = error

    def _keep(self, journal: Journal) -> None:
        with self._lock:
            if self._stopping.is_set():
                journal.close()
            else:
                _log.info("the journal is there")
                self.journal = journal


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """What the window that waits needs.

    `heart` beats while it waits; None where nobody keeps it. It ends by itself after `for_s`.
    """

    home: Path
    language: str | None
    opening: Opening
    heart: Heart | None = None
    for_s: float | None = None
