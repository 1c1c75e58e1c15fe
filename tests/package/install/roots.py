"""Clean Debian roots, and programs run in them: no network, no Python, no compiler."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

SOURCES = "etc/apt/sources.list.d/paser-command.sources"
_ENTER = 'mount -t proc proc "$0/proc" && exec chroot "$0" /usr/bin/env -i "$@"'
_ALONE = f"ip link set lo up && {_ENTER}"
MADE = "made"
LONGEST_S = 600.0


def made_root(folder: Path) -> Path:
    """Make a Debian 12, from where this machine has its own packages; kept after."""
    if not _is_made(folder):
        _debootstrap(folder, "bookworm", _mirror())
        (folder / "etc/apt/sources.list").unlink()
        (folder / MADE).touch()
    return folder


def made_ubuntu(folder: Path, mirror: str) -> Path:
    """Make an Ubuntu 24.04, which may ask that mirror for more; kept after.

    Debian's debootstrap has no script of that name and no Ubuntu key, so this root itself is not
    checked; it brings the key by which its apt checks all that comes later.
    """
    if not _is_made(folder):
        script = "/usr/share/debootstrap/scripts/gutsy"
        _debootstrap(folder, "noble", mirror, script, components="main,universe")
        (folder / MADE).touch()
    return folder


def _is_made(folder: Path) -> bool:
    return (folder / MADE).exists()


def _debootstrap(folder: Path, suite: str, *source: str, components: str = "main") -> None:
    shutil.rmtree(folder, ignore_errors=True)
    how = ["--variant=minbase", f"--components={components}"]
    subprocess.run(
        ["debootstrap", *how, suite, str(folder), *source], check=True, stdout=subprocess.DEVNULL
    )
    shutil.rmtree(folder / "var/cache/apt/archives")
    (folder / "var/cache/apt/archives/partial").mkdir(parents=True)


def _mirror() -> str:
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Codename: bookworm"],
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout.split()[0]


class Root:
    """A root of its own, in which programs run as root of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LC_ALL": "C.UTF-8",
            "PASER_LANGUAGE": "en",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        self._mounts: list[Path] = []

    @classmethod
    def copy_of(cls, source: Path, folder: Path) -> "Root":
        """Make a root with the same files, in memory: it is a gigabyte, and soon gone."""
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], check=True)
        subprocess.run(["cp", "-a", f"{source}/.", str(folder)], check=True)
        root = cls(folder)
        root._mounts.append(folder)
        return root

    def __truediv__(self, path: str) -> Path:
        return self.folder / path

    def run(self, *words: str, check: bool = True, alone: bool = True) -> "Said":
        """Run a program to its end, without a network where it is alone."""
        ran = subprocess.run(
            self.command(*words, alone=alone),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST_S,
        )
        said = Said(ran.returncode, ran.stdout)
        assert not check or said.code == 0, said.text
        return said

    def apt(self, *words: str, check: bool = True, alone: bool = True) -> "Said":
        """Run apt-get, for which every doubt is an error."""
        always = ("--yes", "--no-install-recommends", "-o", "APT::Update::Error-Mode=any")
        return self.run("apt-get", *always, *words, check=check, alone=alone)

    def command(self, *words: str, alone: bool = True) -> list[str]:
        """Return the command line that runs the words in the root; killed, all in it is killed."""
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        set_up = [*apart, *(["--net"] if alone else []), "sh", "-c", _ALONE if alone else _ENTER]
        told = [f"{name}={value}" for name, value in self.environment.items()]
        return [*set_up, str(self.folder), *told, *words]

    def serve(self, repository: Path) -> None:
        """Put the repository and its sources file into the root, in the place of another."""
        place = self / "srv/paser-command"
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run(["cp", "-a", str(repository), str(place)], check=True)
        shutil.copy(repository / "paser-command.sources", self / SOURCES)

    def bind(self, place: str) -> None:
        """Show a folder of this machine in the root."""
        target = self / place
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "--bind", f"/{place}", str(target)], check=True)
        self._mounts.append(target)

    def cut_off(self) -> None:
        """End all that runs in the root, as when the power fails; return when it is over."""
        while running := self.running():
            for pid in running:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)

    def running(self) -> list[int]:
        """Return the processes that are in the root."""
        found = []
        for place in Path("/proc").glob("[0-9]*/root"):
            with suppress(OSError):
                if place.readlink() == self.folder:
                    found.append(int(place.parent.name))
        return found

    def close(self) -> None:
        """Take out what was bound into the root, and the root itself where it is in memory."""
        while self._mounts:
            subprocess.run(["umount", str(self._mounts.pop())], check=True)


class Said:
    """How a program ended and what it said."""

    def __init__(self, code: int, text: str) -> None:
        self.code = code
        self.text = text

    def __contains__(self, words: str) -> bool:
        return words in self.text


def children_of(pid: int) -> list[int]:
    """Return the processes that this one began; of one that makes namespaces, the first in them."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def until(true: Callable[[], bool]) -> None:
    """Wait until it is so."""
    end_s = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end_s
        time.sleep(0.2)
