"""PostgreSQL servers that a test stops, starts and promotes, with TLS, with a standby."""

import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import processes
from tests.patience import patient
from tests.postgres import Unprivileged

_LONGEST_S = 60.0
_AT_ONCE = ("-c", "fast", "--no-sync")
"""Not behind a checkpoint that is spread over minutes, as is the default."""
_PLAIN = ("-U", "paser", "-A", "trust", "-E", "UTF8", "--no-sync")


class Server:
    """A server on loopback at a port of its own. Made and ended by `server_of_its_own`."""

    def __init__(self, home: Path, settings: tuple[str, ...], host: str) -> None:
        self.home = home
        self.host = host
        self.port = _free_port()
        self._settings = settings
        self._run = Unprivileged(home)
        self._data = str(home / "data")
        self._kept = home / "kept"
        self._process: processes.Process | None = None

    @property
    def address(self) -> str:
        """Return its address, without a database's name."""
        return f"postgresql+psycopg://paser@{self.host}:{self.port}"

    def make(self) -> None:
        """Make an empty cluster."""
        self._run("initdb", "-D", self._data, *_PLAIN)
        with (self.home / "data/pg_hba.conf").open("a") as rules:
            rules.write("host all all samenet trust\n")

    def follow(self, other: "Server") -> None:
        """Become the other's standby, which is to run."""
        where = ("-h", self.host, "-p", str(other.port), "-U", "paser")
        self._run("pg_basebackup", *where, *_AT_ONCE, "-D", self._data, "-R", "-X", "stream")

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = (
            f"port={self.port}",
            f"unix_socket_directories={self.home}",
            f"listen_addresses={self.host}",
            "fsync=off",
            *self._settings,
        )
        options = [word for one in settings for word in ("-c", one)]
        self._process = self._run.start("postgres", "-D", self._data, *options)
        self._run.until("pg_isready", "-q", "-h", self.host, "-p", str(self.port))

    def stop(self, how: int = signal.SIGQUIT) -> None:
        """End it as a fall does, or by another signal."""
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(patient(_LONGEST_S))
        processes.end(self._process)
        self._process = None

    def give(self, file: Path, name: str) -> None:
        """Put a copy of a file into its folder of data, for it alone to read."""
        copy = self.home / "data" / name
        shutil.copyfile(file, copy)
        shutil.chown(copy, copy.parent.owner(), copy.parent.group())
        copy.chmod(0o600)

    def keep(self) -> None:
        """Keep what it holds now, in place of what was kept before. It is to be stopped."""
        shutil.rmtree(self._kept, ignore_errors=True)
        _copy(Path(self._data), self._kept)

    def set_back(self) -> None:
        """Put what was kept in the place of what it holds now. It is to be stopped."""
        shutil.rmtree(self._data)
        _copy(self._kept, Path(self._data))

    def promote(self) -> None:
        """Make a standby the server that takes writes."""
        self._run("pg_ctl", "-D", self._data, "-w", "promote")


@contextmanager
def server_of_its_own(
    *settings: str, standby_of: Server | None = None, host: str = "127.0.0.1"
) -> Iterator[Server]:
    """Make a server that was not started yet; it is gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="paser-server-"))
    server = Server(home, settings, host)
    try:
        if standby_of is None:
            server.make()
        else:
            server.follow(standby_of)
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _copy(folder: Path, to: Path) -> None:
    """Copy a folder with its owner, who alone may read it."""
    copied = processes.run(["cp", "-a", folder, to], timeout=patient(_LONGEST_S))
    assert copied.returncode == 0, copied.stderr


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
