"""Correlation: which reports tell of the same incident."""

from collections import OrderedDict
from typing import NamedTuple, TypeVar

import msgspec

from paser_command.geo import LonLat, distance_m, is_place
from paser_command.picture.picture import Picture
from paser_command.records import Link, Report, Severity
from paser_command.rules.nearby import Distance, Near, Nearby, Spot, reach_of
from paser_command.times import Instant

REMEMBERED = 200_000
"""How many reports' links, and authorities' ids, are remembered, the newest."""

T = TypeVar("T")

NEAR = "near"
SAME_ID = "same_id"


class _Linked(NamedTuple):
    incident: str
    link: Link | None


class _Official(msgspec.Struct, frozen=True):
    """What an authority told under an id, by the first report that had it."""

    incident: str
    report: str
    place: LonLat | None
    began: Instant


class _Open(msgspec.Struct):
    """An open incident: where and when it is counts by one report, that of an authority if any."""

    spot: Spot
    anchor: str
    official_id: str
    reports: set[str]


class Correlation:
    """Links each report to an open incident of its category near in place and time, or to its own.

    An incident has what an authority told under one id, at the most: two ids are two incidents,
    whatever citizens tell between them. A report that has an authority's id joins what has the
    same id, else what only citizens told of yet. A report of a citizen joins either, the nearest.

    A report keeps its link for ever; a person may part them later. Used by one thread.
    """

    def __init__(self, picture: Picture, distance: Distance = distance_m) -> None:
        self._distance = distance
        self._links: OrderedDict[str, _Linked] = OrderedDict()
        self._ids: OrderedDict[str, _Official] = OrderedDict()
        self._id_of: OrderedDict[str, str] = OrderedDict()
        self._open: dict[str, _Open] = {}
        self._official = Nearby(distance)
        self._citizens = Nearby(distance)
        self._start(picture)

    def link(self, report: Report) -> Report:
        """Return the report with its incident's key; as it is where it is of no consequence."""
        if report.severity is Severity.NONE:
            return report
        linked = self._links.get(report.key) or self._joined(report)
        report = msgspec.structs.replace(report, incident=linked.incident, link=linked.link)
        self._remember(report)
        if report.closed:
            self._close(report)
        else:
            self._gather(report)
        return report

    def _start(self, picture: Picture) -> None:
        linked = [report for report in picture.reports.values() if report.incident]
        standing = {report.incident for report in linked if not report.closed}
        for report in linked:
            self._remember(report)
            if report.incident in standing:
                self._gather(report)
        for report in linked:
            if report.closed:
                self._close(report)

    def _joined(self, report: Report) -> _Linked:
        told = self._ids.get(report.official_id) if report.official_id else None
        if told:
            return _Linked(told.incident, self._same_id(report, told))
        near = self._near(report)
        if near is None:
            return _Linked(report.key, None)
        anchor = self._open[near.incident].anchor
        return _Linked(near.incident, Link(NEAR, anchor, near.distance_m, near.apart))

    def _same_id(self, report: Report, told: _Official) -> Link:
        place = _place(report)
        far_m = self._distance(*place, *told.place) if place and told.place else None
        return Link(SAME_ID, told.report, far_m, abs(report.began - told.began))

    def _near(self, report: Report) -> Near | None:
        place = _place(report)
        if place is None or report.closed:
            return None
        found = [self._citizens.nearest(report.category, *place, report.began)]
        if not report.official_id:
            found.append(self._official.nearest(report.category, *place, report.began))
        return min((near for near in found if near), default=None)

    def _remember(self, report: Report) -> None:
        _keep(self._links, report.key, _Linked(report.incident, report.link))
        own = report.official_id
        if own and own not in self._ids:
            official = _Official(report.incident, report.key, _place(report), report.began)
            _keep(self._ids, own, official)
            _keep(self._id_of, report.incident, own)

    def _gather(self, report: Report) -> None:
        """Count the report in as one that is open."""
        known, place = self._open.get(report.incident), _place(report)
        if known is None:
            if place:
                spot = Spot(report.incident, report.category, *place, report.began)
                official_id = self._id_of.get(report.incident, "")
                known = _Open(spot, report.key, official_id, {report.key})
                self._open[report.incident] = known
                self._index(known).put(spot)
            return
        known.reports.add(report.key)
        adopts = bool(report.official_id) and not known.official_id
        if adopts:
            self._citizens.remove(report.incident)
            known.official_id, known.anchor = report.official_id, report.key
        spot = _moved(known, report, place)
        if adopts or spot != known.spot:
            known.spot = spot
            self._index(known).put(spot)

    def _close(self, report: Report) -> None:
        known = self._open.get(report.incident)
        if known is None:
            return
        known.reports.discard(report.key)
        if not known.reports:
            self._index(known).remove(report.incident)
            del self._open[report.incident]

    def _index(self, known: _Open) -> Nearby:
        return self._official if known.official_id else self._citizens


def _moved(known: _Open, report: Report, place: LonLat | None) -> Spot:
    """Return where and when the incident is after the report."""
    spot = known.spot
    lon, lat = place if place and report.key == known.anchor else (spot.lon, spot.lat)
    moment = spot.moment
    if report.key == known.anchor:
        moment = report.began
    if reach_of(spot.category).lasting:
        moment = max(spot.moment, report.began)
    return Spot(spot.incident, spot.category, lon, lat, moment)


def _place(report: Report) -> LonLat | None:
    lon, lat = report.lon, report.lat
    return (lon, lat) if lon is not None and lat is not None and is_place(lon, lat) else None


def _keep(table: OrderedDict[str, T], key: str, value: T) -> None:
    table[key] = value
    table.move_to_end(key)
    if len(table) > REMEMBERED:
        table.popitem(last=False)
