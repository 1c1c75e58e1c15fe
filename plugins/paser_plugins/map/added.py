"""The layers that people added: made of their definitions, and kept in step with them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from paser_map.api import (
    Detail,
    FileSource,
    LayerDefinition,
    MapCanvas,
    RasterLayer,
    ShapeLayer,
    TileSource,
    tile_state_text,
)
from paser_ui.api import PanelContext


class _Made(NamedTuple):
    definition: LayerDefinition
    layer: ShapeLayer | RasterLayer
    sources: tuple[str, ...]


class AddedLayers:
    """Files and tiles on the canvas, by the ids of their definitions.

    They have no words before `show_words`: what is in people's own files is not for visitors.
    """

    def __init__(self, canvas: MapCanvas, context: PanelContext) -> None:
        self._canvas = canvas
        self._context = context
        self._worded = False
        self._made: dict[str, _Made] = {}

    def show(self, definitions: Sequence[LayerDefinition]) -> None:
        """Make the layers of new definitions, change those of others, let go of the rest."""
        wanted = {layer.id: layer for layer in definitions if _is_added(layer)}
        for layer_id in self._made.keys() - wanted.keys():
            self._drop(layer_id)
        for definition in wanted.values():
            self._show(definition)

    def show_words(self, worded: bool) -> None:
        """Show the names of features and what their looks mean, or neither."""
        self._worded = worded
        for layer_id, made in self._made.items():
            if made.layer.worded is not worded:
                made.layer.worded = worded
                self._canvas.touch(layer_id)

    def refresh(self) -> None:
        """Say whose data a layer is, once it has said so itself."""
        for made in list(self._made.values()):
            self._put(made.definition, made.layer)

    def layer(self, layer_id: str) -> ShapeLayer | RasterLayer | None:
        """Return a layer on the canvas."""
        made = self._made.get(layer_id)
        return made.layer if made else None

    def named(self) -> list[tuple[ShapeLayer, str]]:
        """Return the layers of files, and what people call them."""
        return [
            (made.layer, made.definition.name)
            for made in self._made.values()
            if isinstance(made.layer, ShapeLayer)
        ]

    def describe(self, kind: str, key: str) -> tuple[str, ...] | None:
        """Return what is known of a feature; None where the kind is none of a file's."""
        made = self._made.get(kind.removeprefix(_KIND))
        if made is None or not isinstance(made.layer, ShapeLayer):
            return None
        return made.layer.describe(key)

    def detail(self, layer_id: str) -> Detail:
        """Return how a layer does: how many things it has, or what is wrong."""
        layer = self.layer(layer_id)
        if isinstance(layer, ShapeLayer):
            return self._file_detail(layer)
        if isinstance(layer, RasterLayer):
            language = self._context.language
            text = tile_state_text(layer.state, self._context.tr, language.moment)
            return Detail(text, stale=bool(layer.state.fault))
        return Detail()

    def _file_detail(self, layer: ShapeLayer) -> Detail:
        language, reading = self._context.language, layer.reading
        number = language.number(sum(layer.counts().values()))
        if reading is None:
            return Detail(number)
        if reading.error is not None:
            return Detail(language.error(reading.error), stale=True)
        if not reading.ended:
            share = language.number(100 * reading.share)
            return Detail(self._context.tr("reading, {share} %", share=share))
        skipped = sum(reading.skipped.values())
        left = self._context.tr("{n} skipped", n=language.number(skipped))
        return Detail(f"{number} · {left}" if skipped else number)

    def _show(self, definition: LayerDefinition) -> None:
        before = self._made.get(definition.id)
        if before is None or before.definition.source != definition.source:
            self._drop(definition.id)
            self._put(definition, _MAKERS[type(definition.source)](definition, self._context))
            return
        restyled = before.definition.style != definition.style
        if restyled and isinstance(before.layer, ShapeLayer):
            before.layer.restyle(definition.style)
            self._canvas.touch(definition.id)
        self._put(definition, before.layer)

    def _put(self, definition: LayerDefinition, layer: ShapeLayer | RasterLayer) -> None:
        said = layer.attribution if isinstance(layer, RasterLayer) else ""
        sources = tuple(dict.fromkeys(filter(None, (definition.attribution, said))))
        layer.worded = self._worded
        before = self._made.get(definition.id)
        if before is None or before.sources != sources or before.layer is not layer:
            self._canvas.set_layer(definition.id, layer, sources)
        self._made[definition.id] = _Made(definition, layer, sources)

    def _drop(self, layer_id: str) -> None:
        made = self._made.pop(layer_id, None)
        if made is None:
            return
        self._canvas.drop_layer(layer_id)
        if isinstance(made.layer, RasterLayer):
            made.layer.close()
        elif made.layer.reading is not None:
            made.layer.reading.cancel()


_KIND = "layer/"


def _is_added(layer: LayerDefinition) -> bool:
    return type(layer.source) in _MAKERS


def _of_file(definition: LayerDefinition, context: PanelContext) -> ShapeLayer:
    assert isinstance(definition.source, FileSource)
    reading = context.maps.read(definition.source)
    return ShapeLayer(_KIND + definition.id, definition.style, reading)


def _of_tiles(definition: LayerDefinition, context: PanelContext) -> RasterLayer:
    assert isinstance(definition.source, TileSource)
    return RasterLayer(definition.name, context.maps.tiles.open(definition.source))


_MAKERS: dict[type, Callable[[LayerDefinition, PanelContext], ShapeLayer | RasterLayer]] = {
    FileSource: _of_file,
    TileSource: _of_tiles,
}
