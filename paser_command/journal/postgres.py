"""Connections to PostgreSQL on which nothing waits for ever: each step has a deadline.

The server's own deadlines end what takes too long while it answers. Where packets vanish it cannot
tell us: there the silence on our side ends the connection, and keepalives do so on the server's,
which gives back what a vanished client held.
"""

import re
import time
from collections.abc import Generator, Mapping
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect, ExceptionContext

from paser_command.journal.caller import Caller
from paser_command.journal.deadlines import ANSWER_S
from paser_command.times import Now

SILENCE_S = 4.5
"""How long a connection that waits for an answer may be silent: its server ended nothing before."""

_Result = TypeVar("_Result")
_Setting = tuple[str, int]

_CONNECTION: tuple[_Setting, ...] = (
    ("keepalives_idle", 1),
    ("keepalives_interval", 1),
    ("keepalives_count", 3),
    ("tcp_user_timeout", round(ANSWER_S * 1000)),
)
"""Our side's: libpq's parameters, https://www.postgresql.org/docs/15/libpq-connect.html"""

_SESSION: tuple[_Setting, ...] = (
    ("statement_timeout", round(ANSWER_S * 1000)),
    ("lock_timeout", round(ANSWER_S * 1000)),
    ("idle_in_transaction_session_timeout", 5_000),
    ("tcp_keepalives_idle", 1),
    ("tcp_keepalives_interval", 1),
    ("tcp_keepalives_count", 4),
    ("tcp_user_timeout", 5_000),
)
"""The server's side for our session: milliseconds, but for the keepalives, which are seconds."""

_GIVEN = re.compile(r"(?:-c\s*|--)([\w.-]+)=((?:\\.|[^\s\\])*)")
_AMOUNT = re.compile(r"(\d+)\s*(us|ms|s|min|h|d)?")
_UNITS_MS = {"us": 0.001, "ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}

_READ_ONLY = "25006"
"""The SQLSTATE of a statement that a standby refuses."""

_PATIENCE = (
    "SELECT set_config('statement_timeout', '{limit}', true), "
    "set_config('idle_in_transaction_session_timeout', '{limit}', true)"
)
_OFFSET = (
    "SELECT set_config('application_name', %s || ' ' || to_char("
    "extract(epoch FROM clock_timestamp()) * 1000 - %s, 'SGFM999999999990') || 'ms', false)"
)


class Answering(psycopg.Connection[Any]):
    """A connection that ends itself where it waits and hears nothing for `silence_s`."""

    silence_s = SILENCE_S

    def wait(self, gen: PQGen[_Result], *args: Any, **kwargs: Any) -> _Result:
        """Wait as the driver does, while there is something to hear now and then."""
        try:
            return super().wait(_heard(gen, self.silence_s), *args, **kwargs)
        except _SilentError as cause:
            self.close()
            raise psycopg.OperationalError(f"no answer for {self.silence_s:g} s") from cause


def guard(engine: Engine, caller: Caller, now: Now) -> None:
    """Have all connections of the engine keep the deadlines and tell the server who we are."""

    def connect(
        _dialect: Dialect, _record: object, cargs: list[Any], cparams: dict[str, Any]
    ) -> Answering:
        return Answering.connect(*cargs, **guarded(cparams, caller))

    def connected(connection: Answering, _record: object) -> None:
        connection.autocommit = True
        connection.execute(_OFFSET, (caller.name, now() / 1000))
        connection.autocommit = False

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _leave_standby)


def guarded(parameters: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
    """Return libpq's parameters with our deadlines, but where those given are stricter."""
    hosts = str(parameters.get("host") or parameters.get("hostaddr") or "").count(",") + 1
    # The driver tries each host for so long, and for two seconds at the least.
    ours = (("connect_timeout", max(2, int(ANSWER_S / hosts))), *_CONNECTION)
    stricter = {
        name: value for name, value in ours if not _is_stricter(parameters.get(name), value, 1)
    }
    given = str(parameters.get("options") or "")
    settings = dict(_GIVEN.findall(given))
    options = [given] if given else []
    options += [
        f"-c {name}={value}"
        for name, value in _SESSION
        if not _is_stricter(settings.get(name), value, 1_000 if "keepalives" in name else 1)
    ]
    return {
        **parameters,
        **stricter,
        "keepalives": 1,
        "application_name": caller.name,
        "options": " ".join([*options, "-c timezone=UTC"]),
    }


def _is_stricter(given: object, ours: int, unit_ms: int) -> bool:
    """Tell whether a given amount is an end, and no later one than ours."""
    found = _AMOUNT.fullmatch(str(given).strip().strip("'\"")) if given is not None else None
    if found is None:
        return False
    amount_ms = int(found[1]) * (_UNITS_MS[found[2]] if found[2] else unit_ms)
    return 0 < amount_ms <= ours * unit_ms


class _SilentError(Exception):
    """Nothing was heard for too long."""


def _heard(gen: PQGen[_Result], silence_s: float) -> Generator[Any, Any, _Result]:
    """Run the driver's generator; raise where it waits and its socket is silent for so long."""
    heard_s = time.monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                heard_s = time.monotonic()
            elif time.monotonic() - heard_s > silence_s:
                raise _SilentError
            wanted = gen.send(ready)
    except StopIteration as end:
        result: _Result = end.value
        return result


def _begin(connection: Connection) -> None:
    """Give the transaction the time that its execution option `deadline_s` says."""
    deadline_s = connection.get_execution_options().get("deadline_s")
    driver = connection.connection.driver_connection
    assert isinstance(driver, Answering)
    driver.silence_s = SILENCE_S if deadline_s is None else deadline_s
    if deadline_s is not None:
        connection.exec_driver_sql(_PATIENCE.format(limit=round(deadline_s * 1000)))


def _leave_standby(context: ExceptionContext) -> None:
    """Have the next connection look for the server that takes writes."""
    if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
        context.is_disconnect = True
