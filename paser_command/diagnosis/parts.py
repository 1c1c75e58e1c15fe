"""The texts of a diagnosis: facts, site, settings, and the newest of the logs."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from paser_command.config import SiteConfig, load_site, site_toml
from paser_command.diagnosis.bundle import Part
from paser_command.diagnosis.system import system_facts
from paser_command.errors import PaserError
from paser_command.journal.stats import stats
from paser_command.journal.store import open_journal
from paser_command.plugin.discovery import Plugins
from paser_command.plugin.kinds import feed_kinds
from paser_command.site_secrets import without_secrets

TAIL_BYTES = 1024 * 1024
"""Of each log its end."""

MOST_FILES = 60
_SETTINGS = ("*.json", "*.json.refused", "workspaces/*.toml")
_LOGS = ("*.log", "*.crash", "console-*.txt", "*.log.1")


class Subject:
    """What is looked into. `site` is None where there is no site file, or it is wrong."""

    def __init__(self, home: Path, site_file: Path | None, plugins: Plugins) -> None:
        self.home = home
        self.plugins = plugins
        self.kinds = feed_kinds(plugins)
        self.site_file = site_file
        self.site: SiteConfig | None = None
        self.site_fault: PaserError | None = None
        try:
            self.site = load_site(site_file) if site_file else None
        except PaserError as error:
            self.site_fault = error


def parts_of(subject: Subject, journal_url: str | None) -> Iterator[Part]:
    """Give the texts, the most wanted first. What cannot be read is told, and stops nothing."""
    yield _json_part("system.json", system_facts(subject.home))
    yield _json_part("plugins.json", _plugins(subject.plugins))
    yield _json_part("journal.json", _journal(journal_url))
    yield Part("site.toml", _site(subject))
    yield from _files(subject.home, _SETTINGS, "settings")
    yield from _files(subject.home / "log", _LOGS, "log")


def _json_part(name: str, value: object) -> Part:
    return Part(name, json.dumps(value, indent=1, ensure_ascii=True, default=str))


def _plugins(plugins: Plugins) -> dict[str, Any]:
    return {
        "found": [
            {
                "id": plugin.manifest.plugin.id,
                "version": plugin.manifest.plugin.version,
                "package": plugin.package,
                "ours": plugin.ours,
                "panels": [panel.id for panel in plugin.manifest.panels],
                "feeds": [feed.id for feed in plugin.manifest.feeds],
            }
            for plugin in plugins.found
        ],
        "faults": [str(fault) for fault in plugins.faults],
    }


def _journal(url: str | None) -> dict[str, Any]:
    if url is None:
        return {"fault": "no journal is known here"}
    try:
        journal = open_journal(url, create=False)
    except PaserError as error:
        return {"fault": str(error)}
    try:
        counted = stats(journal)
        held = {name: getattr(counted, name) for name in counted.__struct_fields__}
        return {"journal": journal.where, "purpose": journal.purpose(), **held}
    except PaserError as error:
        return {"fault": str(error)}
    finally:
        journal.close()


def _site(subject: Subject) -> str:
    """Return the site file as it was understood: without its comments, which may tell anything."""
    head = f"# {subject.site_file or 'there is no site file'}\n"
    if subject.site is None:
        fault = str(subject.site_fault or "")
        return head + "".join(f"# {line}\n" for line in fault.splitlines())
    return head + site_toml(without_secrets(subject.site, subject.kinds))


def _files(folder: Path, patterns: tuple[str, ...], into: str) -> Iterator[Part]:
    """Give the ends of the folder's files, the newest first."""
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    for path in islice(sorted(found, key=_age, reverse=True), MOST_FILES):
        name = f"{into}/{path.relative_to(folder)}"
        try:
            yield Part(name, _tail(path))
        except OSError as cause:
            yield Part(f"{name}.fault", str(cause.strerror))


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _tail(path: Path) -> str:
    """Return the file's end from the beginning of a line on: half a secret is not known as one."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL_BYTES))
        body = file.read(TAIL_BYTES)
    if size > TAIL_BYTES:
        body = body.partition(b"\n")[2]
    return body.decode("utf-8", "replace")
