"""The one file of a diagnosis: a zip of texts, without secrets, bounded, written by rename."""

import os
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from paser_command.errors import PaserError
from paser_command.redaction import blanked

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
    written = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
                _pack(packed, parts, tuple(known))
            file.flush()
            os.fsync(file.fileno())
        os.replace(written, path)
        return path.stat().st_size
    except OSError as cause:
        with suppress(OSError):
            written.unlink()
        raise PaserError(
            "{path} cannot be written: {cause}", path=path, cause=cause.strerror
        ) from cause


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
