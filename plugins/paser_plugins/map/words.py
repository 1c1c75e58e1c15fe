"""What the map panel calls its layers, and what it tells of each."""

from collections.abc import Mapping

from paser_command.api import SILENT, Frame
from paser_map.api import Detail, LayerDefinition
from paser_plugins.map.tally import Facts
from paser_ui.api import PanelContext

CHIP_WORDS = {
    "incidents": "Incidents {n}",
    "levels": "Water level {n}",
    "stations": "Stations {n}",
    "alerts": "Warnings {n}",
    "drawings": "Drawings {n}",
    "hotspots": "Hotspots {n}",
    "features": "Layers {n}",
    "units": "Units {n}",
}
"""The chips in their order, with their words."""

NAME_WORDS = {
    "incidents": "Incidents",
    "levels": "Water levels",
    "stations": "Stations",
    "alerts": "Warnings",
    "drawings": "Drawings",
    "hotspots": "Hotspots",
    "features": "Feature layers",
    "units": "Units",
}
"""What the live layers are called, where nobody gave them another name."""

ADDING_WORDS = {
    "file": "File with points, lines or areas …",
    "tiles": "Tiles from a server or an archive …",
}
"""The ways to add layers."""

ACT_WORDS = {"layers": "Layers", "export": "Export…", "tools": "Tools"}
"""What the panel's own acts are called, those of its parts aside."""

_LONGEST_SOURCE = 40


def name_of(layer: LayerDefinition, context: PanelContext, added: Mapping[str, str]) -> str:
    """Return what a layer is called on the screen; `added` are the names of other plugins'."""
    return layer.name or added.get(layer.id) or context.tr(NAME_WORDS[layer.id])


def live_detail(
    facts: Facts, frame: Frame, context: PanelContext, *, failed: bool = False
) -> Detail:
    """Return how many things a live layer has, and how new the newest is; or that it failed."""
    if failed:
        return Detail(context.tr("The layer's plugin failed; the log tells why"), True)
    language = context.language
    states = [frame.picture.feed_state(feed, frame.now) for feed in facts.feeds]
    stale = bool(states) and all(state in SILENT for state in states)
    told = [language.number(facts.number)]
    if facts.newest:
        age = language.age(frame.now - facts.newest)
        told.append(context.tr("newest {age} ago", age=age))
    if stale:
        told.append(context.tr("feed is silent"))
    return Detail(" · ".join(told), stale)


def short_source(source: str, context: PanelContext) -> str:
    """Return whom to name beside what a type of feed gave, without what it adds in brackets."""
    return context.attribution(source).split(" (")[0][:_LONGEST_SOURCE]
