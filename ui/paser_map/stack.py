"""The layers of a canvas by name: their order, how they are shown, and whose data they are."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paser_map.layers import Layer, Shown


class Entry(NamedTuple):
    """A layer that is on the map now, and how opaque."""

    layer: Layer
    opacity: float


class Stack:
    """What `arrange` does not name lies on top, in the order in which it was first put."""

    def __init__(self) -> None:
        self._layers: dict[str, Layer] = {}
        self._sources: dict[str, tuple[str, ...]] = {}
        self._shown: dict[str, Shown] = {}

    def put(self, name: str, layer: Layer, sources: Sequence[str]) -> bool:
        """Put a layer in place of the last of its name; False where it only changed its layer."""
        fresh = name not in self._layers or self._sources[name] != tuple(sources)
        self._layers[name], self._sources[name] = layer, tuple(sources)
        return fresh

    def drop(self, name: str) -> Layer | None:
        """Take a layer away and return it; None where there was none."""
        self._sources.pop(name, None)
        return self._layers.pop(name, None)

    def arrange(self, shown: Iterable[Shown]) -> bool:
        """Say how layers are shown, the lowest first; False where that is so already."""
        arranged = {one.name: one for one in shown}
        same = list(arranged.items()) == list(self._shown.items())
        self._shown = arranged
        return not same

    def get(self, name: str) -> Layer | None:
        """Return the layer of a name, shown or not."""
        return self._layers.get(name)

    def all(self) -> list[Layer]:
        """Return all layers, shown or not."""
        return list(self._layers.values())

    def entries(self, zoom: float) -> list[Entry]:
        """Return the layers that are on the map at a zoom, the lowest first."""
        return [Entry(self._layers[name], self._how(name).opacity) for name in self._visible(zoom)]

    def sources(self, zoom: float) -> list[str]:
        """Return whose data is on the map at a zoom, each once."""
        named = (source for name in self._visible(zoom) for source in self._sources[name])
        return list(dict.fromkeys(source for source in named if source))

    def _visible(self, zoom: float) -> list[str]:
        arranged = [name for name in self._shown if name in self._layers]
        others = [name for name in self._layers if name not in self._shown]
        return [name for name in (*arranged, *others) if _is_on(self._how(name), zoom)]

    def _how(self, name: str) -> Shown:
        return self._shown.get(name) or Shown(name)


def _is_on(shown: Shown, zoom: float) -> bool:
    return shown.visible and shown.opacity > 0.0 and shown.least_zoom <= zoom < shown.most_zoom
