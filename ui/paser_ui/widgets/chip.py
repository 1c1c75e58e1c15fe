"""A chip: a small rounded button that is on or off, drawn without a style sheet."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import COLOURS, LABEL_PX
from paser_ui.widgets.plain import put_name, put_text

_HEIGHT_PX = 22
_PADDING_PX = 10


class Chip(QAbstractButton):
    """A checkable chip. `name` is its objectName; words come by `say`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFont(font(LABEL_PX))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Put the words on."""
        put_text(self, text)
        put_name(self, text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._shown())
        return QSize(width + 2 * _PADDING_PX, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._edge(), 1))
        painter.setBrush(COLOURS.raised if self.isChecked() or self.isDown() else COLOURS.panel)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        painter.setPen(self._ink())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._shown())
        painter.end()

    def _shown(self) -> str:
        return self.text().replace("&&", "&")

    def _ink(self) -> QColor:
        return COLOURS.text if self.isChecked() else COLOURS.text_3

    def _edge(self) -> QColor:
        if self.hasFocus():
            return COLOURS.selection
        return COLOURS.text_3 if self.isChecked() or self.underMouse() else COLOURS.line
