"""Tallies of pictures: counted once for all windows, and kept in step by what has changed."""

from bisect import bisect_left, insort
from weakref import ref

from paser_command.picture.incidents import Incident
from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_ui.alarms.waiting import Tally, Urgency, Waiting, severity_of, urgency_of, waits

_PARTS = ("alarms", "incidents")

_Place = tuple[Urgency, str]
"""Where a thing stands in the row of what waits: by its urgency, and then by its part."""


class Tallies:
    """One for a console. What has not changed costs nothing: `of` gives the same tally again."""

    def __init__(self) -> None:
        self._counts: dict[int, _Count] = {}

    def of(self, picture: Picture) -> Tally:
        """Return how much stands and waits in the picture now, and what at its top."""
        count = self._counts.get(id(picture))
        if count is None or count.of() is not picture:
            self._counts = {at: one for at, one in self._counts.items() if one.of() is not None}
            count = self._counts[id(picture)] = _Count(picture)
        return count.tally(picture)


class _Count:
    """What was counted of one picture. `of` gives that, None once it has gone."""

    def __init__(self, picture: Picture) -> None:
        self.of = ref(picture)
        self._seen: dict[str, int] = {}
        self._severity: dict[tuple[str, str], Severity] = {}
        self._place: dict[tuple[str, str], _Place] = {}
        self._row: list[_Place] = []
        self._standing = dict.fromkeys(Severity, 0)
        self._waiting = dict.fromkeys(Severity, 0)
        self._count_all(picture)
        self._tally = self._told(picture)

    def tally(self, picture: Picture) -> Tally:
        """Return the tally of now; the same one while nothing has changed."""
        if any(picture.revision[part] != self._seen[part] for part in _PARTS):
            self._follow(picture)
            self._tally = self._told(picture)
        return self._tally

    def _follow(self, picture: Picture) -> None:
        for part in _PARTS:
            keys = picture.changes(part, self._seen[part])
            if keys is None:
                self._count_all(picture)
                return
            things: dict[str, Waiting] = getattr(picture, part)
            for key in keys:
                self._take_out((part, key))
                if (thing := things.get(key)) is not None:
                    self._take_in((part, key), thing)
            self._seen[part] = picture.revision[part]

    def _count_all(self, picture: Picture) -> None:
        self._severity, self._place, self._row = {}, {}, []
        self._standing = dict.fromkeys(Severity, 0)
        self._waiting = dict.fromkeys(Severity, 0)
        for part in _PARTS:
            things: dict[str, Waiting] = getattr(picture, part)
            for key, thing in things.items():
                self._take_in((part, key), thing, sort=False)
            self._seen[part] = picture.revision[part]
        self._row = sorted(self._place.values())

    def _take_in(self, at: tuple[str, str], thing: Waiting, *, sort: bool = True) -> None:
        if isinstance(thing, Incident) and thing.closed:
            return
        severity = self._severity[at] = severity_of(thing)
        self._standing[severity] += 1
        if not waits(thing):
            return
        place = self._place[at] = (urgency_of(thing), at[0])
        self._waiting[severity] += 1
        if sort:
            insort(self._row, place)

    def _take_out(self, at: tuple[str, str]) -> None:
        severity = self._severity.pop(at, None)
        if severity is None:
            return
        self._standing[severity] -= 1
        place = self._place.pop(at, None)
        if place is not None:
            self._waiting[severity] -= 1
            del self._row[bisect_left(self._row, place)]

    def _told(self, picture: Picture) -> Tally:
        top: Waiting | None = None
        if self._row:
            (*_, key), part = self._row[-1]
            top = getattr(picture, part)[key]
        return Tally(standing=dict(self._standing), waiting=dict(self._waiting), top=top)
