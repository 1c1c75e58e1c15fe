"""Units on the map: who is still heard, how old what they said is, and the way they came."""

from paser_command.api import (
    HOUR,
    MINUTE,
    SECOND,
    Frame,
    Instant,
    Language,
    LonLat,
    Position,
    Trail,
    TrailQuery,
)
from paser_map.api import Unit, UnitLayer
from paser_ui.api import PanelContext

STALE_AFTER: Instant = 5 * MINUTE
DROPPED_AFTER: Instant = 6 * HOUR
"""A unit that was not heard for so long is no longer on the map; lists still have it."""

TRAIL: Instant = 15 * MINUTE
"""How long ago the way behind a unit begins."""

MOST_TRAILS = 500
"""The units heard last have a trail, so many of them at the most."""

_ASK_EVERY: Instant = 5 * SECOND


def units(frame: Frame, language: Language, oldest: Instant) -> UnitLayer:
    """Return where the units are that were heard lately, and where they came from."""
    since = max(oldest, frame.now - DROPPED_AFTER)
    return UnitLayer(
        [_unit(unit, frame, language) for unit in frame.picture.units.values() if unit.at >= since]
    )


def is_dropped(unit: Position, now: Instant) -> bool:
    """Tell whether the unit was not heard for so long that the map does not have it."""
    return now - unit.at > DROPPED_AFTER


class TrailQuestion:
    """Asks for the trails behind the units, now and then, and at once after a jump."""

    def __init__(self, context: PanelContext) -> None:
        self._context = context
        self._asked: TrailQuery | None = None

    def ask(self, frame: Frame) -> None:
        """Ask where it is due."""
        heard = sorted(frame.picture.units.values(), key=lambda unit: (-unit.at, unit.key))
        keys = tuple(unit.key for unit in heard[:MOST_TRAILS] if not is_dropped(unit, frame.now))
        query = TrailQuery(tuple(sorted(keys)), frame.now - TRAIL, frame.now)
        if keys and (frame.seeked or self._is_due(query, frame)):
            self._asked = query
            self._context.ask_trails(query)

    def _is_due(self, query: TrailQuery, frame: Frame) -> bool:
        if self._asked is None or query.units != self._asked.units:
            return True
        return abs(query.end - self._asked.end) >= _ASK_EVERY * frame.speed


def _unit(unit: Position, frame: Frame, language: Language) -> Unit:
    stale = frame.now - unit.at > STALE_AFTER
    return Unit(
        key=unit.key,
        name=frame.personal(unit.name or unit.key, language.tr("Unit")),
        lon=unit.lon,
        lat=unit.lat,
        course_deg=unit.course_deg,
        stale=stale,
        age=language.age(frame.now - unit.at) if stale else "",
        trail=_way(unit, frame.trails.get(unit.key), frame.now),
    )


def _way(unit: Position, trail: Trail | None, now: Instant) -> tuple[LonLat, ...]:
    """Return the places before the unit's own: an answer may be of another moment."""
    if trail is None:
        return ()
    own = (trail.at < unit.at) & (trail.at >= now - TRAIL)
    return tuple(zip(trail.lon[own].tolist(), trail.lat[own].tolist(), strict=True))
