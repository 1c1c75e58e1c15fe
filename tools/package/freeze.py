"""Freezes the program: a clean environment from the lock, and PyInstaller in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
LOCK = ROOT / "requirements" / "package.lock"


def make_environment(folder: Path) -> Path:
    """Make a virtual environment of the locked packages and this program; return its Python."""
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)])
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    _run([*install, "--require-hashes", "-r", str(LOCK)])
    _run([*install, "--no-deps", "--no-build-isolation", str(ROOT)])
    return python


def freeze(python: Path, work: Path, epoch: int) -> Path:
    """Run PyInstaller with what makes its output the same each time; return the program's folder.

    `epoch` is the instant that counts as the time of the build, in seconds: the commit's.
    """
    options = ["--noconfirm", "--log-level", "WARN"]
    folders = ["--distpath", str(work / "frozen"), "--workpath", str(work / "pyinstaller")]
    command = [str(python), "-m", "PyInstaller", *options, *folders, str(ROOT / "build.spec")]
    _run(command, SOURCE_DATE_EPOCH=str(epoch), PYTHONHASHSEED="0")
    return work / "frozen" / "paser-command"


def commit_epoch() -> int:
    """Return when the commit that is checked out was made, in seconds since 1970."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    said = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return int(said.stdout)


def _run(command: list[str], **changes: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT, env=_environment(changes))


def _environment(changes: dict[str, str]) -> dict[str, str]:
    """Return our environment without what would let other packages in."""
    foreign = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
    return {name: value for name, value in os.environ.items() if name not in foreign} | changes
