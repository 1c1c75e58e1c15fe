"""The part of OData's query language that SensorThings clients use, read into values."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from paser_command.exercise.asked import BadQuestion

_EXPAND = re.compile(r"([A-Za-z]+)(?:/([A-Za-z/]+))?(?:\((.*)\))?", re.DOTALL)
_TERM = re.compile(r"\(*\s*([A-Za-z/@.]+)\s+(gt|ge|lt|le|eq)\s+'?([^\s')]+)'?\s*\)*")
_DEPTH = 5

Operator = Literal["gt", "ge", "lt", "le", "eq"]


class Wanted(msgspec.Struct, frozen=True):
    """How an entity is asked for: the properties (none named: all), and what to expand in it."""

    select: tuple[str, ...] = ()
    expand: Mapping[str, "Wanted"] = {}


class Term(msgspec.Struct, frozen=True):
    """One comparison of a filter; the terms of a filter hold together."""

    field: str
    operator: Operator
    value: str


def read_wanted(params: Mapping[str, str], depth: int = 0) -> Wanted:
    """Return $select and $expand; BadQuestion where they cannot be read."""
    if depth > _DEPTH:
        raise BadQuestion(400, "$expand is too deep")
    select = tuple(word.strip() for word in params.get("$select", "").split(",") if word.strip())
    expand = dict(_expanded(item, depth) for item in _split(params.get("$expand", ""), ","))
    return Wanted(select, expand)


def read_filter(text: str) -> list[Term]:
    """Return the terms of a $filter; BadQuestion where it is more than terms joined by `and`."""
    terms = []
    for part in re.split(r"\s+and\s+", text.strip()) if text.strip() else ():
        match = _TERM.fullmatch(part.strip())
        if match is None:
            raise BadQuestion(400, "$filter takes comparisons joined by and")
        terms.append(msgspec.convert(match.groups(), tuple[str, Operator, str]))
    return [Term(*term) for term in terms]


def _expanded(item: str, depth: int) -> tuple[str, Wanted]:
    """Read Thing, Thing/Locations or Thing($expand=Locations;$select=name)."""
    match = _EXPAND.fullmatch(item.strip())
    if match is None:
        raise BadQuestion(400, "$expand cannot be read")
    name, rest, options = match.groups()
    if rest:
        inner = f"{rest}({options})" if options else rest
        return name, read_wanted({"$expand": inner}, depth + 1)
    pairs = (option.partition("=") for option in _split(options or "", ";"))
    return name, read_wanted({key.strip(): value for key, _, value in pairs}, depth + 1)


def _split(text: str, separator: str) -> list[str]:
    """Split where the separator is outside of brackets."""
    parts, level = [""], 0
    for sign in text:
        level += (sign == "(") - (sign == ")")
        if sign == separator and level == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part for part in parts if part.strip()]
