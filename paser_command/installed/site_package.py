"""A site as a Debian package of its own: files for /etc/paser-command of a whole fleet."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from paser_command.errors import InputError, PaserError
from paser_command.installed.system import system_environment

PREFIX = "paser-command-site-"
SITE_FILE = "site.toml"
_PLACE = Path("etc/paser-command")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+~]{0,39}")
_PRIVATE = 0o600
_EPOCH = 1_767_225_600
"""The time of every file in it: the same folder always gives the same package."""
_DAY = "Thu, 01 Jan 2026 00:00:00 +0000"

# Passwords may stand in a site file: the group of the consoles reads it, nobody else does.
_POSTINST = """\
#!/bin/sh
set -e
if [ "$1" = configure ] && getent group paser-command >/dev/null; then
  chgrp -R paser-command /etc/paser-command
  chmod 640 /etc/paser-command/site.toml
fi
exit 0
"""


class SitePackage(msgspec.Struct, frozen=True):
    """What a site's package is called."""

    name: str
    version: str

    def __post_init__(self) -> None:
        """Refuse what Debian does not take; InputError."""
        if not _NAME.fullmatch(self.name):
            raise InputError(
                "the name of a site package is 2 to 40 of the characters a to z, 0 to 9 and -, "
                "and is {found}",
                found=self.name[:80],
            )
        if not _VERSION.fullmatch(self.version):
            raise InputError(
                "the version of a site package begins with a digit, as 2026.11.1, and is {found}",
                found=self.version[:80],
            )

    @property
    def package(self) -> str:
        """The Debian package's name."""
        return PREFIX + self.name

    @property
    def maintainer(self) -> str:
        """Who answers for it, as Debian wants it; no letter goes to an address that ends so."""
        return f"The administrator of {self.name} <administrator@{self.name}.invalid>"

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.package}_{self.version}_all.deb"


def build_site_package(folder: Path, wanted: SitePackage, output: Path) -> Path:
    """Pack all files of the folder, where `site.toml` has to be; PaserError where that fails.

    What its name begins with a dot is left out.
    """
    if not (folder / SITE_FILE).is_file():
        raise InputError("{folder} has no file site.toml", folder=folder)
    if shutil.which("dpkg-deb") is None:
        raise PaserError("dpkg-deb is not installed: build site packages on Debian or Ubuntu")
    with tempfile.TemporaryDirectory() as work:
        root = Path(work) / "root"
        files = [_put(folder, path, root) for path in _files(folder)]
        _write_documents(root / "usr/share/doc" / wanted.package, wanted)
        _write_control(root, wanted, files)
        _settle(root)
        return _packed(root, output / wanted.file)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        own = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in own):
            yield path


def _put(folder: Path, path: Path, root: Path) -> Path:
    """Copy the file to where it will lie; return that, from the root."""
    target = _PLACE / path.relative_to(folder)
    (root / target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, root / target)
    return target


def _write_documents(folder: Path, wanted: SitePackage) -> None:
    """Write what Debian wants of every package: its changes, and whose work it is."""
    folder.mkdir(parents=True)
    changes = (
        f"{wanted.package} ({wanted.version}) stable; urgency=medium\n\n"
        "  * The site's files, as its administrator has them.\n\n"
        f" -- {wanted.maintainer}  {_DAY}\n"
    )
    (folder / "changelog.gz").write_bytes(gzip.compress(changes.encode(), mtime=0))
    owner = f"Copyright 2026 the administrator of {wanted.name}, for its own machines.\n"
    (folder / "copyright").write_text(owner)


def _write_control(root: Path, wanted: SitePackage, files: list[Path]) -> None:
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        f"Package: {wanted.package}\n"
        f"Version: {wanted.version}\n"
        "Architecture: all\n"
        "Section: misc\n"
        "Priority: optional\n"
        f"Maintainer: {wanted.maintainer}\n"
        "Depends: paser-command\n"
        "Provides: paser-command-site\n"
        "Conflicts: paser-command-site\n"
        f"Description: Paser Command settings of the site {wanted.name}\n"
        " The site file, layers and workspaces of one site, for all of its machines.\n"
    )
    (control / "conffiles").write_text("".join(f"/{path}\n" for path in files))
    shipped = [path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file()]
    sums = [f"{_md5(root / path)}  {path}\n" for path in shipped if path.parts[0] != "DEBIAN"]
    (control / "md5sums").write_text("".join(sums))
    (control / "postinst").write_text(_POSTINST)


def _settle(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        path.chmod(_mode(path, root))
        os.utime(path, (_EPOCH, _EPOCH))


def _mode(path: Path, root: Path) -> int:
    """Return who may read it: what may hold passwords nobody, before `postinst` says who."""
    if path.is_dir() or path.name == "postinst":
        return 0o755
    return _PRIVATE if path == root / _PLACE / SITE_FILE else 0o644


def _packed(root: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    ran = subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)],
        env=system_environment() | {"SOURCE_DATE_EPOCH": str(_EPOCH)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if ran.returncode != 0:
        raise PaserError("dpkg-deb refused: {cause}", cause=ran.stderr.strip()[:500])
    target.chmod(_PRIVATE)
    return target


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
