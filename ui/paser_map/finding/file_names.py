"""The names of the features of files on the map, taken into the search by and by."""

from collections.abc import Iterable
from typing import Protocol

from paser_command.maps.search import SearchIndex
from paser_command.picture.summary import Summary

MOST_NAMES = 20_000
"""Of a file no more names are searched: such a file has numbers for names."""

_AT_ONCE = 1_000


class Named(Protocol):
    """A layer whose features have names. Their keys are their numbers."""

    kind: str

    def names(self, start: int, most: int) -> list[str]:
        """Return the names of features from a number on, as far as they were read; "" for none."""
        ...


class FileNames:
    """Keeps a search in step with the layers of files, by what people call these layers."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._layers: dict[Named, str] = {}
        self._taken: dict[Named, int] = {}

    def show(self, layers: Iterable[tuple[Named, str]]) -> None:
        """Search these layers from now on, and no others."""
        before, self._layers = self._layers, dict(layers)
        for layer in before.keys() - self._layers.keys():
            self._index.forget(layer.kind)
            self._taken.pop(layer, None)

    def word(self, kind: str) -> str:
        """Return what people call the layer of that kind of things."""
        return next((name for layer, name in self._layers.items() if layer.kind == kind), kind)

    def follow(self) -> bool:
        """Take in some of the names that were read since; tell whether there were any."""
        came = False
        for layer, called in self._layers.items():
            start = self._taken.get(layer, 0)
            names = layer.names(start, min(_AT_ONCE, MOST_NAMES - start))
            self._taken[layer] = start + len(names)
            came = came or bool(names)
            self._index.put(
                Summary(kind=layer.kind, key=str(number), name=name, words=called)
                for number, name in enumerate(names, start)
                if name
            )
        return came
