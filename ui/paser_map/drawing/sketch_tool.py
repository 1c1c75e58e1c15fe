"""The tool that measures and draws: a click adds a place, a double click or Enter ends."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from paser_command.language import Language
from paser_command.picture.drawing_change import DrawnShape
from paser_map.drawing.sketch import Sketch
from paser_map.tool import Pointer
from paser_map.view import MapView

_FIRST_HINT_WORDS = {
    DrawnShape.POINT: "Click the place. Insert takes the middle of the map, Esc ends.",
    DrawnShape.TEXT: "Click the place of the text. Insert takes the middle of the map, Esc ends.",
    DrawnShape.LINE: "Click the start. Insert takes the middle of the map, Esc ends.",
    DrawnShape.AREA: "Click the first corner. Insert takes the middle of the map, Esc ends.",
    DrawnShape.CIRCLE: "Click the centre. Insert takes the middle of the map, Esc ends.",
}
_NEXT_HINT_WORDS = {
    DrawnShape.LINE: "Click goes on, double click or Enter ends, Backspace takes the last back.",
    DrawnShape.AREA: "Click goes on; the first corner, double click or Enter ends, "
    "Backspace takes the last back.",
    DrawnShape.CIRCLE: "Click the rim. Backspace takes the centre back, Esc ends.",
}
_MEASURED_HINT_WORDS = "Measured. Click measures anew, Esc ends."


class SketchTool:
    """Sketches one shape after another until Esc.

    `finish` gets each that is complete and tells whether it is taken; what is not stays under
    work. A measured one stays to be read until the next click. `changed` is called when the hint
    may have, `leave` for Esc.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self,
        shape: DrawnShape,
        speak: Callable[[], Language],
        *,
        finish: Callable[[Sketch], bool] | None,
        changed: Callable[[], None],
        leave: Callable[[], None],
    ) -> None:
        self.sketch = Sketch(shape)
        self._shape = shape
        self._speak = speak
        self._finish = finish
        self._changed = changed
        self._leave = leave
        self._measured = False
        self._pressed = False
        self._view: MapView | None = None

    @property
    def hint(self) -> str:
        """What to do next."""
        tr = self._speak().tr
        if self._measured:
            return tr(_MEASURED_HINT_WORDS)
        words = _NEXT_HINT_WORDS if self.sketch.places else _FIRST_HINT_WORDS
        return tr(words[self._shape])

    def press(self, at: Pointer) -> bool:
        """Remember the press: the canvas pulls at the map with it, unless it is a click."""
        self._pressed = at.button is Qt.MouseButton.LeftButton
        return False

    def move(self, at: Pointer) -> bool:
        """Lead the shape's end along with the pointer."""
        # The canvas pulls the map by itself: a press that is followed by a move is over.
        self._view, self._pressed = at.view, False
        if self._measured or not self.sketch.places:
            return False
        self.sketch.rest = at.view.to_degrees(at.px, at.py)
        if self.sketch.meets_start(at.view, at.px, at.py):
            self.sketch.rest = self.sketch.places[0]
        return True

    def release(self, at: Pointer) -> bool:
        """Add the place of a click."""
        pressed, self._pressed = self._pressed, False
        if not pressed:
            return False
        if self.sketch.meets_start(at.view, at.px, at.py) and not self._measured:
            self.sketch.close()
            self._end()
        else:
            self._add(at.view, at.px, at.py)
        return True

    def double_click(self, at: Pointer) -> bool:
        """End the shape; the first of the two clicks was its last place."""
        self._pressed = False
        if not self._measured:
            self._end()
        return True

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Take the keys that the hints name."""
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
        elif key == Qt.Key.Key_Backspace and self.sketch.places:
            self.take_back()
        elif key == Qt.Key.Key_Insert and self._view is not None:
            self._add(self._view, self._view.width / 2, self._view.height / 2)
        else:
            return False
        return True

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Draw the sketch."""
        self._view = view
        self.sketch.draw(painter, view, self._speak())

    def take_back(self) -> bool:
        """Take the last place back; False where there is none, or the shape is ended."""
        if self._measured or not self.sketch.places:
            return False
        self.sketch.places.pop()
        if not self.sketch.places:
            self.sketch.rest = None
        self._changed()
        return True

    def _add(self, view: MapView, px: float, py: float) -> None:
        if self._measured:
            self._begin()
        self.sketch.add(view.to_degrees(px, py))
        self.sketch.rest = None
        enough = 2 if self._shape is DrawnShape.CIRCLE else 1
        several = self._shape in (DrawnShape.LINE, DrawnShape.AREA)
        if not several and len(self.sketch.places) == enough:
            self._end()
        self._changed()

    def _end(self) -> None:
        """Hand a complete shape over; one that is not goes on."""
        self.sketch.rest = None
        if self.sketch.complete:
            if self._finish is None:
                self._measured = True
            elif self._finish(self.sketch):
                self._begin()
        self._changed()

    def _begin(self) -> None:
        self.sketch = Sketch(self._shape)
        self._measured = False
