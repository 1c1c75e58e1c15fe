"""Drawings: what operators drew on the map for everybody, folded of their commands.

Each drawing has a trail of acts. What stands is the fold of those that are not undone, in the
journal's order, so of two consoles that change the same thing the later one holds, and undoing
one's own act leaves what others did. A day later an act can no longer be undone.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from paser_command.errors import InputError
from paser_command.geo import Circle, Geometry, Ring
from paser_command.picture.drawing_change import (
    Change,
    DrawnColour,
    DrawnShape,
    Purpose,
    change_of,
)
from paser_command.records import Command
from paser_command.times import Instant

DRAW = "draw"
REDRAW = "redraw"
ERASE = "erase"
UNDO = "undo"
REDO = "redo"

DRAWING_VERBS = (DRAW, REDRAW, ERASE, UNDO, REDO)
"""The commands whose subject is a drawing."""

MOST_ACTS = 50
"""How many acts of a drawing can be undone; those before them are as if they were one."""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing as it stands; `places` and `radius_m` (of a circle) are as in `Change`.

    `drawn_by` and `changed_by` are who did so, the last one where several did.
    """

    key: str
    shape: DrawnShape
    places: Ring
    radius_m: float = 0.0
    name: str = ""
    note: str = ""
    colour: DrawnColour = DrawnColour.GREY
    purpose: Purpose = Purpose.ANNOTATION
    drawn_at: Instant
    drawn_by: str
    changed_at: Instant
    changed_by: str


class Step(NamedTuple):
    """An act that can be undone or done again: the drawing, and the key of the command."""

    drawing: str
    act: str


class Act(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act on a drawing. `turn` counts the acts of all drawings; so does `undone`, if it is."""

    key: str
    at: Instant
    who: str
    seat: str
    turn: int
    verb: str
    change: Change | None = None
    undone: int = 0


class Trail(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done on one drawing: what it was before its acts, and if it was erased by then."""

    key: str
    before: Drawing | None = None
    erased: bool = False
    acts: tuple[Act, ...] = ()

    def standing(self) -> Drawing | None:
        """Return what the acts come to, None where nothing is left."""
        drawing, erased = self._folded(self.acts)
        return None if erased else drawing

    def without(self, count: int) -> "Trail":
        """Return the trail whose first acts can no longer be undone."""
        drawing, erased = self._folded(self.acts[:count])
        return Trail(self.key, drawing, erased, self.acts[count:])

    def _folded(self, acts: tuple[Act, ...]) -> tuple[Drawing | None, bool]:
        drawing, erased = self.before, self.erased
        for act in acts:
            if act.undone:
                continue
            if act.change is None:
                erased = True
            elif act.verb == DRAW:
                drawing, erased = _drawn(self.key, act, act.change), False
            elif drawing is not None and drawing.shape is act.change.shape:
                drawing = _redrawn(drawing, act, act.change)
        return drawing, erased


class Trails:
    """The trails of all drawings, and in `drawings` what stands of them."""

    def __init__(self, trails: list[Trail] | None = None, turn: int = 0) -> None:
        self.trails = {trail.key: trail for trail in trails or ()}
        self.turn = turn
        found = ((key, trail.standing()) for key, trail in self.trails.items())
        self.drawings = {key: drawing for key, drawing in found if drawing is not None}

    def apply(self, command: Command) -> bool:
        """Fold a command in; tell whether it did anything."""
        before = self.trails.get(command.subject, Trail(command.subject))
        after = self._after(before, command)
        if after is None:
            return False
        self.turn += 1
        self._put(after if len(after.acts) <= MOST_ACTS else after.without(1))
        return True

    def sweep(self, oldest: Instant) -> None:
        """Let acts before the instant be no longer undone; what was erased then is let go."""
        for trail in list(self.trails.values()):
            old = next((i for i, act in enumerate(trail.acts) if act.at >= oldest), len(trail.acts))
            kept = trail.without(old)
            if kept.acts or (kept.before and not kept.erased):
                self.trails[trail.key] = kept
            else:
                del self.trails[trail.key]

    def undoable(self, who: str, seat: str) -> Step | None:
        """Return the last of somebody's own acts that stands."""
        done = (found for found in self._own(who, seat) if not found[0].undone)
        act, key = max(done, key=lambda found: found[0].turn, default=(None, ""))
        return Step(key, act.key) if act else None

    def redoable(self, who: str, seat: str) -> Step | None:
        """Return what somebody undid last, unless they did something else since."""
        own = list(self._own(who, seat))
        act, key = max(own, key=lambda found: found[0].undone, default=(None, ""))
        newest = max((one.turn for one, _ in own), default=0)
        return Step(key, act.key) if act and act.undone > newest else None

    def _own(self, who: str, seat: str) -> Iterator[tuple[Act, str]]:
        for trail in self.trails.values():
            for act in trail.acts:
                if (act.who, act.seat) == (who, seat):
                    yield act, trail.key

    def _after(self, trail: Trail, command: Command) -> Trail | None:
        """Return the trail after the command, None where the command says nothing to it."""
        if command.verb in (UNDO, REDO):
            return self._turned(trail, command)
        if any(act.key == command.key for act in trail.acts):
            return None
        change = None
        if command.verb != ERASE:
            try:
                change = change_of(command.arguments, whole=command.verb == DRAW)
            except InputError:
                # A newer program at another seat may draw what this one cannot read.
                return None
        act = Act(
            key=command.key,
            at=command.at,
            who=command.who,
            seat=command.seat,
            turn=self.turn + 1,
            verb=command.verb,
            change=change,
        )
        return msgspec.structs.replace(trail, acts=(*trail.acts, act))

    def _turned(self, trail: Trail, command: Command) -> Trail | None:
        """Undo an act or do it again: only one's own, only what is not so already."""
        wanted = command.arguments.get("act")
        undone = self.turn + 1 if command.verb == UNDO else 0
        acts = tuple(
            msgspec.structs.replace(act, undone=undone)
            if act.key == wanted
            and (act.who, act.seat) == (command.who, command.seat)
            and bool(act.undone) != bool(undone)
            else act
            for act in trail.acts
        )
        return msgspec.structs.replace(trail, acts=acts) if acts != trail.acts else None

    def _put(self, trail: Trail) -> None:
        self.trails[trail.key] = trail
        standing = trail.standing()
        if standing:
            self.drawings[trail.key] = standing
        else:
            self.drawings.pop(trail.key, None)


def drawing_geometry(drawing: Drawing) -> Geometry | Circle:
    """Return what a drawing covers; a text covers its place."""
    if drawing.shape is DrawnShape.CIRCLE:
        return Circle(*drawing.places[0], drawing.radius_m)
    if drawing.shape is DrawnShape.LINE:
        return Geometry("line", (drawing.places,))
    if drawing.shape is DrawnShape.AREA:
        return Geometry("area", ((*drawing.places, drawing.places[0]),))
    return Geometry("point", (drawing.places,))


def _drawn(key: str, act: Act, change: Change) -> Drawing:
    return Drawing(
        key=key,
        shape=change.shape,
        places=change.places or (),
        radius_m=change.radius_m or 0.0,
        name=change.name or "",
        note=change.note or "",
        colour=change.colour or DrawnColour.GREY,
        purpose=change.purpose or Purpose.ANNOTATION,
        drawn_at=act.at,
        drawn_by=act.who,
        changed_at=act.at,
        changed_by=act.who,
    )


def _redrawn(drawing: Drawing, act: Act, change: Change) -> Drawing:
    told = {name: getattr(change, name) for name in _CHANGEABLE}
    said = {name: value for name, value in told.items() if value is not None}
    return msgspec.structs.replace(drawing, **said, changed_at=act.at, changed_by=act.who)


_CHANGEABLE = ("places", "radius_m", "name", "note", "colour", "purpose")
