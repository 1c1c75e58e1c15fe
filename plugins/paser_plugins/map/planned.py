"""Layers that other plugins add to the map: what one of them raises costs that layer alone."""

import logging

from paser_command.api import Frame, Instant, Language
from paser_map.api import AnyLayer, LayerPlan, PointLayer
from paser_plugins.map.layers import Part
from paser_plugins.map.tally import Facts
from paser_ui.api import Contribution, PanelContext

OTHERS = "others"
"""The layer of a web map that things of other plugins are in."""

_LOG = logging.getLogger(__name__)

_MOST_FAULTS = 3


class PlannedLayer:
    """One such layer: made by its plugin, until that has failed three times in a row."""

    def __init__(self, contribution: Contribution, plan: LayerPlan, context: PanelContext) -> None:
        self._contribution = contribution
        self._plan = plan
        self._context = context
        self._faults = 0

    @property
    def failed(self) -> bool:
        """Whether its plugin failed the last time."""
        return self._faults > 0

    @property
    def name(self) -> str:
        """What it is called, in the screen's language."""
        return self._context.language_of(self._contribution).tr(self._contribution.name)

    @property
    def part(self) -> Part:
        """The layer as one of the map's."""
        return Part((self._plan.table, *self._plan.reads), self._plan.ages, self._make, self._tally)

    def facts(self, frame: Frame) -> Facts:
        """Return what the layer comes to in the frame: nothing where no part has its table."""
        known = self._plan.table in frame.picture.revision
        return Facts(len(frame.picture.table(self._plan.table)) if known else 0)

    def _tally(self) -> "PlannedLayer":
        return self

    def _make(self, frame: Frame, _language: Language, _oldest: Instant) -> AnyLayer:
        nothing = PointLayer(self._contribution.id, [])
        if self._faults >= _MOST_FAULTS or self._plan.table not in frame.picture.revision:
            return nothing
        try:
            layer = self._plan.make(frame, self._context.language_of(self._contribution))
            if not isinstance(layer, AnyLayer):
                raise TypeError(f"{type(layer).__name__} is no layer of the map")
        except (Exception, SystemExit):  # noqa: BLE001 - a stranger's code may raise anything
            self._faults += 1
            _LOG.exception("the layer %s failed", self._contribution.id)
            return nothing
        self._faults = 0
        return layer


def planned(context: PanelContext) -> dict[str, PlannedLayer]:
    """Return the layers that other plugins add, by the id that each has on the map.

    The ids of layers in workspaces and files know no points and underscores.
    """
    found = {}
    for contribution in context.contributions("layers"):
        if isinstance(contribution.value, LayerPlan):
            layer_id = contribution.id.replace(".", "-").replace("_", "-")
            found[layer_id] = PlannedLayer(contribution, contribution.value, context)
        else:
            _LOG.error("%s is left out: it is no plan of a layer", contribution.id)
    return found
