"""The live layers on the canvas: in step with the picture, by its changes where that can be."""

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from paser_command.api import HOUR, Frame, Instant, Picture, Trail
from paser_map.api import AnyLayer, MapCanvas, PointLayer, StationLayer
from paser_plugins.map.layers import AGE_STEP, LEAST_STEP, PARTS, TRAILS, Part
from paser_plugins.map.shapes import Shapes
from paser_plugins.map.tally import Facts
from paser_plugins.map.words import short_source
from paser_ui.api import PanelContext

_PART_SHOWN_EVERY_S = 0.7
"""While shapes are still projected, what there is of them is shown so often."""

Hours = Mapping[str, float | None]
"""Of each layer, how old what it shows may be."""


class _Made(NamedTuple):
    """What a layer was made of, and when."""

    layer: AnyLayer
    picture: Picture
    revision: tuple[int, ...]
    age: Instant
    hours: float | None
    at: Instant
    trails: Mapping[str, Trail]


class LiveLayers:
    """Makes the layers whose parts have changed anew, or changes them in place."""

    def __init__(
        self,
        canvas: MapCanvas,
        context: PanelContext,
        parts: Mapping[str, Part] = PARTS,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._parts = parts
        self.facts: dict[str, Facts] = dict.fromkeys(parts, Facts())
        self._canvas = canvas
        self._context = context
        self._tallies = {name: part.facts() for name, part in parts.items()}
        self._made: dict[str, _Made] = {}
        self._sources: dict[str, tuple[str, ...]] = {}
        self._now_s = now_s
        self._shapes = {name: Shapes() for name, part in parts.items() if part.make_shapes}
        self._shown_s: dict[str, float] = {}

    def forget(self) -> None:
        """Make all anew with the next frame: the words have changed."""
        self._made.clear()

    def refresh(self, frame: Frame, hours: Hours) -> bool:
        """Bring the layers up to the frame; True where one of them changed."""
        due = [name for name in self._parts if self._is_due(name, frame, hours.get(name))]
        for name in due:
            self.facts[name] = self._tallies[name].facts(frame)
            self._renew(name, frame, hours.get(name))
        return bool(due)

    def _is_due(self, name: str, frame: Frame, hours: float | None) -> bool:
        made, part = self._made.get(name), self._parts[name]
        if made is None or frame.seeked or made.picture is not frame.picture:
            return True
        if name in self._shapes and self._shapes[name].behind:
            return True
        if made.hours != hours or (TRAILS in part.reads and _other(made.trails, frame.trails)):
            return True
        if part.ages and 0 <= frame.now - made.at < LEAST_STEP:
            return False
        revision, age = _revision(part, frame.picture), _age(part, frame, hours)
        return (made.revision, made.age) != (revision, age)

    def _renew(self, name: str, frame: Frame, hours: float | None) -> None:
        part, picture = self._parts[name], frame.picture
        oldest = frame.now - round(hours * HOUR) if hours else 0
        sources = self._sources_of(name, picture)
        layer: AnyLayer | None = self._changed_in_place(part, self._made.get(name), frame, hours)
        if layer is None:
            layer = self._layer(name, frame, oldest)
            if not self._is_worth_showing(name):
                return
            same = self._has_same_marks(name, layer)
            self._canvas.set_layer(name, layer, sources, same_marks=same)
        elif sources != self._sources[name]:
            self._canvas.set_layer(name, layer, sources)
        else:
            self._canvas.touch(name)
        self._sources[name] = sources
        age = _age(part, frame, hours)
        revision = _revision(part, picture)
        self._made[name] = _Made(layer, picture, revision, age, hours, frame.now, frame.trails)

    def _layer(self, name: str, frame: Frame, oldest: Instant) -> AnyLayer:
        part = self._parts[name]
        if part.make_shapes is None:
            assert part.make is not None
            return part.make(frame, self._context.language, oldest)
        shapes = self._shapes[name]
        shapes.begin()
        layer = part.make_shapes(frame, shapes, oldest)
        shapes.end()
        return layer

    def _is_worth_showing(self, name: str) -> bool:
        """Tell whether the layer is whole, or has not been shown for a while."""
        shapes, now_s = self._shapes.get(name), self._now_s()
        if (
            shapes is not None
            and shapes.behind
            and name in self._made
            and now_s - self._shown_s.get(name, 0.0) < _PART_SHOWN_EVERY_S
        ):
            return False
        self._shown_s[name] = now_s
        return True

    def _has_same_marks(self, name: str, layer: AnyLayer) -> bool:
        """Tell whether numbers alone differ from what is shown."""
        before = self._made[name].layer if name in self._made else None
        if isinstance(layer, StationLayer) and isinstance(before, StationLayer):
            return layer.has_marks_of(before)
        return False

    def _changed_in_place(
        self, part: Part, made: _Made | None, frame: Frame, hours: float | None
    ) -> PointLayer | None:
        """Return the layer after its changes; None where it is to be made anew.

        With a time filter things leave that did not change, so it is made anew.
        """
        if made is None or part.change is None or frame.seeked or hours or made.hours:
            return None
        if made.picture is not frame.picture or not isinstance(made.layer, PointLayer):
            return None
        keys = frame.picture.changes(part.reads[0], made.revision[0])
        if keys is None:
            return None
        part.change(made.layer, frame, self._context.language, keys, 0)
        return made.layer

    def _sources_of(self, name: str, picture: Picture) -> tuple[str, ...]:
        """Return whose data a layer is, each once."""
        known = (picture.feeds[feed] for feed in self.facts[name].feeds if feed in picture.feeds)
        named = (short_source(health.source, self._context) for health in known)
        return tuple(dict.fromkeys(source for source in named if source))


def _other(before: Mapping[str, Trail], now: Mapping[str, Trail]) -> bool:
    """Tell whether the trails are another answer than those before."""
    return now is not before and bool(now or before)


def _revision(part: Part, picture: Picture) -> tuple[int, ...]:
    return tuple(picture.revision.get(read, 0) for read in part.reads if read != TRAILS)


def _age(part: Part, frame: Frame, hours: float | None) -> Instant:
    return frame.now // AGE_STEP if part.ages or hours else 0
