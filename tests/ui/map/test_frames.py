"""A map that moves leaves more of each frame to others than one that only fills in."""

import pytest
from PySide6.QtCore import QObject

from paser_map.frames import Frames


class Ground:
    """Notes for how long it may draw."""

    idle = False

    def __init__(self):
        self.budgets_s = []

    def work(self, budget_s):
        self.budgets_s.append(budget_s)
        return False


class Navigation:
    """One that moves, or rests."""

    def __init__(self, *, moving):
        self.moving = moving

    def step(self):
        """Go on."""


def budget_s(*, moving=False, held=False, paint_s=0.004):
    owner, ground = QObject(), Ground()
    frames = Frames(owner, Navigation(moving=moving), ground)  # type: ignore[arg-type]
    frames.held, frames.paint_s = held, paint_s
    frames.go_on()
    return ground.budgets_s[0]


def test_a_map_at_rest_fills_in_with_half_of_a_frame(qapp):
    assert budget_s() == pytest.approx(0.008)


@pytest.mark.parametrize("how", [{"moving": True}, {"held": True}])
def test_a_map_that_moves_leaves_most_of_a_frame_to_others(qapp, how):
    assert budget_s(**how) == pytest.approx(0.002)


def test_what_paints_slowly_still_fills_in(qapp):
    assert budget_s(paint_s=0.5) == pytest.approx(0.002)
