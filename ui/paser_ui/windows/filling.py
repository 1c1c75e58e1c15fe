"""Has a window fill a display."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from paser_ui.windows.screens import qscreen_at


def fill(window: QWidget, display: QRect) -> None:
    """Show the window over the whole display at that place of the desktop.

    One that takes no keys is not made the active one.
    """
    if window.isVisible() and window.isFullScreen() and window.geometry() == display:
        return
    screen = qscreen_at(display)
    if screen is not None:
        window.setScreen(screen)
    if window.isFullScreen():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
    window.setGeometry(display)
    window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
    window.show()
    if not window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus:
        window.activateWindow()
