"""The order of layers: which lies over which, in which group, and what is asked of it.

Layers stand in a row, the first on top; those of a group stand together. Each function returns a
new row.
"""

import re
from collections.abc import Container, Sequence
from typing import TypeVar

import msgspec

from paser_command.maps.definition import LayerDefinition

Layers = tuple[LayerDefinition, ...]
T = TypeVar("T")

_LONGEST_ID = 60


def gathered(layers: Sequence[LayerDefinition]) -> Layers:
    """Return the layers with those of each group together, where its first one stood."""
    return tuple(layer for block in _blocks(layers) for layer in block)


def replaced(layers: Sequence[LayerDefinition], new: LayerDefinition) -> Layers:
    """Return the layers with a new definition in the place of the one of its id."""
    return gathered([new if layer.id == new.id else layer for layer in layers])


def moved(
    layers: Sequence[LayerDefinition], layer_id: str, before: str | None, group: str = ""
) -> Layers:
    """Return the layers with one moved in front of another, into a group or out of all.

    Without `before`, or where that is not there, it goes to the end of its group or of the row.
    """
    moving = next(layer for layer in layers if layer.id == layer_id)
    changed = msgspec.structs.replace(moving, group=group)
    rest = [layer for layer in layers if layer.id != layer_id]
    above, below = _split(rest, before, group)
    return gathered([*above, changed, *below])


def group_moved(layers: Sequence[LayerDefinition], group: str, before: str | None) -> Layers:
    """Return the layers with a whole group moved in front of a layer that is not of it."""
    members = [layer for layer in layers if layer.group == group]
    above, below = _split([layer for layer in layers if layer.group != group], before, "")
    return gathered([*above, *members, *below])


def shifted(layers: Sequence[LayerDefinition], layer_id: str, steps: int) -> Layers:
    """Return the layers with one moved up (-1) or down (1): within its group, or past a whole one.

    At the end it stays where it is.
    """
    blocks = _blocks(layers)
    block = next(block for block in blocks if any(layer.id == layer_id for layer in block))
    if block[0].group:
        at = next(place for place, layer in enumerate(block) if layer.id == layer_id)
        _swap(block, at, at + steps)
    else:
        _swap(blocks, blocks.index(block), blocks.index(block) + steps)
    return tuple(layer for block in blocks for layer in block)


def group_shifted(layers: Sequence[LayerDefinition], group: str, steps: int) -> Layers:
    """Return the layers with a whole group moved up (-1) or down (1)."""
    blocks = _blocks(layers)
    at = next(place for place, block in enumerate(blocks) if block[0].group == group)
    _swap(blocks, at, at + steps)
    return tuple(layer for block in blocks for layer in block)


def merged(layers: Sequence[LayerDefinition], coming: Sequence[LayerDefinition]) -> Layers:
    """Return the layers with others added on top.

    One that has the id and the source of one that is there replaces it in its place; one that has
    only the id gets another.
    """
    row = list(layers)
    fresh: list[LayerDefinition] = []
    for layer in coming:
        there = [place for place, one in enumerate(row) if one.id == layer.id]
        if there and row[there[0]].source == layer.source:
            row[there[0]] = layer
            continue
        taken = {one.id for one in (*row, *fresh, *coming)} if there else ()
        fresh.append(
            msgspec.structs.replace(layer, id=fresh_id(layer.id, taken)) if there else layer
        )
    return gathered([*fresh, *row])


def fresh_id(name: str, taken: Container[str]) -> str:
    """Return an id made of a name's letters, unlike all those taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[: _LONGEST_ID - 5] or "layer"
    number, made = 1, plain
    while made in taken:
        number += 1
        made = f"{plain}-{number}"
    return made


def _split(
    layers: list[LayerDefinition], before: str | None, group: str
) -> tuple[list[LayerDefinition], list[LayerDefinition]]:
    """Return what stays in front of the place of `before`, or of a group's end, and what behind."""
    places = [place for place, layer in enumerate(layers) if layer.id == before]
    members = [place for place, layer in enumerate(layers) if group and layer.group == group]
    if places:
        at = places[0]
    elif members:
        at = members[-1] + 1
    else:
        at = len(layers)
    return layers[:at], layers[at:]


def _blocks(layers: Sequence[LayerDefinition]) -> list[list[LayerDefinition]]:
    """Return what moves as one: a group's layers, or a layer of no group."""
    keys = [layer.group or (layer.id,) for layer in layers]
    return [
        [layer for layer, one in zip(layers, keys, strict=True) if one == key]
        for key in dict.fromkeys(keys)
    ]


def _swap(row: list[T], at: int, there: int) -> None:
    if 0 <= there < len(row):
        row[at], row[there] = row[there], row[at]
