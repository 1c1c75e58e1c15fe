"""What a layer of the map is."""

from typing import NamedTuple, Protocol

from PySide6.QtGui import QPainter

from paser_ui.map.labels import Label, Placer
from paser_ui.map.view import MapView


class Hit(NamedTuple):
    """A thing under the pointer: its kind and key, as in a `Selection`."""

    kind: str
    key: str


class Layer(Protocol):
    """Things on the map, made anew when they change. `selected` is a key of the layer, or ""."""

    kind: str
    """The selection's kind of what is in it."""

    still: bool
    """Whether it seldom changes, and so is drawn with the ground."""

    def draw(self, painter: QPainter, view: MapView, selected: str) -> None:
        """Draw what the view shows."""
        ...

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
