"""Files with a version: a newer one is refused, an older one is taken up by steps."""

from collections.abc import Mapping
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

    def upgraded(tree: Tree) -> Tree:
        version = tree.get("format")
        if type(version) is int and version > ours:
            raise _newer(path, text, version, ours)
        while type(version) is int and version < ours and version in upgrades:
            tree = upgrades[version](tree)
            version += 1
            tree = {**tree, "format": version}
        return tree

    return TomlFile(str(path), text, kind, upgraded)


def _newer(path: Path, text: str, theirs: int, ours: int) -> ConfigError:
    """Return the one mistake of a file of which we know no other key than this."""
    line = TomlFile(str(path), text, _Format).line(("format",))
    error = InputError(
        "this file is of version {theirs}, this program knows up to {ours}: install a newer one",
        theirs=theirs,
        ours=ours,
    )
    return ConfigError(str(path), [Mistake(line, "format", error)])
