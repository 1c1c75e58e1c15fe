"""Files that tell of a console that hung or fell: what was seen, and the stacks of its threads."""

import os
from contextlib import suppress
from pathlib import Path

from paser_command import __version__
from paser_command.redaction import blanked
from paser_command.times import SECOND, Instant, floor, iso

KEPT = 20
LARGEST_BYTES = 256 * 1024
PATTERN = "console-*.txt"
_NOTHING = b"It left no stacks.\n"


def write_report(folder: Path, kind: str, at: Instant, what: str, stacks: bytes) -> Path | None:
    """Write the file, and take the oldest away; None where the disk refuses."""
    stamp = iso(floor(at, SECOND))[:-1].replace("-", "").replace(":", "")
    path = folder / f"console-{stamp}.{at % SECOND:06}-{kind}.txt"
    head = f"paser-command {__version__}\n{iso(at)}\n{what}\n\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(head.encode())
            file.write(blanked(stacks.decode("utf-8", "replace")).encode() or _NOTHING)
    except OSError:
        return None
    for old in sorted(folder.glob(PATTERN))[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return path
