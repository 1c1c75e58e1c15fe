"""The files of the package where they will lie: the program, and what the system reads of it."""

import gzip
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools.package.freeze import ROOT

HERE = Path(__file__).parent
PROGRAM = Path("opt/paser-command/program")
"""Where dpkg puts the program; it runs from versions/VERSION beside it, see debian/postinst.in."""

SYSTEM = ("usr/bin", "usr/sbin", "usr/lib/systemd", "usr/share/applications")
"""Folders whose files the signed list holds besides the program: what starts something."""

ICON_PX = (48, 64, 128, 256)
_FILES = HERE / "files"
_SHARE = Path("usr/share")
_MANUALS = ("operator.id", "operator.en", "administrator.id", "administrator.en")


def stage(program: Path, root: Path, facts: Mapping[str, str]) -> None:
    """Put everything but the signed list and the copyright file under the root."""
    shutil.copytree(program, root / PROGRAM, symlinks=True)
    _link(root / "usr/bin/paser-command", "/opt/paser-command/current/paser-command")
    _put(HERE / "debian/paser-command-version", root / "usr/sbin/paser-command-version", 0o755)
    _put(
        _FILES / "paser-command-collector.service",
        root / "usr/lib/systemd/system/paser-command-collector.service",
    )
    _put(
        _FILES / "paser-command-console.service",
        root / "usr/lib/systemd/user/paser-command-console.service",
    )
    _put(_FILES / "site.toml.example", root / "etc/paser-command/site.toml.example")
    _put(_FILES / "paser-command.desktop", root / _SHARE / "applications/paser-command.desktop")
    _metainfo(root / _SHARE / "metainfo/paser-command.metainfo.xml", facts)
    _icons(root / _SHARE / "icons/hicolor")
    _man_pages(root / _SHARE / "man", facts)
    _documents(root / _SHARE / "doc/paser-command", facts)
    _put(HERE / "debian/lintian-overrides", root / _SHARE / "lintian/overrides/paser-command")


def filled(path: Path, facts: Mapping[str, str]) -> str:
    """Return a file's text with the facts in place of their marks."""
    text = path.read_text(encoding="utf-8")
    for name, value in facts.items():
        text = text.replace(f"@{name}@", value)
    return text


def _metainfo(target: Path, facts: Mapping[str, str]) -> None:
    _write(target, filled(_FILES / "paser-command.metainfo.xml.in", facts).encode())


def _icons(folder: Path) -> None:
    drawing = _FILES / "paser-command.svg"
    _put(drawing, folder / "scalable/apps/paser-command.svg")
    for px in ICON_PX:
        target = folder / f"{px}x{px}/apps/paser-command.png"
        target.parent.mkdir(parents=True)
        _draw(drawing, px, target)


def _draw(drawing: Path, px: int, target: Path) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(px, px, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    if not image.save(str(target)):
        raise OSError(f"{target} cannot be written")


def _man_pages(folder: Path, facts: Mapping[str, str]) -> None:
    for source, target in (
        ("paser-command.1.in", "man1/paser-command.1.gz"),
        ("paser-command.id.1.in", "id/man1/paser-command.1.gz"),
        ("paser-command-version.8.in", "man8/paser-command-version.8.gz"),
    ):
        _write(folder / target, _packed(filled(_FILES / source, facts)))


def _documents(folder: Path, facts: Mapping[str, str]) -> None:
    _write(folder / "changelog.gz", _packed(facts["CHANGELOG"]))
    for name in _MANUALS:
        _put(ROOT / "docs/manual" / f"{name}.md", folder / f"{name}.md")


def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _put(source: Path, target: Path, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _link(target: Path, to: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(to)


def commit_date() -> str:
    """Return the day of the commit that is checked out."""
    said = subprocess.run(
        ["git", "log", "-1", "--format=%cs"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return said.stdout.strip()
