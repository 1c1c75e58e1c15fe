"""What the install tests share: clean roots, two versions of the package, repositories of them.

All but the medium are signed by throw-away keys of the tests' own, whoever signed the package.

They take minutes, need root, debootstrap and what `make package` built, so that `make package-test`
alone collects them.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents import ROOT
from tests.package.install.roots import Root, made_root
from tests.package.install.versions import signed_anew
from tools.package.changes import version_of
from tools.package.deb import fresh
from tools.package.freeze import DIST
from tools.package.keys import Keys, stop_agent, trial_keys
from tools.package.medium import needed_packages
from tools.package.repository import Repository

collect_ignore_glob = [] if os.environ.get("PASER_PACKAGE_TEST") else ["test_*.py"]

WORK = ROOT / "build" / "package-test"
NEXT = "99.0.0"
SYSTEMD = ("systemd-sysv", "libpam-systemd", "dbus-user-session")
"""What makes a root a machine that boots, with persons who have services of their own."""


@pytest.fixture(scope="session")
def keys() -> Iterator[Keys]:
    """Keys of the tests' own."""
    yield (keys := trial_keys(fresh(WORK / "keys")))
    stop_agent(keys.home)


@pytest.fixture(scope="session")
def built() -> Path:
    """The package as `make package` left it."""
    path = DIST / f"paser-command_{version_of(ROOT)}_amd64.deb"
    assert path.exists(), "make package first"
    return path


@pytest.fixture(scope="session")
def package(built: Path, keys: Keys) -> Path:
    """The package of this version."""
    return signed_anew(built, keys, fresh(WORK / "this"))


@pytest.fixture(scope="session")
def newer_package(built: Path, keys: Keys) -> Path:
    """The package of a version that comes later: the same program, which says another version."""
    return signed_anew(built, keys, fresh(WORK / "next"), later=NEXT)


@pytest.fixture(scope="session")
def medium() -> Path:
    """The medium as `make medium` left it, signed by whoever releases."""
    assert (DIST / "medium" / "SHA256SUMS").exists(), "make medium first"
    return DIST / "medium"


@pytest.fixture(scope="session")
def shelf(package: Path, newer_package: Path, keys: Keys) -> dict[str, Path]:
    """Two repositories with all that a root lacks: `old` with one version, `new` with both."""
    needed = needed_packages(package, WORK / "debian", *SYSTEMD)
    made = {}
    for name, packages in (("old", [package]), ("new", [package, newer_package])):
        folder, state = fresh(WORK / name), fresh(WORK / f"{name}-state")
        repository = Repository(folder, state, keys, ("main", "system"))
        repository.open()
        repository.put_systems(needed)
        for one in packages:
            repository.put(one)
        repository.describe("file:/srv/paser-command", [])
        made[name] = folder
    return made


@pytest.fixture(scope="session")
def base_root() -> Path:
    """A Debian 12 as debootstrap makes it: apt, and hardly more."""
    return made_root(WORK / "base")


@pytest.fixture(scope="session")
def installed_root(base_root: Path, shelf: dict[str, Path]) -> Iterator[Path]:
    """That root after `apt-get install paser-command` from the signed repository."""
    root = Root.copy_of(base_root, WORK / "installed")
    root.serve(shelf["old"])
    root.apt("update")
    root.apt("install", "paser-command")
    yield root.folder
    root.close()


@pytest.fixture
def clean(base_root: Path) -> Iterator[Root]:
    """A root of one test's own."""
    yield from _lent(base_root)


@pytest.fixture
def installed(installed_root: Path) -> Iterator[Root]:
    """A root of one test's own that has the package."""
    yield from _lent(installed_root)


@pytest.fixture
def display() -> Iterator[str]:
    """An X server whose socket roots can be shown."""
    read, write = os.pipe()
    how = ["-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), *how],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        yield f":{told.readline().strip()}"
    server.terminate()
    server.wait()


def _lent(source: Path) -> Iterator[Root]:
    root = Root.copy_of(source, WORK / "root")
    try:
        yield root
    finally:
        root.close()
