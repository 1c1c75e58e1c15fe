"""Correlation: which reports tell of the same incident."""

from collections import OrderedDict
from collections.abc import Mapping

import msgspec

from paser_command.geo import distance_m
from paser_command.picture.picture import Picture
from paser_command.records import Report, Severity
from paser_command.times import HOUR, Instant

RADIUS_M = 600.0
RADII_M: Mapping[str, float] = {"earthquake": 300_000.0}
"""Where a category reaches farther: calls from all over town tell of the one quake at sea."""

WINDOW: Instant = 2 * HOUR
REMEMBERED = 200_000
"""How many reports' links are remembered, the newest."""

_METRES_A_DEGREE = 100_000.0
"""Fewer than there are: a cell of the grid is wider than the radius, so neighbours are enough."""

Cell = tuple[str, int, int]


class _Open(msgspec.Struct):
    incident: str
    lon: float
    lat: float
    heard: Instant
    reports: set[str]


class Correlation:
    """Links a report to an open incident of its category close by and not long ago, or to its own.

    A report keeps its link for ever; a person may part them later. Used by one thread.
    """

    def __init__(self, picture: Picture) -> None:
        self._links: OrderedDict[str, str] = OrderedDict()
        self._open: dict[str, _Open] = {}
        self._cells: dict[Cell, list[_Open]] = {}
        for report in picture.reports.values():
            self._remember(report)

    def link(self, report: Report) -> Report:
        """Return the report with its incident's key; as it is where it is of no consequence."""
        if report.severity is Severity.NONE:
            return report
        incident = self._links.get(report.key) or self._near(report) or report.key
        linked = msgspec.structs.replace(report, incident=incident)
        self._remember(linked)
        return linked

    def _near(self, report: Report) -> str | None:
        if report.lon is None or report.lat is None or report.closed:
            return None
        radius_m = RADII_M.get(report.category, RADIUS_M)
        nearest: tuple[float, str] | None = None
        for known in self._around(report.category, report.lon, report.lat):
            apart_m = distance_m(report.lon, report.lat, known.lon, known.lat)
            if apart_m <= radius_m and abs(report.began - known.heard) <= WINDOW:
                nearest = min(nearest or (apart_m, known.incident), (apart_m, known.incident))
        return nearest[1] if nearest else None

    def _around(self, category: str, lon: float, lat: float) -> list[_Open]:
        _, x, y = _cell(category, lon, lat)
        return [
            known
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for known in self._cells.get((category, x + dx, y + dy), ())
        ]

    def _remember(self, report: Report) -> None:
        if not report.incident:
            return
        self._links[report.key] = report.incident
        self._links.move_to_end(report.key)
        if len(self._links) > REMEMBERED:
            self._links.popitem(last=False)
        known = self._open.get(report.incident)
        if report.closed:
            self._close(known, report)
        elif known:
            known.reports.add(report.key)
            known.heard = max(known.heard, report.began)
        elif report.lon is not None and report.lat is not None:
            self._begin(report, report.lon, report.lat)

    def _begin(self, report: Report, lon: float, lat: float) -> None:
        known = _Open(report.incident, lon, lat, report.began, {report.key})
        self._open[report.incident] = known
        self._cells.setdefault(_cell(report.category, lon, lat), []).append(known)

    def _close(self, known: _Open | None, report: Report) -> None:
        if known is None:
            return
        known.reports.discard(report.key)
        if not known.reports:
            del self._open[known.incident]
            cell = self._cells.get(_cell(report.category, known.lon, known.lat), [])
            if known in cell:
                cell.remove(known)


def _cell(category: str, lon: float, lat: float) -> Cell:
    cell_deg = RADII_M.get(category, RADIUS_M) / _METRES_A_DEGREE
    return category, int(lon // cell_deg), int(lat // cell_deg)
