"""Whether the repository that answers is as new as the newest that this machine has seen.

apt keeps the newer index where an older one is shown to it, and says nothing: an upgrade that
somebody holds back looks like none.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import msgspec

from paser_command.errors import PaserError
from paser_command.installed.system import system_environment
from paser_command.times import Instant, from_datetime

SOURCES = Path("/etc/apt/sources.list.d/paser-command.sources")
LISTS = Path("/var/lib/apt/lists")
_OURS = {"Origin": "Paser Command", "Suite": "stable"}


class Index(msgspec.Struct, frozen=True, order=True):
    """When an index of the repository was signed, and until when it is good."""

    at: Instant
    expires: Instant


class Answer(msgspec.Struct, frozen=True):
    """The index that the repository gives now, and the newest that apt has kept of it."""

    served: Index
    known: Index | None

    @property
    def is_older(self) -> bool:
        """Tell whether this machine has seen a newer one."""
        return self.known is not None and self.served.at < self.known.at


def ask_repository(sources: Path = SOURCES, lists: Path = LISTS) -> Answer:
    """Let apt fetch and check the index into a folder of its own; PaserError where that fails."""
    known = max(_indices(lists), default=None)
    with tempfile.TemporaryDirectory() as work:
        served = max(_indices(_fetched(sources, Path(work))), default=None)
    if served is None:
        raise PaserError("{file} names no repository that is in use", file=sources)
    return Answer(served, known)


def _fetched(sources: Path, work: Path) -> Path:
    lists, parts = work / "lists", work / "parts"
    (lists / "partial").mkdir(parents=True)
    parts.mkdir()
    try:
        shutil.copy(sources, parts / "ours.sources")
    except OSError as cause:
        raise PaserError("{file} cannot be read: {cause}", file=sources, cause=cause) from cause
    settings = {
        "Dir::State::Lists": str(lists),
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": str(parts),
        "APT::Sandbox::User": "root",
        "APT::Update::Error-Mode": "any",
        "Debug::NoLocking": "1",
    }
    options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
    ran = subprocess.run(
        ["apt-get", "--quiet=2", *options, "update"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=system_environment() | {"LC_ALL": "C.UTF-8"},
    )
    if ran.returncode != 0:
        raise PaserError("apt refused the repository: {cause}", cause=ran.stdout.strip()[:500])
    return lists


def _indices(lists: Path) -> Iterator[Index]:
    for path in lists.glob("*InRelease"):
        text = path.read_text(encoding="utf-8", errors="replace")
        fields = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
        if _OURS.items() <= fields.items():
            yield Index(_instant(fields["Date"]), _instant(fields["Valid-Until"]))


def _instant(date: str) -> Instant:
    return from_datetime(parsedate_to_datetime(date))
