"""Shapes of warnings and features, each projected once, and a few milliseconds of them a frame.

A thousand warnings of two thousand corners take seconds to be projected: all in one frame, and the
whole desk would stand still for them.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from paser_command.api import Alert, Feature, Record
from paser_map.api import Shape, shape_of_areas, shape_of_geometry

BUDGET_S = 0.006
"""How long a frame projects what is new; one shape is always made, so that it comes to an end."""


class _Made(NamedTuple):
    record: Record
    name: str
    shape: Shape


class Shapes:
    """What was projected, by key, as long as it is asked for in each round.

    A round is one pass over all things of a layer. `behind` tells that not all could be made in
    it: ask again in the next frame.
    """

    def __init__(self, now_s: Callable[[], float] = time.perf_counter) -> None:
        self.behind = False
        self._now_s = now_s
        self._made: dict[str, _Made] = {}
        self._kept: dict[str, _Made] = {}
        self._ends_s: float | None = None

    def begin(self) -> None:
        """Begin a round."""
        self.behind = False
        self._kept = {}
        self._ends_s = None

    def end(self) -> None:
        """End the round: what was not asked for in it is forgotten."""
        self._made = self._kept

    def of_alert(self, alert: Alert, name: str) -> Shape | None:
        """Return a warning's areas, None where there is no time left to project them."""
        return self._shape(
            alert,
            name,
            lambda: shape_of_areas(alert.key, name, alert.severity, alert.polygons, alert.circles),
        )

    def of_feature(self, feature: Feature, name: str) -> Shape | None:
        """Return a feature's shape; None where it has none, or no time is left to project it."""
        geometry = feature.geometry
        if geometry is None:
            return None
        return self._shape(
            feature,
            name,
            lambda: shape_of_geometry(feature.key, name, feature.severity, geometry),
        )

    def _shape(self, record: Record, name: str, make: Callable[[], Shape]) -> Shape | None:
        made = self._made.get(record.key)
        if made is None or made.record is not record or made.name != name:
            now_s = self._now_s()
            if self._ends_s is None:
                self._ends_s = now_s + BUDGET_S
            elif now_s > self._ends_s:
                self.behind = True
                return None
            made = _Made(record, name, make())
        self._kept[record.key] = made
        return made.shape
