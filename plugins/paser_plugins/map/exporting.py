"""The sheet that puts the map into a file, where a journal stands behind the map."""

import logging
from collections.abc import Callable

from paser_command.api import ExportPlan, Frame
from paser_map.api import ExportForm, MapCanvas, MapSaving, PlannedFile
from paser_plugins.map.header import Header
from paser_plugins.map.sheets import Sheets
from paser_ui.api import PanelContext

KEY = "Ctrl+Shift+E"

_LOG = logging.getLogger(__name__)


class Exporting:
    """Its button, its form, and what saves. `frame` and `layers` give what the map shows now."""

    def __init__(
        self,
        context: PanelContext,
        canvas: MapCanvas,
        frame: Callable[[], Frame | None],
        layers: Callable[[], frozenset[str]],
    ) -> None:
        self._context = context
        self._canvas = canvas
        self._frame = frame
        self._layers = layers
        self._form: ExportForm | None = None
        self._say: Callable[[], None] = lambda: None

    def put(self, header: Header, sheets: Sheets) -> None:
        """Put the button into the header and the form among the sheets, where it can be saved."""
        context, exports = self._context, self._context.maps.exports
        if exports is None:
            return

        def make() -> ExportForm:
            form = self._form = ExportForm(self._planned)
            parts = (self._canvas, exports, lambda: context.language, self._frame, self._layers)
            MapSaving(form, *parts)
            form.retranslate(context.language)
            return form

        sheets.add_later("export", make)
        button = header.add_button("export", lambda: sheets.toggle("export"), checkable=True)
        sheets.opened.connect(lambda name: button.setChecked(name == "export"))
        self._say = lambda: header.say(button, context.tr("Export…"), KEY)

    def _planned(self) -> tuple[PlannedFile, ...]:
        """Return the kinds of files that plugins make."""
        found = []
        for one in self._context.contributions("exports"):
            language = self._context.language_of(one)
            if isinstance(one.value, ExportPlan):
                found.append(PlannedFile(language.tr(one.name), one.value, language))
            else:
                _LOG.error("%s is left out: it is no plan of a file", one.id)
        return tuple(found)

    def retranslate(self) -> None:
        """Put the words on again."""
        self._say()
        if self._form is not None:
            self._form.retranslate(self._context.language)
