"""The search box: what is typed, and what it finds while it is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from paser_command.coordinates import Notation, format_place, parse_place
from paser_command.language import Language
from paser_command.maps.findable import PictureSearch
from paser_command.maps.search import LONGEST
from paser_command.picture.summary import Summary
from paser_command.session.frames import Frame, Selection
from paser_command.times import SECOND, Instant
from paser_map.finding.file_names import FileNames
from paser_map.finding.room import Room
from paser_map.finding.side import Side
from paser_ui.finding.rows import Row, RowsView
from paser_ui.finding.words import COORDINATES, KIND_WORDS
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX
from paser_ui.widgets.plain import plain_label, put_name, put_text

MOST = 40
"""Who does not find it among these types another letter."""

_MARGIN = 2 * GAP_PX


class SearchSheet(Side):
    """Places, things of the picture, and coordinates in any notation.

    `gone_to` gives the `Summary` that a person chose. What is found is found anew while the
    picture changes, once a second.
    """

    gone_to = Signal(object)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.setObjectName("map.search")
        self._room = room
        self._search = PictureSearch(places=room.maps.stand.places)
        self.files = FileNames(self._search.index)
        self._reading = False
        self._frame: Frame | None = None
        self._looked: Instant = 0
        self._found: dict[Selection, Summary] = {}
        self.box = _Box()
        self.results = RowsView("map.search.results")
        self._note = plain_label(font=font(HELP_PX), role="3")
        self._note.setWordWrap(True)
        self._note.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self._lay_out()
        self.retranslate()

    def show_frame(self, frame: Frame) -> None:
        """Take the picture that is searched."""
        other = self._frame is None or frame.picture is not self._frame.picture
        self._frame = frame
        due = other or self._reading or abs(frame.now - self._looked) >= SECOND
        if self.isVisible() and due:
            self._look()

    def retranslate(self) -> None:
        """Put the words on again."""
        tr = self._room.language.tr
        self.box.setPlaceholderText(tr("Place, incident, unit, coordinates"))
        put_name(self.box, tr("Search the map"))
        put_name(self.results, tr("What was found"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.box.selectAll()
        self._look()

    def _look(self) -> None:
        """Search the picture as it is now, if anything in it has changed."""
        if self._frame is None:
            return
        self._looked = self._frame.now
        self._search.follow(self._frame.picture)
        self._reading = self.files.follow() or self._search.behind
        self._show()

    def _show(self) -> None:
        text = self.box.text()
        found = self._find(text)
        self._found = {Selection(one.kind, one.key): one for one in found}
        now = self._frame.now if self._frame else 0
        language = self._room.language
        self.results.show_rows([self._row(one, language, now) for one in found])
        self._note.setVisible(not found)
        put_text(self._note, self._note_words(text))

    def _find(self, text: str) -> list[Summary]:
        found = self._search.index.find(text, MOST)
        place = parse_place(text)
        return [_coordinates(*place, self._room.language), *found] if place else found

    def _note_words(self, text: str) -> str:
        tr = self._room.language.tr
        if text.strip() and self._reading:
            return tr("Still reading names")
        if text.strip():
            return tr("Nothing has this name, and these are no coordinates.")
        return tr("Coordinates as -1.9051, 116.1913, as 1°54′18″ S 116°11′29″ E, or as UTM.")

    def _row(self, one: Summary, language: Language, now: Instant) -> Row:
        word = KIND_WORDS.get(one.what or one.kind)
        kind = language.tr(word) if word else self.files.word(one.kind)
        # A hotspot's own name is the satellite's, which hundreds have.
        name, said = (kind, one.name) if one.what else (one.name, kind)
        told = [said, one.district]
        if one.at:
            told.append(language.tr("{age} ago", age=language.age(now - one.at)))
        if one.lon is None and word:
            told.append(language.tr("place unknown"))
        return Row(
            of=Selection(one.kind, one.key),
            name=name,
            detail=" · ".join(part for part in told if part),
            severity=one.severity,
            over=one.over,
        )

    def _choose(self, of: Selection) -> None:
        self.gone_to.emit(self._found[of])

    def _typed(self) -> None:
        self._show()
        self.results.scrollToTop()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _MARGIN, 0, 0)
        column.setSpacing(_MARGIN)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        head.addWidget(self.box)
        column.addLayout(head)
        column.addWidget(self._note)
        column.addWidget(self.results, 1)
        self.setFocusProxy(self.box)
        self.box.textChanged.connect(self._typed)
        self.box.stepped.connect(self.results.step)
        self.box.returnPressed.connect(self.results.choose)
        self.results.chosen.connect(self._choose)


class _Box(QLineEdit):
    """Where one types; arrows up and down go through what is found."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("map.search.box")
        self.setMaxLength(LONGEST)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


def _coordinates(lon: float, lat: float, language: Language) -> Summary:
    name = format_place(lon, lat, Notation.DMS, language.tr)
    return Summary(kind=COORDINATES, key=f"{lon:.7f} {lat:.7f}", name=name, lon=lon, lat=lat)
