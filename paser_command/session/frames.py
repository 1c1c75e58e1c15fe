"""What a panel draws: one immutable moment of a session."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import NDArray

from paser_command.journal.trail import Trail
from paser_command.outbox.ticket import Ticket
from paser_command.personal import without_contacts
from paser_command.picture.picture import Picture
from paser_command.region import Region
from paser_command.times import Instant


class Mode(StrEnum):
    """How the session's clock runs."""

    LIVE = "live"
    PLAYING = "playing"
    PAUSED = "paused"


class Selection(msgspec.Struct, frozen=True):
    """What is picked, the same on every panel: a kind of thing and its key in the picture.

    Kinds: "incident", "stream", "alert", "unit", "feature", "drawing", "feed"; "" for nothing.
    """

    kind: str = ""
    key: str = ""


class SeriesQuery(msgspec.Struct, frozen=True):
    """A chart's question: one stream from start to end, at most four values a column."""

    stream: str
    start: Instant
    end: Instant
    columns: int


class Series(msgspec.Struct, frozen=True):
    """The answer: `at` (n,) int64 instants that rise, `value` (n,) float64, n <= 4 * columns.

    As the room knew it at the moment `known`. `step` is 0 where every number is there. Otherwise it
    is a column's width, and of each column the first, last, lowest and highest number are there:
    neighbours that are further apart than `step` have no number between them.
    """

    query: SeriesQuery
    at: NDArray[np.int64]
    value: NDArray[np.float64]
    known: Instant
    step: Instant = 0


class TrailQuery(msgspec.Struct, frozen=True):
    """A map's question: where these units were from start to end."""

    units: tuple[str, ...]
    start: Instant
    end: Instant


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One moment of a session as a panel gets it. The picture is read, never changed.

    `now` is the instant that the clock shows. `seeked` is set on the first frame after a jump:
    the picture is another one, and what a panel remembers of the last is void. `series` has the
    newest answer to each stream that the panel asked for, `trails` to each unit. `area` is what the
    desk looks at: a list shows what lies in it and says so; None for everywhere. `tickets` are the
    acts of this console that are being saved, and those that were lost or refused just now.

    What is drawn on a `wall` is seen by visitors from afar: nothing to press, and no text but what
    `personal` and `official` let through. Kinds, severities, numbers and times are everybody's.

    `current` is whether the picture shows what stands at `now`. Where it does not, a veil over the
    panel says so; what leaves the panel, such as a page, has to say it itself.
    """

    now: Instant
    mode: Mode
    speed: float
    seeked: bool
    exercise: bool
    picture: Picture
    selection: Selection
    series: Mapping[str, Series]
    trails: Mapping[str, Trail] = {}
    area: Region | None = None
    tickets: tuple[Ticket, ...] = ()
    wall: bool = False
    current: bool = True

    def personal(self, text: str, instead: str = "") -> str:
        """Return what people wrote, or are called by; on the wall what stands there instead.

        Titles and texts of reports, notes, drawings, names of units, what is in people's own files.
        """
        return instead if self.wall else text

    def official(self, text: str) -> str:
        """Return a name or a text that an office gives out; on the wall without telephone numbers.

        Names of stations and limits, headlines of warnings, names in the site's layers.
        """
        return without_contacts(text) if self.wall else text
