"""What a layer of the map is."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol, TypeGuard

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from paser_map.labels import Label, Placer
from paser_map.view import MapView

Words = Callable[..., str]
"""`tr(text, **facts)`."""


class Hit(NamedTuple):
    """A thing under the pointer: its kind and key, as in a `Selection`."""

    kind: str
    key: str


class Swatch(NamedTuple):
    """An entry of the legend: what it means, and how to draw a sample of it into a box.

    Entries of a group stand together wherever they come from, the highest rank first.
    """

    text: str
    draw: Callable[[QPainter, QRectF], None]
    group: str = ""
    rank: int = 0


class Shown(NamedTuple):
    """How a layer is shown: at zooms from `least_zoom` on, up to and without `most_zoom`."""

    name: str
    visible: bool = True
    opacity: float = 1.0
    least_zoom: float = 0.0
    most_zoom: float = 24.0


class _Content(Protocol):
    """What layers have in common. `selected` is a key of the layer, or ""."""

    kind: str
    """The selection's kind of what is in it."""

    still: bool
    """Whether it is drawn into the ground, by `steps`, or by `draw`, at most ten times a second."""

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        """Return what lies at the pixel, what is drawn on top first."""
        ...

    def block(self, view: MapView, placer: Placer) -> None:
        """Keep labels off what the layer draws."""
        ...

    def labels(self, view: MapView, selected: str) -> list[Label]:
        """Return the words that the layer would like to have on the map, the most wanted first."""
        ...

    def place_of(self, key: str) -> tuple[float, float] | None:
        """Return where a thing is, in metres on the map; None where that is not known."""
        ...

    def poll(self) -> bool:
        """Take in what came from elsewhere; True where the layer looks different now.

        The canvas asks some ten times a second, while the layer is shown.
        """
        ...

    def legend(self, tr: Words) -> list[Swatch]:
        """Return what the layer's looks mean, of those looks that it has now."""
        ...


class LiveLayer(_Content, Protocol):
    """Few or quick things that change often. Its `still` is False."""

    def draw(self, painter: QPainter, view: MapView, selected: str) -> None:
        """Draw what the view shows, in a few milliseconds."""
        ...


class StillLayer(_Content, Protocol):
    """What seldom changes, or takes long to draw. Its `still` is True."""

    def steps(self, painter: QPainter, view: MapView, selected: str) -> Iterator[None]:
        """Draw what the view shows in pieces of a few milliseconds each, yielding after each.

        Between two pieces other things happen, to the layer too. An iterator may be closed before
        its end: what it saved of the painter it restores in a `finally`.
        """
        ...


Layer = LiveLayer | StillLayer


def is_still(layer: Layer) -> TypeGuard[StillLayer]:
    """Tell whether the layer is drawn into the ground."""
    return layer.still


def is_live(layer: Layer) -> TypeGuard[LiveLayer]:
    """Tell whether the layer is drawn anew in each frame."""
    return not layer.still
