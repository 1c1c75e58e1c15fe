"""`verify` and `site build`: the installed package looked after, and a site's own package."""

from argparse import Namespace
from pathlib import Path

from paser_command.cli.output import language, say, wire
from paser_command.config import load_site
from paser_command.errors import PaserError
from paser_command.installed.compare import CHANGE_WORDS, differences
from paser_command.installed.manifest import installation, trusted_manifest
from paser_command.installed.repository import Answer, ask_repository
from paser_command.installed.site_package import SITE_FILE, SitePackage, build_site_package
from paser_command.language import Language
from paser_command.maps.districts import districts_of_site
from paser_command.plugin.discovery import discover
from paser_command.plugin.kinds import feed_kinds
from paser_command.times import iso


def build_site(options: Namespace) -> int:
    """Check a site's folder, and make the Debian package of it."""
    wanted, folder = SitePackage(options.name, options.package_version), Path(options.folder)
    if (folder / SITE_FILE).is_file():
        districts_of_site(load_site(folder / SITE_FILE, feed_kinds(discover())))
    target = build_site_package(folder, wanted, Path(options.output))
    line = language().tr("Saved: {path}", path=target)
    say({"file": str(target), "package": wanted.package}, [line], as_json=options.json)
    return 0


def verify(options: Namespace) -> int:
    """Print every installed file that differs; the exit code is 1 where any does.

    Where it is asked for, the same of a repository that is older than one seen before.
    """
    installed = installation()
    if installed is None:
        raise PaserError(
            "this program was not installed from a package: there is no list of its files"
        )
    manifest = trusted_manifest(installed.folder, Path(options.key) if options.key else None)
    found = differences(manifest, installed)
    speaking = language()
    files = len(manifest.program) + len(manifest.system)
    value = {"version": manifest.version, "files": files, "differences": wire(list(found))}
    lines = [f"{one.path}: {speaking.words(CHANGE_WORDS[one.change])}" for one in found]
    if not found:
        lines = [
            speaking.tr(
                "{n} files of version {version} are as they were signed",
                n=files,
                version=manifest.version,
            )
        ]
    answer = ask_repository() if options.repository else None
    if answer is not None:
        value["repository"] = wire(answer)
        lines.append(_told(answer, speaking))
    say(value, lines, as_json=options.json)
    return 1 if found or (answer is not None and answer.is_older) else 0


def _told(answer: Answer, speaking: Language) -> str:
    if answer.known is not None and answer.is_older:
        return speaking.tr(
            "the repository shows an index of {served}, and this machine has seen one of {known}: "
            "somebody may be holding upgrades back, or a copy was not renewed. Ask your releaser.",
            served=iso(answer.served.at),
            known=iso(answer.known.at),
        )
    return speaking.tr(
        "the repository is of {served}, as new as this machine knows, and good until {expires}",
        served=iso(answer.served.at),
        expires=iso(answer.served.expires),
    )
