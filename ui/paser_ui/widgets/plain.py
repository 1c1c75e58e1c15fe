"""The one place where text gets into a widget: as plain text, never as HTML.

A QLabel, a tooltip or a message box that guesses "this is HTML" opens local files that the text
names. Everything that came from a feed, a journal or an error goes through these functions.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QTreeWidgetItem, QWidget

_BESIDE_PX = 2

LONGEST = 4_000
"""No label lays out more than this many characters."""

_CONTROLS = dict.fromkeys(
    (
        *(code for code in range(0x20) if chr(code) not in "\n\t"),
        *range(0x7F, 0xA0),
        *(0x061C, 0x200E, 0x200F),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ),
    "\N{REPLACEMENT CHARACTER}",
)


def cleaned(text: str) -> str:
    """Return the text cut to a length that paints at once, control and bidi characters visible."""
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return cut.translate(_CONTROLS)


def put_text(widget: QLabel | QAbstractButton, text: str) -> None:
    """Show the text as it is; nothing happens where it stands already."""
    shown = cleaned(text)
    if isinstance(widget, QLabel):
        widget.setTextFormat(Qt.TextFormat.PlainText)
    else:
        shown = shown.replace("&", "&&")
    if widget.text() != shown:
        widget.setText(shown)


def put_running_text(label: QLabel, text: str) -> None:
    """Show a text that changes all the time.

    The label grows with it, and does not shrink by a little, so that nothing beside it moves and
    nothing is laid out anew.
    """
    put_text(label, text)
    # Not the label's own hint, which is never less than its least size.
    metrics, room = label.fontMetrics(), label.size()
    wanted = QSize(metrics.horizontalAdvance(label.text()) + _BESIDE_PX, metrics.height())
    fixed = label.minimumSize() == label.maximumSize()
    fits = wanted.height() == room.height() and room.width() / 2 < wanted.width() <= room.width()
    if not (fixed and fits):
        label.setFixedSize(wanted)


def put_action(action: QAction, text: str) -> None:
    """Show the text as it is in a menu."""
    action.setText(cleaned(text).replace("&", "&&"))


def put_tooltip(widget: QWidget, text: str) -> None:
    """Show the text, escaped, over the widget: tooltips have no plain format of their own."""
    tip = _tip(text)
    if widget.toolTip() != tip:
        widget.setToolTip(tip)


def put_row_tooltip(row: QTreeWidgetItem, text: str) -> None:
    """Show the text, escaped, over a tree's row."""
    row.setToolTip(0, _tip(text))


def put_name(widget: QWidget, text: str) -> None:
    """Say what the widget is to those who do not see it."""
    name = cleaned(text)
    if widget.accessibleName() != name:
        widget.setAccessibleName(name)


def put_title(window: QWidget, text: str) -> None:
    """Give the window its title."""
    window.setWindowTitle(cleaned(text).replace("[*]", "[ * ]"))


def plain_label(text: str = "", *, font: QFont | None = None, role: str = "") -> QLabel:
    """Return a label that shows plain text only; `role` is "2" or "3" for the quieter texts."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    _dress(label, font, role)
    put_text(label, text)
    return label


class ElidedLabel(QLabel):
    """A plain text on one line that ends in an ellipsis where there is no room for it."""

    def __init__(self, text: str = "", *, font: QFont | None = None, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        _dress(self, font, role)
        put_text(self, text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        line = self.text().replace("\n", " ")
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width())
        align = self.alignment() | Qt.TextFlag.TextSingleLine
        painter.drawText(self.rect(), align, shown)
        painter.end()


def _tip(text: str) -> str:
    from html import escape  # with it come the names of 2,231 characters, 0.8 MiB

    return f"<qt>{escape(cleaned(text))}</qt>" if text else ""


def _dress(label: QLabel, font: QFont | None, role: str) -> None:
    if font is not None:
        label.setFont(font)
    if role:
        label.setProperty("role", role)
