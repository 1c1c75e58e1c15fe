"""`verify`: whether the installed files are those of the signed package."""

from argparse import Namespace
from pathlib import Path

from paser_command.cli.output import language, say, wire
from paser_command.errors import PaserError
from paser_command.installed.compare import CHANGE_WORDS, differences
from paser_command.installed.manifest import installation, trusted_manifest


def verify(options: Namespace) -> int:
    """Print every installed file that differs; the exit code is 1 where any does."""
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
    say(value, lines, as_json=options.json)
    return 1 if found else 0
