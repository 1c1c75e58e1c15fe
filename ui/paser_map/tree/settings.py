"""The settings of one layer: name, group, opacity, zooms, time filter, whose it is, style."""

import msgspec
from PySide6.QtCore import QLocale, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from paser_command.language import Language
from paser_command.maps.definition import (
    LEAST_ZOOM,
    MOST_HOURS,
    MOST_ZOOM,
    FileSource,
    LayerDefinition,
    LiveSource,
    TileSource,
)
from paser_map.tree.style_editor import Attributes, StyleEditor
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, LABEL_PX
from paser_ui.widgets.plain import cleaned, plain_label, put_name, put_text
from paser_ui.widgets.still import keep_still

_LONGEST = 120

_ROW_WORDS = {
    "name": "Name",
    "group": "Group",
    "opacity": "Opacity",
    "zooms": "Zoom",
    "hours": "No older than",
    "attribution": "Source",
}


class LayerSettings(QWidget):
    """Asks for a new definition with each change, and for more by the layer's id."""

    wanted = Signal(object)
    remove_wanted = Signal(str)
    source_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._layer: LayerDefinition | None = None
        self._attributes: Attributes | None = None
        self._language = Language("en")
        self._name = _line("layer.name")
        self._group = _line("layer.group")
        self._attribution = _line("layer.attribution")
        self._opacity = QSlider(Qt.Orientation.Horizontal)
        self._opacity.setObjectName("layer.opacity")
        self._opacity.setRange(0, 100)
        self._opacity.setPageStep(10)
        self._percent = plain_label(font=font(LABEL_PX, tabular=True), role="2")
        self._percent.setMinimumWidth(36)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._least = _number("layer.least_zoom", LEAST_ZOOM, MOST_ZOOM, 0.5)
        self._most = _number("layer.most_zoom", LEAST_ZOOM, MOST_ZOOM, 0.5)
        self._hours = _number("layer.hours", 0.0, MOST_HOURS, 1.0)
        self._style = StyleEditor()
        self._source = QPushButton()
        self._source.setObjectName("layer.source")
        self._remove = QPushButton()
        self._remove.setObjectName("layer.remove")
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        self._lay_out()
        self._connect()

    def retranslate(self, language: Language) -> None:
        """Speak this language from now on."""
        self._language = language
        tr = language.tr
        for name, (label, _) in self._rows.items():
            put_text(label, tr(_ROW_WORDS[name]))
        for control, words in (
            (self._name, tr("Name")),
            (self._group, tr("Group")),
            (self._opacity, tr("Opacity")),
            (self._least, tr("Shown from zoom")),
            (self._most, tr("Shown up to zoom")),
            (self._hours, tr("No older than")),
            (self._attribution, tr("Source")),
        ):
            put_name(control, words)
        for number in (self._least, self._most, self._hours):
            number.setLocale(QLocale(language.code))
        self._hours.setSpecialValueText(tr("any age"))
        self._hours.setSuffix(" " + tr("h"))
        put_text(self._source, tr("Change source…"))
        put_text(self._remove, tr("Remove layer"))
        self._style.retranslate(language)
        self._fill()

    def show_layer(self, layer: LayerDefinition, name: str, attributes: Attributes | None) -> None:
        """Show a layer's settings; `name` is what it is called on the screen."""
        self._layer = layer
        self._attributes = attributes
        self._name.setPlaceholderText(cleaned(name))
        self._fill()

    def _fill(self) -> None:
        layer = self._layer
        if layer is None:
            return
        live = isinstance(layer.source, LiveSource)
        for line, text in (
            (self._name, layer.name),
            (self._group, layer.group),
            (self._attribution, layer.attribution),
        ):
            # A text that somebody is writing is not taken from under the cursor.
            if line.text() != text:
                line.setText(text)
        for control, value in (
            (self._opacity, round(layer.opacity * 100)),
            (self._least, layer.least_zoom),
            (self._most, layer.most_zoom),
            (self._hours, layer.hours or 0.0),
        ):
            control.blockSignals(True)
            control.setValue(value)  # type: ignore[arg-type]
            control.blockSignals(False)
        put_text(self._percent, f"{self._opacity.value()} %")
        self._show_row("hours", live)
        self._show_row("attribution", not live)
        self._remove.setVisible(not live)
        self._source.setVisible(isinstance(layer.source, TileSource))
        is_file = isinstance(layer.source, FileSource)
        self._style.setVisible(is_file)
        if is_file:
            self._style.show_style(layer.style, self._attributes)

    def _show_row(self, name: str, shown: bool) -> None:
        for part in self._rows[name]:
            part.setVisible(shown)

    def _change(self, **changes: object) -> None:
        if self._layer is None:
            return
        changed = msgspec.structs.replace(self._layer, **changes)
        if changed != self._layer:
            self._layer = changed
            put_text(self._percent, f"{round(changed.opacity * 100)} %")
            self.wanted.emit(changed)

    def _rename(self, name: str) -> None:
        """Take a new name; a layer of a file or of tiles never has none."""
        live = self._layer is not None and isinstance(self._layer.source, LiveSource)
        if live or name.strip():
            self._change(name=name)

    def _limit(self) -> None:
        """Take the zooms; the one that was not touched gives way."""
        least, most = self._least.value(), self._most.value()
        if self.sender() is self._least:
            most = max(least, most)
        self._change(least_zoom=min(least, most), most_zoom=most)
        self._fill()

    def _lay_out(self) -> None:
        opacity, zooms = QWidget(), QWidget()
        for row, parts in (
            (opacity, (self._opacity, self._percent)),
            (zooms, (self._least, self._most)),
        ):
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            for part in parts:
                line.addWidget(part, int(part is not self._percent))
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP_PX)
        controls: dict[str, QWidget] = {
            "name": self._name,
            "group": self._group,
            "opacity": opacity,
            "zooms": zooms,
            "hours": self._hours,
            "attribution": self._attribution,
        }
        for name, control in controls.items():
            label = plain_label(font=font(LABEL_PX), role="2")
            self._rows[name] = (label, control)
            form.addRow(label, control)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP_PX, 2 * GAP_PX, 2 * GAP_PX, 2 * GAP_PX)
        column.setSpacing(2 * GAP_PX)
        column.addLayout(form)
        column.addWidget(self._style)
        column.addWidget(self._source)
        column.addWidget(self._remove)
        column.addStretch(1)

    def _connect(self) -> None:
        self._name.textEdited.connect(self._rename)
        self._group.editingFinished.connect(lambda: self._change(group=self._group.text().strip()))
        self._attribution.textEdited.connect(lambda text: self._change(attribution=text))
        self._opacity.valueChanged.connect(lambda value: self._change(opacity=value / 100))
        self._least.valueChanged.connect(self._limit)
        self._most.valueChanged.connect(self._limit)
        self._hours.valueChanged.connect(lambda value: self._change(hours=value or None))
        self._style.wanted.connect(lambda style: self._change(style=style))
        self._remove.clicked.connect(lambda: self._ask(self.remove_wanted))
        self._source.clicked.connect(lambda: self._ask(self.source_wanted))

    def _ask(self, wanted: SignalInstance) -> None:
        if self._layer is not None:
            wanted.emit(self._layer.id)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setMaxLength(_LONGEST)
    return line


def _number(name: str, least: float, most: float, step: float) -> QDoubleSpinBox:
    number = QDoubleSpinBox()
    number.setObjectName(name)
    keep_still(number)
    number.setDecimals(1)
    number.setRange(least, most)
    number.setSingleStep(step)
    return number
