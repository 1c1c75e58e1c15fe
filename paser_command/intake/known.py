"""What the journal knows of each feed's things: asked by threads of feeds, followed by ours."""

import threading
from collections.abc import Mapping, Set
from contextlib import AbstractContextManager

from paser_command.picture.parts.alerts import AlertsPart
from paser_command.picture.parts.incidents import IncidentsPart
from paser_command.picture.parts.newest import Newest
from paser_command.picture.picture import Picture
from paser_command.records import Alert, Kinds, Record, Report
from paser_command.times import Instant


class Known:
    """The collector's picture, behind a lock. Whoever folds into the picture holds `following`."""

    def __init__(self, picture: Picture, kinds: Kinds) -> None:
        self._picture = picture
        self._kinds = kinds
        self._lock = threading.Lock()

    def following(self) -> AbstractContextManager[object]:
        """Return the lock under which the picture is changed."""
        return self._lock

    def latest(self, stream: str) -> Instant | None:
        """Return the instant of the stream's newest number; None without one."""
        number = self._picture.latest.get(stream)
        return number.at if number else None

    def of(self, feed: str, kind: type[Record]) -> Mapping[str, Record]:
        """Return the feed's records of a kind, by key."""
        with self._lock:
            table = _table(self._picture, kind)
            return {key: record for key, record in table.items() if record.feed == feed}

    def gone(self, feed: str, prefix: str, keys: Set[str], now: Instant) -> list[Record]:
        """Return the records that take away what a whole answer no longer holds."""
        return [
            kind.gone(record, now)
            for kind in self._kinds
            if kind.gone
            for key, record in self.of(feed, kind.record).items()
            if key.startswith(prefix) and key not in keys
        ]


def _table(picture: Picture, kind: type[Record]) -> Mapping[str, Record]:
    """Return what the picture holds of a kind, by key; nothing where no part holds it so."""
    if kind is Report:
        return picture.part(IncidentsPart).reports
    if kind is Alert:
        return picture.part(AlertsPart).by_key
    for part in picture.parts():
        if isinstance(part, Newest) and part.record is kind:
            return part.by_key
    return {}
