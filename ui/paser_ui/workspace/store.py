"""The one file of a person's settings: written whole or not at all, refused where it is broken."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from paser_command.errors import InputError, PaserError
from paser_command.language import LANGUAGES
from paser_command.session.frames import Selection
from paser_ui.settings import VERSION, Settings

FILE = "settings.json"
_LARGEST_BYTES = 4 * 1024 * 1024


class Loaded(msgspec.Struct, frozen=True):
    """The settings to use, and why the file itself was refused, if it was."""

    settings: Settings
    notice: InputError | None = None


class SettingsStore:
    """Reads and writes the file, and keeps the last good one beside it as `.bak`.

    A file that was refused is put aside as `.refused` before the first save: it may be a newer
    program's. What the site has `fixed` stands before the file, and the file keeps a person's own.
    """

    def __init__(self, folder: Path, fixed: Mapping[str, object] | None = None) -> None:
        self._fixed = dict(fixed or {})
        self._own: dict[str, object] = {}
        self.path = folder / FILE
        self._backup = folder / f"{FILE}.bak"
        self._refused = False

    def load(self) -> Loaded:
        """Return what the file says; the last good copy, or the defaults, where it is refused."""
        loaded = self._loaded()
        self._own = {name: getattr(loaded.settings, name) for name in self._fixed}
        settings = msgspec.structs.replace(loaded.settings, **self._fixed)
        return Loaded(settings, loaded.notice)

    def _loaded(self) -> Loaded:
        try:
            settings = _read(self.path)
        except InputError as refused:
            self._refused = True
            return Loaded(self._last_good(), refused)
        if settings is None:
            return Loaded(self._last_good())
        return Loaded(settings)

    def save(self, settings: Settings) -> None:
        """Write the file by rename, synced; PaserError says why where that fails."""
        settings = msgspec.structs.replace(settings, **self._own)
        written = self.path.with_name(f"{FILE}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _write_synced(written, msgspec.json.format(msgspec.json.encode(settings), indent=1))
            self._keep_last()
            os.replace(written, self.path)
            _sync_folder(self.path.parent)
        except OSError as cause:
            with suppress(OSError):
                written.unlink()
            raise PaserError(
                "the settings could not be saved in {path}: {cause}",
                path=self.path,
                cause=cause.strerror,
            ) from cause
        self._refused = False

    def _last_good(self) -> Settings:
        try:
            return _read(self._backup) or Settings()
        except InputError:
            return Settings()

    def _keep_last(self) -> None:
        if not self.path.exists():
            return
        if self._refused:
            os.replace(self.path, self.path.with_name(f"{FILE}.refused"))
            return
        linked = self._backup.with_name(f"{FILE}.{os.getpid()}.bak")
        linked.unlink(missing_ok=True)
        os.link(self.path, linked)
        os.replace(linked, self._backup)


def _read(path: Path) -> Settings | None:
    """Return the settings in the file, None where there is none; InputError says what is wrong."""
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST_BYTES + 1)
        version = msgspec.json.decode(body, type=_Version).version
        if version > VERSION:
            raise InputError(
                "the settings in {path} are of version {theirs}, this program knows up to {ours}: "
                "they are left aside",
                path=path,
                theirs=version,
                ours=VERSION,
            )
        settings = _of_version(body, version)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as cause:
        raise InputError(
            "the settings in {path} cannot be read and are left aside: {cause}",
            path=path,
            cause=str(cause)[:200],
        ) from cause
    if settings.language and settings.language not in LANGUAGES:
        return msgspec.structs.replace(settings, language="")
    return settings


def _of_version(body: bytes, version: int) -> Settings:
    """Return settings of any version up to ours: places of panels stood in those of version 1."""
    if version == VERSION:
        return msgspec.json.decode(body, type=Settings)
    before = msgspec.json.decode(body, type=_First)
    return Settings(language=before.language, pulse=before.pulse, selection=before.selection)


class _First(msgspec.Struct, frozen=True):
    language: str = ""
    pulse: bool = True
    selection: Selection = Selection()


class _Version(msgspec.Struct, frozen=True):
    version: int


def _write_synced(path: Path, body: bytes) -> None:
    with path.open("wb") as file:
        os.chmod(path, 0o600)
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
