"""The layers of the map panel: those delivered, and those that a workspace or a file brings."""

import logging
from collections.abc import Sequence

from paser_command.api import PaserError
from paser_map.api import (
    LayerDefinition,
    Layers,
    LiveSource,
    decode_layers,
    encode_layers,
    gathered,
)
from paser_plugins.map.layers import PARTS

_LOG = logging.getLogger(__name__)

DELIVERED: Layers = tuple(LayerDefinition(id=part, source=LiveSource(part)) for part in PARTS)


def known(layers: Sequence[LayerDefinition]) -> Layers:
    """Return the layers without those of parts that this program does not have."""
    return tuple(
        layer for layer in layers if not isinstance(layer.source, LiveSource) or layer.id in PARTS
    )


def remembered(layers: Layers) -> str:
    """Return the layers as a workspace keeps them; "" for those delivered."""
    return "" if layers == DELIVERED else encode_layers(layers).decode()


def recalled(text: str) -> Layers:
    """Return the layers that a workspace kept, and on top what has been delivered since.

    A text that is wrong is left aside: then it is those delivered.
    """
    if not text:
        return DELIVERED
    try:
        kept = known(decode_layers(text.encode(), "layers"))
    except PaserError as error:
        _LOG.warning("the map's layers are left aside: %s", error)
        return DELIVERED
    there = {layer.id for layer in kept}
    return gathered([*(layer for layer in DELIVERED if layer.id not in there), *kept])
