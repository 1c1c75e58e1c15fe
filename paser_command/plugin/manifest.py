"""A plugin's manifest: what it adds to the program, read without running its code."""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from paser_command.errors import ManifestError

API = 1
"""The version of `paser_command.api` and `paser_ui.api` that this program has."""

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]+$", max_length=40)]
PartId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$", max_length=80)]
ClassPath = Annotated[str, msgspec.Meta(pattern=r"^[a-z_][a-z0-9_]*:[A-Z][A-Za-z0-9]*$")]
SettingValue = str | int | float | bool


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the plugin is."""

    id: Id
    name: str
    version: str
    api: int


class SettingManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A setting of a feed. Without a default it must be given."""

    name: Id
    type: Literal["string", "integer", "float", "boolean"]
    help: str = ""
    default: SettingValue | None = None


class FeedManifest(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"class_path": "class"}
):
    """A kind of feed."""

    id: PartId
    name: str
    class_path: ClassPath
    interval_s: Annotated[float, msgspec.Meta(ge=0.1, le=86_400)] = 60.0
    attribution: str = ""
    settings: tuple[SettingManifest, ...] = ()


class PanelManifest(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"class_path": "class"}
):
    """A panel."""

    id: PartId
    name: str
    class_path: ClassPath


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole plugin.toml."""

    plugin: About
    feeds: tuple[FeedManifest, ...] = ()
    panels: tuple[PanelManifest, ...] = ()


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in the file; ManifestError says what is wrong with it."""
    try:
        values: dict[str, Any] = msgspec.toml.decode(path.read_bytes())
        manifest = msgspec.convert(values, Manifest)
    except OSError as cause:
        raise ManifestError("{path}: {cause}", path=path, cause=cause.strerror) from cause
    except (msgspec.MsgspecError, UnicodeDecodeError) as cause:
        raise ManifestError("{path}: {cause}", path=path, cause=cause) from cause
    if manifest.plugin.api != API:
        raise ManifestError(
            "{path}: made for version {theirs} of the plugin interface, this program has {ours}",
            path=path,
            theirs=manifest.plugin.api,
            ours=API,
        )
    own = f"{manifest.plugin.id}."
    ids = [feed.id for feed in manifest.feeds] + [panel.id for panel in manifest.panels]
    for part in ids:
        if not part.startswith(own):
            raise ManifestError(
                "{path}: the id {id} must begin with {own}", path=path, id=part, own=own
            )
    return manifest
