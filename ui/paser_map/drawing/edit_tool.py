"""The tool that changes a drawing: corners are pulled, put in and taken out, all of it is moved."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPolygonF

from paser_command.language import Language
from paser_command.picture.drawing_change import Change, DrawnShape
from paser_command.picture.drawings import Drawing
from paser_map.drawing.corners import REACH_PX, RIM, WHOLE, Corners, Grip
from paser_map.drawing.ink import SKETCH, draw_corner, draw_middle, line_pen, pixels
from paser_map.drawing.words import size_text
from paser_map.pointer_box import draw_box
from paser_map.tool import Pointer
from paser_map.view import MapView

_STEP_PX = 4.0
_MOST_HANDLES = 400
"""So many corners in the view are shown at the most: of more nobody could take hold."""

_HINT_WORDS = {
    DrawnShape.LINE: "Pull corners, or the line. A press on the middle of an edge puts a corner "
    "in, Delete takes it out, Enter ends.",
    DrawnShape.AREA: "Pull corners, or the polygon. A press on the middle of an edge puts a corner "
    "in, Delete takes it out, Enter ends.",
    DrawnShape.CIRCLE: "Pull the rim or the centre, Enter ends.",
    DrawnShape.POINT: "Pull the point to its place, Enter ends.",
    DrawnShape.TEXT: "Pull the text to its place, Enter ends.",
}

_STEPS = {
    Qt.Key.Key_Left: (-_STEP_PX, 0.0),
    Qt.Key.Key_Right: (_STEP_PX, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP_PX),
    Qt.Key.Key_Down: (0.0, _STEP_PX),
}


class EditTool:
    """Changes one drawing. `save` gets what a pull or a key came to, and tells if it is taken.

    With the keys: Page Down and Page Up pick corners, Shift and an arrow move what is picked.
    """

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(
        self,
        drawing: Drawing,
        speak: Callable[[], Language],
        *,
        save: Callable[[Change], bool],
        leave: Callable[[], None],
    ) -> None:
        self.drawing = drawing
        self._speak = speak
        self._save = save
        self._leave = leave
        self._corners = Corners(drawing)
        self._grip: Grip | None = None
        self._picked = WHOLE
        self._pointer: QPointF | None = None
        self._view: MapView | None = None

    @property
    def hint(self) -> str:
        """What can be done."""
        return self._speak().tr(_HINT_WORDS[self.drawing.shape])

    def take(self, drawing: Drawing) -> bool:
        """Take the drawing as it stands now, unless a hand is on it; tell if it was another."""
        if self._grip is not None or drawing == self.drawing:
            return False
        self.drawing, self._corners = drawing, Corners(drawing)
        self._picked = min(self._picked, len(drawing.places) - 1)
        return True

    def take_out(self) -> bool:
        """Take the picked corner out; False where none is picked, or the shape needs it."""
        taken = self._corners.take_out(self._picked)
        if taken:
            self._picked = min(self._picked, len(self._corners.places) - 1)
            self._keep()
        return taken

    def press(self, at: Pointer) -> bool:
        """Take hold of what lies under the pointer."""
        if at.button is not Qt.MouseButton.LeftButton:
            return False
        held = self._held_at(at)
        if held is None:
            return False
        self._grip, self._picked = Grip(held, (at.px, at.py)), held
        return True

    def move(self, at: Pointer) -> bool:
        """Pull what is held."""
        self._pointer = QPointF(at.px, at.py)
        if self._grip is None:
            return False
        self._corners.pull(at.view, self._grip, at.px, at.py)
        return True

    def release(self, at: Pointer) -> bool:
        """Let go, and save."""
        if self._grip is None:
            return False
        self._grip = None
        self._keep()
        return True

    def double_click(self, at: Pointer) -> bool:
        """Use up a double click on the drawing: it would zoom."""
        return self._held_at(at) is not None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Take the keys that the hint and the manual name."""
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._pick_next(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._picked >= 0:
            self.take_out()
        elif key in _STEPS and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._nudge(*_STEPS[key])
        else:
            return False
        return True

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Draw the outline with its corners, and how large it is while it is pulled."""
        self._view = view
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(SKETCH))
        outline = self._corners.outline()
        painter.drawPolyline(pixels(view, outline))
        handles = [
            (index, at)
            for index, at in enumerate(self._corners.handles(view))
            if 0 <= at.x() <= view.width and 0 <= at.y() <= view.height
        ]
        if len(handles) <= _MOST_HANDLES:
            for _, middle in self._corners.middles(view):
                draw_middle(painter, middle)
            for index, at in handles:
                draw_corner(painter, at, picked=index == self._picked)
        if self._grip is not None and self._pointer is not None:
            corners = self._corners
            size = size_text(self._speak(), corners.shape, corners.places, corners.radius_m)
            if size:
                draw_box(painter, view, self._pointer, [size])
        painter.restore()

    def _held_at(self, at: Pointer) -> int | None:
        corner = self._corners.corner_at(at.view, at.px, at.py)
        if corner is not None:
            return corner
        index = self._corners.middle_at(at.view, at.px, at.py)
        if index is not None and self._corners.put_in(index, at.view.to_degrees(at.px, at.py)):
            return index
        return WHOLE if self._meets(at) else None

    def _meets(self, at: Pointer) -> bool:
        """Tell whether the pixel is in the shape or on its line."""
        path = QPainterPath()
        path.addPolygon(QPolygonF(pixels(at.view, self._corners.outline())))
        point = QPointF(at.px, at.py)
        if self._corners.shape in (DrawnShape.AREA, DrawnShape.CIRCLE) and path.contains(point):
            return True
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * REACH_PX)
        return stroker.createStroke(path).contains(point)

    def _pick_next(self, step: int) -> None:
        count = len(self._corners.places)
        self._picked = (max(self._picked, -1) + step) % count if count else WHOLE

    def _nudge(self, dx_px: float, dy_px: float) -> None:
        """Move the picked corner, or all of it, by a few pixels."""
        view = self._view
        if view is None:
            return
        held = WHOLE if self._picked in (WHOLE, RIM) else self._picked
        at = self._corners.handles(view)[max(held, 0)]
        grip = Grip(held, (at.x(), at.y()))
        self._corners.pull(view, grip, at.x() + dx_px, at.y() + dy_px)
        self._keep()

    def _keep(self) -> None:
        """Save what was changed; where it is not taken, show the drawing as it stands."""
        change = self._corners.change
        if change is None:
            return
        if self._save(change):
            self._corners.settle()
        else:
            self._corners = Corners(self.drawing)
