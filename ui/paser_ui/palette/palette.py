"""The command palette: opens over the window that is worked in, and does what was chosen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from paser_command.language import Language
from paser_command.picture.summary import Summary
from paser_command.session.frames import Selection
from paser_command.times import SECOND, Instant
from paser_ui.acts.acts import Acts
from paser_ui.acts.key_words import key_text
from paser_ui.desk import Desk
from paser_ui.finding.rows import Row
from paser_ui.finding.words import COORDINATES, ZOOM, ZOOMS
from paser_ui.palette.search import PaletteSearch
from paser_ui.palette.sheet import PaletteSheet
from paser_ui.palette.words import KINDS, detail

WALL = "wall"
"""The property of a window that is before visitors: no palette opens there."""

_PLACES = ("district", "town", "river", COORDINATES)


class Palette(QObject):
    """One for the console. `look` keeps it in step with the picture while it is open."""

    def __init__(self, acts: Acts, desk: Desk, window: Callable[[], QWidget]) -> None:
        """`window` gives the desk's own window, for when another kind of window is active."""
        super().__init__()
        self._acts = acts
        self._desk = desk
        self._window = window
        self._search = PaletteSearch(acts, desk.language_of, desk.maps.stand.places)
        self._found: dict[Selection, Summary] = {}
        self._before: QWidget | None = None
        self._looked: Instant = 0
        self.sheet: PaletteSheet | None = None
        acts.changed.connect(self._take_acts)

    def open(self) -> None:
        """Open over the active window; pressed again it closes."""
        if self.sheet is not None:
            self.close(restore=True)
            return
        over = self._over()
        if over is None:
            return
        self._before = QApplication.focusWidget()
        self._search.take_acts()
        self._search.follow(self._desk.session.picture)
        sheet = self.sheet = PaletteSheet(over, self._desk.tr)
        sheet.typed.connect(lambda _text: self._show(anew=True))
        sheet.chosen.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        sheet.left.connect(lambda back: self.close(restore=back))
        self._show(anew=True)
        sheet.show()
        sheet.raise_()
        over.activateWindow()
        sheet.box.setFocus()

    def close(self, *, restore: bool) -> None:
        """Go away; `restore` gives the focus back to where it was."""
        sheet, self.sheet = self.sheet, None
        if sheet is None or not isValid(sheet):
            return
        before, self._before = self._before, None
        if restore and before is not None and isValid(before):
            before.setFocus()
        elif restore:
            sheet.window().setFocus()
        sheet.hide()
        sheet.deleteLater()

    def look(self, changed: bool) -> None:
        """Follow the picture while open: at once while there is more to read, else each second."""
        if self.sheet is None:
            return
        now = self._desk.session.now()
        reading = self._search.behind
        if reading or (changed and abs(now - self._looked) >= SECOND):
            self._looked = now
            self._search.follow(self._desk.session.picture)
            self._show(anew=False)

    def _over(self) -> QWidget | None:
        active = QApplication.activeWindow()
        if active is None or isinstance(active, QDialog) or active.property(WALL):
            active = self._window()
        return None if active.property(WALL) else active

    def _take_acts(self) -> None:
        if self.sheet is not None:
            self._search.take_acts()
            self._show(anew=False)

    def _show(self, *, anew: bool) -> None:
        if self.sheet is None:
            return
        found = self._search.find(self.sheet.box.text())
        self._found = {Selection(one.kind, one.key): one for one in found}
        now = self._desk.session.now()
        rows = [self._row(one, self._desk.language, now) for one in found]
        self.sheet.show_rows(rows, anew=anew)

    def _row(self, one: Summary, language: Language, now: Instant) -> Row:
        group = key = ""
        if one.kind in KINDS and one.key in self._acts:
            act = self._acts[one.key]
            group = self._desk.language_of(act.package).tr(act.group)
            key = key_text(self._acts.key(one.key), language.tr)
        return Row(
            of=Selection(one.kind, one.key),
            name=one.name,
            detail=detail(
                one, language, group=group, age=language.age(now - one.at) if one.at else ""
            ),
            severity=one.severity,
            over=one.over,
            aside=key,
        )

    def _choose(self, of: Selection) -> None:
        found = self._found.get(of)
        if found is None:
            return
        self.close(restore=True)
        self._search.used(found)
        if found.kind in KINDS:
            self._acts.run(found.key)
        elif found.kind not in _PLACES:
            self._desk.select(of)
        elif found.lon is not None and found.lat is not None:
            self._desk.go_to((found.lon, found.lat), ZOOMS.get(found.kind, ZOOM))
