"""The sheet with a drawing's name, note, purpose and colour."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from paser_command.language import Language
from paser_command.picture.drawing_change import (
    FENCES,
    NAME_LENGTH,
    Change,
    DrawnColour,
    DrawnShape,
    Purpose,
)
from paser_command.picture.drawings import Drawing
from paser_map.drawing.ink import COLOURS
from paser_map.drawing.words import COLOUR_WORDS, PURPOSE_WORDS, SHAPE_WORDS, drawing_facts
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX, STRIP_PX
from paser_ui.widgets.choice import Choice
from paser_ui.widgets.plain import plain_label, put_name, put_text

_EDGE_PX = 3 * GAP_PX
_NOTE_PX = 84
_SWATCH_PX = 14


class Properties(QWidget):
    """Shows one drawing, or one that is not drawn yet. Fields that a hand has changed stay so.

    `saved` gives the `Change` to what is shown, `edited` and `erased` ask
    for that, `closed` to be put away.
    """

    saved = Signal(object)
    edited = Signal()
    erased = Signal()
    closed = Signal()

    def __init__(self, speak: Callable[[], Language]) -> None:
        super().__init__()
        self.setObjectName("map.drawing")
        self._speak = speak
        self._shape = DrawnShape.POINT
        self._shown: Drawing | None = None
        self._title = plain_label(font=font(STRIP_PX))
        self._facts = plain_label(font=font(HELP_PX), role="2")
        self._facts.setWordWrap(True)
        self._words = {name: plain_label(font=font(HELP_PX), role="2") for name in _FIELD_WORDS}
        self.name = QLineEdit(maxLength=NAME_LENGTH)
        self.note = QPlainTextEdit(tabChangesFocus=True)
        self.purpose = Choice()
        self.colour = Choice()
        self.save_button = QPushButton()
        self.edit_button = QPushButton()
        self.erase_button = QPushButton()
        for name in (*_FIELD_WORDS, "save_button", "edit_button", "erase_button"):
            getattr(self, name).setObjectName(f"map.drawing.{name.removesuffix('_button')}")
        self.setFocusProxy(self.name)
        self._lay_out()
        self.retranslate()

    @property
    def key(self) -> str:
        """The drawing that is shown; "" for one that is not drawn yet."""
        return self._shown.key if self._shown else ""

    @property
    def unsaved(self) -> Change | None:
        """What a hand has changed of the drawing that is shown, None for nothing."""
        change = self._change() if self._shown and self.isVisible() else None
        return change if change != Change(shape=self._shape) else None

    def show_drawing(self, drawing: Drawing) -> None:
        """Show a drawing; of the one that is shown already only what nobody is changing."""
        if drawing == self._shown:
            return
        changed = self._change() if drawing.key == self.key else None
        self._shown, self._shape = drawing, drawing.shape
        self._fill(drawing.name, drawing.note, drawing.purpose, drawing.colour)
        if changed is not None:
            self._put_back(changed)
        self._say_facts()

    def show_new(self, shape: DrawnShape) -> None:
        """Show the empty form of a drawing to come."""
        self._shown, self._shape = None, shape
        self._fill("", "", Purpose.ANNOTATION, DrawnColour.GREY)
        self._say_facts()

    def retranslate(self) -> None:
        """Put the words on again."""
        tr = self._speak().tr
        for name, label in self._words.items():
            put_text(label, tr(_FIELD_WORDS[name]))
            put_name(getattr(self, name), tr(_FIELD_WORDS[name]))
        for purpose, index in zip(Purpose, range(self.purpose.count()), strict=True):
            self.purpose.setItemText(index, tr(PURPOSE_WORDS[purpose]))
        for colour, index in zip(DrawnColour, range(self.colour.count()), strict=True):
            self.colour.setItemText(index, tr(COLOUR_WORDS[colour]))
        put_text(self.save_button, tr("Save"))
        put_text(self.edit_button, tr("Change shape"))
        put_text(self.erase_button, tr("Erase"))
        self._say_facts()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.note.setFixedHeight(_NOTE_PX)
        for purpose in Purpose:
            self.purpose.addItem("", purpose)
        for colour in DrawnColour:
            self.colour.addItem(_swatch(COLOURS[colour]), "", colour)
        self.colour.setIconSize(QSize(_SWATCH_PX, _SWATCH_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        column.setSpacing(2 * GAP_PX)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        grid = QGridLayout()
        grid.setVerticalSpacing(2 * GAP_PX)
        grid.setColumnStretch(1, 1)
        for row, (name, label) in enumerate(self._words.items()):
            middle = Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop if name == "note" else middle)
            grid.addWidget(getattr(self, name), row, 1)
        column.addLayout(grid)
        buttons = QHBoxLayout()
        for button in (self.save_button, self.edit_button, self.erase_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        self.name.returnPressed.connect(self._save)
        self.save_button.clicked.connect(self._save)
        self.edit_button.clicked.connect(self.edited)
        self.erase_button.clicked.connect(self.erased)

    def _fill(self, name: str, note: str, purpose: Purpose, colour: DrawnColour) -> None:
        self.name.setText(name)
        self.note.setPlainText(note)
        self.purpose.setCurrentIndex(list(Purpose).index(purpose))
        self.colour.setCurrentIndex(list(DrawnColour).index(colour))
        self.purpose.setEnabled(self._shape in FENCES)
        for button in (self.edit_button, self.erase_button):
            button.setVisible(self._shown is not None)

    def _change(self) -> Change:
        """Return what differs from what is shown, all of it where nothing is drawn yet."""
        drawn = self._shown
        name, note = self.name.text().strip(), self.note.toPlainText().strip()
        purpose = Purpose(self.purpose.currentData())
        colour = DrawnColour(self.colour.currentData())
        return Change(
            shape=self._shape,
            name=name if drawn is None or name != drawn.name else None,
            note=note if drawn is None or note != drawn.note else None,
            purpose=purpose if drawn is None or purpose is not drawn.purpose else None,
            colour=colour if drawn is None or colour is not drawn.colour else None,
        )

    def _put_back(self, change: Change) -> None:
        """Put what a hand had changed over what came meanwhile."""
        if change.name is not None:
            self.name.setText(change.name)
        if change.note is not None:
            self.note.setPlainText(change.note)
        if change.purpose is not None:
            self.purpose.setCurrentIndex(list(Purpose).index(change.purpose))
        if change.colour is not None:
            self.colour.setCurrentIndex(list(DrawnColour).index(change.colour))

    def _save(self) -> None:
        self.saved.emit(self._change())

    def _say_facts(self) -> None:
        language = self._speak()
        put_text(self._title, language.tr(SHAPE_WORDS[self._shape]))
        facts = drawing_facts(language, self._shown) if self._shown else ()
        put_text(self._facts, "\n".join(facts))
        self._facts.setVisible(bool(facts))


_FIELD_WORDS = {"name": "Name", "note": "Note", "purpose": "Purpose", "colour": "Colour"}


def _swatch(colour: QColor) -> QIcon:
    pixmap = QPixmap(_SWATCH_PX, _SWATCH_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.fillRect(QRectF(1, 1, _SWATCH_PX - 2, _SWATCH_PX - 2), colour)
    painter.end()
    return QIcon(pixmap)
