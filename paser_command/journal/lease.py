"""The collector's lease: one collector a journal, and the next one waiting for it to end."""

import fcntl
import os
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from paser_command.errors import JournalError, PaserError
from paser_command.journal.engine import told
from paser_command.journal.sharing import made_for_the_group
from paser_command.journal.store import Journal

_KEY = 0x636F6C6C  # "coll"


class LeaseLostError(PaserError):
    """Another collector has taken the journal over."""


class Lease:
    """Held by the collector that works; the system gives it back however its process ends.

    SQLite's is a lock on a file beside the journal, PostgreSQL's an advisory lock of the session.
    """

    def __init__(self, store: Journal) -> None:
        self._store = store
        self._file: int | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> "Lease":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._file is not None:
            os.close(self._file)
        if self._connection is not None:
            # Ended, not given back to the pool: the lease is the session's.
            self._connection.invalidate()
            self._connection.close()

    def take(self) -> bool:
        """Take the lease; False where another collector has it."""
        return self._take_session() if self._store.shared else self._take_file()

    def renew(self) -> None:
        """Make sure that the lease is ours; one that broke with its connection is taken anew.

        LeaseLostError where another was quicker, JournalError where the server is away.
        """
        if not self._renewed():
            raise LeaseLostError("another collector has taken the journal over")

    def _renewed(self) -> bool:
        if not self._store.shared:
            return True
        if self._connection is None:
            return self._take_session()
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self._connection.close()
            self._connection = None
            return self._take_session()
        return True

    def _take_file(self) -> bool:
        path = Path(f"{self._store.engine.url.database}.collector")
        if self._file is None:
            self._file = _opened(path)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _take_session(self) -> bool:
        with told(self._store.engine):
            if self._connection is None:
                plain = self._store.engine.connect()
                self._connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            taken = self._connection.execute(text(f"SELECT pg_try_advisory_lock({_KEY})"))
            return bool(taken.scalar())


def _opened(path: Path) -> int:
    try:
        made_for_the_group(path)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as cause:
        raise JournalError(
            "the collector's lock {path} cannot be made: {cause}", path=path, cause=cause.strerror
        ) from cause
