"""What a live layer comes to: how many things, how new the newest is, and which feeds tell them."""

from collections import Counter
from collections.abc import Iterable
from typing import ClassVar, NamedTuple, Protocol

from paser_command.api import Frame, Instant, Picture, Stream, is_place

LEVEL_UNIT = "m"
HOTSPOTS = "hotspot"
"""The layer of the features that satellites saw as heat."""


class Facts(NamedTuple):
    """What a layer comes to. `newest` is the time of its newest data, 0 while there is none."""

    number: int = 0
    newest: Instant = 0
    feeds: tuple[str, ...] = ()


class Tally(Protocol):
    """Keeps count of one layer from frame to frame."""

    def facts(self, frame: Frame) -> Facts:
        """Return what the layer comes to in the frame."""
        ...


class _Told(NamedTuple):
    counts: bool
    at: Instant
    feeds: tuple[str, ...]


_NOTHING = _Told(False, 0, ())


class _Followed:
    """Counts a part of any size by its changes. The newest stays the newest when it goes."""

    part: ClassVar[str]

    def __init__(self) -> None:
        self._picture: Picture | None = None
        self._revision = 0
        self._told: dict[str, _Told] = {}
        self._feeds: Counter[str] = Counter()
        self._count = 0
        self._newest: Instant = 0

    def facts(self, frame: Frame) -> Facts:
        """Return what the layer comes to in the frame."""
        picture = frame.picture
        keys = picture.changes(self.part, self._revision) if picture is self._picture else None
        if keys is None:
            self._told, self._feeds, self._count, self._newest = {}, Counter(), 0, 0
            keys = set(getattr(picture, self.part))
        self._picture, self._revision = picture, picture.revision[self.part]
        self._follow(picture, keys)
        return Facts(self._count, self._newest, tuple(sorted(+self._feeds)))

    def _follow(self, picture: Picture, keys: Iterable[str]) -> None:
        for key in keys:
            before, told = self._told.pop(key, _NOTHING), self._tell(picture, key) or _NOTHING
            if told is not _NOTHING:
                self._told[key] = told
            self._count += told.counts - before.counts
            self._newest = max(self._newest, told.at)
            if told.feeds != before.feeds:
                self._feeds.subtract(before.feeds)
                self._feeds.update(told.feeds)

    def _tell(self, picture: Picture, key: str) -> _Told | None:
        raise NotImplementedError


class IncidentTally(_Followed):
    """The open incidents."""

    part = "incidents"

    def _tell(self, picture: Picture, key: str) -> _Told | None:
        incident = picture.incidents.get(key)
        if incident is None:
            return None
        feeds = {picture.reports[report].feed for report in incident.reports}
        return _Told(not incident.closed, incident.updated, tuple(feeds))


class UnitTally(_Followed):
    """The units."""

    part = "units"

    def _tell(self, picture: Picture, key: str) -> _Told | None:
        unit = picture.units.get(key)
        return _Told(True, unit.at, (unit.feed,)) if unit else None


class DrawingTally(_Followed):
    """What operators drew."""

    part = "drawings"

    def _tell(self, picture: Picture, key: str) -> _Told | None:
        drawing = picture.drawings.get(key)
        return _Told(True, drawing.changed_at, ()) if drawing else None


class FeatureTally(_Followed):
    """The things of the feature layers but hotspots."""

    part = "features"
    heat = False

    def _tell(self, picture: Picture, key: str) -> _Told | None:
        feature = picture.features.get(key)
        if feature is None or (feature.layer == HOTSPOTS) is not self.heat:
            return None
        return _Told(True, feature.at, (feature.feed,))


class HotspotTally(FeatureTally):
    """The hotspots."""

    heat = True


class AlertTally:
    """The warnings in force, which are few."""

    def facts(self, frame: Frame) -> Facts:
        """Return what the layer comes to in the frame."""
        alerts = frame.picture.alerts_in_force(frame.now)
        feeds = sorted({alert.feed for alert in alerts})
        return Facts(len(alerts), max((alert.at for alert in alerts), default=0), tuple(feeds))


class StationTally:
    """The streams that have a place, without the water gauges."""

    levels = False

    def facts(self, frame: Frame) -> Facts:
        """Return what the layer comes to in the frame."""
        latest = frame.picture.latest
        streams = placed_streams(frame.picture, levels=self.levels)
        times = (latest[stream.key].at for stream in streams if stream.key in latest)
        feeds = sorted({stream.feed for stream in streams})
        return Facts(len(streams), max(times, default=0), tuple(feeds))


class LevelTally(StationTally):
    """The water gauges."""

    levels = True


def placed_streams(picture: Picture, *, levels: bool) -> list[Stream]:
    """Return the streams on the map: the water gauges, which are those in metres, or the others."""
    return [
        stream
        for stream in picture.streams.values()
        if (stream.unit == LEVEL_UNIT) is levels
        and stream.lon is not None
        and stream.lat is not None
        and is_place(stream.lon, stream.lat)
    ]
