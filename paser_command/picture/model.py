"""What a program understands of a journal: the kinds of records, and the parts of the picture."""

from collections.abc import Iterable

import msgspec

from paser_command.picture.part import Part
from paser_command.picture.parts.alarms import AlarmsPart
from paser_command.picture.parts.alerts import AlertsPart
from paser_command.picture.parts.drawings import DrawingsPart
from paser_command.picture.parts.incidents import IncidentsPart
from paser_command.picture.parts.newest import (
    FeaturesPart,
    FeedsPart,
    LatestPart,
    StreamsPart,
    UnitsPart,
)
from paser_command.picture.parts.screens import ScreensPart
from paser_command.picture.parts.unread import UnreadPart
from paser_command.records import BUILT_IN_KINDS, Kind, Kinds

BUILT_IN_PARTS: tuple[type[Part], ...] = (
    DrawingsPart,
    IncidentsPart,
    AlertsPart,
    AlarmsPart,
    StreamsPart,
    LatestPart,
    UnitsPart,
    FeaturesPart,
    FeedsPart,
    ScreensPart,
    UnreadPart,
)


class Model(msgspec.Struct, frozen=True):
    """The kinds of records and the parts of the picture that a program knows.

    Made once by whoever starts the program, and handed to the journal that it opens.
    """

    kinds: Kinds
    parts: tuple[type[Part], ...]


def model(kinds: Iterable[Kind] = (), parts: Iterable[type[Part]] = ()) -> Model:
    """Return the program's own model, and what plugins add to it.

    PluginError where two kinds share a name.
    """
    return Model(Kinds((*BUILT_IN_KINDS, *kinds)), (*BUILT_IN_PARTS, *parts))
