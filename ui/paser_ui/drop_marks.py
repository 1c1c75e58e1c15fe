"""What shows where a dragged panel would go: cut to its marks, where nothing composes a desktop."""

from PySide6.QtCore import QChildEvent, QEvent, QObject, QRect
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QLabel, QWidget
from PySide6QtAds import (
    BottomDockWidgetArea,
    CDockManager,
    CDockOverlay,
    CDockOverlayCross,
    CenterDockWidgetArea,
    CFloatingDragPreview,
    InvalidDockWidgetArea,
    LeftDockWidgetArea,
    RightDockWidgetArea,
    TopDockWidgetArea,
)

_EDGE_PX = 4
_PARTS = "parts"
"""What part of its room an overlay gives to a side: one in so many."""

_EVENTS = (QEvent.Type.Show, QEvent.Type.Paint, QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class DropMarks(QObject):
    """Lets of the library's overlays be seen the signs, and an edge about the room to be taken.

    They are windows that one sees through. Where nothing composes the desktop, as on a war room's
    machine without a desktop environment, they are black, and hide what a panel is dragged to.
    """

    def __init__(self, manager: CDockManager) -> None:
        super().__init__(manager)
        self._manager = manager
        manager.installEventFilter(self)
        for overlay, parts in ((manager.dockAreaOverlay(), 2), (manager.containerOverlay(), 3)):
            overlay.setProperty(_PARTS, parts)
            overlay.installEventFilter(self)
        for cross in manager.findChildren(CDockOverlayCross):
            cross.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            if isinstance(event.child(), CFloatingDragPreview):
                event.child().installEventFilter(self)
                _take_no_turns(True)
        elif event.type() is QEvent.Type.Hide and isinstance(watched, CFloatingDragPreview):
            _take_no_turns(False)
        elif event.type() in _EVENTS and isinstance(watched, QWidget):
            marks = self._marks(watched)
            if marks is not None and watched.mask() != marks:
                watched.setMask(marks)
                # What comes to be seen by that has not been painted yet.
                watched.update()
        return False

    def _marks(self, window: QWidget) -> QRegion | None:
        if isinstance(window, CDockOverlay):
            return _edge(_room(window, window.property(_PARTS)))
        if isinstance(window, CDockOverlayCross):
            return _signs(window)
        if isinstance(window, CFloatingDragPreview):
            return _edge(window.rect() if self._is_free() else None)
        return None

    def _is_free(self) -> bool:
        """Tell whether the panel would get a window of its own: then its outline is with the hand.

        Else the library paints none.
        """
        return all(
            overlay.visibleDropAreaUnderCursor() == InvalidDockWidgetArea
            for overlay in self._manager.findChildren(CDockOverlay)
        )


def _take_no_turns(dragged: bool) -> None:
    """Keep the library from running the program's loop while it makes a window of what was let go.

    WORKAROUND(QtAds 5): it does so to learn the height of the window's frame, and falls where the
    panel is put elsewhere in that turn. With this flag, read again at that moment, it does not.
    """
    flag = CDockManager.eConfigFlag.DragPreviewHasWindowFrame
    CDockManager.setConfigFlag(flag, dragged)


def _signs(cross: QWidget) -> QRegion:
    """Return where the signs of the sides stand."""
    seen = QRegion(0, 0, 1, 1)
    for sign in cross.findChildren(QLabel):
        if not sign.isHidden():
            seen += QRegion(QRect(sign.mapTo(cross, sign.rect().topLeft()), sign.size()))
    return seen


def _edge(room: QRect | None) -> QRegion:
    """Return the edge of a room, and a pixel for none: what is not seen at all is not painted."""
    if room is None:
        return QRegion(0, 0, 1, 1)
    return QRegion(room) - QRegion(room.adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX))


def _room(overlay: CDockOverlay, parts: int) -> QRect | None:
    """Return the room that the library gives to what is dropped here; None for nowhere."""
    whole = overlay.rect()
    wide, high = whole.width() // parts, whole.height() // parts
    rooms = {
        TopDockWidgetArea: QRect(whole.left(), whole.top(), whole.width(), high),
        BottomDockWidgetArea: QRect(whole.left(), whole.bottom() - high, whole.width(), high),
        LeftDockWidgetArea: QRect(whole.left(), whole.top(), wide, whole.height()),
        RightDockWidgetArea: QRect(whole.right() - wide, whole.top(), wide, whole.height()),
        CenterDockWidgetArea: whole,
    }
    return rooms.get(overlay.dropAreaUnderCursor())
