"""The place beside the map for a list or a form: one at a time, opened by the header's buttons."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from paser_ui.api import COLOURS

_WIDTH_PX = 312


class Sheets(QStackedWidget):
    """Sheets by name. `opened` gives the name of the one that is open now, "" for none."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("map.sheets")
        self.setFixedWidth(_WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._names: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self.hide()

    @property
    def name(self) -> str:
        """The name of the open sheet, "" for none."""
        if self.isHidden():
            return ""
        return next(name for name, sheet in self._names.items() if sheet is self.currentWidget())

    def add(self, name: str, sheet: QWidget) -> None:
        """Put a sheet in, closed."""
        self._names[name] = sheet
        self.addWidget(sheet)

    def add_later(self, name: str, make: Callable[[], QWidget]) -> None:
        """Have a sheet made when it is first opened, which of most maps it never is."""
        self._makers[name] = make

    def open(self, name: str, *, focus: bool = True) -> None:
        """Open a sheet in place of the one that is open; an unknown one closes it."""
        if name in self._makers:
            self.add(name, self._makers.pop(name)())
        sheet = self._names.get(name)
        if sheet is not None:
            self.setCurrentWidget(sheet)
        self.setVisible(sheet is not None)
        if sheet is not None and focus:
            sheet.setFocus()
        self.opened.emit(self.name)

    def toggle(self, name: str) -> None:
        """Open a sheet, or close it where it is open."""
        self.open("" if self.name == name else name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), COLOURS.panel)
        painter.fillRect(0, 0, 1, self.height(), COLOURS.line)
        painter.end()
