"""Rules to begin with, made from the data: a person changes them afterwards."""

from collections import Counter
from typing import Any

from numpy.typing import NDArray

from paser_command.maps.classes import Method, breaks
from paser_command.maps.colours import categories, ramp
from paser_command.maps.definition import CategoryRule, ClassRule
from paser_command.maps.styles import numbers, texts

MOST_SUGGESTED = 12
"""So many of the most frequent values get a colour of their own."""


def class_rule(
    field: str, column: NDArray[Any], *, method: Method, classes: int, ramp_name: str
) -> ClassRule:
    """Return classes of the column's numbers; fewer where it has not so many different ones."""
    cuts = breaks(numbers(column), method, classes)
    return ClassRule(field=field, breaks=cuts, colours=ramp(ramp_name, len(cuts) + 1))


def category_rule(field: str, column: NDArray[Any]) -> CategoryRule:
    """Return a colour for each of the most frequent values, in the order of the alphabet."""
    frequent = Counter(value for value in texts(column).tolist() if value)
    values = sorted(value for value, _ in frequent.most_common(MOST_SUGGESTED))
    return CategoryRule(
        field=field, colours=dict(zip(values, categories(len(values)), strict=True))
    )
