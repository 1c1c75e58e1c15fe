"""Workspaces, and what else a room keeps, written as TOML that people can read."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from paser_command.errors import InputError
from paser_command.toml_file import text_of_body
from paser_command.workspaces.definition import Workspace

_WIDTH = 80
_BARE = re.compile(r"[A-Za-z0-9_-]+")

T_co = TypeVar("T_co", covariant=True)


class Parse(Protocol[T_co]):
    """Makes a value of a file's text; ConfigError with every mistake in it."""

    def __call__(self, path: Path, text: str, /) -> T_co: ...


def checked_body(path: Path, text: str, parse: Parse[object]) -> bytes:
    """Return the text as a file's bytes; InputError where the file would be refused when read."""
    try:
        body = text.encode()
    except UnicodeEncodeError as cause:
        raise InputError("the text has characters that are none: type it anew") from cause
    parse(path, text_of_body(path, body))
    return body


def text_of(workspace: Workspace) -> str:
    """Return the workspace as TOML."""
    tree = msgspec.to_builtins(workspace)
    panels, pages = tree.pop("panel", {}), tree.pop("page")
    lines = [*pairs(tree)]
    for page in pages:
        floating = page.pop("float", [])
        lines += ["", "[[page]]", *pairs(page)]
        for one in floating:
            lines += ["", "[[page.float]]", *pairs(one)]
    for name, panel in panels.items():
        state = panel.pop("state", {})
        lines += ["", f"[panel.{_key(name)}]", *pairs(panel)]
        if state:
            lines += ["", f"[panel.{_key(name)}.state]", *pairs(state)]
    return "\n".join(lines) + "\n"


def pairs(table: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of a table's keys with their values; None is no value."""
    for key, value in table.items():
        if value is not None:
            yield f"{_key(key)} = {_value(value, 0)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any, deep: int) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
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
    written = [_value(item, deep + 1) for item in items]
    short = f"[{', '.join(written)}]"
    if not any(isinstance(one, dict) for one in items):
        return short
    if "\n" not in short and len(short) + 2 * deep <= _WIDTH:
        return short
    indent = "  " * (deep + 1)
    lines = "".join(f"{indent}{one},\n" for one in written)
    return f"[\n{lines}{'  ' * deep}]"


def _text(text: str) -> str:
    """Write a basic string: JSON's escapes are TOML's, but for the sign 0x7F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
