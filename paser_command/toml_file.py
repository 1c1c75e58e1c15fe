"""Checked TOML files: a file becomes values of our own kinds, or every mistake in it is told.

A kind is a frozen msgspec Struct with `forbid_unknown_fields`; ranges, lengths and patterns are
`msgspec.Meta`, and where a pattern stands a `description` says in words what it allows.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from paser_command.errors import ConfigError, InputError, Mistake
from paser_command.toml_check import Fault, Good, Part, check
from paser_command.toml_lines import KeyPath, key_lines

SIZE_LIMIT = 1024 * 1024
"""A file larger than this many bytes is none that a person wrote."""

T = TypeVar("T", bound=msgspec.Struct)
Inner = TypeVar("Inner", bound=msgspec.Struct)

Tree = dict[str, Any]
Upgrade = Callable[[Tree], Tree]
"""Makes of an older version's plain values those of ours, whatever they are."""

_TOMLLIB_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TomlFile(Generic[T]):
    """A file that is TOML, checked against a kind: its good parts and its mistakes so far.

    Checks of the caller's own go over `parts` and `fields`, tell mistakes by `refuse`, and end with
    `value`, so that a person sees all mistakes at once.
    """

    def __init__(self, path: str, text: str, kind: type[T], upgrade: Upgrade | None = None) -> None:
        self.path = path
        self._kind = kind
        tree = _tree(path, text)
        self._tree = upgrade(tree) if upgrade else tree
        self._parts: list[Part] = []
        self._mistakes: list[Mistake] = []
        # A kind that holds itself is walked as deep as the file goes, deeper than tomllib went.
        try:
            self._lines = key_lines(text.replace("\r\n", "\n"))
            self.refuse(check(self._tree, kind, self._parts))
        except RecursionError as cause:
            raise _too_deep(path) from cause

    def parts(self, kind: type[Inner]) -> Iterator[tuple[KeyPath, Inner]]:
        """Give every part of that kind that has no mistake by itself, and where it stands."""
        for part in self._parts:
            if isinstance(part.value, kind):
                yield part.where, part.value

    def fields(self, kind: type[msgspec.Struct]) -> Iterator[tuple[KeyPath, Good]]:
        """Give the fields without a mistake of every part of that kind, and where it stands."""
        for part in self._parts:
            if part.kind is kind:
                yield part.where, part.good

    def line(self, where: KeyPath) -> int:
        """Return the line of a key, or of the nearest thing around it that is in the file."""
        while where and where not in self._lines:
            where = where[:-1]
        return self._lines.get(where, 1)

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Add mistakes."""
        for where, error in faults:
            self._mistakes.append(Mistake(self.line(where), key_words(where), error))

    def value(self) -> T:
        """Return the whole; ConfigError with all mistakes where there are any."""
        if self._mistakes:
            raise ConfigError(self.path, self._mistakes)
        return msgspec.convert(self._tree, self._kind)


def read_toml(path: Path, kind: type[T]) -> TomlFile[T]:
    """Return the checked file; ConfigError where it cannot be read or is no TOML."""
    return TomlFile(str(path), text_in(path), kind)


def load_toml(path: Path, kind: type[T]) -> T:
    """Return the value in the file; ConfigError with every mistake in it."""
    return read_toml(path, kind).value()


def text_in(path: Path) -> str:
    """Return what a file says; ConfigError where it cannot be read, is too large or no text."""
    try:
        with path.open("rb") as file:
            body = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise _unreadable(path, InputError("there is no such file")) from None
    except IsADirectoryError:
        raise _unreadable(path, InputError("this is a folder, not a file")) from None
    except (OSError, ValueError) as cause:
        told = cause.strerror if isinstance(cause, OSError) else cause
        error = InputError("the file cannot be read: {cause}", cause=told)
        raise _unreadable(path, error) from cause
    return text_of_body(path, body)


def text_of_body(path: Path, body: bytes) -> str:
    """Return what a file of these bytes says; ConfigError where it is too large or no text."""
    if len(body) > SIZE_LIMIT:
        limit_mib = SIZE_LIMIT // 1024**2
        raise _unreadable(path, InputError("the file is larger than {mib} MiB", mib=limit_mib))
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = body.count(b"\n", 0, cause.start) + 1
        raise _unreadable(path, InputError("the file is not UTF-8 text"), line) from cause


def key_words(where: KeyPath) -> str:
    """Return the key as a person writes it: feed[2].interval_s. Numbers count from 1."""
    words = ""
    for key in where:
        if isinstance(key, int):
            words += f"[{key + 1}]"
        else:
            words += ("." if words else "") + _quoted(key)
    return words


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key[:80]}"'


def _unreadable(path: Path, error: InputError, line: int = 0) -> ConfigError:
    return ConfigError(str(path), [Mistake(line, "", error)])


def _too_deep(path: str) -> ConfigError:
    return ConfigError(path, [Mistake(0, "", InputError("too deeply nested"))])


def _tree(path: str, text: str) -> Tree:
    try:
        return tomllib.loads(text)
    except RecursionError as cause:
        raise _too_deep(path) from cause
    # A plain ValueError is a number with more digits than Python converts.
    except ValueError as cause:
        place = _TOMLLIB_PLACE.search(str(cause))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1 if place else 0
        told = _TOMLLIB_PLACE.sub("", str(cause))
        error = InputError("this is not TOML: {cause}", cause=told)
        raise ConfigError(path, [Mistake(line, "", error)]) from cause
