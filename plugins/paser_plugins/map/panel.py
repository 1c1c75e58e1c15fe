"""The map panel: the picture's and people's own layers on a canvas, chips, and sheets beside it."""

import math
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paser_command.api import SECOND, Frame, Selection, is_place
from paser_map.api import (
    HERE,
    SEARCH,
    Adding,
    DrawingTools,
    Finding,
    ImportDialog,
    LayerDefinition,
    Layers,
    LayerTree,
    LiveSource,
    MapCanvas,
    ShapeLayer,
    Sharing,
    Shown,
    TileSourceDialog,
    ToolsMenu,
    basemap_of,
    merged,
    replaced,
)
from paser_plugins.map.added import AddedLayers
from paser_plugins.map.definitions import known, recalled, remembered, with_added
from paser_plugins.map.describe import describe
from paser_plugins.map.exporting import KEY as _EXPORT_KEY
from paser_plugins.map.exporting import Exporting
from paser_plugins.map.header import Header
from paser_plugins.map.layers import PARTS
from paser_plugins.map.live import LiveLayers
from paser_plugins.map.planned import OTHERS, planned
from paser_plugins.map.sheets import Sheets
from paser_plugins.map.units import TrailQuestion
from paser_plugins.map.words import (
    ACT_WORDS,
    ADDING_WORDS,
    CHIP_WORDS,
    live_detail,
    name_of,
    short_source,
)
from paser_ui.api import Chip, Panel, PanelContext, put_action

_LAYERS_KEY = "Ctrl+Shift+L"
_TOOLS_KEY = "T"
_LONGEST_SENDER = 12


class MapPanel(Panel):
    """The map. A click picks for all panels; a thing picked elsewhere is brought into view.

    `layers` are the definitions of what is on the map, the first on top; all that changes them goes
    through `set_layers`.
    """

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._planned = planned(context)
        self._delivered = with_added(self._planned)
        self.layers: Layers = self._delivered
        self.canvas = MapCanvas(basemap_of(context.maps.stand))
        self.canvas.describe = self._describe
        self.canvas.picked.connect(context.select)
        self.header = Header()
        self.sheets = Sheets()
        others = {name: layer.part for name, layer in self._planned.items()}
        self.live = LiveLayers(self.canvas, context, {**PARTS, **others})
        self.drawing = DrawingTools(self.canvas, context)
        self._tools_menu = ToolsMenu(self.drawing, lambda: context.language, self)
        self.finding = Finding(self.canvas, context)
        self._exporting = Exporting(context, self.canvas, lambda: self._frame, self._live_shown)
        self._trails = TrailQuestion(context)
        self.added = AddedLayers(self.canvas, context)
        self.sharing = Sharing(self, context.maps, lambda: context.language)
        self._acts: dict[str, QAction] = {}
        self._chips = {name: Chip(f"map.chip.{name}") for name in CHIP_WORDS}
        self._frame: Frame | None = None
        self._selection = Selection()
        self._counted: tuple[object, ...] = ()
        self._told_at = -1
        self._lay_out()
        self._connect()
        self.retranslate()
        self.set_layers(self._delivered)

    @cached_property
    def tree(self) -> LayerTree:
        """The tree of the layers, made when it is first opened."""
        tree = LayerTree(self._attributes_of, self._adding())
        tree.changed.connect(self.set_layers)
        tree.source_wanted.connect(self._ask_source)
        tree.import_wanted.connect(self.sharing.ask_import)
        tree.export_wanted.connect(lambda: self.sharing.ask_export(self.layers))
        self.sharing.told.connect(tree.tell)
        tree.retranslate(self.context.language)
        return tree

    def render_frame(self, frame: Frame) -> None:
        """Bring the layers up to the frame, and mark the selection."""
        if frame.wall is not self._is_on_wall():
            self._show_to_visitors(frame.wall)
        self._frame = frame
        changed = self.live.refresh(frame, {layer.id: layer.hours for layer in self.layers})
        self._trails.ask(frame)
        self.added.show_words(not frame.wall)
        self.added.refresh()
        if not frame.wall:
            self._serve(frame, changed=changed)
        if self.finding.show_frame(frame):
            self.header.want(self.finding.area_chip, frame.area is not None)
        self.canvas.set_selection(frame.selection)
        if frame.selection != self._selection:
            self._selection = frame.selection
            self.canvas.reveal(frame.selection)
        self.canvas.refresh_hover()

    def show_place(self, lon: float, lat: float, zoom: float) -> None:
        """Go to a place that somebody wants to see, and mark it."""
        self.finding.show_place((lon, lat), zoom)

    def set_layers(self, layers: Layers) -> None:
        """Show these layers from now on."""
        self.layers = layers
        self.added.show(layers)
        self.finding.search.files.show(self.added.named())
        self.canvas.arrange(
            Shown(layer.id, layer.visible, layer.opacity, layer.least_zoom, layer.most_zoom)
            for layer in reversed(layers)
        )
        for layer in layers:
            if layer.id in self._chips:
                self._chips[layer.id].setChecked(layer.visible)
        self._show_tree()
        if self._frame is not None:
            self.live.refresh(self._frame, {layer.id: layer.hours for layer in layers})

    def add_layer(self, layer: LayerDefinition) -> None:
        """Put a layer on top, under an id of its own."""
        self.set_layers(merged(self.layers, (layer,)))

    def retranslate(self) -> None:
        """Put the words on again; values are written anew with the next frame."""
        tr = self.context.tr
        self.live.forget()
        self.canvas.retranslate(tr)
        self.drawing.retranslate()
        self._tools_menu.retranslate()
        self.finding.retranslate()
        if self._has_tree():
            self.tree.retranslate(self.context.language)
        self.header.say(self._layers_button, tr("Layers"), _LAYERS_KEY)
        self.header.say(self._tools_button, tr("Tools"), _TOOLS_KEY)
        for name, action in self._acts.items():
            put_action(action, tr(ACT_WORDS[name]))
        self.header.say(self._search_button, tr("Search the map"), "Ctrl+G")
        self._exporting.retranslate()
        self.header.say(self.header.more, tr("More"))
        self._say_counts()
        self._show_tree()

    def save_state(self) -> dict[str, str | int | float | bool]:
        """Return the layers, the sheet, if the legend is open, and the place unless it is home."""
        state: dict[str, str | int | float | bool] = {
            "layers": remembered(self.layers, self._delivered),
            "sheet": "" if self.sheets.name in ("drawing", HERE) else self.sheets.name,
            "legend": self.canvas.legend_opened,
        }
        if not self.canvas.fits_home:
            lon, lat = self.canvas.view.place
            state |= {"lon": lon, "lat": lat, "zoom": self.canvas.view.zoom}
        return state

    def restore_state(self, state: dict[str, str | int | float | bool]) -> None:
        """Take back the layers, the sheet, the legend and the place that the state names.

        A zoom alone is one about the site's place.
        """
        self.set_layers(recalled(str(state.get("layers", "")), self._delivered))
        self.sheets.open(str(state.get("sheet", "")), focus=False)
        self.canvas.open_legend(state.get("legend") is True)
        view = [state.get(name) for name in ("lon", "lat", "zoom")]
        lon, lat, zoom = (float(v) if isinstance(v, int | float) else math.nan for v in view)
        if "lon" not in state and "lat" not in state:
            lon, lat = self.context.maps.stand.place
        if is_place(lon, lat) and math.isfinite(zoom):
            self.canvas.show_place(lon, lat, zoom)

    def _serve(self, frame: Frame, *, changed: bool) -> None:
        """Bring chips, lists, forms and tools up to the frame, which only a desk has."""
        if changed:
            self._say_counts()
        if changed or frame.now // SECOND != self._told_at:
            self._told_at = frame.now // SECOND
            self._show_tree()
        self.drawing.render(frame)

    def _has_tree(self) -> bool:
        return "tree" in self.__dict__

    def _is_on_wall(self) -> bool:
        return self._frame is not None and self._frame.wall

    def _show_to_visitors(self, public: bool) -> None:
        """On the wall there is the map alone: nothing to press, and no names."""
        self.sheets.open("", focus=False)
        if public and self._has_tree():
            self.tree.show_layers((), {}, {})
        self.header.setVisible(not public)
        self.canvas.pressable = not public
        self.live.forget()

    def _lay_out(self) -> None:
        for chip in (self.finding.area_chip, *self._chips.values()):
            self.header.add_chip(chip)
        self._search_button = self.header.add_button(
            "search", lambda: self.sheets.toggle(SEARCH), checkable=True
        )
        self._layers_button = self.header.add_button(
            "layers", lambda: self.sheets.toggle("layers"), checkable=True
        )
        self.sheets.add_later("layers", lambda: self.tree)
        self._tools_button = self.header.add_button("tools", self._open_tools)
        self.sheets.add("drawing", self.drawing.sheet)
        self._tools_menu.addSeparator()
        self._tools_menu.addActions(self.finding.actions)
        self.addActions(self._tools_menu.actions())
        for name, sheet in self.finding.sheets.items():
            self.sheets.add(name, sheet)
        self._exporting.put(self.header, self.sheets)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self.sheets)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        self.canvas.setFocus()
        for before, after in pairwise((self.canvas, *self.header.controls())):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        for name, chip in self._chips.items():
            chip.clicked.connect(lambda shown, name=name: self._show_layer(name, shown))
        self.sharing.read.connect(self._take_in)
        self.sheets.opened.connect(lambda name: self._layers_button.setChecked(name == "layers"))
        self.sheets.opened.connect(lambda _: self._show_tree())
        self._act("layers", _LAYERS_KEY, lambda: self.sheets.toggle("layers"))
        self._act("export", _EXPORT_KEY, lambda: self.sheets.toggle("export"))
        self._act("tools", _TOOLS_KEY, self._open_tools)
        self.finding.sheet_wanted.connect(self.sheets.open)
        self.finding.measure_wanted.connect(self.drawing.measure_from)
        self.sheets.opened.connect(self._follow_sheet)
        self.drawing.asked.connect(lambda: self.sheets.open("drawing"))
        self.drawing.done.connect(lambda: self.sheets.open(""))

    def _act(self, name: str, key: str, act: Callable[[], object]) -> None:
        """Put what can be done on the panel: the console shows it, with its key."""
        action = self._acts[name] = QAction(self)
        action.setObjectName(f"map.{name}")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)

    def _follow_sheet(self, name: str) -> None:
        self._search_button.setChecked(name == SEARCH)
        if name not in (SEARCH, HERE):
            self.finding.forget_spot()

    def _open_tools(self) -> None:
        button = self._tools_button
        self._tools_menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _live_shown(self) -> frozenset[str]:
        """Return the parts of the picture that are on the map; "others" for those of plugins."""
        return frozenset(
            OTHERS if layer.id in self._planned else layer.source.part
            for layer in self.layers
            if layer.visible and isinstance(layer.source, LiveSource)
        )

    def _adding(self) -> list[Adding]:
        """Return the ways to add layers that the tree offers."""
        return [
            Adding(ADDING_WORDS["file"], self._ask_file),
            Adding(ADDING_WORDS["tiles"], self._ask_tiles),
        ]

    def _ask_file(self) -> None:
        dialog = ImportDialog(
            self.context.language, self.context.maps.read, self, basemap=self.canvas.basemap
        )
        dialog.made.connect(self.add_layer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_tiles(self, layer: LayerDefinition | None = None) -> None:
        """Ask for a source of tiles; with a layer, for its source from now on."""
        maps, language = self.context.maps, self.context.language
        dialog = TileSourceDialog(maps.tiles, language, layer, self, basemap=self.canvas.basemap)
        dialog.chosen.connect(self._replace if layer else self.add_layer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_source(self, layer_id: str) -> None:
        self._ask_tiles(next(layer for layer in self.layers if layer.id == layer_id))

    def _replace(self, layer: LayerDefinition) -> None:
        self.set_layers(replaced(self.layers, layer))

    def _attributes_of(self, layer_id: str) -> ShapeLayer | None:
        layer = self.added.layer(layer_id)
        return layer if isinstance(layer, ShapeLayer) else None

    def _show_layer(self, name: str, shown: bool) -> None:
        self.set_layers(
            tuple(
                msgspec.structs.replace(layer, visible=shown) if layer.id == name else layer
                for layer in self.layers
            )
        )

    def _take_in(self, layers: Layers) -> None:
        """Take in the definitions of a file, save those of parts that are not known here."""
        self.set_layers(merged(self.layers, known(layers, self._delivered)))

    def _show_tree(self) -> None:
        """Show the layers in the tree, while it is open."""
        if self.sheets.name != "layers":
            return
        added = {name: layer.name for name, layer in self._planned.items()}
        names = {layer.id: name_of(layer, self.context, added) for layer in self.layers}
        details = {layer.id: self.added.detail(layer.id) for layer in self.layers}
        if self._frame is not None:
            for part, facts in self.live.facts.items():
                failed = part in self._planned and self._planned[part].failed
                details[part] = live_detail(facts, self._frame, self.context, failed=failed)
        self.tree.show_layers(self.layers, names, details)

    def _say_counts(self) -> None:
        """Say how much there is of each kind; nothing happens where that was said."""
        facts, sender = self.live.facts, self._only_sender()
        counted = (self.context.language, sender, *(facts[name].number for name in self._chips))
        if counted == self._counted:
            return
        self._counted = counted
        for name, chip in self._chips.items():
            count = facts[name].number
            shown = self.context.language.number(count)
            named = f"{sender} {shown}" if sender and name == "alerts" else ""
            chip.say(named or self.context.tr(CHIP_WORDS[name], n=shown))
            self.header.want(chip, count > 0 or name == "incidents")

    def _only_sender(self) -> str:
        """Return the short name of who sent all warnings in force, "" where they are several."""
        feeds = self.live.facts["alerts"].feeds
        if self._frame is None or len(feeds) != 1:
            return ""
        health = self._frame.picture.feeds.get(feeds[0])
        name = short_source(health.source, self.context) if health else ""
        return name if len(name) <= _LONGEST_SENDER else ""

    def _describe(self, selection: Selection) -> tuple[str, ...]:
        if self._frame is None or self._frame.wall:
            return ()
        told = self.added.describe(selection.kind, selection.key)
        return describe(selection, self._frame, self.context) if told is None else told
