"""CHANGELOG.md as others want it: a version's notes, and Debian's changelog."""

import re
import textwrap
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple, cast

_HEAD = re.compile(r"^## \[(?P<version>[^\]]+)\] - (?P<day>\S+)$", re.MULTILINE)
_WIDTH = 76


class Release(NamedTuple):
    """One version's notes: `day` is a date, or "unreleased"."""

    version: str
    day: str
    notes: str


def version_of(root: Path) -> str:
    """Return the program's version; it stands in pyproject.toml and nowhere else."""
    return str(_project(root)["version"])


def maintainer_of(root: Path) -> str:
    """Return who answers for the package, as Debian writes it: `Name <address>`."""
    told = _project(root)["maintainers"][0]
    return f"{told['name']} <{told['email']}>"


def releases(text: str) -> list[Release]:
    """Return the versions of CHANGELOG.md, the newest first."""
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [
        Release(head["version"], head["day"], text[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    ]


def debian_changelog(text: str, maintainer: str, epoch: int) -> str:
    """Return Debian's changelog; what is not released yet has the time of the commit."""
    return "\n".join(_entry(release, maintainer, epoch) for release in releases(text))


def _project(root: Path) -> dict[str, Any]:
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return cast("dict[str, Any]", told["project"])


def _entry(release: Release, maintainer: str, epoch: int) -> str:
    when = datetime.fromtimestamp(epoch, UTC)
    if release.day != "unreleased":
        when = datetime.fromisoformat(release.day).replace(tzinfo=UTC)
    lines = [f"paser-command ({release.version}) stable; urgency=medium", ""]
    for item in _items(release.notes):
        lines += textwrap.wrap(item, _WIDTH, initial_indent="  * ", subsequent_indent="    ")
    return "\n".join([*lines, "", f" -- {maintainer}  {format_datetime(when)}", ""])


def _items(notes: str) -> Iterator[str]:
    for block in re.split(r"\n(?=- )", notes):
        if block.startswith("- "):
            yield re.sub(r"\s+", " ", block[2:].partition("\n\n")[0])
