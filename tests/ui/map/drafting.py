"""A map to draw on for tests: a canvas, and a context whose commands fold at once."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from paser_command.errors import InputError
from paser_command.geo import LonLat
from paser_command.language import Language
from paser_command.outbox.ticket import Ticket
from paser_command.picture.drawing_change import Change
from paser_command.picture.drawings import Drawing
from paser_command.picture.picture import Picture
from paser_command.records import Command
from paser_command.session.frames import Frame, Mode, Selection
from paser_command.times import SECOND
from paser_command.verbs.draw import Draw
from paser_command.verbs.redo import Redo
from paser_command.verbs.undo import Undo
from paser_command.verbs.verb import VerbValue
from paser_map.canvas import MapCanvas
from paser_map.drawing.layer import DrawingLayer
from paser_map.drawing.tools import DrawingTools
from paser_map.projection import to_map
from tests.acts import done
from tests.ui.city import NOON

WHO, SEAT = "Sari", "meja 2"
LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A console's context whose commands pass the real door and are in the next frame."""

    def __init__(self, code: str = "id") -> None:
        self.language = Language(code, catalogues=("paser_plugins.map", "paser_resources"))
        self.picture = Picture()
        self.commands: list[Command] = []
        self.selection = Selection()
        self.mode = Mode.LIVE

    def act(self, value: VerbValue, subject: str) -> Ticket:
        error = self.refusal(type(value))
        if error is not None:
            return Ticket("", subject, error=error)
        at = NOON + len(self.commands) * SECOND
        try:
            self.take(done(value, subject, who=WHO, seat=SEAT, at=at, seen=self.picture))
        except InputError as refused:
            return Ticket("", subject, error=refused)
        return Ticket("", subject)

    def refusal(self, kind: type[VerbValue]) -> InputError | None:
        past = InputError("You are looking at the past: go back to now to {act}", act="draw")
        return past if self.mode is not Mode.LIVE else None

    def take(self, command: Command) -> None:
        """Fold a command, of this console or of another."""
        self.commands.append(command)
        self.picture.apply(command)

    def select(self, selection: Selection) -> None:
        self.selection = selection

    def undo(self) -> Ticket | None:
        step = self.picture.undoable(WHO, SEAT)
        return None if step is None else self.act(Undo(step.act), step.drawing)

    def redo(self) -> Ticket | None:
        step = self.picture.redoable(WHO, SEAT)
        return None if step is None else self.act(Redo(step.act), step.drawing)


class Board:
    """A canvas with the tools, and hands to use them."""

    def __init__(self, code: str = "id") -> None:
        self.desk = Desk(code)
        self.canvas = MapCanvas()
        self.canvas.resize(800, 600)
        self.canvas.retranslate(self.desk.language.tr)
        self.tools = DrawingTools(self.canvas, self.desk)
        self.render()

    def render(self) -> None:
        """Show a frame of what stands."""
        frame = Frame(
            now=NOON,
            mode=self.desk.mode,
            speed=1.0,
            seeked=False,
            exercise=False,
            picture=self.desk.picture,
            selection=self.desk.selection,
            series={},
        )
        self.canvas.set_layer("drawings", DrawingLayer(self.desk.picture.drawings.values()))
        self.canvas.set_selection(self.desk.selection)
        self.tools.render(frame)

    @property
    def drawings(self) -> list[Drawing]:
        """What stands."""
        return list(self.desk.picture.drawings.values())

    @property
    def verbs(self) -> list[str]:
        """What was done."""
        return [command.verb for command in self.desk.commands]

    def draw(self, change: Change, key: str = "drawing/1") -> Drawing:
        """Draw without a hand, and pick it."""
        self.desk.act(Draw(change), key)
        self.desk.select(Selection("drawing", key))
        self.render()
        return self.desk.picture.drawings[key]

    def degrees(self, px: int, py: int) -> LonLat:
        """Return the place under a pixel."""
        return self.canvas.view.to_degrees(px, py)

    def pixel(self, place: LonLat) -> QPoint:
        """Return the pixel of a place."""
        x, y = to_map([place[0]], [place[1]])
        px, py = self.canvas.view.to_screen(x, y)
        return QPoint(round(float(px[0])), round(float(py[0])))

    def click(self, px: int, py: int) -> None:
        """Move there and click."""
        QTest.mouseMove(self.canvas, QPoint(px, py))
        QTest.mouseClick(self.canvas, LEFT, pos=QPoint(px, py))

    def double_click(self, px: int, py: int) -> None:
        """Click twice, as Qt tells it: press, release, double click, release."""
        self.click(px, py)
        QTest.mouseDClick(self.canvas, LEFT, pos=QPoint(px, py))

    def pull(self, start: QPoint, end: QPoint) -> None:
        """Press, move and let go."""
        QTest.mouseMove(self.canvas, start)
        QTest.mousePress(self.canvas, LEFT, pos=start)
        QTest.mouseMove(self.canvas, (start + end) / 2)
        QTest.mouseMove(self.canvas, end)
        QTest.mouseRelease(self.canvas, LEFT, pos=end)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press a key."""
        QTest.keyClick(self.canvas, key, modifiers or Qt.KeyboardModifier.NoModifier)
