"""Where the keyboard goes when a dialog closes: to the window before which it stood."""

from PySide6.QtWidgets import QDialog, QWidget


def give_back(dialog: QDialog, window: QWidget | None) -> None:
    """Make the window active when the dialog is done; without a window manager nobody else does."""
    if window is not None:
        dialog.finished.connect(window.window().activateWindow)
