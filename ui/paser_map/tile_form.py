"""The form of a tile source: what is typed and chosen, and what is wrong with it."""

from pathlib import PurePath
from urllib.parse import urlsplit

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from paser_command.errors import InputError, PaserError
from paser_command.language import Language
from paser_command.maps.definition import LayerDefinition, TileSource, faults
from paser_command.maps.tiles.offers import Offer
from paser_command.maps.tiles.xyz import XyzServer
from paser_ui.widgets.choice import Choice
from paser_ui.widgets.plain import cleaned, plain_label, put_name, put_text
from paser_ui.widgets.still import keep_still

ASKED = ("wms", "wmts")
"""The kinds of servers that say what they have."""

_ARCHIVES = ("mbtiles", "pmtiles")
_SERVICES = {
    "xyz": "XYZ, TMS",
    "wmts": "WMTS",
    "wms": "WMS",
    "mbtiles": "MBTiles",
    "pmtiles": "PMTiles",
}
_ROW_WORDS = {
    "address": "Address or file",
    "service": "Kind",
    "layer": "Layer",
    "matrix_set": "Grid",
    "format": "Format",
    "style": "Appearance",
    "levels": "Levels",
    "name": "Name",
    "attribution": "Whose data",
}
_NEW = LayerDefinition(id="tiles", source=TileSource(service="xyz", address="-"))
_LONGEST = 120
_LONGEST_ADDRESS = 4_096
_LEVELS = (0, 24)
_USUAL_LEVELS = (0, 19)


class TileForm(QWidget):
    """The fields. `changed` tells of each change; `file` and `ask` are buttons for the dialog."""

    changed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._before = _NEW
        self._version = ""
        self._attributed = ""
        self.address = _line("tiles.address", _LONGEST_ADDRESS)
        self.name = _line("tiles.name")
        self.attribution = _line("tiles.attribution")
        self.service, self.layer, self.matrix_set, self.format, self.style_of = (
            _choice(f"tiles.{name}") for name in ("service", "layer", "grid", "format", "style")
        )
        self.least, self.most = _level("tiles.least"), _level("tiles.most")
        self.file, self.ask = button("tiles.file"), button("tiles.ask")
        for service, words in _SERVICES.items():
            self.service.addItem(words, service)
        for spin, level in zip((self.least, self.most), _USUAL_LEVELS, strict=True):
            spin.setValue(level)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._order = (
            ("address", _row(self.address, self.file)),
            ("service", _row(self.service, self.ask)),
            ("layer", self.layer),
            ("matrix_set", self.matrix_set),
            ("format", self.format),
            ("style", self.style_of),
            ("levels", _row(self.least, self.most)),
            ("name", self.name),
            ("attribution", self.attribution),
        )
        for name, field in self._order:
            self._form.addRow(plain_label(language.tr(_ROW_WORDS[name]), role="2"), field)
        self._say(language)
        self._connect()
        self._show_rows()

    @property
    def is_asked(self) -> bool:
        """Whether the kind is one of servers that say what they have."""
        return self.service.currentData() in ASKED

    def set_definition(self, layer: LayerDefinition) -> None:
        """Show what there is to edit; its id, group and looks are kept."""
        source = layer.source
        if not isinstance(source, TileSource):
            return
        self._before = layer
        self.address.setText(source.address)
        self.service.setCurrentIndex(self.service.findData(source.service))
        if source.layer:
            known = Offer(
                layer=source.layer,
                title=source.layer,
                styles=(source.style,) if source.style else (),
                formats=(source.format,),
                matrix_sets=(source.matrix_set,) if source.matrix_set else (),
            )
            self.set_layers((known,), source.version)
        self.least.setValue(source.least_level)
        self.most.setValue(source.most_level)
        self.name.setText(layer.name)
        self.attribution.setText(layer.attribution)

    def set_layers(self, offers: tuple[Offer, ...], version: str = "") -> None:
        """Offer a server's layers; none where it has not been asked."""
        self._version = version
        self.layer.blockSignals(True)
        self.layer.clear()
        for offer in offers:
            self.layer.addItem(_one_line(offer.title), offer)
        self.layer.blockSignals(False)
        self._take_offer()

    def set_attribution(self, text: str) -> None:
        """Take what the source says of itself, unless a person wrote something else."""
        if text and self.attribution.text() in ("", self._attributed):
            self._attributed = _one_line(text)
            self.attribution.setText(self._attributed)

    def set_file(self, path: str) -> None:
        """Take an archive's path as the address."""
        self.address.setText(path)
        if not self.name.text():
            self.name.setText(PurePath(path).stem[:_LONGEST])

    def definition(self) -> LayerDefinition:
        """Return the layer as the form has it, right or not."""
        return msgspec.structs.replace(
            self._before,
            name=self.name.text().strip(),
            attribution=self.attribution.text().strip(),
            source=self._source(),
        )

    def source_fault(self) -> PaserError | None:
        """Return what keeps the source from being tried."""
        source = self._source()
        if not self.address.text().strip():
            return InputError("give the address of a tile server, or a file")
        if source.service == "xyz":
            try:
                XyzServer(source)
            except PaserError as refused:
                return refused
        wrong = (error for where, error in faults(self.definition()) if where[:1] == ("source",))
        if error := next(wrong, None):
            return error
        if source.service in ASKED and not source.layer:
            return InputError("ask the server which layers it has, and choose one")
        return None

    def fault(self) -> PaserError | None:
        """Return what keeps the layer from being added."""
        if fault := self.source_fault():
            return fault
        if not self.name.text().strip():
            return InputError("give the layer a name")
        if not self.attribution.text().strip():
            return InputError("say whose data it is: the map always shows it")
        return None

    def _source(self) -> TileSource:
        service, address = self.service.currentData(), self.address.text().strip() or "-"
        if not self.is_asked:
            return TileSource(
                service=service,
                address=address,
                least_level=self.least.value(),
                most_level=self.most.value(),
            )
        offer: Offer | None = self.layer.currentData()
        return TileSource(
            service=service,
            address=address,
            layer=offer.layer if offer else "",
            matrix_set=self.matrix_set.currentData() or "",
            style=self.style_of.currentData() or "",
            format=self.format.currentData() or "image/png",
            version=self._version,
            least_level=self.least.value(),
            most_level=self.most.value(),
        )

    def _say(self, language: Language) -> None:
        tr = language.tr
        for name, field in (
            ("address", self.address),
            ("service", self.service),
            ("layer", self.layer),
            ("matrix_set", self.matrix_set),
            ("format", self.format),
            ("style", self.style_of),
            ("name", self.name),
            ("attribution", self.attribution),
        ):
            put_name(field, tr(_ROW_WORDS[name]))
        put_name(self.least, tr("Coarsest level"))
        put_name(self.most, tr("Finest level"))
        put_text(self.file, tr("File …"))
        self.address.setPlaceholderText("https://…/{z}/{x}/{y}.png")
        self.attribution.setPlaceholderText(tr("always shown on the map"))

    def _connect(self) -> None:
        self.address.textChanged.connect(self._guess)
        self.service.currentIndexChanged.connect(self._change)
        self.layer.currentIndexChanged.connect(self._take_offer)
        for combo in (self.matrix_set, self.format, self.style_of):
            combo.currentIndexChanged.connect(self._change)
        for line in (self.name, self.attribution):
            line.textChanged.connect(self._change)
        for spin in (self.least, self.most):
            spin.valueChanged.connect(self._change)

    def _guess(self) -> None:
        """Guess the kind from the address, and forget what another server had."""
        if guess := service_of(self.address.text()):
            self.service.setCurrentIndex(self.service.findData(guess))
        self.set_layers(())

    def _take_offer(self) -> None:
        offer: Offer | None = self.layer.currentData()
        for combo, values in (
            (self.matrix_set, offer.matrix_sets if offer else ()),
            (self.format, offer.formats if offer else ()),
            (self.style_of, offer.styles if offer else ()),
        ):
            combo.blockSignals(True)
            combo.clear()
            for value in values:
                combo.addItem(_one_line(value), value)
            combo.blockSignals(False)
        if offer:
            self.name.setText(_one_line(offer.title))
            self.set_attribution(offer.attribution)
        self._change()

    def _change(self) -> None:
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        self.ask.setVisible(self.is_asked)
        shown = {
            "layer": self.is_asked,
            "matrix_set": self.is_asked,
            "format": self.is_asked,
            "style": self.is_asked and self.style_of.count() > 1,
            "levels": self.service.currentData() in ("xyz", "wms"),
        }
        for row, (name, _) in enumerate(self._order):
            self._form.setRowVisible(row, shown.get(name, True))


def service_of(address: str) -> str:
    """Return the kind that an address looks like, "" where it looks like none."""
    text = address.strip().lower()
    for service in _ARCHIVES:
        if text.endswith(f".{service}"):
            return service
    if "{z}" in text:
        return "xyz"
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if "wmts" in parts.path or "wmts" in parts.query:
        return "wmts"
    return "wms" if "wms" in parts.path or "wms" in parts.query or "map=" in parts.query else ""


def button(name: str) -> QPushButton:
    """Return a button that Enter in a field does not press."""
    made = QPushButton()
    made.setObjectName(name)
    made.setAutoDefault(False)
    return made


def _row(*fields: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(fields[0], 1)
    for field in fields[1:]:
        row.addWidget(field, 1 if isinstance(field, QSpinBox) else 0)
    return whole


def _one_line(text: str) -> str:
    return " ".join(cleaned(text).split())[:_LONGEST]


def _line(name: str, longest: int = _LONGEST) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setMaxLength(longest)
    return line


def _choice(name: str) -> QComboBox:
    combo = Choice()
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def _level(name: str) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(name)
    keep_still(spin)
    spin.setRange(*_LEVELS)
    return spin
