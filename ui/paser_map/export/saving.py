"""Makes what the form asks for, hands it to the thread that writes files, and follows it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer

from paser_command.export.exports import Export, Exports
from paser_command.export.web_map import WebMap
from paser_command.geo import Box
from paser_command.language import Language
from paser_command.session.frames import Frame, Mode
from paser_command.times import to_datetime
from paser_map.canvas import MapCanvas
from paser_map.export.form import ExportForm
from paser_map.export.formats import pdf, png
from paser_map.export.page import Caption
from paser_map.export.wanted import Kind, Wanted
from paser_map.view import MapView
from paser_ui.widgets.plain import cleaned

_LOOK_MS = 50


class MapSaving(QObject):
    """One file at a time. `frame` and `layers` give what the map shows now, by the map's names."""

    def __init__(
        self,
        form: ExportForm,
        canvas: MapCanvas,
        exports: Exports,
        language: Callable[[], Language],
        frame: Callable[[], Frame | None],
        layers: Callable[[], frozenset[str]],
    ) -> None:
        super().__init__(form)
        self._form = form
        self._canvas = canvas
        self._exports = exports
        self._language = language
        self._frame = frame
        self._layers = layers
        self._export: Export | None = None
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)
        form.suggested = self._suggested
        form.wanted.connect(self.save)
        form.cancel_wanted.connect(self._cancel)

    def save(self, wanted: Wanted, path: Path) -> None:
        """Begin to make the file and to write it; nothing happens before the first frame."""
        frame = self._frame()
        if frame is None:
            return
        if (planned := wanted.planned) is not None:
            self._export = self._exports.planned(planned.plan, frame.now, planned.language, path)
        elif wanted.kind is Kind.HTML:
            asked = WebMap(
                title=wanted.title,
                start=frame.now - wanted.span,
                end=frame.now,
                layers=self._layers(),
                box=None if wanted.whole else _box(self._canvas.view),
                personal=wanted.personal,
            )
            self._export = self._exports.web_map(asked, self._language(), path)
        else:
            self._export = self._exports.file(self._painted(wanted, frame), path)
        self._form.tell("")
        self._form.show_progress(0.0)
        self._looks.start()

    def _painted(self, wanted: Wanted, frame: Frame) -> bytes:
        canvas, caption = self._canvas, self._caption(wanted, frame)
        seen = canvas.view.fitted(canvas.basemap.home) if wanted.whole else canvas.view
        if wanted.kind is Kind.PNG:
            width, height, scale = wanted.picture
            return png(canvas, seen, caption, size=QSize(width, height), scale=scale)
        paper, upright = wanted.sheet
        return pdf(canvas, seen, caption, paper=paper, upright=upright)

    def _caption(self, wanted: Wanted, frame: Frame) -> Caption:
        language, now = self._language(), frame.now
        tr = language.tr
        time = f"{language.time(now, seconds=True)} {language.zone_label(now)}"
        return Caption(
            title=wanted.title,
            site=self._exports.site,
            moment=f"{language.date(now)} · {time}",
            mode=_mode_word(frame, language).upper(),
            exercise=tr("Exercise").upper() if frame.exercise else "",
        )

    def _suggested(self, suffix: str) -> str:
        """Return a name with the moment in it, so that one file does not replace another."""
        language, frame = self._language(), self._frame()
        name = language.tr("map")
        if frame is None:
            return f"{name}.{suffix}"
        at = to_datetime(frame.now).astimezone(language.zone)
        return f"{name}-{at:%Y%m%d-%H%M}.{suffix}"

    def _cancel(self) -> None:
        if self._export is not None:
            self._export.cancel()

    def _look(self) -> None:
        export = self._export
        if export is None:
            return
        if not export.done:
            self._form.show_progress(export.share)
            return
        self._looks.stop()
        self._export = None
        self._form.show_progress(None)
        self._form.tell(self._outcome(export))

    def _outcome(self, export: Export) -> str:
        language = self._language()
        if export.written:
            return language.tr("Saved: {path}", path=cleaned(str(export.path)))
        error = export.error
        return language.error(error) if error else language.tr("Cancelled: nothing was saved")


def _mode_word(frame: Frame, language: Language) -> str:
    if not frame.current:
        return language.tr("Not current")
    return language.tr("Live") if frame.mode is Mode.LIVE else language.tr("Replay")


def _box(view: MapView) -> Box:
    west, north = view.to_degrees(0, 0)
    east, south = view.to_degrees(view.width, view.height)
    return Box(max(west, -180.0), south, min(east, 180.0), north)
