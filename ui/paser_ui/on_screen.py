"""Whether a window can be seen where it stands, and where it can: arithmetic, without a window."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QRegion


def inside(wanted: QRect, display: QRect) -> QRect:
    """Return a window's place inside of a display, as near as can be to the wanted one."""
    size = wanted.size().boundedTo(display.size())
    left = min(max(wanted.left(), display.left()), display.right() - size.width() + 1)
    top = min(max(wanted.top(), display.top()), display.bottom() - size.height() + 1)
    return QRect(QPoint(left, top), size)


def seen_whole(wanted: QRect, displays: Sequence[QRect] | None = None) -> QRect:
    """Return the place itself where displays show all of it, else one inside of the nearest.

    Without `displays` it is those of now.
    """
    displays = displays or [screen.availableGeometry() for screen in QGuiApplication.screens()]
    hidden = QRegion(wanted)
    for display in displays:
        hidden -= QRegion(display)
    if hidden.isEmpty():
        return wanted
    return inside(wanted, min(displays, key=lambda display: _away(wanted, display)))


def _away(wanted: QRect, display: QRect) -> tuple[int, int]:
    """Order displays by how much of the window they show, then by how near they are."""
    shown = wanted & display
    gap = wanted.center() - inside(wanted, display).center()
    return -shown.width() * shown.height(), gap.manhattanLength()
