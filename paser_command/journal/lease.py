"""The collector's lease: one collector a journal, and the next one waiting for it to end."""

import logging
import threading
from types import TracebackType
from typing import Protocol

from sqlalchemy import Connection

from paser_command.errors import JournalError, PaserError
from paser_command.journal.lock_file import LockFile
from paser_command.journal.server_lease import ServerLease
from paser_command.journal.store import Journal, no_fence

RENEW_S = 2.0
"""How often it is renewed: on a server it stays valid for five times as long."""

_log = logging.getLogger(__name__)


class LeaseLostError(PaserError):
    """Another collector has taken the journal over."""


class _Kept(Protocol):
    """Where a lease is kept. `holds` is asked under the write lock, `renew` at any time."""

    def take(self) -> bool: ...
    def renew(self) -> bool: ...
    def holds(self, connection: Connection) -> bool: ...
    def give_back(self) -> None: ...


class Lease:
    """Held by the collector that works: a thread renews it, and every write asks for it.

    It is taken under the journal's write lock, and asked for under the same: once another has it,
    a write that was still under way ends with LeaseLostError. SQLite's is a lock on a file beside
    the journal, which the system gives back however a process ends; PostgreSQL's a row that runs
    out, so that a machine without a network does not keep it.
    """

    def __init__(self, store: Journal) -> None:
        self._store = store
        self._kept: _Kept = ServerLease(store) if store.shared else LockFile(store)
        self._lost = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "Lease":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self._store.fence = no_fence
        if not self._lost.is_set():
            try:
                self._kept.give_back()
            except JournalError as given_back:
                _log.warning("the lease runs out by itself: %s", given_back)

    def take(self) -> bool:
        """Take the lease; False where another collector has it. Raises JournalError."""
        if not self._kept.take():
            return False
        self._store.fence = self._fence
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)
        self._thread.start()
        return True

    def require(self) -> None:
        """Raise LeaseLostError where another was found to have the lease; asks nobody anew."""
        if self._lost.is_set():
            raise LeaseLostError("another collector has taken the journal over")

    def _fence(self, connection: Connection) -> None:
        if not self._kept.holds(connection):
            self._lost.set()
        self.require()

    def _keep(self) -> None:
        failing = False
        while not self._ended.wait(RENEW_S) and not self._lost.is_set():
            try:
                if not self._kept.renew():
                    self._lost.set()
                failing = False
            except JournalError as error:
                if not failing:
                    _log.warning("the lease is not renewed yet: %s", error)
                failing = True
