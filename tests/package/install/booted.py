"""A root that is booted by its own systemd, in namespaces: services, and a person's session."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.package.install.conftest import SYSTEMD
from tests.package.install.roots import Root, Said, children_of, until

PERSON = "desk"
_SESSION = "etc/systemd/user/desk.target"


class Booted:
    """What is asked of a root that runs."""

    def __init__(self, root: Root, first_process: int) -> None:
        self.root = root
        self._enter = ["nsenter", "--target", str(first_process), "--all", "--root", "--wd"]

    def run(self, *words: str, check: bool = True) -> Said:
        """Run a program to its end, as root."""
        told = [f"{name}={value}" for name, value in self.root.environment.items()]
        ran = subprocess.run(
            [*self._enter, "env", "-i", *told, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        said = Said(ran.returncode, ran.stdout)
        assert not check or said.code == 0, said.text
        return said

    def persons(self, *words: str, check: bool = True) -> Said:
        """Run systemctl for the person's own services."""
        return self.run("systemctl", "--user", f"--machine={PERSON}@", *words, check=check)

    def process_of(self, unit: str, *, persons: bool = False) -> int:
        """Return the unit's main process, as the root numbers it; 0 where it does not run."""
        ask = self.persons if persons else self.systemctl
        return int(ask("show", "--property=MainPID", "--value", unit).text)

    def systemctl(self, *words: str, check: bool = True) -> Said:
        """Run systemctl for the machine's services."""
        return self.run("systemctl", *words, check=check)


def made_bootable(root: Root) -> None:
    """Put systemd into the root, and a person of the group who stays logged in."""
    root.apt("install", *SYSTEMD)
    root.run("useradd", "--create-home", "--groups", "paser-command", PERSON)
    linger = root / f"var/lib/systemd/linger/{PERSON}"
    linger.parent.mkdir(parents=True, exist_ok=True)
    linger.touch()
    # What a desktop starts when somebody logs in.
    (root / _SESSION).write_text("[Unit]\nBindsTo=graphical-session.target\n")


@contextmanager
def booted(root: Root) -> Iterator[Booted]:
    """Boot the root; shut it down after. It sees the X servers of this machine, and no network."""
    log = root.folder.with_name("booted.log")
    alone = ["--private-network", "--register=no", "--keep-unit", f"--machine=paser-{os.getpid()}"]
    command = ["systemd-nspawn", "--directory", str(root.folder), "--boot", *alone]
    with (
        log.open("wb") as told,
        subprocess.Popen(
            [*command, "--console=read-only", "--bind-ro=/tmp/.X11-unix"],
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
        ) as machine,
    ):
        try:
            until(lambda: _began(machine, log))
            running = Booted(root, children_of(machine.pid)[0])
            until(lambda: running.systemctl("is-system-running", check=False).code == 0)
            yield running
        finally:
            # systemd-nspawn shuts the root down in order.
            machine.terminate()


def _began(machine: "subprocess.Popen[bytes]", log: Path) -> bool:
    assert machine.poll() is None, log.read_text(errors="replace")
    return children_of(machine.pid) != []
