"""From a style and columns of attributes to how each feature is drawn."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paser_command.maps.definition import CategoryRule, ClassRule, Style

Fields = Mapping[str, NDArray[Any]]
"""Columns of attributes by name, each (n,): numbers, or an object array of texts and numbers."""


class Looks(NamedTuple):
    """How each of n features is drawn.

    `colour` (n,) int32 counts into `palette`, "#rrggbb" or "" for the theme's own. `size_px` (n,)
    float64 is the diameter of points. `label` (n,) is an object array of texts, None for no labels.
    """

    palette: tuple[str, ...]
    colour: NDArray[np.int32]
    size_px: NDArray[np.float64]
    label: NDArray[np.object_] | None


class Key(NamedTuple):
    """A line of the legend: numbers from `low` to below `high`, or the category `value`.

    All three are None for what no class or category holds.
    """

    colour: str
    low: float | None = None
    high: float | None = None
    value: str | None = None


def looks(style: Style, fields: Fields, count: int) -> Looks:
    """Return the looks of `count` features. A field that is not there styles nothing."""
    palette, colour = _coloured(style, fields, count)
    return Looks(palette, colour, _sized(style, fields, count), _labelled(style, fields))


def keys(style: Style) -> tuple[Key, ...]:
    """Return the legend of a style: one line without a rule, else one for each colour."""
    rule = style.rule
    if isinstance(rule, ClassRule):
        lows, highs = (None, *rule.breaks), (*rule.breaks, None)
        return tuple(
            Key(colour, low=low, high=high)
            for colour, low, high in zip(rule.colours, lows, highs, strict=True)
        )
    if isinstance(rule, CategoryRule):
        named = (Key(colour, value=value) for value, colour in rule.colours.items())
        return (*named, Key(rule.other))
    return (Key(style.colour),)


def numbers(column: NDArray[Any]) -> NDArray[np.float64]:
    """Return the column as numbers, not a number where a value is none."""
    if np.issubdtype(column.dtype, np.number) or column.dtype == bool:
        return column.astype(np.float64)
    return np.array([_number(value) for value in column.tolist()], np.float64)


def texts(column: NDArray[Any]) -> NDArray[np.object_]:
    """Return the column as texts: whole numbers without a point, "" for nothing."""
    found = np.empty(len(column), object)
    found[:] = [_text(value) for value in column.tolist()]
    return found


def _coloured(
    style: Style, fields: Fields, count: int
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    rule = style.rule
    if rule is None or rule.field not in fields:
        return (style.colour,), np.zeros(count, np.int32)
    column = fields[rule.field]
    if isinstance(rule, ClassRule):
        values = numbers(column)
        within = np.searchsorted(np.array(rule.breaks), values, side="right") + 1
        return (style.colour, *rule.colours), np.where(np.isnan(values), 0, within).astype(np.int32)
    places = {value: place for place, value in enumerate(rule.colours, start=1)}
    found = (places.get(value, 0) for value in texts(column).tolist())
    return (rule.other, *rule.colours.values()), np.fromiter(found, np.int32, count)


def _sized(style: Style, fields: Fields, count: int) -> NDArray[np.float64]:
    """Return diameters whose areas grow with the field from its least to its most."""
    size_px = np.full(count, style.size_px)
    if style.size_field not in fields:
        return size_px
    values = numbers(fields[style.size_field])
    known = np.isfinite(values)
    if not known.any():
        return size_px
    low, high = values[known].min(), values[known].max()
    share = (values[known] - low) / (high - low) if high > low else np.zeros(int(known.sum()))
    least, most = style.size_px**2, style.most_size_px**2
    size_px[known] = np.sqrt(least + share * (most - least))
    return size_px


def _labelled(style: Style, fields: Fields) -> NDArray[np.object_] | None:
    column = fields.get(style.label_field)
    return None if column is None else texts(column)


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return float("nan")


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
