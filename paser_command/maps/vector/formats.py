"""What all readers of formats share: what they give, and batches of a size that memory bears."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

import numpy as np
from pyproj import CRS

from paser_command.maps.vector.building import Batch, Geometries
from paser_command.maps.vector.messages import Understood

T = TypeVar("T")

FIRST_BATCH = 500
"""Features of the first batch: the first picture does not wait for more."""

BATCH = 4_000
BATCH_BYTES = 2_000_000
"""Of geometry in a batch, about: one more feature may pass it."""

LONGEST_TEXT = 1_000
"""Characters of an attribute."""

MOST_DEPTH = 8
"""How deep collections may lie in one another."""


class Opened(NamedTuple):
    """A file whose format is understood. `system` is None where the file does not tell."""

    understood: Understood
    system: CRS | None
    batches: Iterator[Batch]


def in_batches(items: Iterable[T], weight: Callable[[T], int]) -> Iterator[list[T]]:
    """Give the items in batches by number and weight in bytes."""
    batch: list[T] = []
    room, weighs = FIRST_BATCH, 0
    for item in items:
        batch.append(item)
        weighs += weight(item)
        if len(batch) >= room or weighs >= BATCH_BYTES:
            yield batch
            batch, room, weighs = [], BATCH, 0
    if batch:
        yield batch


def columns_of(rows: Iterable[dict[str, object]]) -> dict[str, list[object]]:
    """Return rows as columns; a row without an attribute has None there."""
    listed = list(rows)
    names = dict.fromkeys(name for row in listed for name in row)
    return {name: [row.get(name) for row in listed] for name in names}


def objects(geometries: Iterable[object]) -> Geometries:
    """Return geometries as an array of objects."""
    listed = list(geometries)
    array = np.empty(len(listed), object)
    array[:] = listed
    return array


def short(value: object) -> object:
    """Return an attribute's value as it is kept: numbers as they are, all else as a short text."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, bytes):
        return None
    return str(value)[:LONGEST_TEXT]
