"""When the bell rings: for what is new, once for a burst, and again for what nobody took."""

from collections.abc import Mapping
from weakref import ref

from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_ui.alarms.waiting import Waiting, key_of, severity_of, waits

NAG_S = 15 * 60.0
BURST_S = 10.0
"""What comes so soon after a ring is told with that one, unless it is worse."""

_LEAST: Mapping[str, Severity] = {"critical": Severity.CRITICAL, "all": Severity.LOW}


class Ringing:
    """Tells for which severity to ring now, by seconds of a clock that never jumps.

    What waited when the console began, or a silence ended, is not new; it is nagged for.
    """

    def __init__(self, sounds: str) -> None:
        self._sounds = sounds
        self._known: frozenset[tuple[str, Severity]] | None = None
        self._live: ref[Picture] | None = None
        self._revisions: tuple[int, ...] = ()
        self._rang_s = -BURST_S
        self._rang_for = Severity.NONE
        self._nag_s = 0.0

    @property
    def silent(self) -> bool:
        """Return whether nothing is to be heard."""
        return self._sounds not in _LEAST

    def choose(self, sounds: str) -> None:
        """Ring from now on for "critical" ones, for "all", or for "none"."""
        self._sounds = sounds
        self._known = None

    def look(self, live: Picture, now_s: float) -> Severity | None:
        """Return for which severity to ring, None for silence."""
        least = _LEAST.get(self._sounds)
        if least is None:
            return None
        before, self._known = self._known, self._waiting(live, least)
        waiting = self._known
        if before is None or not waiting:
            self._nag_s = now_s + NAG_S
            return None
        new = max((severity for _, severity in waiting - before), default=None)
        if new is not None and self._is_apart(new, now_s):
            return self._ring(new, now_s)
        if now_s >= self._nag_s:
            return self._ring(max(severity for _, severity in waiting), now_s)
        return None

    def _waiting(self, live: Picture, least: Severity) -> frozenset[tuple[str, Severity]]:
        """Return what waits; the same as before where nothing of it has changed."""
        revisions = live.revision["alarms"], live.revision["incidents"]
        same = self._live is not None and self._live() is live and revisions == self._revisions
        if same and self._known is not None:
            return self._known
        self._live, self._revisions = ref(live), revisions
        return _waiting(live, least)

    def _is_apart(self, severity: Severity, now_s: float) -> bool:
        return now_s - self._rang_s >= BURST_S or severity > self._rang_for

    def _ring(self, severity: Severity, now_s: float) -> Severity:
        self._rang_s, self._rang_for, self._nag_s = now_s, severity, now_s + NAG_S
        return severity


def _waiting(picture: Picture, least: Severity) -> frozenset[tuple[str, Severity]]:
    """Return what waits, and how bad it is: what has become worse is new."""
    things: list[Waiting] = [*picture.alarms.values(), *picture.incidents.values()]
    return frozenset(
        (key_of(thing), severity_of(thing))
        for thing in things
        if severity_of(thing) >= least and waits(thing)
    )
