"""A PostgreSQL server of the tests' own: on loopback, as an unprivileged user, gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def missing() -> str | None:
    """Tell why there can be no server here, or None."""
    return None if _BINARIES else "no PostgreSQL server is installed (Debian: postgresql)"


@contextmanager
def server() -> Iterator[str]:
    """Run a server and give the address of it, without a database's name."""
    home = Path(tempfile.mkdtemp(prefix="paser-postgres-"))
    run = _Unprivileged(home)
    try:
        data = home / "data"
        run("initdb", "-D", str(data), "-U", "paser", "-A", "trust", "-E", "UTF8", "--no-sync")
        with socket.socket() as free:  # Last, so that hardly anybody else can take the port.
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = ("-l", str(home / "log"))
        run("pg_ctl", "-D", str(data), "-w", *log, "-o", options, "start")
        try:
            yield f"postgresql+psycopg://paser@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


class _Unprivileged:
    """Runs PostgreSQL's programs as somebody who is not root: they refuse root."""

    def __init__(self, home: Path) -> None:
        self._user: str | None = None
        if os.geteuid() == 0:
            self._user = "postgres"
            shutil.chown(home, self._user)
        self._home = home

    def __call__(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(_BINARIES[-1] / program), *arguments],
            check=True,
            cwd=self._home,
            stdout=subprocess.DEVNULL,
            user=self._user,
            group=self._user,
            extra_groups=None if self._user is None else [],
        )


@contextmanager
def stopped(address: str) -> Iterator[None]:
    """Stop all of a server's processes where they are: it holds its connections and is silent."""
    engine = create_engine(f"{address}/postgres")
    with engine.connect() as connection:
        data = connection.execute(text("SHOW data_directory")).scalar_one()
    engine.dispose()
    first = int((Path(data) / "postmaster.pid").read_text().split()[0])
    # The first one before the others, so that it starts none meanwhile.
    os.kill(first, signal.SIGSTOP)
    processes = [first, *_children(first)]
    try:
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        yield
    finally:
        for process in reversed(processes):
            os.kill(process, signal.SIGCONT)


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in told.split()]
