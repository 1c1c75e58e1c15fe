"""What is here: a place's coordinates, its district, what lies there, and what is near."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout

from paser_command.coordinates import Notation, format_place
from paser_command.geo import LonLat
from paser_command.maps.findable import severity_of
from paser_command.maps.nearby import nearest
from paser_command.session.frames import Frame, Selection
from paser_command.times import SECOND, Instant
from paser_map.finding.room import Room
from paser_map.finding.side import Side
from paser_map.finding.words import GROUP_WORDS, NOTATION_WORDS, way_text
from paser_ui.finding.rows import Row, RowsView
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX, TEXT_PX
from paser_ui.widgets.icons import icon
from paser_ui.widgets.plain import ElidedLabel, plain_label, put_name, put_text

REFRESH: Instant = 2 * SECOND
"""How often what is near is told anew: units move."""

_MARGIN = 3 * GAP_PX
_MOST_UNDER = 20

Describe = Callable[[Selection], Sequence[str]]
"""Gives the lines of a thing, its title first; none where it has gone."""


class HereSheet(Side):
    """Tells about one place. `chosen` gives the `Selection` of what a person picked there."""

    chosen = Signal(object)

    def __init__(self, room: Room, describe: Describe) -> None:
        super().__init__()
        self.setObjectName("map.here")
        self._room = room
        self._describe = describe
        self._place: LonLat | None = None
        self._under: tuple[Selection, ...] = ()
        self._frame: Frame | None = None
        self._told: Instant = 0
        self._title = plain_label(font=font(TEXT_PX))
        self.close_button = QPushButton(icon("close"), "")
        self._words = {notation: plain_label(font=font(HELP_PX), role="3") for notation in Notation}
        self._values = {notation: ElidedLabel(font=_figures()) for notation in Notation}
        self.copies = {notation: QPushButton() for notation in Notation}
        self._district = plain_label(font=font(HELP_PX), role="2")
        self._district.setObjectName("map.here.district")
        self._district.setWordWrap(True)
        self.rows = RowsView("map.here.rows")
        self._lay_out()
        self.retranslate()

    @property
    def place(self) -> LonLat | None:
        """Which place is told about."""
        return self._place

    def look(self, place: LonLat, under: Sequence[Selection]) -> None:
        """Tell about a place, and of what lies under the pointer there."""
        self._place, self._under = place, tuple(dict.fromkeys(under))[:_MOST_UNDER]
        self.rows.scrollToTop()
        self._tell()

    def show_frame(self, frame: Frame) -> None:
        """Take the picture, and tell what is near anew where that is due."""
        before, self._frame = self._frame, frame
        other = before is None or before.picture is not frame.picture
        if self.isVisible() and (other or abs(frame.now - self._told) >= REFRESH):
            self._tell()

    def retranslate(self) -> None:
        """Put the words on again."""
        tr = self._room.language.tr
        put_text(self._title, tr("What is here"))
        put_name(self.rows, tr("What is here"))
        put_name(self.close_button, tr("Close"))
        for notation in Notation:
            word = tr(NOTATION_WORDS[notation])
            put_text(self._words[notation], word)
            put_text(self.copies[notation], tr("Copy"))
            put_name(self.copies[notation], tr("Copy coordinates: {notation}", notation=word))
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()

    def _tell(self) -> None:
        if self._place is None:
            return
        for notation, value in self._values.items():
            put_text(value, format_place(*self._place, notation, self._room.language.tr))
        self._tell_district(self._place)
        if self._frame is not None:
            self._told = self._frame.now
            near = self._near_rows(self._frame, self._place)
            self.rows.show_rows([*self._under_rows(self._frame), *near])

    def _tell_district(self, place: LonLat) -> None:
        tr, answer = self._room.language.tr, self._room.maps.district_at(*place)
        if answer is None:
            put_text(self._district, tr("District: being looked up"))
        elif not answer.code:
            put_text(self._district, tr("Outside of all districts"))
        else:
            text = tr("District {name} ({code})", name=answer.name, code=answer.code)
            schematic = tr("schematic borders")
            put_text(self._district, f"{text} · {schematic}" if answer.schematic else text)

    def _under_rows(self, frame: Frame) -> list[Row]:
        told = [(of, tuple(self._describe(of))) for of in self._under]
        rows = [
            Row(
                of=of,
                name=lines[0],
                detail=" · ".join(lines[1:]),
                severity=severity_of(frame.picture, of.kind, of.key),
            )
            for of, lines in told
            if lines
        ]
        return [Row(name=self._room.language.tr("At this place")), *rows] if rows else []

    def _near_rows(self, frame: Frame, place: LonLat) -> list[Row]:
        language, picture = self._room.language, frame.picture
        words = {shown.kind: shown.words for _, shown in picture.shown()}
        rows: list[Row] = []
        for group, found in nearest(picture, place).items():
            if found:
                rows.append(Row(name=language.tr(GROUP_WORDS.get(group) or words[group])))
            rows += [
                Row(
                    of=Selection(near.kind, near.key),
                    name=near.name,
                    detail=way_text(language, near),
                    severity=near.severity,
                )
                for near in found
            ]
        return rows

    def _copy(self, notation: Notation) -> None:
        if self._place is not None:
            text = format_place(*self._place, notation, self._room.language.tr)
            QGuiApplication.clipboard().setText(text)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_MARGIN)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, notation in enumerate(Notation):
            button = self.copies[notation]
            button.setObjectName(f"map.here.copy.{notation}")
            button.setFlat(True)
            button.clicked.connect(lambda _checked=False, one=notation: self._copy(one))
            grid.addWidget(self._words[notation], row, 0)
            grid.addWidget(self._values[notation], row, 1)
            grid.addWidget(button, row, 2)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, GAP_PX, _MARGIN, 0)
        head.setSpacing(GAP_PX)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.close_button)
        head.addLayout(top)
        head.addLayout(grid)
        head.addWidget(self._district)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.rows, 1)
        self.close_button.setObjectName("map.here.close")
        self.close_button.setFlat(True)
        self.close_button.clicked.connect(self.closed)
        self.setFocusProxy(self.rows)
        self.rows.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows.chosen.connect(self.chosen)


def _figures() -> QFont:
    return font(HELP_PX, tabular=True)
