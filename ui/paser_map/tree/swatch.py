"""A button that shows a colour and lets a person choose another."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QColorDialog

from paser_ui.theme.tokens import COLOURS, DARK
from paser_ui.widgets.plain import put_name, put_title

_SIDE_PX = 22


class ColourButton(QAbstractButton):
    """A colour as "#rrggbb"; "" is the theme's own, drawn as normal data. Names are put on it."""

    chosen = Signal(str)

    def __init__(self, colour: str = "") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.colour = colour
        self.clicked.connect(self._ask)

    def show_colour(self, colour: str) -> None:
        """Show a colour."""
        self.colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE_PX, _SIDE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = min(self.width(), _SIDE_PX)
        box = QRectF(0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        painter.setPen(QPen(COLOURS.selection if self.hasFocus() else COLOURS.text_3, 1))
        painter.setBrush(QColor(self.colour) if self.colour else DARK.data_point)
        painter.drawRect(box)
        painter.end()

    def _ask(self) -> None:
        """Ask in a window that does not hold up this one."""
        asking = QColorDialog(QColor(self.colour) if self.colour else DARK.data_point, self)
        asking.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        put_title(asking, self.accessibleName())
        put_name(asking, self.accessibleName())
        asking.colorSelected.connect(self._take)
        asking.open()

    def _take(self, colour: QColor) -> None:
        self.show_colour(colour.name())
        self.chosen.emit(self.colour)
