"""The keys of the whole desk, which keep still while somebody types."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_PRESSES = ("Space", "Return", "Enter")
"""Keys that press a button which has the focus."""

_WHILE_TYPING = ("Ctrl+L",)


class Keys(QObject):
    """Shortcuts by key; every one is off while a text field has the focus, save a few."""

    def __init__(self, window: QWidget, acts: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(window)
        self._shortcuts = {key: self._shortcut(window, key, act) for key, act in acts.items()}
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def enabled(self, key: str) -> bool:
        """Tell whether the key does something now."""
        return self._shortcuts[key].isEnabled()

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        typing = _takes_text(now)
        pressing = isinstance(now, QAbstractButton | QComboBox)
        for key, shortcut in self._shortcuts.items():
            silent = (typing and key not in _WHILE_TYPING) or (pressing and key in _PRESSES)
            shortcut.setEnabled(not silent)

    def _shortcut(self, window: QWidget, key: str, act: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), window)
        # Floating panels are windows of their own, and the keys are the desk's.
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.setAutoRepeat(key.startswith("Ctrl+") and key != "Ctrl+L")
        shortcut.activated.connect(act)
        return shortcut


def _takes_text(widget: QWidget | None) -> bool:
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)
