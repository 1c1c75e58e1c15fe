"""PostgreSQL's doorbell: writers ring across processes and machines."""

import time

import psycopg
from sqlalchemy import Engine

from paser_command.journal.writer import CHANNEL


class Listening:
    """Listens in autocommit, so that it never holds PostgreSQL's queue of notifications."""

    def __init__(self, engine: Engine, longest_wait_s: float) -> None:
        self._longest_wait_s = longest_wait_s
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
            for _ in self._connection.notifies(timeout=self._longest_wait_s, stop_after=1):
                pass
        except psycopg.Error:
            # The reader tells of a server that is away; here it only means to look by the clock.
            self.close()
            time.sleep(self._longest_wait_s)

    def sleep(self) -> None:
        """Wait as ever: this bell is rung by writers alone."""
        self.wait()

    def ring(self) -> None:
        """Do nothing: the writer's own NOTIFY rings here too."""

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
