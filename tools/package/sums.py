"""SHA256SUMS of a folder, signed: what checks a package that is carried by hand."""

import hashlib
from pathlib import Path

from tools.package.keys import Keys

SUMS = "SHA256SUMS"


def write_sums(folder: Path, keys: Keys, about: str) -> None:
    """Write the sums of all files below the folder, as `sha256sum -c` reads them, and sign them."""
    own = (SUMS, f"{SUMS}.minisig")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in own)
    told = "".join(f"{_sha256(path)}  {path.relative_to(folder)}\n" for path in files)
    (folder / SUMS).write_text(told, encoding="utf-8")
    (folder / f"{SUMS}.minisig").write_bytes(keys.sign(told.encode(), about))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
