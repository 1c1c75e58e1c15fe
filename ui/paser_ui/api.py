"""All that a panel may know of the windows: the panel's base, its context, and the drawing kit."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

import msgspec
from PySide6.QtWidgets import QWidget

from paser_command.api import (
    Frame,
    Language,
    Region,
    Selection,
    SeriesQuery,
    Ticket,
    TrailQuery,
    VerbValue,
)
from paser_command.errors import InputError
from paser_command.picture.source_words import source_word
from paser_command.picture.values import decimals_of, is_stale, value_text
from paser_ui.acts.ticket_words import ticket_text
from paser_ui.categories import category_word
from paser_ui.finding.words import KIND_WORDS
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import SEVERITY_WORDS, draw_symbol
from paser_ui.theme.tokens import (
    CLOCK_PX,
    COLOURS,
    GAP_PX,
    HELP_PX,
    LABEL_PX,
    STRIP_PX,
    TEXT_PX,
    Colours,
)
from paser_ui.widgets.area_chip import AreaChip
from paser_ui.widgets.chip import Chip
from paser_ui.widgets.icons import icon
from paser_ui.widgets.lines import RIGHT, write_line
from paser_ui.widgets.plain import (
    ElidedLabel,
    cleaned,
    plain_label,
    put_action,
    put_name,
    put_running_text,
    put_text,
    put_tooltip,
)

if TYPE_CHECKING:
    from paser_command.maps.services import MapServices

__all__ = [
    "CLOCK_PX",
    "COLOURS",
    "GAP_PX",
    "HELP_PX",
    "KIND_WORDS",
    "LABEL_PX",
    "RIGHT",
    "SEVERITY_WORDS",
    "STRIP_PX",
    "TEXT_PX",
    "AreaChip",
    "Chip",
    "Colours",
    "Contribution",
    "ElidedLabel",
    "Panel",
    "PanelContext",
    "Point",
    "category_word",
    "cleaned",
    "decimals_of",
    "draw_symbol",
    "font",
    "icon",
    "is_stale",
    "plain_label",
    "put_action",
    "put_name",
    "put_running_text",
    "put_text",
    "put_tooltip",
    "source_word",
    "ticket_text",
    "value_text",
    "write_line",
]


Point = Literal["layers", "exports"]
"""Where plugins add to the panels of others."""


class Contribution(msgspec.Struct, frozen=True):
    """What a plugin adds: its id and its English name, whose package translates it, and itself."""

    id: str
    name: str
    package: str
    value: object


class PanelContext(Protocol):
    """What a panel gets of the program. Everything here is called from the main thread."""

    @property
    def language(self) -> Language:
        """Words, numbers and dates of the language that the screen speaks now."""
        ...

    @property
    def maps(self) -> "MapServices":
        """The map's way to the disk and the network."""
        ...

    def tr(self, text: str, **facts: object) -> str:
        """Return the English text in the screen's language with the facts put in."""
        ...

    def select(self, selection: Selection) -> None:
        """Pick a thing for all panels."""
        ...

    def look_at(self, area: Region | None) -> None:
        """Limit all panels' lists to an area, None for everywhere; the next frames carry it."""
        ...

    def act(self, value: VerbValue, subject: str) -> Ticket:
        """Do something to a subject: `Acknowledge()`, `AddNote(text)`, or a plugin's own verb.

        The ticket says what becomes of it: being saved, saved, lost to somebody who was first, or
        refused and why, as it is while the screen shows the past. `ticket_text` has the words.
        """
        ...

    def refusal(self, kind: type[VerbValue]) -> InputError | None:
        """Return why an act of this kind would be refused now, None where it would not."""
        ...

    def undo(self) -> Ticket | None:
        """Undo this seat's last act on a drawing; None where there is none."""
        ...

    def redo(self) -> Ticket | None:
        """Do again what this seat undid last; None where there is nothing."""
        ...

    def attribution(self, source: str) -> str:
        """Return whom to name beside what a type of feed gave; "" where nobody asks for it.

        `source` is a `FeedHealth.source`, the words are those of the feed's own plugin.toml.
        """
        ...

    def source_name(self, source: str) -> str:
        """Return what a type of feed calls itself, in the screen's language.

        `source` is a `FeedHealth.source`; it stands for itself where no plugin has it.
        """
        ...

    def contributions(self, point: Point) -> tuple[Contribution, ...]:
        """Return what plugins add there: a map's `LayerPlan`s, an exporter's `ExportPlan`s."""
        ...

    def language_of(self, contribution: Contribution) -> Language:
        """Return the screen's language with the words of the plugin that added something."""
        ...

    def ask(self, queries: Iterable[SeriesQuery]) -> None:
        """Say which series the coming frames shall carry, in place of what was asked before."""
        ...

    def ask_trails(self, query: TrailQuery) -> None:
        """Say which units' trails the coming frames shall carry, in place of those before."""
        ...


class Panel(QWidget):
    """A panel: one method. It holds no truth; each frame is complete.

    `render_frame` is called only while the panel is visible, at most ten times a second, and at
    once after a jump of the clock, a change of selection, or a change of language.

    What can be done in it is a `QAction` on it, with an object's name and words: the program shows
    it among all that can be done, with its key, which a person may change.

    With `shows_acts` it is where a person who acts looks for what came of it: it is drawn first.
    """

    shows_acts: ClassVar[bool] = False

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self.context = context

    def render_frame(self, frame: Frame) -> None:
        """Draw the frame."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Put the words on again: the language has changed."""

    def show_place(self, lon: float, lat: float, zoom: float) -> None:
        """Bring a place into view, at least so close; a panel without places does nothing."""

    def save_state(self) -> dict[str, str | int | float | bool]:
        """Return what the workspace shall remember of this panel."""
        return {}

    def restore_state(self, state: dict[str, str | int | float | bool]) -> None:
        """Take back what `save_state` returned; unknown or wrong entries are left aside."""
