"""What of the picture can be searched for, kept in step with it."""

from collections.abc import Iterable
from itertools import islice

from paser_command.maps.places import findable_place
from paser_command.maps.search import SearchIndex
from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_command.stand.stand import DISTRICT, RIVER, TOWN, Place, paser_stand

ORDER = (DISTRICT, TOWN, RIVER, "incident", "stream", "unit", "drawing", "feature")

_AT_ONCE = 2_000
"""So many names are taken in at a time, some tens of milliseconds."""


class PictureSearch:
    """The search of a desk: the gazetteer, and what the picture has that bears a name."""

    def __init__(self, first: Iterable[str] = (), places: Iterable[Place] | None = None) -> None:
        """Of things that fit alike, those of the kinds in `first` come before the picture's.

        `places` are what the site's stand names, those of Paser where nobody says.
        """
        self.index = SearchIndex((*first, *ORDER))
        self.index.put(map(findable_place, paser_stand().places if places is None else places))
        self._picture: Picture | None = None
        self._revision: dict[str, int] = {}
        self._waiting: dict[str, set[str]] = {}

    @property
    def behind(self) -> bool:
        """Whether there is more to take in."""
        return any(self._waiting.values())

    def follow(self, picture: Picture) -> bool:
        """Take in some of what has changed since; tell whether anything has."""
        if picture is not self._picture:
            self._picture, self._revision = picture, {}
        kinds = {table: shown.kind for table, shown in picture.shown() if shown.searchable}
        for table, kind in kinds.items():
            self._notice(picture, table, kind)
        left = _AT_ONCE
        for table, keys in self._waiting.items():
            some = set(islice(keys, left))
            self._take(picture, table, kinds[table], some)
            keys -= some
            left -= len(some)
        return left < _AT_ONCE

    def _notice(self, picture: Picture, table: str, kind: str) -> None:
        """Note which keys of a table are to be taken in."""
        before, revision = self._revision.get(table), picture.revision[table]
        keys = None if before is None else picture.changes(table, before)
        if keys is None:
            self.index.forget(kind)
            self._waiting[table] = set(picture.table(table))
        else:
            self._waiting[table] |= keys
        self._revision[table] = revision

    def _take(self, picture: Picture, table: str, kind: str, keys: set[str]) -> None:
        if not keys:
            return
        known = picture.table(table)
        self.index.drop(kind, (key for key in keys if key not in known))
        self.index.put(picture.summary(table, key) for key in keys if key in known)


def severity_of(picture: Picture, kind: str, key: str) -> Severity:
    """Return how bad a thing of the picture is; a station as the limit that it has reached."""
    if kind == "stream":
        limit = picture.limit_reached(key)
        return limit.severity if limit else Severity.NONE
    for table, shown in picture.shown():
        if shown.kind == kind and key in picture.table(table):
            return picture.summary(table, key).severity
    return Severity.NONE
