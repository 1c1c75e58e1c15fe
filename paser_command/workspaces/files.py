"""Workspaces as TOML files: read with every mistake named, written so that people can read them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from paser_command.errors import ConfigError, InputError, Mistake
from paser_command.toml_file import TomlFile, read_toml
from paser_command.workspaces.definition import FORMAT, Workspace, faults

SUFFIX = ".toml"
_WIDTH = 100
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class _Format(msgspec.Struct, frozen=True):
    """The one key that files of all versions have."""

    format: int


def load(path: Path) -> Workspace:
    """Return the workspace in a file; ConfigError with every mistake in it, each with its line."""
    newer = _newer(read_toml(path, _Format))
    if newer is not None:
        raise newer
    file = read_toml(path, Workspace)
    for _, workspace in file.parts(Workspace):
        file.refuse(faults(workspace))
    return file.value()


def text_of(workspace: Workspace) -> str:
    """Return the workspace as TOML."""
    tree = msgspec.to_builtins(workspace)
    panels, pages = tree.pop("panel", {}), tree.pop("page")
    lines = [*_pairs(tree)]
    for page in pages:
        floating = page.pop("float", [])
        lines += ["", "[[page]]", *_pairs(page)]
        for one in floating:
            lines += ["", "[[page.float]]", *_pairs(one)]
    for name, panel in panels.items():
        state = panel.pop("state", {})
        lines += ["", f"[panel.{_key(name)}]", *_pairs(panel)]
        if state:
            lines += ["", f"[panel.{_key(name)}.state]", *_pairs(state)]
    return "\n".join(lines) + "\n"


def _newer(file: TomlFile[_Format]) -> ConfigError | None:
    for where, fields in file.fields(_Format):
        theirs = fields.get("format")
        if isinstance(theirs, int) and theirs > FORMAT:
            error = InputError(
                "this file is of version {theirs}, this program knows up to {ours}: "
                "install a newer one",
                theirs=theirs,
                ours=FORMAT,
            )
            return ConfigError(file.path, [Mistake(file.line((*where, "format")), "format", error)])
    return None


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if value is not None:
            yield f"{_key(key)} = {_value(value, 0)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any, deep: int) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _number(value)
        case str():
            return _text(value)
        case dict():
            inside = ", ".join(
                f"{_key(key)} = {_value(one, deep)}"
                for key, one in value.items()
                if one is not None
            )
            return f"{{ {inside} }}" if inside else "{}"
        case _:
            return _list(value, deep)


def _list(items: Sequence[Any], deep: int) -> str:
    """Write on one line what is short; parts of a page each on a line of their own."""
    short = f"[{', '.join(_value(item, deep) for item in items)}]"
    if len(short) + 2 * deep <= _WIDTH - 20 or not any(isinstance(one, dict) for one in items):
        return short
    indent = "  " * (deep + 1)
    lines = "".join(f"{indent}{_value(item, deep + 1)},\n" for item in items)
    return f"[\n{lines}{'  ' * deep}]"


def _number(value: float) -> str:
    return f"{value:.6g}" if value != int(value) or abs(value) >= 1e15 else f"{int(value)}.0"


def _text(text: str) -> str:
    """Write a basic string: JSON's escapes are TOML's, but for the sign 0x7F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
