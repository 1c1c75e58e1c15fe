"""A plugin's manifest: what it adds to the program, read without running its code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from paser_command.config import WEB
from paser_command.errors import ConfigError, InputError, Mistake, Words
from paser_command.setting_kinds import (
    ItemType,
    SettingKind,
    SettingType,
    SettingValue,
    value_faults,
)
from paser_command.toml_check import Fault
from paser_command.toml_file import TomlFile, read_toml
from paser_command.toml_lines import KeyPath

API = 1
"""The version of `paser_command.api`, `paser_map.api` and `paser_ui.api` that this program has."""

Id = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9_]{1,40}$", description="1 to 40 of the characters a to z, 0 to 9 and _"
    ),
]
PartId = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9_]{1,40}\.[a-z0-9_]{1,40}$",
        description="the plugin's id, a point, and 1 to 40 of the characters a to z, 0 to 9 and _",
    ),
]
ClassPath = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z_][a-z0-9_]*:[A-Z][A-Za-z0-9]*$",
        description="a module of the plugin and a class in it, such as feed:QuakeFeed",
    ),
]
ObjectPath = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z_][a-z0-9_]*:[A-Za-z][A-Za-z0-9_]*$",
        description="a module of the plugin and a name in it, such as core:SHELTER",
    ),
]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the plugin is."""

    id: Id
    name: Name
    version: Name
    api: int


Scheme = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z][a-z0-9+.-]{0,20}$", description="the scheme of an address, such as mqtts"
    ),
]


class SettingManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A setting, as `SettingKind` has it. Without a default it must be given."""

    name: Id
    type: SettingType
    help: str = ""
    default: SettingValue | None = None
    unit: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[Name, ...] = ()
    of: ItemType = "text"

    @property
    def kind(self) -> SettingKind:
        """Return the setting by the one schema."""
        return SettingKind(
            self.name,
            self.type,
            self.default,
            self.help,
            self.unit,
            self.least,
            self.most,
            self.choices,
            self.of,
        )


class FeedManifest(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"class_path": "class"}
):
    """A kind of feed."""

    id: PartId
    name: Name
    class_path: ClassPath
    interval_s: Annotated[float, msgspec.Meta(ge=0.1, le=86_400)] = 60.0
    attribution: str = ""
    settings: tuple[SettingManifest, ...] = ()
    schemes: Annotated[tuple[Scheme, ...], msgspec.Meta(min_length=1)] = WEB


class PanelManifest(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"class_path": "class"}
):
    """A panel."""

    id: PartId
    name: Name
    class_path: ClassPath


class ContributionManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A layer of the map or an export: what it is called on the screen, and where it is defined.

    `object` is a module of the plugin and a name in it: layers:SHELTERS. An export's needs no Qt.
    """

    id: PartId
    name: Name
    object: ObjectPath


class PieceManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of record, a part of the picture, a verb or a rule: its id, and where it is defined.

    `object` is a module of the plugin, which needs no Qt, and a name in it: core:SHELTER.
    """

    id: PartId
    object: ObjectPath


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole plugin.toml."""

    plugin: About
    feeds: tuple[FeedManifest, ...] = ()
    panels: tuple[PanelManifest, ...] = ()
    kinds: tuple[PieceManifest, ...] = ()
    parts: tuple[PieceManifest, ...] = ()
    verbs: tuple[PieceManifest, ...] = ()
    rules: tuple[PieceManifest, ...] = ()
    layers: tuple[ContributionManifest, ...] = ()
    exports: tuple[ContributionManifest, ...] = ()


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in the file; ConfigError with every mistake in it.

    Of a plugin made for another version of the interface only that is told: what its manifest may
    say is not ours to judge.
    """
    file = read_toml(path, Manifest)
    _same_interface(file)
    for check in (_foreign, _doubles, _defaults):
        file.refuse(check(file))
    return file.value()


def _same_interface(file: TomlFile[Manifest]) -> None:
    for where, about in file.fields(About):
        theirs = about.get("api", API)
        if theirs != API:
            error = InputError(
                "made for version {theirs} of the plugin interface, this program has {ours}",
                theirs=theirs,
                ours=API,
            )
            line = file.line((*where, "api"))
            raise ConfigError(file.path, [Mistake(line, "plugin.api", error)])


def _foreign(file: TomlFile[Manifest]) -> Iterator[Fault]:
    """A part's id begins with its plugin's, so that no plugin speaks for another."""
    for _, about in file.fields(About):
        own = f"{about.get('id', '')}."
        for where, part_id in _parts(file):
            if "id" in about and not part_id.startswith(own):
                yield where, InputError("the id {id} must begin with {own}", id=part_id, own=own)


def _doubles(file: TomlFile[Manifest]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for where, part_id in _parts(file):
        if part_id in first:
            yield (
                where,
                InputError("{id} is the id on line {line} too", id=part_id, line=first[part_id]),
            )
        first.setdefault(part_id, file.line(where))


def _defaults(file: TomlFile[Manifest]) -> Iterator[Fault]:
    for where, setting in file.parts(SettingManifest):
        if setting.type == "choice" and not setting.choices:
            yield where, InputError("a choice needs its choices")
        elif setting.default is not None:
            for _, error in value_faults(where, setting.default, setting.kind):
                told = Words(error.template, **error.facts)
                yield (
                    (*where, "default"),
                    InputError(
                        "the default must be of the type {type}: it {wrong}",
                        type=setting.type,
                        wrong=told,
                    ),
                )


def _parts(file: TomlFile[Manifest]) -> Iterator[tuple[KeyPath, str]]:
    for kind in (FeedManifest, PanelManifest, PieceManifest, ContributionManifest):
        for where, good in file.fields(kind):
            if "id" in good:
                yield (*where, "id"), good["id"]
