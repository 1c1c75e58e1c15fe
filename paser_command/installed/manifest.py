"""The signed list of the files that the package installs: how it is written, read and trusted.

The signature has minisign's form, so `minisign -V` checks it too. It is detection, no protection:
who may write the program's folder may write another program. `--key` takes the key from elsewhere.
"""

import sys
from pathlib import Path
from typing import Literal

import msgspec

from paser_command.errors import PaserError

LIST = "MANIFEST.json"
SIGNATURE = "MANIFEST.json.minisig"
KEY = "release.pub"

UNLISTED = frozenset({LIST, SIGNATURE})
"""What the list cannot tell of itself."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file, link or folder of the package; `sha256` is a file's, `link` where a link leads."""

    kind: Literal["file", "link", "folder"]
    mode: int
    sha256: str = ""
    link: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """All files of one version: of the program, by path in its folder; elsewhere, by whole path."""

    version: str
    program: dict[str, Entry]
    system: dict[str, Entry]


class Installation(msgspec.Struct, frozen=True):
    """Where the package put this program: `base` holds every version that is kept.

    `base/program` is what dpkg installs, `base/versions/VERSION` what runs, linked to the same
    files, `base/current` a link to the version that is started.
    """

    folder: Path
    base: Path


def installation(executable: Path | None = None) -> Installation | None:
    """Return where this program is installed, None where it runs from its source."""
    if executable is None:
        if not getattr(sys, "frozen", False):
            return None
        executable = Path(sys.executable)
    folder = executable.resolve().parent
    return Installation(folder, folder.parents[1]) if (folder / LIST).is_file() else None


def list_bytes(manifest: Manifest) -> bytes:
    """Return the list as it is written, always the same for the same files."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=1)


def trusted_manifest(folder: Path, key: Path | None = None) -> Manifest:
    """Return the folder's list; PaserError where the key did not sign it or it cannot be read."""
    told, signature = _read(folder / LIST), _read(folder / SIGNATURE)
    _check(told, signature, _read(key or folder / KEY), folder / LIST)
    try:
        return msgspec.json.decode(told, type=Manifest)
    except msgspec.MsgspecError as cause:
        raise PaserError(
            "the list of installed files {file} cannot be read: {cause}",
            file=folder / LIST,
            cause=cause,
        ) from cause


def _check(told: bytes, signature: bytes, key: bytes, file: Path) -> None:
    # 0.1 s to import, and the console's start has no use for it.
    import minisign

    try:
        minisign.PublicKey.from_bytes(key).verify(told, minisign.Signature.from_bytes(signature))
    except (minisign.Error, ValueError) as cause:
        raise PaserError(
            "the list of installed files {file} is not signed by the release key: "
            "do not trust this program, and install it anew",
            file=file,
        ) from cause


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as cause:
        raise PaserError(
            "{file} cannot be read: {cause}; install the program anew",
            file=path,
            cause=cause.strerror,
        ) from cause
