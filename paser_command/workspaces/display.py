"""What a display is known by, and which of those known before is which of those present."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec


class Display(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A display as its makers name it. `connector` is where it is plugged in, such as DP-2.

    Sizes are millimetres of the glass, 0 where the display does not tell.
    """

    maker: str = ""
    model: str = ""
    serial: str = ""
    width_mm: int = 0
    height_mm: int = 0
    connector: str = ""

    @property
    def title(self) -> str:
        """What people call it: maker and model, else where it is plugged in."""
        return " ".join(part for part in (self.maker, self.model) if part) or self.connector


_SERIAL, _MODEL, _SIZE, _CONNECTOR = 8, 4, 2, 1
LEAST_ALIKE = 2
"""A display that has only the connector of another is not that one."""


def likeness(one: Display, other: Display) -> int:
    """Return how much speaks for both being one display; -1 where that cannot be.

    Two serial numbers that differ are two displays, whatever else they share. A projector or a
    virtual display tells nothing: it is known by its connector and size.
    """
    if one.serial and other.serial and one.serial != other.serial:
        return -1
    if one.maker and other.maker and one.maker != other.maker:
        return -1
    same_model = bool(one.model) and (one.maker, one.model) == (other.maker, other.model)
    if (one.model or other.model) and not same_model:
        return -1
    score = _SERIAL if one.serial and one.serial == other.serial else 0
    score += _MODEL if same_model else 0
    if (one.width_mm, one.height_mm) == (other.width_mm, other.height_mm):
        score += _SIZE
    if one.connector and one.connector == other.connector:
        score += _CONNECTOR
    return score


def paired(known: Sequence[Display], present: Sequence[Display]) -> Mapping[int, int]:
    """Return which of the known ones is which of those present, by their numbers.

    The surest pairs are made first, of those that are as sure the first known with the first by
    its connector; a known display with no like is not among the keys.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, first, _, second in sorted(_scores(known, present)):
        if -score >= LEAST_ALIKE and first not in pairs and second not in taken:
            pairs[first] = second
            taken.add(second)
    return pairs


def _scores(
    known: Sequence[Display], present: Sequence[Display]
) -> Iterable[tuple[int, int, tuple[str | int, ...], int]]:
    for first, one in enumerate(known):
        for second, other in enumerate(present):
            told = msgspec.structs.astuple(other)
            yield -likeness(one, other), first, (other.connector, *told), second
