"""`diagnose`: one file for whoever mends the program, without a secret in it."""

from argparse import Namespace
from pathlib import Path

from paser_command.cli.exercises import newest_exercise
from paser_command.cli.output import language, say
from paser_command.cli.sites import site_file
from paser_command.diagnosis.bundle import write_bundle
from paser_command.diagnosis.parts import Subject, parts_of
from paser_command.errors import InputError
from paser_command.home import home
from paser_command.plugin.discovery import discover
from paser_command.redaction import secrets_in
from paser_command.site_secrets import secrets_of
from paser_command.times import SECOND, floor, iso, now


def diagnose(options: Namespace) -> int:
    """Write the bundle, and say where it is."""
    path = Path(options.file or _name()).absolute()
    if not path.parent.is_dir():
        raise InputError(
            "there is no folder {folder}: make it first, or name another file", folder=path.parent
        )
    folder = home()
    named = Path(options.config) if options.config else site_file(folder)
    subject = Subject(folder, named, discover())
    url = subject.site.journal.url if subject.site else newest_exercise(folder)
    known = secrets_in(url or "")
    if subject.site is not None:
        known |= secrets_of(subject.site, subject.kinds)
    size = write_bundle(path, parts_of(subject, url), known)
    line = language().tr(
        "the diagnosis is in {file} ({size} KiB); look through it before you give it away",
        file=path,
        size=language().number(-(-size // 1024)),
    )
    say({"file": str(path), "bytes": size}, [line], as_json=options.json)
    return 0


def _name() -> str:
    stamp = iso(floor(now(), SECOND))[:-1].replace("-", "").replace(":", "")
    return f"paser-command-{stamp}.zip"
