"""Things over time in few bytes: each state of a thing once, and of a moment what it changed."""

import math
from collections.abc import Iterable
from typing import Any

from paser_command.errors import InputError
from paser_command.export.things import LAYERS, Outline, Thing
from paser_command.geo import Ring

MOST_THINGS = 10_000
"""How many things one moment may show: what a phone still draws."""

MOST_STATES = 100_000
MOST_POSITIONS = 1_000_000

_LAYERS = list(LAYERS)
_DECIMALS = 5
"""Of a degree: about a metre."""


class Film:
    """Tables of texts, outlines and states, and the moments as changes of which states stand.

    A state is a list: layer, thing, outline, severity, 1 for filled + 2 for stale, ink, course or
    null, value, title and lines; outline and the last three are numbers in their tables.
    """

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._keys: dict[tuple[str, str], int] = {}
        self._outlines: dict[Outline, int] = {}
        self._states: dict[Thing, int] = {}
        self._moments: list[dict[str, Any]] = []
        self._standing: frozenset[int] = frozenset()
        self._positions = 0

    def add(self, label: str, things: Iterable[Thing]) -> None:
        """Add the next moment; InputError where the whole becomes too large to open."""
        standing = frozenset(self._state(thing) for thing in things if _is_somewhere(thing.outline))
        if len(standing) > MOST_THINGS:
            raise InputError(
                "a web map can show {most} things at once, and this one would have {n}: "
                "hide some of the layers",
                most=MOST_THINGS,
                n=len(standing),
            )
        came, went = standing - self._standing, self._standing - standing
        self._moments.append({"label": label, "came": sorted(came), "went": sorted(went)})
        self._standing = standing

    def tables(self) -> dict[str, Any]:
        """Return all of it as plain values for JSON."""
        states = [self._row(thing) for thing in self._states]
        return {
            "texts": list(self._texts),
            "outlines": [_plain(outline) for outline in self._outlines],
            "states": states,
            "moments": self._moments,
        }

    def _state(self, thing: Thing) -> int:
        known = self._states.get(thing)
        if known is not None:
            return known
        if thing.outline not in self._outlines:
            self._outlines[thing.outline] = len(self._outlines)
            self._positions += sum(map(len, thing.outline.rings))
        if len(self._states) >= MOST_STATES or self._positions > MOST_POSITIONS:
            raise InputError(
                "a web map can hold {states} changes and {positions} positions, and this one would "
                "have more: choose a shorter time span, or hide some of the layers",
                states=MOST_STATES,
                positions=MOST_POSITIONS,
            )
        self._states[thing] = len(self._states)
        return self._states[thing]

    def _row(self, thing: Thing) -> list[Any]:
        key = (thing.layer, thing.key)
        return [
            _LAYERS.index(thing.layer),
            self._keys.setdefault(key, len(self._keys)),
            self._outlines[thing.outline],
            int(thing.severity),
            thing.filled + 2 * thing.stale,
            thing.ink,
            _course(thing),
            self._text(thing.value),
            self._text(thing.title),
            [self._text(line) for line in thing.lines],
        ]

    def _text(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))


def _course(thing: Thing) -> int | None:
    course = thing.course_deg
    return None if course is None or not math.isfinite(course) else round(course % 360)


def _is_somewhere(outline: Outline) -> bool:
    return bool(outline.rings or outline.circles)


def _plain(outline: Outline) -> list[Any]:
    rings = [_flat(ring) for ring in outline.rings]
    circles = [
        [round(circle.lon, _DECIMALS), round(circle.lat, _DECIMALS), round(circle.radius_m)]
        for circle in outline.circles
    ]
    return [outline.kind, rings, circles]


def _flat(ring: Ring) -> list[float]:
    return [round(degrees, _DECIMALS) for place in ring for degrees in place]
