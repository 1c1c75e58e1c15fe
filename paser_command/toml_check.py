"""What is wrong with plain values that ought to be of a kind: all of it, in words."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import reduce
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from paser_command.errors import InputError, Words
from paser_command.toml_lines import KeyPath

Fault = tuple[KeyPath, InputError]
Good = dict[str, Any]
"""The fields of a struct that have no fault, by the keys in the file, with their defaults."""


class Part(NamedTuple):
    """A struct somewhere in the tree: its good fields, and its value if all of it is good."""

    where: KeyPath
    kind: type[msgspec.Struct]
    good: Good
    value: msgspec.Struct | None


_WORDS: dict[type, Words] = {
    str: Words("a text"),
    bool: Words("true or false"),
    int: Words("a whole number"),
    float: Words("a number"),
    datetime: Words("a date and time"),
    date: Words("a date"),
    time: Words("a time"),
    list: Words("a list"),
    dict: Words("a table"),
    type(None): Words("nothing"),
}


def check(tree: Any, kind: type[msgspec.Struct], parts: list[Part]) -> Iterator[Fault]:
    """Give every fault of the tree; the structs in it are added to `parts`."""
    return _Checker(parts).faults(tree, inspect.type_info(kind), ())


def unknown(word: str, known: Iterable[str]) -> InputError:
    """Return the error of a word that is none of those known, with the one that was meant."""
    known = sorted(known)
    if not known:
        return InputError("{word} is not known, and nothing is allowed here", word=_short(word))
    near = get_close_matches(word, known, n=1)
    if near:
        return InputError(
            "{word} is not known; did you mean {near}? Allowed: {known}",
            word=_short(word),
            near=near[0],
            known=", ".join(known),
        )
    return InputError(
        "{word} is not known. Allowed: {known}", word=_short(word), known=", ".join(known)
    )


def kind_words(value: object) -> Words:
    """Return what a plain value is, in words."""
    return _WORDS.get(type(value), Words(type(value).__name__))


class _Checker:
    """Walks values and their kind side by side. Each method gives the faults of one sort."""

    def __init__(self, parts: list[Part]) -> None:
        self._parts = parts

    def faults(self, value: Any, kind: inspect.Type, where: KeyPath) -> Iterator[Fault]:
        match kind:
            case inspect.Metadata():
                told = (kind.extra_json_schema or {}).get("description")
                if told and isinstance(kind.type, inspect.StrType) and isinstance(value, str):
                    yield from _told_text(value, kind.type, where, told)
                else:
                    yield from self.faults(value, kind.type, where)
            case inspect.StructType():
                yield from self._struct(value, kind, where)
            case inspect.UnionType():
                yield from self._union(value, kind, where)
            case inspect.VarTupleType() | inspect.ListType():
                yield from self._items(value, kind, where)
            case inspect.TupleType():
                yield from self._row(value, kind, where)
            case inspect.DictType():
                yield from self._table(value, kind, where)
            case _:
                yield from _leaf(value, kind, where)

    def _struct(self, value: Any, kind: inspect.StructType, where: KeyPath) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield where, _expected(Words("a table"), value)
            return
        good: Good = {}
        found = list(self._fields(value, kind, where, good))
        yield from found
        whole = None if found else msgspec.convert(value, kind.cls)
        self._parts.append(Part(where, kind.cls, good, whole))

    def _fields(
        self, value: dict[str, Any], kind: inspect.StructType, where: KeyPath, good: Good
    ) -> Iterator[Fault]:
        fields = {field.encode_name: field for field in kind.fields}
        known = {*fields, *([kind.tag_field] if kind.tag_field else [])}
        for key, item in value.items():
            if key in fields:
                found = list(self.faults(item, fields[key].type, (*where, key)))
                yield from found
                if not found:
                    good[key] = item
            elif key not in known:
                yield (*where, key), unknown(key, known)
        for name, field in fields.items():
            if name in value:
                continue
            if field.required:
                yield where, InputError("{key} is missing", key=name)
            else:
                good[name] = _default(field)

    def _union(self, value: Any, kind: inspect.UnionType, where: KeyPath) -> Iterator[Fault]:
        structs = [one for one in kind.types if isinstance(one, inspect.StructType) and one.tag]
        others = [one for one in kind.types if one not in structs]
        if isinstance(value, dict) and structs:
            yield from self._tagged(value, structs, where)
            return
        found = [list(self.faults(value, one, where)) for one in others]
        if [] in found:
            return
        if unsound := _unsound(value):
            yield where, unsound
            return
        real = [one for one in others if not isinstance(one, inspect.NoneType)]
        if len(real) == 1 and not structs:
            yield from self.faults(value, real[0], where)
        else:
            yield where, _expected(_any_of([*structs, *real]), value)

    def _tagged(
        self, value: dict[str, Any], kinds: Sequence[inspect.StructType], where: KeyPath
    ) -> Iterator[Fault]:
        tag_field = str(kinds[0].tag_field)
        tags = {str(one.tag): one for one in kinds}
        if tag_field not in value:
            yield (
                where,
                InputError(
                    "{key} is missing; it is one of {known}", key=tag_field, known=", ".join(tags)
                ),
            )
            return
        tag = value[tag_field]
        if isinstance(tag, str) and tag in tags:
            yield from self._struct(value, tags[tag], where)
        else:
            yield (*where, tag_field), unknown(str(tag), tags)

    def _items(
        self, value: Any, kind: inspect.VarTupleType | inspect.ListType, where: KeyPath
    ) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield where, _expected(Words("a list"), value)
            return
        yield from _length(len(value), kind, where)
        for place, item in enumerate(value):
            yield from self.faults(item, kind.item_type, (*where, place))

    def _row(self, value: Any, kind: inspect.TupleType, where: KeyPath) -> Iterator[Fault]:
        size = len(kind.item_types)
        if not isinstance(value, list) or len(value) != size:
            told = kind_words(value)
            if isinstance(value, list):
                told = Words("a list of {size}", size=len(value))
            yield (
                where,
                InputError("must be a list of {size}, and is {found}", size=size, found=told),
            )
            return
        for place, (item, item_kind) in enumerate(zip(value, kind.item_types, strict=True)):
            yield from self.faults(item, item_kind, (*where, place))

    def _table(self, value: Any, kind: inspect.DictType, where: KeyPath) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield where, _expected(Words("a table"), value)
            return
        yield from _length(len(value), kind, where)
        for key, item in value.items():
            yield from self.faults(key, kind.key_type, (*where, key))
            yield from self.faults(item, kind.value_type, (*where, key))


def _default(field: inspect.Field) -> Any:
    made = field.default_factory
    return field.default if made is msgspec.NODEFAULT else made()


def _leaf(value: Any, kind: inspect.Type, where: KeyPath) -> Iterator[Fault]:
    match kind:
        case inspect.AnyType():
            return
        case inspect.LiteralType() | inspect.EnumType():
            choices = kind.values if isinstance(kind, inspect.LiteralType) else _members(kind)
            if value not in choices:
                yield where, unknown(str(value), map(str, choices))
        case inspect.StrType() if isinstance(value, str):
            yield from _text(value, kind, where)
        case inspect.FloatType() if isinstance(value, int | float) and not _is_bool(value):
            yield from _number(value, kind, where)
        case inspect.IntType() if isinstance(value, int) and not _is_bool(value):
            yield from _number(value, kind, where)
        case inspect.BoolType() if _is_bool(value):
            return
        case inspect.NoneType() if value is None:
            return
        case _:
            yield where, _expected(_any_of([kind]), value)


def _number(
    value: float, kind: inspect.IntType | inspect.FloatType, where: KeyPath
) -> Iterator[Fault]:
    if unsound := _unsound(value):
        yield where, unsound
    elif not _in_range(value, kind):
        yield (
            where,
            InputError("must be {range}, and is {found}", range=_range(kind), found=value),
        )


def _unsound(value: object) -> InputError | None:
    """Return why a number is none that can be reckoned with."""
    if isinstance(value, float) and not math.isfinite(value):
        return InputError("must be a finite number, and is {found}", found=value)
    if isinstance(value, int) and abs(value) >= 2**63:
        return InputError("must be a number below 2^63, and is larger")
    return None


def _in_range(value: float, kind: inspect.IntType | inspect.FloatType) -> bool:
    return (
        (kind.ge is None or value >= kind.ge)
        and (kind.gt is None or value > kind.gt)
        and (kind.le is None or value <= kind.le)
        and (kind.lt is None or value < kind.lt)
    )


def _range(kind: inspect.IntType | inspect.FloatType) -> Words:
    if kind.ge is not None and kind.le is not None:
        return Words("{low} to {high}", low=kind.ge, high=kind.le)
    bounds: list[Words] = []
    if kind.ge is not None:
        bounds.append(Words("at least {bound}", bound=kind.ge))
    if kind.gt is not None:
        bounds.append(Words("more than {bound}", bound=kind.gt))
    if kind.le is not None:
        bounds.append(Words("at most {bound}", bound=kind.le))
    if kind.lt is not None:
        bounds.append(Words("less than {bound}", bound=kind.lt))
    return reduce(lambda one, other: Words("{one} and {other}", one=one, other=other), bounds)


def _told_text(value: str, kind: inspect.StrType, where: KeyPath, told: str) -> Iterator[Fault]:
    """Check a text whose kind says in words what it allows."""
    if list(_text(value, kind, where)):
        yield (
            where,
            InputError(
                "must be {allowed}, and is {found}", allowed=Words(told), found=_short(value)
            ),
        )


def _text(value: str, kind: inspect.StrType, where: KeyPath) -> Iterator[Fault]:
    yield from _length(len(value), kind, where)
    if kind.pattern is not None and re.search(kind.pattern, value) is None:
        yield (
            where,
            InputError(
                "must match {pattern}, and is {found}", pattern=kind.pattern, found=_short(value)
            ),
        )


def _length(
    size: int,
    kind: inspect.StrType | inspect.VarTupleType | inspect.ListType | inspect.DictType,
    where: KeyPath,
) -> Iterator[Fault]:
    if kind.min_length is not None and size < kind.min_length:
        least = kind.min_length
        yield where, InputError("needs at least {least}, and has {size}", least=least, size=size)
    if kind.max_length is not None and size > kind.max_length:
        most = kind.max_length
        yield where, InputError("takes at most {most}, and has {size}", most=most, size=size)


def _expected(expected: Words, value: object) -> InputError:
    return InputError(
        "must be {expected}, and is {found}", expected=expected, found=kind_words(value)
    )


def _any_of(kinds: Sequence[inspect.Type]) -> Words:
    words: dict[type[inspect.Type], Words] = {
        inspect.StrType: _WORDS[str],
        inspect.IntType: _WORDS[int],
        inspect.FloatType: _WORDS[float],
        inspect.BoolType: _WORDS[bool],
        inspect.StructType: _WORDS[dict],
    }
    named: list[Words] = []
    for kind in kinds:
        plain = type(kind.type if isinstance(kind, inspect.Metadata) else kind)
        word = words.get(plain, Words(plain.__name__))
        if word not in named:
            named.append(word)
    return reduce(lambda one, other: Words("{one} or {other}", one=one, other=other), named)


def _members(kind: inspect.EnumType) -> Sequence[object]:
    return [member.value for member in kind.cls]


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
