"""Files with a version: a newer one is refused, an older one is taken up by steps."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from paser_command.errors import ConfigError, InputError, Mistake
from paser_command.toml_file import TomlFile, Tree, Upgrade

T = TypeVar("T", bound=msgspec.Struct)

Upgrades = Mapping[int, Upgrade]
"""From a version to the next. Never taken out again.

A step is given what a person may have broken: it leaves what is not as it should be, and the check
that follows tells of it.
"""


class _Format(msgspec.Struct, frozen=True):
    """The one key that files of all versions have."""

    format: int


def versioned(
    path: Path, text: str, kind: type[T], upgrades: Upgrades, *, ours: int
) -> TomlFile[T]:
    """Return the checked file as of our version; ConfigError where it is a newer one's."""
    _refuse_newer(TomlFile(str(path), text, _Format), ours)
    return TomlFile(str(path), text, kind, partial(_upgraded, upgrades=upgrades, ours=ours))


def _upgraded(tree: Tree, *, upgrades: Upgrades, ours: int) -> Tree:
    version = tree.get("format")
    while type(version) is int and version < ours and version in upgrades:
        tree = upgrades[version](tree)
        version += 1
        tree = {**tree, "format": version}
    return tree


def _refuse_newer(file: TomlFile[_Format], ours: int) -> None:
    for where, fields in file.fields(_Format):
        theirs = fields.get("format")
        if isinstance(theirs, int) and theirs > ours:
            error = InputError(
                "this file is of version {theirs}, this program knows up to {ours}: "
                "install a newer one",
                theirs=theirs,
                ours=ours,
            )
            raise ConfigError(file.path, [Mistake(file.line((*where, "format")), "format", error)])
