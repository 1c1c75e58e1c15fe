"""What differs between the files on the disk and the list of them."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from pathlib import Path

import msgspec

from paser_command.errors import Words
from paser_command.installed.manifest import LIST, UNLISTED, Entry, Installation, Manifest

_WORKERS = 4
_OWN_PARTS = frozenset({"program", "versions", "current"})


class Change(StrEnum):
    """How a file differs from the list."""

    MISSING = "missing"
    ALTERED = "altered"
    ADDED = "added"
    OWNER = "owner"
    MODE = "mode"
    UNREADABLE = "unreadable"


CHANGE_WORDS = {
    Change.MISSING: Words("missing"),
    Change.ALTERED: Words("altered"),
    Change.ADDED: Words("added"),
    Change.OWNER: Words("owned by somebody else than root"),
    Change.MODE: Words("other permissions"),
    Change.UNREADABLE: Words("cannot be read"),
}


class Difference(msgspec.Struct, frozen=True, order=True):
    """One file that differs, and how."""

    path: str
    change: Change


def differences(
    manifest: Manifest, installed: Installation, *, owner: int = 0
) -> tuple[Difference, ...]:
    """Return all that differs, by path. `owner` is whose everything has to be: root's."""
    found = [*_of_tree(installed.folder, manifest.program, owner)]
    found += _strangers(installed.base)
    if _is_dpkgs(installed):
        program = installed.base / "program"
        # Links to the same files: only what was replaced in one of the two is read.
        other = _entries_elsewhere(installed.folder, program, manifest.program)
        found += _of_tree(program, other, owner, known=manifest.program)
        found += _of_files({Path(path): entry for path, entry in manifest.system.items()}, owner)
    return tuple(sorted(set(found)))


def tree_entries(folder: Path) -> dict[str, Entry]:
    """Return the entries of all that is in a folder, by path in it."""
    return {
        str(path.relative_to(folder)): entry_of(path)
        for path in sorted(_walk(folder))
        if str(path.relative_to(folder)) not in UNLISTED
    }


def entry_of(path: Path) -> Entry:
    """Return the entry of what lies there; OSError where that cannot be read."""
    status = path.lstat()
    mode = stat.S_IMODE(status.st_mode)
    if stat.S_ISLNK(status.st_mode):
        return Entry("link", 0o777, link=os.readlink(path))
    if stat.S_ISDIR(status.st_mode):
        return Entry("folder", mode)
    with path.open("rb") as file:
        return Entry("file", mode, sha256=hashlib.file_digest(file, "sha256").hexdigest())


def _of_tree(
    folder: Path,
    entries: Mapping[str, Entry],
    owner: int,
    *,
    known: Mapping[str, Entry] | None = None,
) -> Iterator[Difference]:
    listed = entries if known is None else known
    for path in _walk(folder):
        name = str(path.relative_to(folder))
        if name not in listed and name not in UNLISTED:
            yield Difference(str(path), Change.ADDED)
    yield from _of_files({folder / name: entry for name, entry in entries.items()}, owner)


def _of_files(entries: Mapping[Path, Entry], owner: int) -> Iterator[Difference]:
    with ThreadPoolExecutor(_WORKERS) as pool:
        for found in pool.map(partial(_of_file, owner=owner), entries.items()):
            yield from found


def _of_file(listed: tuple[Path, Entry], *, owner: int) -> list[Difference]:
    path, entry = listed
    try:
        status, is_now = path.lstat(), entry_of(path)
    except FileNotFoundError:
        return [Difference(str(path), Change.MISSING)]
    except OSError:
        return [Difference(str(path), Change.UNREADABLE)]
    changes = []
    if (is_now.kind, is_now.sha256, is_now.link) != (entry.kind, entry.sha256, entry.link):
        changes.append(Change.ALTERED)
    elif is_now.mode != entry.mode:
        changes.append(Change.MODE)
    if status.st_uid != owner:
        changes.append(Change.OWNER)
    return [Difference(str(path), change) for change in changes]


def _entries_elsewhere(
    folder: Path, other: Path, entries: Mapping[str, Entry]
) -> Mapping[str, Entry]:
    """Return the entries whose file in the other folder is not the very same file."""
    return {
        name: entry
        for name, entry in entries.items()
        if entry.kind == "folder" or not _is_same(folder / name, other / name)
    }


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False


def _is_dpkgs(installed: Installation) -> bool:
    """Tell whether the version that runs is the one that dpkg has; a kept older one is not."""
    program = installed.base / "program" / LIST
    return program.is_file() and _is_same(installed.folder / LIST, program)


def _strangers(base: Path) -> Iterator[Difference]:
    for path in _children(base):
        if path.name not in _OWN_PARTS:
            yield Difference(str(path), Change.ADDED)


def _walk(folder: Path) -> Iterator[Path]:
    """Give all that is below the folder; a link to a folder is not followed."""
    for path in _children(folder):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)


def _children(folder: Path) -> Iterable[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else ()
