"""The machine's clock: one that is set while tests run explains what nothing else does."""

import time
from typing import NamedTuple

JUMP_S = 1.0
"""More than a clock that is slewed gains or loses in a run of an hour."""


class Moment(NamedTuple):
    """A moment by the clock that can be set, and by the one that cannot."""

    wall_s: float
    monotonic_s: float


def moment() -> Moment:
    """Return the moment that it is."""
    return Moment(time.time(), time.monotonic())


def jump(began: Moment, ended: Moment) -> str | None:
    """Tell by how much the clock was set between two moments, None where it went on by itself."""
    jumped_s = (ended.wall_s - began.wall_s) - (ended.monotonic_s - began.monotonic_s)
    if abs(jumped_s) <= JUMP_S:
        return None
    return f"the machine's clock was set by {jumped_s:+.1f} s while the tests ran"
