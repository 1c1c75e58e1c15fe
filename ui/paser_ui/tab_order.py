"""The order in which Tab goes through a window: as it is read, not as its parts were made.

It is worked out when Tab is pressed. Qt's own chain is left as it is: to put it in order ended the
program once panels had been dragged from window to window (Qt 6.11).
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def next_by_tab(window: QWidget, parts: Sequence[QWidget], *, forward: bool) -> QWidget | None:
    """Return what gets the focus after what has it; None where that is in none of the parts.

    The parts are gone through in this order; inside a part it is that in which it was made.
    """
    chain = list(_usable(window))
    order = [
        widget for part in parts for widget in chain if widget is part or part.isAncestorOf(widget)
    ]
    now = window.focusWidget()
    if order and now in (None, window):
        return order[0 if forward else -1]
    if now not in order:
        return None
    return order[(order.index(now) + (1 if forward else -1)) % len(order)]


def _usable(window: QWidget) -> Iterator[QWidget]:
    """Give what could take the focus by Tab now."""
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes and widget.isVisible() and widget.isEnabled():
            yield widget
        widget = widget.nextInFocusChain()
