"""Settings by one schema: what a part of the program may be told in a TOML file, and its check.

A manifest declares each setting by a `SettingKind`. A file's values are checked against them
(`setting_faults`), and what the part gets is made of both (`setting_values`).

| Type | Written in TOML | What the part gets |
|---|---|---|
| text, stream | `"a text"`; a stream is FEED/KEY | str |
| number, integer | `2.5`, `3` | float, int |
| boolean | `true` | bool |
| choice | one of `choices` | str |
| list | `["a", "b"]`, items of the type `of` | tuple |
| table | `{ a = "b" }`, values of the type `of` | dict |
| secret | `{ env = "NAME" }`, `{ file = "/path" }`, or the secret itself | str |
| place | `{ lon = 116.19, lat = -1.91 }` in degrees | (lon, lat) |
| duration | `"90 s"`, `"15 min"`, `"6 h"`, `"2 d"`, or seconds | float, in seconds |

`string` and `float` are the older names of text and number.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeGuard

import msgspec

from paser_command.errors import FeedError, InputError, Words
from paser_command.geo import is_place
from paser_command.toml_check import Fault, kind_words, unknown
from paser_command.toml_lines import KeyPath

SettingValue = str | int | float | bool | list[Any] | dict[str, Any]
"""A value as it is written in a file."""

ItemType = Literal["text", "number", "integer", "boolean", "stream", "duration"]
SettingType = Literal[
    "text",
    "number",
    "integer",
    "boolean",
    "choice",
    "list",
    "table",
    "secret",
    "place",
    "duration",
    "stream",
    "string",
    "float",
]

_UNITS_S = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
_DURATION = re.compile(r"\s*(\d{1,9}(?:\.\d{1,6})?)\s*(s|min|h|d)\s*")
_STREAM = re.compile(r"[a-z0-9-]{1,40}/\S.{0,499}")
_SECRET_BYTES = 64 * 1024


class SettingKind(msgspec.Struct, frozen=True):
    """A setting that is declared; required where it has no default.

    `unit`, `least` and `most` are of numbers (and of durations, in seconds), `choices` of a
    choice, `of` is the type of a list's items or a table's values.
    """

    name: str
    type: SettingType
    default: SettingValue | None = None
    help: str = ""
    unit: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    of: ItemType = "text"

    @property
    def is_secret(self) -> bool:
        """Tell whether its value may stand in no log."""
        return self.type == "secret"


def setting_faults(
    where: KeyPath, values: Mapping[str, object], kinds: Sequence[SettingKind]
) -> Iterator[Fault]:
    """Give every mistake in the settings that stand at `where` in a file."""
    declared = {kind.name: kind for kind in kinds}
    for name, value in values.items():
        if name in declared:
            yield from value_faults((*where, name), value, declared[name])
        else:
            yield (*where, name), unknown(name, declared)
    for kind in kinds:
        if kind.default is None and kind.name not in values:
            yield where, InputError("{key} is missing: {help}", key=kind.name, help=kind.help)


def setting_values(
    values: Mapping[str, SettingValue], kinds: Sequence[SettingKind]
) -> dict[str, Any]:
    """Return what the part gets: the values as written, else the declared defaults.

    A secret that is kept elsewhere is read now: FeedError `no_secret` where it is not there.
    """
    made: dict[str, Any] = {}
    for kind in kinds:
        value = values.get(kind.name, kind.default)
        if value is not None:
            made[kind.name] = _made(value, kind)
    return made


def value_faults(where: KeyPath, value: object, kind: SettingKind) -> Iterator[Fault]:
    """Give every mistake in one value."""
    match kind.type:
        case "list":
            yield from _items(where, value, kind)
        case "table":
            yield from _table(where, value, kind)
        case "secret":
            yield from _secret(where, value)
        case "place":
            yield from _place(where, value)
        case "choice":
            if not isinstance(value, str):
                yield where, _expected(Words("a text"), value)
            elif value not in kind.choices:
                yield where, unknown(value, kind.choices)
        case "text" | "string":
            if not isinstance(value, str):
                yield where, _expected(Words("a text"), value)
        case plain:
            yield from _simple(where, value, plain, kind)


def _simple(where: KeyPath, value: object, plain: str, kind: SettingKind) -> Iterator[Fault]:
    expected, fits = _SIMPLE[plain]
    if not fits(value):
        yield where, _expected(expected, value)
    elif _is_number(amount := _seconds(value) if plain == "duration" else value):
        yield from _in_range(where, amount, kind)


def _in_range(where: KeyPath, value: float, kind: SettingKind) -> Iterator[Fault]:
    least, most = kind.least, kind.most
    low, high = least is not None and value < least, most is not None and value > most
    if not (low or high):
        return
    if least is not None and most is not None:
        allowed = Words("{low} to {high}", low=_told(least), high=_told(most))
    elif low:
        allowed = Words("at least {bound}", bound=_told(least or 0.0))
    else:
        allowed = Words("at most {bound}", bound=_told(most or 0.0))
    if kind.unit:
        allowed = Words("{range} {unit}", range=allowed, unit=kind.unit)
    yield where, InputError("must be {range}, and is {found}", range=allowed, found=value)


def _items(where: KeyPath, value: object, kind: SettingKind) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield where, _expected(Words("a list"), value)
        return
    for number, item in enumerate(value):
        yield from value_faults((*where, number), item, _item_kind(kind))


def _table(where: KeyPath, value: object, kind: SettingKind) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield where, _expected(Words("a table"), value)
        return
    for name, item in value.items():
        yield from value_faults((*where, name), item, _item_kind(kind))


def _item_kind(kind: SettingKind) -> SettingKind:
    return SettingKind(kind.name, kind.of, unit=kind.unit, least=kind.least, most=kind.most)


def _secret(where: KeyPath, value: object) -> Iterator[Fault]:
    if isinstance(value, str):
        return
    if not isinstance(value, dict) or len(value) != 1:
        yield (
            where,
            InputError('a secret is {{ env = "NAME" }}, {{ file = "/path" }} or a text'),
        )
        return
    ((source, told),) = value.items()
    if source not in _SECRETS:
        yield (*where, source), unknown(source, _SECRETS)
    elif not isinstance(told, str) or not told:
        yield (*where, source), _expected(Words("a text"), told)


def _place(where: KeyPath, value: object) -> Iterator[Fault]:
    lon, lat = (value.get("lon"), value.get("lat")) if isinstance(value, dict) else (None, None)
    if not (_is_number(lon) and _is_number(lat)):
        yield where, InputError("a place is {{ lon = 116.19, lat = -1.91 }}, in degrees")
    elif not is_place(lon, lat):
        yield where, InputError("{lon}, {lat} is no place on the earth", lon=lon, lat=lat)
    elif isinstance(value, dict) and (more := [key for key in value if key not in ("lon", "lat")]):
        yield (*where, more[0]), unknown(more[0], ("lon", "lat"))


def _made(value: Any, kind: SettingKind) -> Any:
    match kind.type:
        case "number" | "float":
            return float(value)
        case "duration":
            return _seconds(value)
        case "list":
            return tuple(_made(item, _item_kind(kind)) for item in value)
        case "table":
            return {name: _made(item, _item_kind(kind)) for name, item in value.items()}
        case "place":
            return float(value["lon"]), float(value["lat"])
        case "secret":
            return secret_of(kind.name, value)
    return value


def secret_of(name: str, value: Any) -> str:
    """Return the secret that a setting names; FeedError where it is not there."""
    if isinstance(value, str):
        return value
    ((source, told),) = value.items()
    found = _SECRETS[source](told)
    if not found:
        raise FeedError("no_secret", where=name)
    return found


def _in_file(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return file.read(_SECRET_BYTES).decode().strip()
    except (OSError, ValueError):
        return ""


_SECRETS: Mapping[str, Callable[[str], str]] = {
    "env": lambda name: os.environ.get(name, ""),
    "file": _in_file,
}
"""Where a secret may be kept, and how it is read there: "" where there is none."""


def _seconds(value: object) -> float:
    """Return the seconds of a duration that fits."""
    if _is_number(value):
        return float(value)
    match = _DURATION.fullmatch(str(value))
    assert match is not None
    return float(match[1]) * _UNITS_S[match[2]]


def _is_number(value: object) -> TypeGuard[int | float]:
    """Tell whether it is a finite number that can be reckoned with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**63


def _is_duration(value: object) -> bool:
    if isinstance(value, str):
        return _DURATION.fullmatch(value) is not None
    return _is_number(value) and value >= 0


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and _is_number(value)


def _is_stream(value: object) -> bool:
    return isinstance(value, str) and _STREAM.fullmatch(value) is not None


_SIMPLE: Mapping[str, tuple[Words, Callable[[object], bool]]] = {
    "number": (Words("a number"), _is_number),
    "float": (Words("a number"), _is_number),
    "integer": (Words("a whole number"), _is_integer),
    "boolean": (Words("true or false"), lambda value: isinstance(value, bool)),
    "duration": (Words('a duration such as "90 s" or "15 min", or seconds'), _is_duration),
    "stream": (Words("a stream, FEED/KEY"), _is_stream),
}


def _told(bound: float) -> float | int:
    return int(bound) if bound == int(bound) else bound


def _expected(expected: Words, value: object) -> InputError:
    return InputError(
        "must be {expected}, and is {found}", expected=expected, found=kind_words(value)
    )
