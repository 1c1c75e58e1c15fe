"""The doorbell: how a reader learns that somebody wrote. It may ring for nothing: no queue."""

import threading
import time
from typing import Protocol

import psycopg
from sqlalchemy import Engine

from paser_command.journal.store import Journal
from paser_command.journal.writer import CHANNEL

POLL_S = 0.033
"""How often SQLite's readers look: nobody rings across processes there."""

LONGEST_WAIT_S = 0.5
"""PostgreSQL's readers look after so long even if nobody rang: a ring can be lost."""


class Doorbell(Protocol):
    """Waits for a ring. `ring` may be called by any thread, the rest by the one that waits."""

    def wait(self) -> None:
        """Return when somebody rang, or a while has passed."""
        ...

    def ring(self) -> None:
        """Wake whoever waits in this process."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...


def doorbell(store: Journal) -> Doorbell:
    """Return the doorbell of the journal's engine."""
    return _Listening(store.engine) if store.shared else ticking()


def ticking() -> Doorbell:
    """Return a doorbell that rings by the clock: for a replay, which waits for no writer."""
    return _Polling()


class _Polling:
    def __init__(self) -> None:
        self._rung = threading.Event()

    def wait(self) -> None:
        self._rung.wait(POLL_S)
        self._rung.clear()

    def ring(self) -> None:
        self._rung.set()

    def close(self) -> None:
        self._rung.set()


class _Listening:
    """Listens in autocommit, so that it never holds PostgreSQL's queue of notifications."""

    def __init__(self, engine: Engine) -> None:
        url = engine.url.set(drivername="postgresql")
        self._address = url.render_as_string(hide_password=False)
        self._connection: psycopg.Connection | None = None

    def wait(self) -> None:
        try:
            if self._connection is None:
                self._connection = psycopg.connect(
                    self._address, autocommit=True, connect_timeout=5
                )
                self._connection.execute(f"LISTEN {CHANNEL}")
            for _ in self._connection.notifies(timeout=LONGEST_WAIT_S, stop_after=1):
                pass
        except psycopg.Error:
            # The reader tells of a server that is away; here it only means to look by the clock.
            self.close()
            time.sleep(LONGEST_WAIT_S)

    def ring(self) -> None:
        """Do nothing: the writer's own NOTIFY rings here too."""

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
