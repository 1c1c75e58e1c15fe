"""How the console starts where nothing says so: one of three ways, kept for the next time."""

import logging
from collections.abc import Callable
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path

import msgspec

from paser_command.config import JournalSettings, load_site, site_toml
from paser_command.errors import InputError, PaserError
from paser_command.journal.engine import sqlite_url
from paser_command.keeper.heart import Heart

EXERCISE = "banjir-kandilo"
"""The exercise that somebody who never saw the console begins with."""

_FILE, _SITE, _JOURNAL = "start.json", "paser.site.toml", "paser.sqlite"
_log = logging.getLogger(__name__)


class Way(StrEnum):
    """An exercise on this machine; the public feeds; a site file of one's own."""

    EXERCISE = "exercise"
    PUBLIC = "public"
    OWN = "own"


class Start(msgspec.Struct, frozen=True):
    """A way to start, and the file of one's own site."""

    way: Way
    site: str = ""


class Answer(msgspec.Struct, frozen=True):
    """What a person chose, and the language that they chose it in."""

    start: Start
    language: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What the window that asks needs.

    `check` raises an InputError with what is wrong with a site file; `fault` is what was wrong with
    the one of last time. `heart` beats while the window asks; None where nobody keeps it.
    """

    home: Path
    language: str | None
    check: Callable[[Path], object]
    fault: PaserError | None = None
    heart: Heart | None = None


def kept_start(folder: Path) -> Start | None:
    """Return what was chosen before, None where nothing was, or where it cannot be read."""
    try:
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=Start)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as cause:
        _log.warning("%s cannot be read, so the start is chosen anew: %s", folder / _FILE, cause)
        return None


def keep_start(folder: Path, start: Start) -> None:
    """Keep the choice for the next start; PaserError where that fails."""
    _write(folder / _FILE, msgspec.json.encode(start))


def forget_start(folder: Path) -> None:
    """Have the next start ask again; PaserError where that fails."""
    try:
        (folder / _FILE).unlink(missing_ok=True)
    except OSError as cause:
        raise _refused(folder / _FILE, cause) from cause


def public_site(folder: Path) -> Path:
    """Return the site file of the public feeds, made in the folder where there is none yet."""
    path = folder / _SITE
    if not path.exists():
        with as_file(files("paser_resources") / "sites" / "paser.toml") as delivered:
            site = load_site(delivered)
        journal = JournalSettings(url=sqlite_url(folder / _JOURNAL))
        text = site_toml(msgspec.structs.replace(site, journal=journal))
        _write(path, text.encode("utf-8"))
    return path


def own_site(start: Start) -> Path:
    """Return the site file that was chosen; InputError where it is away."""
    path = Path(start.site)
    if not path.is_file():
        raise InputError("{path}: there is no such file", path=path)
    return path


def _write(path: Path, body: bytes) -> None:
    written = path.with_name(f"{path.name}.new")
    try:
        written.write_bytes(body)
        written.replace(path)
    except OSError as cause:
        raise _refused(path, cause) from cause


def _refused(path: Path, cause: OSError) -> PaserError:
    return PaserError(
        "{path} cannot be written: {cause}", path=path, cause=cause.strerror or str(cause)
    )
