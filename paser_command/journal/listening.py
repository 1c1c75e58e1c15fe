"""PostgreSQL's doorbell: writers ring across processes and machines."""

import time

import psycopg
from sqlalchemy import Engine, PoolProxiedConnection, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import SQLAlchemyError

from paser_command.journal.writer import CHANNEL


class Listening:
    """Listens in autocommit, so that it never holds PostgreSQL's queue of notifications.

    A line that is dead and one on which nobody rings are alike: where another connection of the
    engine was found dead, it listens on a new one.
    """

    def __init__(self, engine: Engine, longest_wait_s: float) -> None:
        self._engine = engine
        self._longest_wait_s = longest_wait_s
        self._held: PoolProxiedConnection | None = None
        self._connection: psycopg.Connection | None = None
        self._doubtful = False
        event.listen(engine, "handle_error", self._doubt)

    def wait(self) -> None:
        try:
            if self._doubtful:
                self._doubtful = False
                self.close()
            connection = self._connection or self._listen()
            for _ in connection.notifies(timeout=self._longest_wait_s, stop_after=1):
                pass
        except (psycopg.Error, SQLAlchemyError):
            # The reader tells of a server that is away; here it only means to look by the clock.
            self.close()
            time.sleep(self._longest_wait_s)

    def sleep(self) -> None:
        """Wait as ever: this bell is rung by writers alone."""
        self.wait()

    def ring(self) -> None:
        """Do nothing: the writer's own NOTIFY rings here too."""

    def close(self) -> None:
        if self._held is not None:
            self._held.invalidate()
        self._held = self._connection = None

    def _listen(self) -> psycopg.Connection:
        """Take a connection with the engine's deadlines and name out of its pool, and listen."""
        self._held = self._engine.raw_connection()
        connection = self._held.driver_connection
        assert isinstance(connection, psycopg.Connection)
        self._connection = connection
        connection.rollback()
        connection.autocommit = True
        connection.execute(f"LISTEN {CHANNEL}")
        return connection

    def _doubt(self, context: ExceptionContext) -> None:
        self._doubtful = self._doubtful or context.is_disconnect
