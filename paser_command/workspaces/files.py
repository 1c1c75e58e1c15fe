"""Workspaces as TOML files: read with every mistake named, whatever version of us wrote them."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import msgspec

from paser_command.errors import ConfigError, InputError, Mistake
from paser_command.toml_file import TomlFile, Tree, Upgrade, text_in, text_of_body
from paser_command.workspaces.definition import FORMAT, Workspace, faults
from paser_command.workspaces.writing import text_of

__all__ = ["SUFFIX", "body_of", "load", "text_of"]

SUFFIX = ".toml"

Upgrades = Mapping[int, Upgrade]

_UPGRADES: Upgrades = {}
"""From a version to the next. Never taken out again.

A step is given what a person may have broken: it leaves what is not as it should be, and the check
that follows tells of it.
"""


class _Format(msgspec.Struct, frozen=True):
    """The one key that files of all versions have."""

    format: int


def load(path: Path, upgrades: Upgrades = _UPGRADES) -> Workspace:
    """Return the workspace in a file; ConfigError with every mistake in it, each with its line."""
    return _parsed(path, text_in(path), upgrades)


def body_of(workspace: Workspace, path: Path) -> bytes:
    """Return the file's bytes; InputError where they would be refused when they are read."""
    try:
        body = text_of(workspace).encode()
    except UnicodeEncodeError as cause:
        raise InputError("the text has signs that are none: type it anew") from cause
    _parsed(path, text_of_body(path, body), _UPGRADES)
    return body


def _parsed(path: Path, text: str, upgrades: Upgrades) -> Workspace:
    _refuse_newer(TomlFile(str(path), text, _Format))
    file = TomlFile(str(path), text, Workspace, partial(_upgraded, upgrades=upgrades))
    for _, workspace in file.parts(Workspace):
        file.refuse(faults(workspace))
    return file.value()


def _upgraded(tree: Tree, *, upgrades: Upgrades) -> Tree:
    version = tree.get("format")
    while type(version) is int and version < FORMAT and version in upgrades:
        tree = upgrades[version](tree)
        version += 1
        tree = {**tree, "format": version}
    return tree


def _refuse_newer(file: TomlFile[_Format]) -> None:
    for where, fields in file.fields(_Format):
        theirs = fields.get("format")
        if isinstance(theirs, int) and theirs > FORMAT:
            error = InputError(
                "this file is of version {theirs}, this program knows up to {ours}: "
                "install a newer one",
                theirs=theirs,
                ours=FORMAT,
            )
            raise ConfigError(file.path, [Mistake(file.line((*where, "format")), "format", error)])
