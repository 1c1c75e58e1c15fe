"""A Debian package of a staged folder, its bytes always the same for the same files."""

import hashlib
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path


def settle(root: Path, epoch: int) -> None:
    """Give everything below the modes of a package and the time of the commit."""
    for path in sorted(root.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or _runs(path) else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    root.chmod(0o755)


def write_control(root: Path, files: Mapping[str, str]) -> None:
    """Write the control files, the sums of all others, and who of them runs."""
    control = root / "DEBIAN"
    control.mkdir()
    for name, text in files.items():
        path = control / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755 if text.startswith("#!") else 0o644)
    sums = [
        f"{_md5(path)}  {path.relative_to(root)}\n"
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and control not in path.parents
    ]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")


def pack(root: Path, target: Path, epoch: int) -> None:
    """Build the package, as root's whoever runs this."""
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(root), str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch)},
    )


def size_kib(root: Path) -> int:
    """Return what the files take on a disk, in KiB, each link once."""
    return sum(-(-path.lstat().st_size // 1024) for path in root.rglob("*"))


def fresh(folder: Path) -> Path:
    """Return the folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _runs(path: Path) -> bool:
    """Tell whether the file is started by its name; a library only has the mode of one."""
    return bool(path.stat().st_mode & stat.S_IXUSR) and not re.search(
        r"\.so(\.|$)|\.txt$", path.name
    )


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
