"""A small map that shows whether a source's tiles come, and where they lie."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paser_command.language import Language
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles.service import TileService
from paser_command.maps.tiles.store import Phase
from paser_map.basemap import Basemap
from paser_map.canvas import MapCanvas
from paser_map.raster import RasterLayer, state_text
from paser_ui.theme.tokens import GAP_PX
from paser_ui.widgets.plain import plain_label, put_text

_LAYER = "preview"
_LOOK_MS = 100
_HEIGHT_PX = 240


class TilePreview(QWidget):
    """Tries a source. `attributed` gives whose data the source itself says it is, once it does."""

    attributed = Signal(str)

    def __init__(
        self, tiles: TileService, language: Language, basemap: Basemap | None = None
    ) -> None:
        super().__init__()
        self._tiles = tiles
        self._language = language
        self._layer: RasterLayer | None = None
        self.canvas = MapCanvas(basemap)
        self.canvas.retranslate(language.tr)
        self.canvas.setMinimumHeight(_HEIGHT_PX)
        self._state = plain_label(role="2")
        self._state.setWordWrap(True)
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._state)

    @property
    def text(self) -> str:
        """What is said of the source."""
        return self._state.text()

    def show_source(self, name: str, source: TileSource, attribution: str) -> None:
        """Try this source from now on."""
        self.leave()
        self._layer = RasterLayer(name, self._tiles.open(source))
        self.canvas.set_layer(_LAYER, self._layer, (attribution,))
        self._looks.start()
        self._look()

    def leave(self) -> None:
        """Try nothing any more."""
        self._looks.stop()
        if self._layer is not None:
            self.canvas.drop_layer(_LAYER)
            self._layer.close()
            self._layer = None

    def _look(self) -> None:
        if self._layer is None:
            return
        state = self._layer.state
        text = state_text(state, self._language.tr, self._language.moment)
        if state.phase is Phase.READY:
            text = self._language.tr("All tiles of this view are here")
        put_text(self._state, text)
        if self._layer.attribution:
            self.attributed.emit(self._layer.attribution)
