"""What a plugin says of a layer that it adds to maps."""

from collections.abc import Callable

import msgspec

from paser_command.language import Language
from paser_command.session.frames import Frame
from paser_map.areas import AreaLayer
from paser_map.drawing.layer import DrawingLayer
from paser_map.hotspots import HotspotLayer
from paser_map.points import PointLayer
from paser_map.stations import StationLayer
from paser_map.units import UnitLayer

AnyLayer = PointLayer | StationLayer | UnitLayer | AreaLayer | HotspotLayer | DrawingLayer
"""The looks that a live layer can have: ours, so that no stranger's code draws the map."""


class LayerPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A live layer of the things in a table of the picture.

    `table` is one of the plugin's own parts, or of ours; `make` is called again when that or one of
    the tables that it `reads` besides has changed, and where it `ages` every ten seconds. It gets
    the screen's language with the plugin's own words.
    """

    table: str
    make: Callable[[Frame, Language], AnyLayer]
    reads: tuple[str, ...] = ()
    ages: bool = False
