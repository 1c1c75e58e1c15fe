"""A lease in a table of the server, valid for a while by the server's own clock."""

import os
import uuid
from pathlib import Path

import msgspec
from sqlalchemy import Connection, TextClause, text

from paser_command.journal.engine import told
from paser_command.journal.store import Journal

VALID_S = 10.0
"""How long a lease is valid once it was renewed: a machine that vanished keeps it no longer."""

_NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
_UNTIL = f"{_NOW} + {round(VALID_S * 1_000_000)}"

_STANDS = text(f"SELECT holder, until < {_NOW} AS over FROM lease WHERE name = 'collector'")
_TAKE = text(
    "INSERT INTO lease AS stands (name, holder, seat, taken_at, until) "
    f"VALUES ('collector', :holder, :seat, {_NOW}, {_UNTIL}) "
    "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, seat = excluded.seat, "
    "taken_at = excluded.taken_at, until = excluded.until "
    f"WHERE stands.until < {_NOW} OR stands.holder = :before"
)
_RENEW = text(f"UPDATE lease SET until = {_UNTIL} WHERE name = 'collector' AND holder = :holder")
_GIVE_BACK = text("DELETE FROM lease WHERE name = 'collector' AND holder = :holder")

_BOOT = Path("/proc/sys/kernel/random/boot_id")


class ServerLease:
    """The row `collector` of the table `lease`, for as long as it names us.

    It passes on once it has run out, or where its holder was a process of this machine that is no
    more. Whether it still names us is all that a write has to know: it changes hands under the
    write lock alone.
    """

    def __init__(self, store: Journal) -> None:
        self._store = store
        self._holder = Holder.here()

    def take(self) -> bool:
        with told(self._store.engine), self._store.engine.connect() as connection:
            stands = connection.execute(_STANDS).first()
        if stands is not None and not (stands.over or Holder.of(stands.holder).is_gone()):
            return False
        values = {
            "holder": self._holder.text(),
            "seat": self._store.caller.seat,
            "before": stands.holder if stands is not None else "",
        }
        with self._store.writing() as connection:
            return connection.execute(_TAKE, values).rowcount == 1

    def renew(self) -> bool:
        return self._execute(_RENEW)

    def holds(self, connection: Connection) -> bool:
        stands = connection.execute(_STANDS).first()
        return stands is not None and stands.holder == self._holder.text()

    def give_back(self) -> None:
        self._execute(_GIVE_BACK)

    def _execute(self, statement: TextClause) -> bool:
        with told(self._store.engine), self._store.engine.begin() as connection:
            return connection.execute(statement, {"holder": self._holder.text()}).rowcount == 1


class Holder(msgspec.Struct, frozen=True):
    """A process: the machine since its start and the space of its process ids, its id and start.

    `machine` is empty where the system does not say it.
    """

    machine: str
    pid: int
    began: str
    id: str

    @classmethod
    def here(cls) -> "Holder":
        """Return this process; another one each time."""
        return cls(_machine(), os.getpid(), _began(os.getpid()), uuid.uuid4().hex)

    @classmethod
    def of(cls, told: str) -> "Holder":
        """Return the process of such a text; one of nowhere where it is none."""
        machine, pid, began, id_ = told.split("/") if told.count("/") == 3 else ("", "0", "", told)
        return cls(machine, int(pid), began, id_)

    def text(self) -> str:
        """Return it as a text."""
        return f"{self.machine}/{self.pid}/{self.began}/{self.id}"

    def is_gone(self) -> bool:
        """Tell whether it was a process of this machine, which has ended."""
        return self.machine != "" and self.machine == _machine() and _began(self.pid) != self.began


def _machine() -> str:
    try:
        space = Path("/proc/self/ns/pid").stat().st_ino
        return f"{_BOOT.read_text().strip()}:{space}"
    except OSError:
        return ""


def _began(pid: int) -> str:
    """Return when the process was started, in ticks since the machine was; empty where it ended."""
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state == "Z" else fields[18]
