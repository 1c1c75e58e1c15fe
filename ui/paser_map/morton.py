"""Places on the map as whole numbers, interleaved so that what is near in them is near on the map.

G. M. Morton's order (1966): sorted by it, each square of each zoom level is one run of a list.
"""

import numpy as np
from numpy.typing import NDArray

from paser_map.projection import HALF_M, FloatArray

Codes = NDArray[np.uint64]

BITS = 32
"""Of each of the two numbers of a place: 9.3 mm on the map a step."""

_STEPS = float(1 << BITS)
_SPREAD = tuple(
    (np.uint64(shift), np.uint64(mask))
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    )
)
_ONE = np.uint64(1)


def fixed(x: FloatArray, y: FloatArray) -> tuple[Codes, Codes]:
    """Return how many steps east of the map's west edge, and south of its north edge.

    `x` and `y` are finite metres on the map; what lies on the far edges is taken to the last step.
    """
    across = np.clip((x + HALF_M) / (2 * HALF_M) * _STEPS, 0, _STEPS - 1)
    down = np.clip((HALF_M - y) / (2 * HALF_M) * _STEPS, 0, _STEPS - 1)
    return across.astype(np.uint64), down.astype(np.uint64)


def metres(across: Codes, down: Codes) -> tuple[FloatArray, FloatArray]:
    """Return metres on the map of the middles of steps."""
    x = (across.astype(np.float64) + 0.5) / _STEPS * (2 * HALF_M) - HALF_M
    y = HALF_M - (down.astype(np.float64) + 0.5) / _STEPS * (2 * HALF_M)
    return x, y


def interleaved(across: Codes, down: Codes) -> Codes:
    """Return the code of each place: its bits in turn, `down` above `across`."""
    return _spread(across) | (_spread(down) << _ONE)


def separated(codes: Codes) -> tuple[Codes, Codes]:
    """Return `across` and `down` of codes."""
    return _gathered(codes), _gathered(codes >> _ONE)


def _spread(steps: Codes) -> Codes:
    for shift, mask in _SPREAD:
        steps = (steps | (steps << shift)) & mask
    return steps


def _gathered(codes: Codes) -> Codes:
    codes = codes & _SPREAD[-1][1]
    for (shift, _), (_, mask) in zip(reversed(_SPREAD), reversed(_FULL), strict=True):
        codes = (codes | (codes >> shift)) & mask
    return codes


_FULL = ((_ONE, np.uint64(0x00000000FFFFFFFF)), *_SPREAD[:-1])
