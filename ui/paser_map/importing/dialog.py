"""The import: a file is chosen, read at once, set right, named, and becomes a layer."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from paser_command.language import Language
from paser_command.maps.definition import FileSource, LayerDefinition, Style
from paser_command.maps.vector.messages import Understood
from paser_command.maps.vector.reading import Reading
from paser_command.maps.vector.shapes import name_field
from paser_command.maps.vector.suffixes import SUFFIXES
from paser_map.basemap import Basemap
from paser_map.canvas import MapCanvas
from paser_map.importing.choices import Choices
from paser_map.importing.words import counts_text, mended_lines, skipped_lines
from paser_map.shapes import ShapeLayer
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import HELP_PX
from paser_ui.widgets.plain import ElidedLabel, plain_label, put_name, put_text, put_title

_LOOK_MS = 50
_PREVIEW = "import"
_SIZE = (980, 620)
_LONGEST_ID = 40
_PROGRESS_PX = 8

Start = Callable[[FileSource], Reading]


class ImportDialog(QDialog):
    """Asks for a file and what to call it. `made` gives the `LayerDefinition` at the end.

    `start` begins to read a source; a reading that is not wanted any more is cancelled.
    """

    made = Signal(object)

    def __init__(
        self,
        language: Language,
        start: Start,
        parent: QWidget | None = None,
        *,
        basemap: Basemap | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import")
        self._language = language
        self._start = start
        self._source: FileSource | None = None
        self._reading: Reading | None = None
        self._layer: ShapeLayer | None = None
        self._shown: Understood | None = None
        self._fitted = False
        self.canvas = MapCanvas(basemap)
        self._make_parts()
        self._lay_out()
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)
        self.choose.clicked.connect(self.choose_file)
        self.cancel.clicked.connect(self.stop_reading)
        self.choices.changed.connect(self._read_again)
        self.name.textChanged.connect(self._weigh)
        self.attribution.textChanged.connect(self._weigh)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.retranslate(language)
        self.resize(*_SIZE)

    @property
    def reading_on(self) -> bool:
        """Whether a file is being read, or what was read is not all shown yet."""
        return self._looks.isActive()

    def choose_file(self) -> None:
        """Ask the system's dialog for a file."""
        known = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in SUFFIXES)
        tr = self._language.tr
        words = tr("A file for the map")
        kinds = f"{words} ({known});;{tr('All files')} (*)"
        # The patterns are for the dialog to read, not for people.
        hidden = QFileDialog.Option.HideNameFilterDetails
        path, _ = QFileDialog.getOpenFileName(self, words, "", kinds, options=hidden)
        if path:
            self.open_file(path)

    def open_file(self, path: str) -> None:
        """Begin to read a file."""
        put_text(self.file, path)
        self.name.setText(Path(path).stem.replace("_", " ")[:120])
        self._read(FileSource(path=path))

    def stop_reading(self) -> None:
        """Read no further; what is there is no layer."""
        if self._reading is not None:
            self._reading.cancel()

    def definition(self) -> LayerDefinition | None:
        """Return the layer as it is now; None while something is missing."""
        name, attribution = self.name.text().strip(), self.attribution.text().strip()
        reading, layer, source = self._reading, self._layer, self._source
        if source is None or reading is None or layer is None:
            return None
        ready = reading.complete and layer.settled and layer.counts()
        if not (ready and name and attribution):
            return None
        return LayerDefinition(
            id=_id_of(name),
            source=source,
            name=name[:120],
            attribution=attribution[:120],
            style=Style(label_field=name_field(layer.fields())),
        )

    def retranslate(self, language: Language) -> None:
        """Put the words on again."""
        self._language = language
        tr = language.tr
        put_title(self, tr("A file as a layer"))
        put_text(self.choose, tr("Choose a file…"))
        put_text(self.cancel, tr("Stop reading"))
        put_text(self.advice, tr("GeoPackage, GeoJSON, Shapefile, KML or CSV with coordinates."))
        for field, words in (
            (self.name, tr("Name")),
            (self.attribution, tr("Whose data it is")),
        ):
            head = self._named.labelForField(field)
            assert isinstance(head, QLabel)
            put_text(head, words)
            put_name(field, words)
        self.attribution.setPlaceholderText(tr("for example: BIG, 2024; it stands on the map"))
        put_text(self._button(QDialogButtonBox.StandardButton.Ok), tr("Add the layer"))
        put_text(self._button(QDialogButtonBox.StandardButton.Cancel), tr("Close"))
        self.choices.retranslate(language)
        self.canvas.retranslate(tr)
        self._look()

    def accept(self) -> None:
        if (made := self.definition()) is not None:
            self._end()
            self.made.emit(made)
            super().accept()

    def reject(self) -> None:
        self._end()
        super().reject()

    def _read(self, source: FileSource) -> None:
        self._end()
        self._source = source
        self._reading = self._start(source)
        self._layer = ShapeLayer(_PREVIEW, Style(), self._reading)
        layer = self._layer
        self.canvas.describe = lambda selection: layer.describe(selection.key)
        self.canvas.set_layer(_PREVIEW, layer)
        self._fitted = False
        self._looks.start()
        self._look()

    def _read_again(self) -> None:
        if self._source is not None:
            self._read(self.choices.apply(self._source))

    def _end(self) -> None:
        self._looks.stop()
        self.stop_reading()

    def _look(self) -> None:
        """Show how far the reading is, and what it found."""
        reading, layer = self._reading, self._layer
        self.cancel.setEnabled(reading is not None and not reading.ended)
        if reading is not None and layer is not None:
            over = reading.ended and (layer.settled or reading.error is not None)
            self.progress.setValue(round(reading.share * 1000))
            if reading.understood is not None:
                self._show(reading, layer)
            self._fit(layer, over=over)
            put_text(self.error, self._complaint(reading))
            if over:
                self._looks.stop()
        self._weigh()

    def _show(self, reading: Reading, layer: ShapeLayer) -> None:
        if reading.understood is not self._shown and reading.understood is not None:
            self._shown = reading.understood
            self.choices.show_understood(reading.understood)
        put_text(self.counts, counts_text(self._language, layer.counts()))
        told = skipped_lines(self._language, reading.skipped)
        lines = [self._language.tr("Left out:"), *told] if told else []
        mended = mended_lines(self._language, reading.mended)
        lines += [self._language.tr("Mended:"), *mended] if mended else []
        if reading.complete and not told:
            lines.insert(0, self._language.tr("Nothing was left out."))
        put_text(self.left_out, "\n".join(lines))

    def _complaint(self, reading: Reading) -> str:
        if reading.error is not None:
            return self._language.error(reading.error)
        if reading.ended and not reading.complete:
            return self._language.tr("The reading was stopped: read the file again to add it.")
        return ""

    def _fit(self, layer: ShapeLayer, *, over: bool) -> None:
        """Show all that there is: once something is, and again at the end."""
        if (over or not self._fitted) and (box := layer.box) is not None:
            self.canvas.fit(box)
            self._fitted = True

    def _weigh(self) -> None:
        ok = self._button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.definition() is not None)

    def _button(self, which: QDialogButtonBox.StandardButton) -> QPushButton:
        return self.buttons.button(which)

    def _make_parts(self) -> None:
        self.choose = QPushButton()
        self.file = ElidedLabel(role="2")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(_PROGRESS_PX)
        self.cancel = QPushButton()
        self.choices = Choices(self._language)
        self.counts = plain_label()
        self.advice = plain_label(font=font(HELP_PX), role="3")
        self.left_out = plain_label(font=font(HELP_PX), role="2")
        self.error = plain_label()
        for label in (self.counts, self.left_out, self.error, self.advice):
            label.setWordWrap(True)
        self.name, self.attribution = QLineEdit(), QLineEdit()
        for button in (self.choose, self.cancel):
            # Enter adds the layer, wherever the focus is.
            button.setAutoDefault(False)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._button(QDialogButtonBox.StandardButton.Ok).setDefault(True)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget, stretch in ((self.choose, 0), (self.file, 1)):
            top.addWidget(widget, stretch)
        going = QHBoxLayout()
        going.addWidget(self.progress, 1)
        going.addWidget(self.cancel)
        self._named = QFormLayout()
        self._named.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._named.addRow(plain_label(role="2"), self.name)
        self._named.addRow(plain_label(role="2"), self.attribution)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.choices)
        for told in (self.counts, self.left_out, self.error):
            left.addWidget(told)
        left.addStretch(1)
        left.addLayout(self._named)
        middle = QHBoxLayout()
        middle.addLayout(left, 2)
        middle.addWidget(self.canvas, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addWidget(self.advice)
        whole.addLayout(going)
        whole.addLayout(middle, 1)
        whole.addWidget(self.buttons)


def _id_of(name: str) -> str:
    """Return an id for a layer of that name: small letters, digits and hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:_LONGEST_ID].strip("-")
    return plain or "berkas"
