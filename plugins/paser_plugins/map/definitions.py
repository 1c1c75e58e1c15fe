"""The layers of the map panel: those delivered, and those that a workspace or a file brings.

Those delivered are ours, and those that other plugins add.
"""

import logging
from collections.abc import Iterable, Sequence

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


def with_added(added: Iterable[str]) -> Layers:
    """Return ours, and below them those that other plugins add, by their ids."""
    return DELIVERED + tuple(LayerDefinition(id=one, source=LiveSource(one)) for one in added)


def known(layers: Sequence[LayerDefinition], delivered: Layers = DELIVERED) -> Layers:
    """Return the layers without those of parts that this program does not have."""
    there = {layer.id for layer in delivered}
    return tuple(
        layer for layer in layers if not isinstance(layer.source, LiveSource) or layer.id in there
    )


def remembered(layers: Layers, delivered: Layers = DELIVERED) -> str:
    """Return the layers as a workspace keeps them; "" for those delivered."""
    return "" if layers == delivered else encode_layers(layers).decode()


def recalled(text: str, delivered: Layers = DELIVERED) -> Layers:
    """Return the layers that a workspace kept, and on top what has been delivered since.

    A text that is wrong is left aside: then it is those delivered.
    """
    if not text:
        return delivered
    try:
        kept = known(decode_layers(text.encode(), "layers"), delivered)
    except PaserError as error:
        _LOG.warning("the map's layers are left aside: %s", error)
        return delivered
    there = {layer.id for layer in kept}
    return gathered([*(layer for layer in delivered if layer.id not in there), *kept])
