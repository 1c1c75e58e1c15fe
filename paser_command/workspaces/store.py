"""The folder of a room's workspaces, over those that are delivered with the program."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from paser_command.errors import InputError, PaserError
from paser_command.whole_file import (
    backup_of,
    sync_folder,
    unwritten,
    write_whole,
)
from paser_command.workspaces.definition import FORMAT, Page, Workspace
from paser_command.workspaces.files import SUFFIX, body_of, load
from paser_command.workspaces.kept import keep_before

_NO_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 60
_LONGEST_NAME = 80


class Listed(msgspec.Struct, frozen=True):
    """A workspace there is. `own` is one of the room's, `delivered` one to go back to."""

    id: str
    name: str
    locked: bool
    own: bool
    delivered: bool
    fault: PaserError | None = None


class Loaded(msgspec.Struct, frozen=True):
    """The workspace to use, and why the file itself was refused, if it was."""

    workspace: Workspace
    notice: PaserError | None = None


class WorkspaceStore:
    """Reads and writes; the last good version of each file stays beside it as `.bak`.

    A file that was refused is put aside as `.refused` before another takes its place: it may be a
    newer program's. `delivered` folders are read only, the first one's files before the others'.
    """

    def __init__(self, folder: Path, delivered: Sequence[Path]) -> None:
        self.folder = folder
        self._delivered = tuple(delivered)

    def list(self) -> list[Listed]:
        """Return what there is, the delivered ones in their files' order, then the room's own."""
        delivered = self._delivered_files()
        own = {path.stem: path for path in sorted(self.folder.glob(f"*{SUFFIX}"))}
        found = {**delivered, **own}
        return [
            self._listed(id, path, own=id in own, delivered=id in delivered)
            for id, path in found.items()
        ]

    def load(self, id: str) -> Loaded:
        """Return a workspace; the last good one, or the delivered one, where it is refused.

        InputError where none of them can be had.
        """
        path = self._path(id)
        if not path.exists():
            return Loaded(self._delivered_one(id, None))
        try:
            return Loaded(load(path))
        except InputError as refused:
            return Loaded(self._last_good(id, refused), refused)

    def delivered(self, id: str) -> Loaded:
        """Return a workspace as it is delivered; InputError where none is."""
        return Loaded(self._delivered_one(id, None))

    def delivered_name(self, id: str) -> str:
        """Return what a workspace is called as it is delivered; "" where none is."""
        try:
            return self._delivered_one(id, None).name
        except InputError:
            return ""

    def save(self, id: str, workspace: Workspace) -> None:
        """Write a workspace; PaserError says why that fails, and what was there stays."""
        path = self._path(id)
        body = body_of(workspace, path)
        keep_before(path, load)
        write_whole(path, body)

    def reset(self, id: str) -> None:
        """Go back to the delivered one: the room's own is kept as `.bak`. Without one, it goes."""
        path = self._path(id)
        keep_before(path, load)
        try:
            path.unlink(missing_ok=True)
            if path.parent.exists():
                sync_folder(path.parent)
        except OSError as cause:
            raise unwritten(path, cause) from cause

    def duplicate(self, workspace: Workspace, name: str) -> str:
        """Write a workspace under another name; return its id."""
        id = self._free_id(name)
        self.save(id, msgspec.structs.replace(workspace, name=name, locked=False))
        return id

    def read(self, path: Path) -> Workspace:
        """Return the workspace in any file; ConfigError with every mistake in it."""
        return load(path)

    def take_in(self, path: Path) -> str:
        """Import a file under its own name, or that with a number; return its id."""
        workspace = load(path)
        names = {listed.name for listed in self.list()}
        return self.duplicate(workspace, _free(workspace.name, names, " ", _LONGEST_NAME))

    def export(self, workspace: Workspace, path: Path) -> None:
        """Write a workspace into a file for another room."""
        write_whole(path, body_of(workspace, path))

    def _listed(self, id: str, path: Path, *, own: bool, delivered: bool) -> Listed:
        try:
            self._path(id)
            workspace = load(path)
        except InputError as error:
            return Listed(id, id, False, own, delivered, error)
        return Listed(id, workspace.name, workspace.locked, own, delivered)

    def _path(self, id: str) -> Path:
        if not id or id != slug(id):
            raise InputError("{id} is no name of a workspace", id=id[:80])
        return self.folder / f"{id}{SUFFIX}"

    def _delivered_files(self) -> Mapping[str, Path]:
        files: dict[str, Path] = {}
        for folder in self._delivered:
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                files.setdefault(_without_number(path.stem), path)
        return files

    def _delivered_one(self, id: str, refused: InputError | None) -> Workspace:
        path = self._delivered_files().get(id)
        if path is None:
            raise refused or InputError("there is no workspace {id}", id=id)
        return load(path)

    def _last_good(self, id: str, refused: InputError) -> Workspace:
        backup = backup_of(self._path(id))
        try:
            return load(backup)
        except InputError:
            return self._delivered_one(id, refused)

    def _free_id(self, name: str) -> str:
        taken = {listed.id for listed in self.list()}
        return _free(slug(name) or "workspace", taken, "-", _LONGEST_ID)


def slug(name: str) -> str:
    """Return the id of a name: small letters and digits with hyphens between."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NO_WORD.sub("-", plain).strip("-")[:_LONGEST_ID].strip("-")


def empty(name: str) -> Workspace:
    """Return a workspace of one page without panels."""
    return Workspace(format=FORMAT, name=name, pages=(Page(),))


def _free(wanted: str, taken: set[str], between: str, longest: int) -> str:
    """Return the wanted one, or that with a number, and never longer than may be."""
    if wanted not in taken:
        return wanted
    ends = (f"{between}{n}" for n in range(2, len(taken) + 3))
    stems = ((wanted[: longest - len(end)].rstrip(" -"), end) for end in ends)
    return next(name for stem, end in stems if (name := stem + end) not in taken)


def _without_number(stem: str) -> str:
    """Return a delivered file's id: the number that orders it is none of it."""
    return stem.partition("-")[2] if stem[:1].isdigit() else stem
