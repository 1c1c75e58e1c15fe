"""A lease by a lock on a file beside an SQLite journal: the system gives it back."""

import fcntl
import os
import threading
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from paser_command.errors import JournalError
from paser_command.journal.sharing import made_for_the_group
from paser_command.journal.store import Journal


class LockHolder(msgspec.Struct, frozen=True):
    """What the file tells of whoever holds the lock."""

    pid: int
    seat: str


class LockFile:
    """The lock on the file `….collector`, for as long as the file there is the one that is locked.

    Where somebody took the file away or put another in its place, the lock on the old one is worth
    nothing: the new one is locked, or the lease is lost to whoever was quicker.
    """

    def __init__(self, store: Journal) -> None:
        self._store = store
        self._path = lock_path(store)
        self._file: int | None = None
        self._lock = threading.Lock()

    def take(self) -> bool:
        if not self.renew():
            return False
        # What the one before was still writing is written, or never will be.
        with self._store.writing():
            return True

    def renew(self) -> bool:
        with self._lock:
            return self._is_there() or self._locked()

    def holds(self, _connection: Connection) -> bool:
        return self.renew()

    def give_back(self) -> None:
        with self._lock:
            self._close()

    def _is_there(self) -> bool:
        if self._file is None:
            return False
        try:
            there, ours = self._path.stat(), os.fstat(self._file)
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    def _locked(self) -> bool:
        self._close()
        self._file = _opened(self._path)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._close()
            return False
        if not self._is_there():
            self._close()
            return False
        told = msgspec.json.encode(LockHolder(os.getpid(), self._store.caller.seat))
        os.pwrite(self._file, told, 0)
        os.ftruncate(self._file, len(told))
        return True

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def lock_path(store: Journal) -> Path:
    """Return the file whose lock is the collector's lease on the journal."""
    return Path(f"{store.engine.url.database}.collector")


def lock_holder(store: Journal) -> LockHolder | None:
    """Return who holds the lock; None where nobody does."""
    try:
        file = os.open(lock_path(store), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _told(os.read(file, 4096))
    finally:
        os.close(file)
    return None


def _told(body: bytes) -> LockHolder:
    try:
        return msgspec.json.decode(body, type=LockHolder)
    except msgspec.MsgspecError:
        # Just locked, and not written yet.
        return LockHolder(0, "")


def _opened(path: Path) -> int:
    try:
        made_for_the_group(path)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as cause:
        raise JournalError(
            "the collector's lock {path} cannot be made: {cause}", path=path, cause=cause.strerror
        ) from cause
