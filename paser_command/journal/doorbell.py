"""The doorbell: how a reader learns that somebody wrote. It may ring for nothing: no queue."""

import sqlite3
import threading
import time
from typing import Protocol

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from paser_command.journal.store import Journal

POLL_S = 0.033
"""How often a file is asked whether somebody wrote: nobody rings across processes there."""

LONGEST_WAIT_S = 0.5
"""Readers look after so long even if nobody rang: a ring can be lost."""


class Doorbell(Protocol):
    """Waits for a ring. `ring` may be called by any thread, the rest by the one that waits."""

    def wait(self) -> None:
        """Return when somebody rang or wrote, or a while has passed."""
        ...

    def sleep(self) -> None:
        """Return when somebody in this process rang, however long that takes."""
        ...

    def ring(self) -> None:
        """Wake whoever waits in this process."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...


def doorbell(store: Journal) -> Doorbell:
    """Return the doorbell of the journal's engine."""
    if not store.shared:
        return _Watching(store.engine)
    # PostgreSQL's driver is loaded where it is used.
    from paser_command.journal.listening import Listening

    return Listening(store.engine, LONGEST_WAIT_S)


def ticking() -> Doorbell:
    """Return a doorbell that rings by the clock: for a replay, which waits for no writer."""
    return _Ticking()


class _Ticking:
    def __init__(self) -> None:
        self._rung = threading.Event()

    def wait(self) -> None:
        self._rung.wait(POLL_S)
        self._rung.clear()

    def sleep(self) -> None:
        self._rung.wait()
        self._rung.clear()

    def ring(self) -> None:
        self._rung.set()

    def close(self) -> None:
        self._rung.set()


class _Watching(_Ticking):
    """Asks SQLite whether another connection has written, which costs less than to look.

    The number is `PRAGMA data_version`: https://www.sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self._connection: PoolProxiedConnection | None = None
        self._version: object = None

    def wait(self) -> None:
        end_s = time.monotonic() + LONGEST_WAIT_S
        while not self._rung.wait(POLL_S) and time.monotonic() < end_s:
            if self._is_written():
                break
        self._rung.clear()

    def close(self) -> None:
        super().close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _is_written(self) -> bool:
        try:
            if self._connection is None:
                self._connection = self._engine.raw_connection()
            cursor = self._connection.cursor()
            cursor.execute("PRAGMA data_version")
            before, self._version = self._version, cursor.fetchone()
            cursor.close()
        except (sqlite3.Error, DBAPIError):
            # The reader tells what ails the journal; here it only means to look by the clock.
            return True
        return self._version != before
