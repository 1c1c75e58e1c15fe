"""The one file of a diagnosis: a zip of texts, without secrets, bounded, written by rename."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import msgspec

from paser_command.redaction import blanked
from paser_command.whole_file import PRIVATE, write_whole

LARGEST_BYTES = 24 * 1024 * 1024
"""Of all texts together, before they are packed."""

LEFT_OUT = "left-out.txt"


class Part(msgspec.Struct, frozen=True):
    """A text of the bundle, and its name in it."""

    name: str
    text: str


def write_bundle(path: Path, parts: Iterable[Part], known: Iterable[str]) -> int:
    """Write the parts, the most wanted first, without the known secrets; return the file's size.

    What has no room is named in one of them. PaserError where the file cannot be written.
    """
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        _pack(packed, parts, tuple(known))
    write_whole(path, body.getvalue(), mode=PRIVATE)
    return len(body.getvalue())


def _pack(packed: zipfile.ZipFile, parts: Iterable[Part], known: tuple[str, ...]) -> None:
    left_bytes, left_out = LARGEST_BYTES, []
    for part in parts:
        body = blanked(part.text, known).encode("utf-8", "backslashreplace")
        if len(body) > left_bytes:
            left_out.append(part.name)
            continue
        left_bytes -= len(body)
        packed.writestr(part.name, body)
    if left_out:
        packed.writestr(LEFT_OUT, "\n".join(left_out) + "\n")
