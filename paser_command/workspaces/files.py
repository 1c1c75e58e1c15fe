"""Workspaces as TOML files: read with every mistake named, whatever version of us wrote them."""

from pathlib import Path

from paser_command.toml_file import text_in
from paser_command.workspaces.definition import FORMAT, Workspace, faults
from paser_command.workspaces.versions import Upgrades, versioned
from paser_command.workspaces.writing import checked_body, text_of

__all__ = ["SUFFIX", "body_of", "load", "text_of"]

SUFFIX = ".toml"

_UPGRADES: Upgrades = {}


def load(path: Path, upgrades: Upgrades = _UPGRADES) -> Workspace:
    """Return the workspace in a file; ConfigError with every mistake in it, each with its line."""
    return _parsed(path, text_in(path), upgrades)


def body_of(workspace: Workspace, path: Path) -> bytes:
    """Return the file's bytes; InputError where they would be refused when they are read."""
    return checked_body(path, text_of(workspace), _parsed)


def _parsed(path: Path, text: str, upgrades: Upgrades = _UPGRADES) -> Workspace:
    file = versioned(path, text, Workspace, upgrades, ours=FORMAT)
    for _, workspace in file.parts(Workspace):
        file.refuse(faults(workspace))
    return file.value()
