"""The dialog for a source of tiles: asks for it, asks the server what it has, and tries it."""

import time
from concurrent.futures import Future

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from paser_command.errors import PaserError
from paser_command.language import Language
from paser_command.maps.definition import LayerDefinition, TileSource
from paser_command.maps.tiles.offers import Offers
from paser_command.maps.tiles.service import TileService
from paser_map.basemap import Basemap
from paser_map.tile_form import TileForm, button
from paser_map.tile_preview import TilePreview
from paser_ui.theme.tokens import GAP_PX
from paser_ui.widgets.plain import plain_label, put_text, put_title

_LOOK_MS = 100
_WIDTH_PX, _HEIGHT_PX = 860, 460
_FORM_PX = 400


class TileSourceDialog(QDialog):
    """Asks for a source of tiles. `chosen` gives the layer's definition, once and whole.

    The server is asked in a thread of the core's; this only looks whether it has answered.
    """

    chosen = Signal(object)

    def __init__(
        self,
        tiles: TileService,
        language: Language,
        layer: LayerDefinition | None = None,
        parent: QWidget | None = None,
        *,
        basemap: Basemap | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tiles.source")
        self._tiles = tiles
        self._language = language
        self._answer: Future[Offers] | None = None
        self._asked_s = 0.0
        self.form = TileForm(language)
        self.preview = TilePreview(tiles, language, basemap)
        self.test, self.add, self.cancel = (
            button(f"tiles.{name}") for name in ("test", "add", "cancel")
        )
        self._told = plain_label(role="2")
        self._told.setWordWrap(True)
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)
        self._lay_out()
        put_title(self, language.tr("Tile source"))
        put_text(self.test, language.tr("Try it"))
        put_text(self.cancel, language.tr("Cancel"))
        put_text(self.add, language.tr("Change") if layer else language.tr("Add"))
        self._connect()
        if layer is not None:
            self.form.set_definition(layer)
        self._refresh()

    @property
    def told(self) -> str:
        """What the dialog says: what is lacking or wrong, or how the asking goes."""
        return self._told.text()

    def done(self, result: int) -> None:
        self._stop_asking()
        self.preview.leave()
        super().done(result)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.form)
        left.addWidget(self._told)
        left.addStretch(1)
        narrow = QWidget()
        narrow.setFixedWidth(_FORM_PX)
        narrow.setLayout(left)
        buttons = QHBoxLayout()
        buttons.addWidget(self.test)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.add)
        right = QVBoxLayout()
        right.setSpacing(GAP_PX)
        right.addWidget(self.preview, 1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.addWidget(narrow)
        row.addLayout(right, 1)
        self.resize(_WIDTH_PX, _HEIGHT_PX)

    def _connect(self) -> None:
        self.form.changed.connect(self._refresh)
        self.form.file.clicked.connect(self._ask_file)
        self.form.ask.clicked.connect(self._ask_or_stop)
        self.test.clicked.connect(self._try)
        self.add.clicked.connect(self._finish)
        self.cancel.clicked.connect(self.reject)
        self.preview.attributed.connect(self.form.set_attribution)

    def _refresh(self) -> None:
        fault = self.form.fault()
        self.test.setEnabled(self.form.source_fault() is None)
        self.add.setEnabled(fault is None)
        tr = self._language.tr
        put_text(self.form.ask, tr("Stop asking") if self._answer else tr("Ask the server"))
        if self._answer is None:
            put_text(self._told, self._language.error(fault) if fault else "")

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self._language.tr("Tile archive"))
        dialog.setNameFilter(self._language.tr("Tile archives") + " (*.mbtiles *.pmtiles)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.form.set_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_or_stop(self) -> None:
        if self._answer is not None:
            self._stop_asking()
        else:
            address = self.form.address.text().strip()
            self._answer = self._tiles.ask(address, self.form.service.currentData())
            self._asked_s = time.monotonic()
            self._looks.start()
            self._look()
        self._refresh()

    def _look(self) -> None:
        answer = self._answer
        if answer is None:
            return
        if not answer.done():
            waited = round(time.monotonic() - self._asked_s)
            put_text(self._told, self._language.tr("The server is being asked: {n} s", n=waited))
            return
        self._stop_asking()
        self._refresh()
        fault = answer.exception()
        if isinstance(fault, PaserError):
            put_text(self._told, self._language.error(fault))
        else:
            self._take(answer.result())

    def _take(self, offers: Offers) -> None:
        is_wms = self.form.service.currentData() == "wms"
        self.form.set_layers(offers.layers, offers.version if is_wms else "")
        self.form.layer.setFocus()

    def _try(self) -> None:
        layer = self.form.definition()
        if isinstance(layer.source, TileSource):
            self.preview.show_source(layer.name, layer.source, layer.attribution)

    def _finish(self) -> None:
        self.chosen.emit(self.form.definition())
        self.accept()

    def _stop_asking(self) -> None:
        """Wait for no answer any more; the question itself ends at its deadline."""
        self._answer = None
        self._looks.stop()
