"""The map panel: the picture's layers on a canvas, chips that count and hide them."""

import math
from itertools import pairwise

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paser_command.api import Frame, Instant, Picture, Selection, is_place
from paser_plugins.map.describe import describe
from paser_plugins.map.layers import AGE_STEP, LEAST_STEP, SOURCES, Source, counts
from paser_ui.api import BASEMAP_ATTRIBUTION, GAP_PX, Chip, MapCanvas, Panel, PanelContext

_CHIP_WORDS = {
    "incidents": "Incidents {n}",
    "levels": "Water level {n}",
    "stations": "Stations {n}",
    "alerts": "Warnings {n}",
    "features": "Layers {n}",
    "units": "Units {n}",
}
"""The chips in their order, with their words."""

_LONGEST_SOURCE = 40
_LONGEST_SENDER = 12

_Stamp = tuple[object, ...]


class MapPanel(Panel):
    """The map. A click picks for all panels; a thing picked elsewhere is brought into view."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.canvas = MapCanvas()
        self.canvas.describe = self._describe
        self.canvas.picked.connect(self._select)
        self._chips = {name: Chip(f"map.chip.{name}") for name in _CHIP_WORDS}
        self._frame: Frame | None = None
        self._selection = Selection()
        self._drawn: dict[str, tuple[Instant, _Stamp]] = {}
        self._counts: dict[str, int] = {}
        self._sender = ""
        self._lay_out()
        self.retranslate()

    def render_frame(self, frame: Frame) -> None:
        """Make the layers whose parts have changed anew, and mark the selection."""
        self._frame = frame
        changed = [name for name, source in SOURCES.items() if self._is_due(name, source, frame)]
        for name in changed:
            self.canvas.set_layer(name, SOURCES[name].make(frame, self.context.language))
        if changed:
            self._count(frame)
            self.canvas.set_sources(self._attributions(frame.picture))
        self.canvas.set_selection(frame.selection)
        if frame.selection != self._selection:
            self._selection = frame.selection
            self.canvas.reveal(frame.selection)
        self.canvas.refresh_hover()

    def retranslate(self) -> None:
        """Put the words on again; values are written anew with the next frame."""
        self._drawn.clear()
        self.canvas.retranslate(self.context.tr)
        self._say_counts()

    def save_state(self) -> dict[str, str | int | float | bool]:
        """Return the place and zoom, unless the map shows its home, and what is hidden."""
        state: dict[str, str | int | float | bool] = {
            f"hide_{name}": True for name in self._hidden()
        }
        if not self.canvas.fits_home:
            lon, lat = self.canvas.view.place
            state |= {"lon": lon, "lat": lat, "zoom": self.canvas.view.zoom}
        return state

    def restore_state(self, state: dict[str, str | int | float | bool]) -> None:
        """Show the place and hide the layers that the state names."""
        for name, chip in self._chips.items():
            chip.setChecked(state.get(f"hide_{name}") is not True)
        view = [state.get(name) for name in ("lon", "lat", "zoom")]
        lon, lat, zoom = (float(v) if isinstance(v, int | float) else math.nan for v in view)
        if is_place(lon, lat) and math.isfinite(zoom):
            self.canvas.show_place(lon, lat, zoom)

    def _lay_out(self) -> None:
        header = QWidget()
        row = QHBoxLayout(header)
        row.setContentsMargins(2 * GAP_PX, GAP_PX, 2 * GAP_PX, GAP_PX)
        row.setSpacing(2 * GAP_PX)
        for chip in self._chips.values():
            chip.setChecked(True)
            chip.toggled.connect(self._hide)
            row.addWidget(chip)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.canvas, 1)
        self.canvas.setFocus()
        for before, after in pairwise((self.canvas, *self._chips.values())):
            QWidget.setTabOrder(before, after)

    def _is_due(self, name: str, source: Source, frame: Frame) -> bool:
        picture = frame.picture
        age = frame.now // AGE_STEP if source.ages else 0
        stamp = (id(picture), age, *(picture.revision[part] for part in source.parts))
        made_at, made_of = self._drawn.get(name, (0, ()))
        early = source.ages and made_of and 0 <= frame.now - made_at < LEAST_STEP
        if not frame.seeked and (made_of == stamp or early):
            return False
        self._drawn[name] = (frame.now, stamp)
        return True

    def _count(self, frame: Frame) -> None:
        found, sender = counts(frame), self._only_source(frame)
        if (found, sender) != (self._counts, self._sender):
            self._counts, self._sender = found, sender
            self._say_counts()

    def _say_counts(self) -> None:
        for name, chip in self._chips.items():
            number = self._counts.get(name, 0)
            shown = self.context.language.number(number)
            sender = self._sender if name == "alerts" else ""
            chip.say(f"{sender} {shown}" if sender else self.context.tr(_CHIP_WORDS[name], n=shown))
            chip.setVisible(number > 0 or name == "incidents")

    def _attributions(self, picture: Picture) -> list[str]:
        """Return whose data is on the map, each once."""
        named = (self._short(health.source) for health in picture.feeds.values())
        cells = self.context.tr("district borders: schematic")
        return [*dict.fromkeys(name for name in named if name), *BASEMAP_ATTRIBUTION, cells]

    def _only_source(self, frame: Frame) -> str:
        """Return the short name of who sent all warnings in force, "" where they are several."""
        feeds = {alert.feed for alert in frame.picture.alerts_in_force(frame.now)}
        health = frame.picture.feeds.get(min(feeds)) if len(feeds) == 1 else None
        name = self._short(health.source) if health else ""
        return name if len(name) <= _LONGEST_SENDER else ""

    def _short(self, source: str) -> str:
        """Return an attribution without what it adds in brackets."""
        return self.context.attribution(source).split(" (")[0][:_LONGEST_SOURCE]

    def _hidden(self) -> frozenset[str]:
        return frozenset(name for name, chip in self._chips.items() if not chip.isChecked())

    def _hide(self) -> None:
        self.canvas.set_hidden(self._hidden())

    def _select(self, selection: Selection) -> None:
        self.context.select(selection)

    def _describe(self, selection: Selection) -> tuple[str, ...]:
        if self._frame is None:
            return ()
        return describe(selection, self._frame, self.context)
