"""Measuring and drawing on one map: which tool is at work, and what of it goes to the journal."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal

from paser_command.errors import InputError
from paser_command.geo import LonLat
from paser_command.picture.drawing_change import Change, DrawnShape, joined
from paser_command.picture.drawings import Drawing
from paser_command.session.frames import Frame, Selection
from paser_command.verbs.draw import Draw
from paser_command.verbs.drawing import new_drawing
from paser_command.verbs.erase import Erase
from paser_command.verbs.redo import Redo
from paser_command.verbs.redraw import Redraw
from paser_command.verbs.undo import Undo
from paser_command.verbs.verb import VerbValue
from paser_map.canvas import MapCanvas
from paser_map.drawing.context import DrawingContext
from paser_map.drawing.edit_tool import EditTool
from paser_map.drawing.hint import Hint
from paser_map.drawing.layer import DrawingLayer
from paser_map.drawing.properties import Properties
from paser_map.drawing.sketch import Sketch
from paser_map.drawing.sketch_tool import SketchTool

_PICK_WORDS = "Pick a drawing on the map first."
_NONE_WORDS = "There is no drawing yet."
_UNDO_WORDS = "There is nothing of yours to undo."
_REDO_WORDS = "There is nothing of yours to do again."


class DrawingTools(QObject):
    """Hand it each frame. `sheet` is shown where `asked` is sent, put away where `done` is.

    What is drawn goes to the journal at once and comes back with a later frame; a text only once
    it is written, in the sheet. `changed` says that another tool is at work, or none.
    """

    asked = Signal()
    done = Signal()
    changed = Signal()

    def __init__(self, canvas: MapCanvas, context: DrawingContext) -> None:
        super().__init__(canvas)
        self.sheet = Properties(lambda: context.language)
        self.hint = Hint(canvas)
        self._canvas = canvas
        self._context = context
        self._tool: SketchTool | EditTool | None = None
        self._measuring = False
        self._frame: Frame | None = None
        self._wanted = ""
        self._text_place: Change | None = None
        self.sheet.saved.connect(self._save)
        self.sheet.edited.connect(self.edit)
        self.sheet.erased.connect(self.erase)
        self.sheet.closed.connect(self._put_away)
        canvas.installEventFilter(self)
        canvas.tool_changed.connect(self._give_way)

    @property
    def at_work(self) -> tuple[DrawnShape, bool] | None:
        """The shape that is sketched, and whether it is only measured; None for no sketch."""
        tool = self._tool
        return (tool.sketch.shape, self._measuring) if isinstance(tool, SketchTool) else None

    @property
    def selected(self) -> Drawing | None:
        """The drawing that is picked."""
        frame = self._frame
        if frame is None or frame.selection.kind != DrawingLayer.kind:
            return None
        return frame.picture.drawings.get(frame.selection.key)

    def render(self, frame: Frame) -> None:
        """Follow the frame's drawings with the tool and the sheet."""
        before, self._frame = self.selected, frame
        self._follow_tool(frame)
        if (wanted := frame.picture.drawings.get(self._wanted)) is not None:
            self._wanted = ""
            self._ask_for(wanted)
        self._follow_sheet(frame)
        if (before and before.key) != (self.selected and self.selected.key):
            self.changed.emit()

    def retranslate(self) -> None:
        """Put the words on again."""
        self.sheet.retranslate()
        self._say()

    def pick_next(self) -> None:
        """Pick the next drawing for all panels, which bring it into view."""
        keys = list(self._frame.picture.drawings) if self._frame else []
        if not keys:
            self._refuse(_NONE_WORDS)
            return
        picked = self.selected
        after = keys.index(picked.key) + 1 if picked else 0
        self._context.select(Selection(DrawingLayer.kind, keys[after % len(keys)]))

    def measure(self, shape: DrawnShape) -> None:
        """Measure lines or areas until Esc."""
        self._sketch(shape, None)

    def measure_from(self, place: LonLat) -> None:
        """Measure a line that begins at the place, until Esc."""
        self.measure(DrawnShape.LINE)
        if isinstance(self._tool, SketchTool):
            self._tool.sketch.add(place)
            self._say()

    def sketch(self, shape: DrawnShape) -> None:
        """Draw shapes until Esc; in a replay nothing is drawn."""
        if not self._refuses(Draw):
            self._sketch(shape, self._finish)

    def edit(self) -> None:
        """Change the corners of the drawing that is picked, or shown in the sheet."""
        drawing = self._shown_in_sheet() or self.selected
        if drawing is None:
            self._refuse(_PICK_WORDS)
        elif not self._refuses(Redraw):
            tool = EditTool(
                drawing,
                lambda: self._context.language,
                save=lambda change: self._redraw(drawing.key, change),
                leave=self.leave,
            )
            self._use(tool)

    def open_properties(self) -> None:
        """Show the name, note, purpose and colour of the drawing that is picked."""
        if self.selected is None:
            self._refuse(_PICK_WORDS)
        else:
            self._ask_for(self.selected)

    def erase(self) -> None:
        """Erase the drawing that is picked or in the sheet; while its shape changes, a corner."""
        tool = self._tool
        if isinstance(tool, EditTool) and tool.take_out():
            self._canvas.update()
            return
        drawing = self._shown_in_sheet() or self.selected
        if drawing is None:
            self._refuse(_PICK_WORDS)
        else:
            self._act(Erase(), drawing.key)

    def undo(self) -> None:
        """Take back the last place of a sketch, else undo one's last act."""
        if isinstance(self._tool, SketchTool) and self._tool.take_back():
            self._canvas.update()
        elif not self._refuses(Undo) and self._context.undo() is None:
            self._refuse(_UNDO_WORDS)

    def redo(self) -> None:
        """Do again what was undone last."""
        if not self._refuses(Redo) and self._context.redo() is None:
            self._refuse(_REDO_WORDS)

    def leave(self) -> None:
        """Put the tool away."""
        self._use(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.hint.place()
        return super().eventFilter(watched, event)

    def _sketch(self, shape: DrawnShape, finish: Callable[[Sketch], bool] | None) -> None:
        tool = SketchTool(
            shape,
            lambda: self._context.language,
            finish=finish,
            changed=self._say,
            leave=self.leave,
        )
        self._measuring = finish is None
        self._use(tool)

    def _use(self, tool: SketchTool | EditTool | None) -> None:
        self._tool = tool
        self._canvas.set_tool(tool)
        if tool is not None:
            self._canvas.setFocus()
        self._say()
        self.changed.emit()

    def _give_way(self) -> None:
        """Take notice that something else of the map has taken the pointer."""
        if self._tool is not None and self._canvas.tool is not self._tool:
            self._tool = None
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        self.hint.say(self._tool.hint if self._tool else "")

    def _finish(self, sketch: Sketch) -> bool:
        """Draw what was sketched for all; a text waits until it is written."""
        if self._refuses(Draw):
            return False
        places, radius_m = sketch.drawn()
        change = Change(shape=sketch.shape, places=places, radius_m=radius_m)
        if sketch.shape is DrawnShape.TEXT:
            self._text_place = change
            self.sheet.show_new(sketch.shape)
            self.asked.emit()
            return True
        return self._draw(change)

    def _draw(self, change: Change) -> bool:
        key = new_drawing()
        drawn = self._act(Draw(change), key)
        if drawn:
            self._wanted = key
        return drawn

    def _save(self, change: Change) -> None:
        """Write what the sheet says: of a new text all of it, else what is changed."""
        place = self._text_place
        if place is not None:
            saved = self._act(Draw(joined(place, change)), new_drawing())
        else:
            same = change == Change(shape=change.shape)
            saved = same or self._act(Redraw(change), self.sheet.key)
        if saved:
            self._put_away()

    def _ask_for(self, drawing: Drawing) -> None:
        unsaved = self.sheet.unsaved
        if unsaved is not None and self.sheet.key != drawing.key:
            # What was typed is not lost because the next thing was drawn.
            self._act(Redraw(unsaved), self.sheet.key)
        self._text_place = None
        self.sheet.show_drawing(drawing)
        self.asked.emit()

    def _put_away(self) -> None:
        self._text_place = None
        self.done.emit()
        self._canvas.setFocus()

    def _follow_tool(self, frame: Frame) -> None:
        """Let the tool have the drawing as it stands; one that is gone is changed no more."""
        if not isinstance(self._tool, EditTool):
            return
        drawing = frame.picture.drawings.get(self._tool.drawing.key)
        if drawing is None:
            self.leave()
        elif self._tool.take(drawing):
            self._canvas.update()

    def _follow_sheet(self, frame: Frame) -> None:
        key = self.sheet.key
        if not key or self.sheet.isHidden():
            return
        drawing = frame.picture.drawings.get(key)
        if drawing is None:
            self._put_away()
        else:
            self.sheet.show_drawing(drawing)

    def _shown_in_sheet(self) -> Drawing | None:
        if self._frame is None or self.sheet.isHidden():
            return None
        return self._frame.picture.drawings.get(self.sheet.key)

    def _redraw(self, key: str, change: Change) -> bool:
        return self._act(Redraw(change), key)

    def _act(self, value: VerbValue, subject: str) -> bool:
        """Do it; where it is refused, say why and return False."""
        return not self._tells(self._context.act(value, subject).error)

    def _refuses(self, kind: type[VerbValue]) -> bool:
        """Tell whether an act of the kind would be refused, and say why."""
        return self._tells(self._context.refusal(kind))

    def _tells(self, error: InputError | None) -> bool:
        if error is not None:
            self.hint.refuse(self._context.language.error(error))
        return error is not None

    def _refuse(self, words: str) -> None:
        self.hint.refuse(self._context.language.tr(words))
