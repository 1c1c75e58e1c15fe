"""A PostgreSQL server of the tests' own: on loopback, as an unprivileged user, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
