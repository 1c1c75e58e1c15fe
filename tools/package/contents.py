"""The parts that are inside of the package: every distribution of the run set, Python, and ours.

Read with the Python of the build's environment, where nothing is but what the lock names.
"""

import platform
import re
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

OURS = "paser-command"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_NOTICES = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)
_LONGEST = 200


class Part(NamedTuple):
    """Something inside: its name and version, its licence in a line, its notices in full."""

    name: str
    version: str
    licence: str
    notices: tuple[str, ...]


def parts() -> list[Part]:
    """Return the parts by name, ours first."""
    found = {dist.name.lower(): dist for dist in _closure(OURS)}
    ours = found.pop(OURS)
    others = [_part(dist) for _, dist in sorted(found.items())]
    return [_part(ours), _python(), *others]


def _closure(name: str) -> Iterator[Distribution]:
    """Give a distribution and all that it requires, each once."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        key = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if key in seen:
            continue
        seen.add(key)
        try:
            found = distribution(key)
        except PackageNotFoundError:
            continue  # for another system, or an extra that nobody asked for
        yield found
        waiting += [
            match[0]
            for requirement in found.requires or ()
            if "extra ==" not in requirement and (match := _NAME.match(requirement))
        ]
        if key == "psycopg":
            waiting.append("psycopg-binary")


def _part(found: Distribution) -> Part:
    licence = _said(found, "License-Expression")
    if not licence:
        classified = [
            str(line).rpartition(" :: ")[2]
            for line in found.metadata.get_all("Classifier") or ()
            if str(line).startswith("License ::")
        ]
        licence = ", ".join(classified) or _said(found, "License").partition("\n")[0]
    return Part(found.name, found.version, licence[:_LONGEST], tuple(_notices(found)))


def _said(found: Distribution, key: str) -> str:
    return str(found.metadata[key] or "") if key in found.metadata else ""


def _notices(found: Distribution) -> Iterator[str]:
    for file in sorted(found.files or ()):
        if _NOTICES.search(file.name) and file.suffix.lower() in ("", ".txt", ".md", ".rst"):
            path = Path(str(found.locate_file(file)))
            if path.is_file():
                yield path.read_text(encoding="utf-8", errors="replace")


def _python() -> Part:
    stdlib = Path(sysconfig.get_path("stdlib"))
    debians = "libpython{}.{}-stdlib".format(*sys.version_info)
    licences = (stdlib / "LICENSE.txt", Path("/usr/share/doc", debians, "copyright"))
    notices = [path.read_text(encoding="utf-8") for path in licences if path.is_file()]
    version = platform.python_version()
    if not notices:
        sys.exit(f"the licence of Python {version} was not found in {stdlib}")
    return Part("Python", version, "Python-2.0", tuple(notices[:1]))
