"""The layer tree: search, rows, the settings of the picked layer, and what adds and shares."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from paser_command.language import Language
from paser_command.maps.arrangement import (
    Layers,
    gathered,
    group_moved,
    group_shifted,
    moved,
    replaced,
    shifted,
)
from paser_command.maps.definition import LayerDefinition, LiveSource
from paser_map.tree.rows import Detail, LayerRows
from paser_map.tree.settings import LayerSettings
from paser_map.tree.style_editor import Attributes
from paser_ui.theme.tokens import COLOURS, GAP_PX
from paser_ui.widgets.plain import ElidedLabel, put_action, put_name, put_text, put_tooltip

_LONGEST_SEARCH = 100


class Adding(NamedTuple):
    """A way to add layers: its words in English, and what is called."""

    words: str
    ask: Callable[[], None]


class LayerTree(QWidget):
    """Shows layers, the first on top, and gives the whole row anew by `changed` with each change.

    `attributes_of` is asked for what the style of a layer may go by; None where that is not known.
    `adding` are the ways to add layers, which the tree only offers, as it does another source for
    a layer of tiles.
    """

    changed = Signal(tuple)
    source_wanted = Signal(str)
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(
        self, attributes_of: Callable[[str], Attributes | None], adding: Sequence[Adding]
    ) -> None:
        super().__init__()
        self.setObjectName("layers.tree")
        self._attributes_of = attributes_of
        self._adding = adding
        self._layers: Layers = ()
        self._names: Mapping[str, str] = {}
        self._details: Mapping[str, Detail] = {}
        self.rows = LayerRows()
        self._search = QLineEdit()
        self._search.setObjectName("layers.search")
        self._search.setMaxLength(_LONGEST_SEARCH)
        self._search.setClearButtonEnabled(True)
        self._settings = LayerSettings()
        self._scroll = QScrollArea()
        self._add = _menu_button("layers.add")
        self._share = _menu_button("layers.share")
        self._told = ElidedLabel(role="2")
        self._lay_out()
        self._connect()

    def retranslate(self, language: Language) -> None:
        """Speak this language from now on."""
        tr = language.tr
        self._search.setPlaceholderText(tr("Search layers"))
        put_name(self._search, tr("Search layers"))
        put_name(self.rows, tr("Layers"))
        self.rows.setAccessibleDescription(
            tr(
                "Space shows or hides, Alt+Up and Alt+Down move, F2 renames, Delete removes "
                "a layer that was added."
            )
        )
        self._fill_menu(
            self._add, tr("Add layer"), [(tr(way.words), way.ask) for way in self._adding]
        )
        self._fill_menu(
            self._share,
            tr("Share"),
            [
                (tr("Import layer definitions…"), self.import_wanted.emit),
                (tr("Export layer definitions…"), self.export_wanted.emit),
            ],
        )
        self._settings.retranslate(language)

    def show_layers(
        self, layers: Layers, names: Mapping[str, str], details: Mapping[str, Detail]
    ) -> None:
        """Show the layers by these names, with what is known of each."""
        if (layers, names, details) == (self._layers, self._names, self._details):
            return
        self._layers, self._names, self._details = layers, names, details
        self.rows.show_layers(layers, names, details)
        self._show_settings()

    def tell(self, text: str) -> None:
        """Say something below the rows, "" for nothing."""
        put_text(self._told, text)
        put_name(self._told, text)
        put_tooltip(self._told, text)
        self._told.setVisible(bool(text))

    def focusInEvent(self, event: object) -> None:
        self.rows.setFocus()

    def _pick(self, _layer_id: str) -> None:
        """Show the settings, and the picked row above them, which they may have covered."""
        self._show_settings()
        QTimer.singleShot(0, self.rows, lambda: self.rows.scrollTo(self.rows.currentIndex()))

    def _show_settings(self) -> None:
        layer = self._layer(self.rows.current_id())
        self._scroll.setVisible(layer is not None)
        if layer is not None:
            name = self._names[layer.id]
            self._settings.show_layer(layer, name, self._attributes_of(layer.id))
            self._scroll.setMaximumHeight(self._settings.sizeHint().height())

    def _layer(self, layer_id: str) -> LayerDefinition | None:
        return next((layer for layer in self._layers if layer.id == layer_id), None)

    def _want(self, layers: Layers) -> None:
        if layers != self._layers:
            self.changed.emit(layers)
        else:
            self.rows.show_layers(self._layers, self._names, self._details)

    def _replace(self, layer: LayerDefinition) -> None:
        self._want(replaced(self._layers, layer))

    def _show(self, ids: list[str], visible: bool) -> None:
        self._want(
            tuple(
                msgspec.structs.replace(layer, visible=visible) if layer.id in ids else layer
                for layer in self._layers
            )
        )

    def _rename(self, layer_id: str, name: str) -> None:
        layer = self._layer(layer_id)
        if layer is None:
            return
        live = isinstance(layer.source, LiveSource)
        if name.strip() or live:
            self._replace(msgspec.structs.replace(layer, name=name[:120]))
        else:
            self._want(self._layers)

    def _rename_group(self, group: str, name: str) -> None:
        """Give a group another name, that of another group to join it, none to dissolve it."""
        self._want(
            gathered(
                [
                    msgspec.structs.replace(layer, group=name.strip()[:120])
                    if layer.group == group
                    else layer
                    for layer in self._layers
                ]
            )
        )

    def _remove(self, layer_id: str) -> None:
        """Let go of a layer that somebody added; those of the picture can only be hidden."""
        layer = self._layer(layer_id)
        if layer is not None and not isinstance(layer.source, LiveSource):
            self._want(tuple(one for one in self._layers if one.id != layer_id))

    def _fill_menu(
        self, button: QPushButton, words: str, entries: Sequence[tuple[str, Callable[[], None]]]
    ) -> None:
        put_text(button, words)
        put_name(button, words)
        menu = button.menu()
        menu.clear()
        for text, act in entries:
            action = menu.addAction("")
            put_action(action, text)
            action.triggered.connect(lambda _checked=False, act=act: act())

    def _connect(self) -> None:
        rows = self.rows
        rows.picked.connect(self._pick)
        rows.show_wanted.connect(self._show)
        rows.move_wanted.connect(
            lambda layer_id, before, group: self._want(moved(self._layers, layer_id, before, group))
        )
        rows.group_move_wanted.connect(
            lambda group, before: self._want(group_moved(self._layers, group, before))
        )
        rows.shift_wanted.connect(
            lambda layer_id, steps: self._want(shifted(self._layers, layer_id, steps))
        )
        rows.group_shift_wanted.connect(
            lambda group, steps: self._want(group_shifted(self._layers, group, steps))
        )
        rows.rename_wanted.connect(self._rename)
        rows.group_rename_wanted.connect(self._rename_group)
        rows.remove_wanted.connect(self._remove)
        self._search.textChanged.connect(rows.search)
        self._settings.wanted.connect(self._replace)
        self._settings.remove_wanted.connect(self._remove)
        self._settings.source_wanted.connect(self.source_wanted)

    def _lay_out(self) -> None:
        self._scroll.setObjectName("layers.scroll")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._settings)
        for part in (self._settings, self._scroll.viewport()):
            part.setAutoFillBackground(False)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.hide()
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(3)
        split.setStyleSheet(f"QSplitter::handle {{ background: {COLOURS.line.name()}; }}")
        for part, share in ((self.rows, 3), (self._scroll, 2)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        foot = QHBoxLayout()
        foot.setSpacing(2 * GAP_PX)
        foot.addWidget(self._add, 1)
        foot.addWidget(self._share, 1)
        self._told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP_PX, 2 * GAP_PX, 2 * GAP_PX, 2 * GAP_PX)
        column.setSpacing(2 * GAP_PX)
        column.addWidget(self._search)
        column.addWidget(split, 1)
        column.addWidget(self._told)
        column.addLayout(foot)


def _menu_button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.setMenu(QMenu(button))
    return button
