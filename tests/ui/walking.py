"""Walks through windows as those do who cannot see them: what can be used, and how it is told."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

USABLE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


def usable(window: QWidget) -> Iterator[QWidget]:
    """Give what somebody can use in a window, parts of what is one thing not by themselves."""
    for widget in window.findChildren(QWidget):
        if widget.window() is window and widget.isVisible() and _is_used(widget):
            yield widget


def heard(widget: QWidget) -> str:
    """Return what a screen reader says that it is."""
    told = QAccessible.queryAccessibleInterface(widget)
    return str(told.text(QAccessible.Text.Name)).strip() if told is not None else ""


def chain(window: QWidget) -> list[QWidget]:
    """Return what Tab goes through."""
    order, widget = [], window.nextInFocusChain()
    while widget is not None and widget is not window:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def faults(window: QWidget) -> list[str]:
    """Return what is wrong with what can be used in a window."""
    order = set(chain(window))
    found = []
    for widget in usable(window):
        wrong = [
            word
            for word, is_wrong in (
                ("name", not widget.objectName() or widget.objectName().startswith("qt_")),
                ("words", not heard(widget)),
                ("tab", widget.isEnabled() and widget not in order and not _by_keys(widget)),
            )
            if is_wrong
        ]
        if wrong:
            found.append(f"{_path(widget)}: {', '.join(wrong)}")
    return found


def _is_used(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar | QHeaderView):
        return False
    parent = widget.parentWidget()
    wholes = QComboBox | QAbstractSpinBox | QLineEdit | QTabBar | QAbstractItemView
    inner = isinstance(parent, wholes)
    library = type(parent).__module__.startswith("PySide6QtAds") or _is_library(widget)
    used = isinstance(widget, USABLE) or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return used and not inner and not library


def _is_library(widget: QWidget) -> bool:
    """Tell whether it is of the docking library's title bars: keys and palette do the same."""
    of_areas = widget.metaObject().className().startswith("ads::")
    return of_areas or "dockArea" in widget.objectName()


def _by_keys(widget: QWidget) -> bool:
    """Tell whether another widget has keys for it, as a line has for the list below it."""
    return widget.focusPolicy() is Qt.FocusPolicy.NoFocus


def _path(widget: QWidget) -> str:
    names: list[str] = []
    one: QWidget | None = widget
    while one is not None and len(names) < 4:
        names.append(one.objectName() or type(one).__name__)
        one = one.parentWidget()
    return "<".join(names)
