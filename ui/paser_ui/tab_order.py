"""The order in which Tab goes through a window: as it is read, not as its parts were made."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def order_tabs(window: QWidget, parts: Sequence[QWidget]) -> None:
    """Let Tab go through the parts in this order; inside a part it stays as it was."""
    chain = list(_chain(window))
    wanted = [
        widget for part in parts for widget in chain if widget is part or part.isAncestorOf(widget)
    ]
    for before, after in pairwise(wanted):
        QWidget.setTabOrder(before, after)


def _chain(window: QWidget) -> Iterator[QWidget]:
    """Give what takes the focus by Tab, in the order of now."""
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        widget = widget.nextInFocusChain()
