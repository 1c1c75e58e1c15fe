"""A map's content and how it is put together, on the screen as on a page."""

from collections.abc import Generator
from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from paser_command.coordinates import Notation, format_place
from paser_command.session.frames import Selection
from paser_map.basemap import Basemap
from paser_map.carried import Below, Carried
from paser_map.drawing_order import draw_live, ground_steps, place_words
from paser_map.labels import Placer
from paser_map.layers import Hit, Words
from paser_map.legend import Legend, lay_out_legend
from paser_map.overlay import lay_out_glass
from paser_map.placed_words import PlacedWords
from paser_map.stack import Stack
from paser_map.view import MapView


class Veil(Protocol):
    """What dims a part of the map."""

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Draw it over a view."""
        ...


class Sheet:
    """The basemap, the layers above it, what is picked, and the words and the legend over all.

    A `veil` lies over layers and words, below scale, coordinates and sources.
    """

    def __init__(self, basemap: Basemap) -> None:
        self.basemap = basemap
        self.stack = Stack()
        self.selection = Selection()
        self.tr: Words = lambda text, **facts: text.format(**facts)
        self.notation = Notation.DMS
        self.legend_opened = False
        self.veil: Veil | None = None
        self._legends: dict[tuple[int, ...], Legend | None] = {}
        self._words = PlacedWords()
        self._carried = Carried()

    def sources(self, zoom: float) -> list[str]:
        """Return whose data is on the map at a zoom, the basemap's last."""
        return [*self.stack.sources(zoom), *self.basemap.sources(self.tr)]

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        """Return what lies at a pixel, what is drawn on top first."""
        highest_first = reversed(self.stack.entries(view.zoom))
        return [
            hit
            for entry in sorted(highest_first, key=lambda entry: entry.layer.still)
            for hit in entry.layer.hits(view, px, py, tolerance_px)
        ]

    def place_of(self, selection: Selection) -> tuple[float, float] | None:
        """Return where a thing is, in metres on the map; None where that is not known."""
        for layer in self.stack.all():
            if layer.kind == selection.kind and (place := layer.place_of(selection.key)):
                return place
        return None

    def forget(self) -> None:
        """Draw the layers anew, and ask them anew for their words and what their looks mean."""
        self._carried.forget()
        self.ask_anew()

    def change(self) -> None:
        """Do as `forget` does, the layers by and by: they may change many times a second."""
        self._carried.change()
        self.ask_anew()

    def let_go(self) -> None:
        """Hold no picture of what lives: nobody looks now."""
        self._carried.let_go()

    @property
    def changed(self) -> bool:
        """Whether layers have changed that were not drawn since."""
        return self._carried.changed

    def ask_anew(self) -> None:
        """Ask the layers anew for their words and what their looks mean."""
        self._legends.clear()
        self._words = PlacedWords()

    def legend(self, view: MapView, *, opened: bool) -> Legend | None:
        """Return the legend of what a view shows; None where it would be empty."""
        layers = tuple(entry.layer for entry in reversed(self.stack.entries(view.zoom)))
        known = (*map(id, layers), view.width, view.height, opened)
        if known not in self._legends:
            made = lay_out_legend(layers, self.tr, view.width, view.height, opened=opened)
            self._legends = {known: made}
        return self._legends[known]

    def ground(self, painter: QPainter, view: MapView) -> Generator[None, None, None]:
        """Draw what lies below in pieces."""
        return ground_steps(
            painter, view, self.basemap, self.stack.entries(view.zoom), self.selection
        )

    def draw(
        self,
        painter: QPainter,
        view: MapView,
        below: Below,
        pointer: tuple[float, float] | None,
        legend: Legend | None,
        *,
        moving: bool = False,
    ) -> None:
        """Draw what lies below, the live layers, all words, and what stands on the glass.

        While the map moves, layers and words are mostly carried along: where words would stand
        best is another place in every frame.
        """
        self._carried.draw(painter, view, below, self._draw_live, moving=moving)
        self._draw_words(painter, view, pointer, legend, moving=moving)

    def paint(self, painter: QPainter, view: MapView, *, legend: bool) -> None:
        """Draw all of a view at the painter's origin, to the end."""
        self._words = PlacedWords()
        painter.save()
        painter.setClipRect(QRectF(0, 0, view.width, view.height), Qt.ClipOperation.IntersectClip)
        for _ in self.ground(painter, view):
            pass
        self._draw_live(painter, view)
        found = self.legend(view, opened=True) if legend else None
        # A head that nobody can press tells nothing.
        self._draw_words(painter, view, None, found if found and found.opened else None)
        self._words = PlacedWords()
        painter.restore()

    def _draw_live(self, painter: QPainter, view: MapView) -> None:
        draw_live(painter, view, self.stack.entries(view.zoom), self.selection)

    def _draw_words(
        self,
        painter: QPainter,
        view: MapView,
        pointer: tuple[float, float] | None,
        legend: Legend | None,
        *,
        moving: bool = False,
    ) -> None:
        place = format_place(*view.to_degrees(*pointer), self.notation, self.tr) if pointer else ""
        glass = lay_out_glass(view, self.tr, place, self.sources(view.zoom))
        if not self._words.fits(view, moving=moving):
            placer = Placer(view)
            glass.block(placer)
            if legend:
                legend.block(placer)
            entries = self.stack.entries(view.zoom)
            words = place_words(placer, view, self.basemap, entries, self.selection)
            self._words = PlacedWords(view, words)
        self._words.draw(painter, view)
        if self.veil is not None:
            self.veil.draw(painter, view)
        glass.draw(painter)
        if legend:
            legend.draw(painter)
