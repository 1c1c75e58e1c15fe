"""A PostgreSQL server of the tests' own: on loopback, as an unprivileged user, gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from tests import processes
from tests.patience import patient

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_LONGEST_S = 60.0


def missing() -> str | None:
    """Tell why there can be no server here, or None."""
    return None if _BINARIES else "no PostgreSQL server is installed (Debian: postgresql)"


@contextmanager
def server() -> Iterator[str]:
    """Run a server and give the address of it, without a database's name."""
    home = Path(tempfile.mkdtemp(prefix="paser-postgres-"))
    run = Unprivileged(home)
    try:
        data = home / "data"
        run("initdb", "-D", str(data), "-U", "paser", "-A", "trust", "-E", "UTF8", "--no-sync")
        with socket.socket() as free:  # Last, so that hardly anybody else can take the port.
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = (f"port={port}", f"unix_socket_directories={home}", "fsync=off")
        options = [word for one in settings for word in ("-c", one)]
        process = run.start("postgres", "-D", str(data), "-h", "127.0.0.1", *options)
        try:
            run.until("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port))
            yield f"postgresql+psycopg://paser@127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(patient(_LONGEST_S))
            processes.end(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


class Unprivileged:
    """Runs PostgreSQL's programs as somebody who is not root: they refuse root."""

    def __init__(self, home: Path) -> None:
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            shutil.chown(home, user)
        self._log = home / "log"
        self._options: dict[str, Any] = {
            "cwd": home,
            "user": user,
            "group": user,
            "extra_groups": [] if user else None,
            "stdin": subprocess.DEVNULL,
        }

    def __call__(self, program: str, *arguments: str) -> None:
        """Run one of them to its end."""
        ended = self._run(program, *arguments)
        assert ended.returncode == 0, ended.stderr

    def start(self, program: str, *arguments: str) -> processes.Process:
        """Start one of them, which serves several tests."""
        with self._log.open("wb") as log:
            return processes.start(
                _argv(program, *arguments), lasting=True, stdout=log, stderr=log, **self._options
            )

    def until(self, program: str, *arguments: str) -> None:
        """Wait until one of them ends well."""
        end_s = time.monotonic() + patient(_LONGEST_S)
        while self._run(program, *arguments).returncode:
            assert time.monotonic() < end_s, self._log.read_text()
            time.sleep(0.05)

    def _run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return processes.run(
            _argv(program, *arguments), timeout=patient(_LONGEST_S), **self._options
        )


def _argv(program: str, *arguments: str) -> list[str]:
    return [str(_BINARIES[-1] / program), *arguments]


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
    standing = [first, *_children(first)]
    try:
        for process in standing:
            os.kill(process, signal.SIGSTOP)
        yield
    finally:
        for process in reversed(standing):
            os.kill(process, signal.SIGCONT)


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in told.split()]
