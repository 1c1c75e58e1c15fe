"""What somebody wants of the map as a file, and the choices that there are."""

from enum import StrEnum
from typing import NamedTuple

import msgspec

from paser_command.export.plan import ExportPlan
from paser_command.language import Language
from paser_command.times import DAY, HOUR, Instant
from paser_map.export.formats import Paper


class Kind(StrEnum):
    """The kinds of files, by their suffix."""

    PNG = "png"
    PDF = "pdf"
    HTML = "html"


KIND_WORDS = {
    Kind.PNG: "Picture (PNG)",
    Kind.PDF: "Page to print (PDF)",
    Kind.HTML: "Web map (HTML)",
}


class Picture(NamedTuple):
    """A picture's size in logical pixels, and how many pixels each of them is wide."""

    width: int
    height: int
    scale: float


PICTURES = {
    Picture(1280, 800, 1.0): "1280 × 800",
    Picture(1280, 800, 2.0): "2560 × 1600",
    Picture(1920, 1080, 2.0): "3840 × 2160",
}


class Sheet(NamedTuple):
    """A sheet of paper, lying or standing."""

    paper: Paper
    upright: bool


SHEET_WORDS = {
    Sheet(Paper.A4, False): "A4, landscape",
    Sheet(Paper.A4, True): "A4, portrait",
    Sheet(Paper.A3, False): "A3, landscape",
    Sheet(Paper.A3, True): "A3, portrait",
}

SPAN_WORDS: dict[Instant, str] = {
    0: "This moment",
    HOUR: "The last hour",
    6 * HOUR: "The last 6 hours",
    DAY: "The last 24 hours",
    7 * DAY: "The last 7 days",
}
"""How far back from the clock's moment a web map goes."""

PLACE_WORDS = {False: "As on the map", True: "The whole area"}
"""What is on the map: what the screen shows, or the home box."""


class PlannedFile(NamedTuple):
    """A kind of file that a plugin makes: what it is called, in the screen's language, and itself.

    `language` has the plugin's own words.
    """

    name: str
    plan: ExportPlan
    language: Language


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is wanted: of a kind of ours, or a plugin's, `planned`.

    What it has no use for is left aside.
    """

    kind: Kind | None
    planned: PlannedFile | None = None
    title: str
    whole: bool
    picture: Picture
    sheet: Sheet
    span: Instant
    personal: bool

    @property
    def suffix(self) -> str:
        """The suffix of the file's name, without a point."""
        return self.planned.plan.suffix if self.planned else str(self.kind)
