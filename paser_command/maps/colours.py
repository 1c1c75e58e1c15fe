"""Colours to style layers with: calm, told apart by every eye, and none of the alarms'.

The ramps rise in lightness alone from end to end, so that they can be read without hue. The
categories were searched for the largest distance between any two in normal vision and in the three
dichromacies (Machado, Oliveira and Fernandes 2009, severity 1.0): at least 18 in CIELAB.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

RAMPS: Mapping[str, tuple[str, ...]] = {
    "slate": ("#2f4553", "#648294", "#cfdde6"),
    "moss": ("#2c463a", "#64897a", "#d2e2d9"),
    "sand": ("#4a3f31", "#8c7d66", "#e6dcca"),
    "plum": ("#48374b", "#85708a", "#e0d4e2"),
}
"""Dark to light, for numbers; on the dark ground the most stands out most."""

CATEGORIES = (
    "#7ea296",
    "#dab994",
    "#5294b2",
    "#dedccd",
    "#815a7a",
    "#466c53",
    "#b6d2ea",
    "#8e8a5d",
)
"""For values without an order."""


def ramp(name: str, count: int) -> tuple[str, ...]:
    """Return so many colours of the ramp at equal steps, the darkest first."""
    anchors = [_parts(colour) for colour in RAMPS[name]]
    places = [step * (len(anchors) - 1) / max(1, count - 1) for step in range(count)]
    return tuple(_between(anchors, place) for place in places)


def categories(count: int) -> tuple[str, ...]:
    """Return so many colours for categories; past the eighth they begin anew."""
    return tuple(CATEGORIES[place % len(CATEGORIES)] for place in range(count))


def _between(anchors: Sequence[tuple[int, ...]], place: float) -> str:
    at = min(int(place), len(anchors) - 2)
    low, high = list(pairwise(anchors))[at]
    share = place - at
    mixed = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))
