"""One incident on the way: moved on by each report and act, and read as a value when asked for.

What one report or act costs does not depend on how many there are. Only where the report goes away
that decided something (the earliest, the most severe) are the others looked through again, and that
once for all that happened since the incident was last asked for.
"""

from collections.abc import Mapping, Sequence

from paser_command.picture.incidents import ACKNOWLEDGE, NOTE, Incident, Note, acknowledgement
from paser_command.records import Command, Report, shown_name
from paser_command.times import Instant


class Standing:
    """The reports linked to one incident, in the order of their links, and the acts on it.

    `heard` has the first receipt of each report, and may hold those of others.
    """

    __slots__ = (
        "_began",
        "_fences",
        "_first_placed",
        "_heard",
        "_known",
        "_leading",
        "_stale",
        "_updated",
        "key",
        "open",
        "reports",
    )

    def __init__(self, key: str, heard: Mapping[str, Instant]) -> None:
        self.key = key
        self._heard = heard
        self.reports: dict[str, Report] = {}
        self._updated: Instant = 0
        self.open = 0
        self._leading: Report | None = None
        self._first_placed: Report | None = None
        self._began: Instant = 0
        self._known: Instant = 0
        self._fences: dict[str, int] = {}
        self._stale = False

    @property
    def closed(self) -> bool:
        """Tell whether the sources have closed all reports."""
        return not self.open

    @property
    def updated(self) -> Instant:
        """Return the newest time of a report."""
        if self._stale:
            self._look_through()
        return self._updated

    def put(self, report: Report) -> None:
        """Link a report, or replace its former version."""
        before = self.reports.get(report.key)
        self.reports[report.key] = report
        self._count(report)
        if before is not None:
            self._discount(before)
            self._stale = self._stale or self._decided(before, report)
        if not self._stale:
            self._move_on(before, report, self._heard[report.key])

    def remove(self, report: Report) -> None:
        """Unlink a report."""
        del self.reports[report.key]
        self._discount(report)
        self._stale = True

    def incident(self, acts: Sequence[Command]) -> Incident:
        """Return the incident as it stands after the acts. There is at least one report."""
        if self._stale:
            self._look_through()
        leading = self._leading
        assert leading is not None
        placed = leading if _placed(leading) else self._first_placed or leading
        first = next((act for act in acts if act.verb == ACKNOWLEDGE), None) if acts else None
        return Incident(
            key=self.key,
            category=leading.category,
            severity=leading.severity,
            title=shown_name(leading.title, self.key),
            place=placed.place or leading.place,
            lon=placed.lon,
            lat=placed.lat,
            began=self._began,
            known=self._known,
            updated=max(self._updated, *(act.at for act in acts)) if acts else self._updated,
            closed=self.closed,
            reports=tuple(self.reports),
            acknowledged=acknowledgement(first) if first else None,
            notes=_notes(acts) if acts else (),
            district=placed.district,
            district_name=placed.district_name,
            schematic=placed.schematic,
            fences=tuple(sorted(self._fences)) if self._fences else (),
        )

    def _count(self, report: Report) -> None:
        self.open += not report.closed
        for fence in set(report.fences):
            self._fences[fence] = self._fences.get(fence, 0) + 1

    def _discount(self, report: Report) -> None:
        self.open -= not report.closed
        for fence in set(report.fences):
            self._fences[fence] -= 1
            if not self._fences[fence]:
                del self._fences[fence]

    def _decided(self, before: Report, report: Report) -> bool:
        """Tell whether what decided something is gone, or an earlier one may decide now."""
        leading = self._leading
        assert leading is not None
        return (
            (before is leading and report.severity < before.severity)
            or (before is not leading and before.severity < report.severity == leading.severity)
            or (_placed(before) != _placed(report))
            or (before.began == self._began < report.began)
            or (before.at == self._updated > report.at)
        )

    def _move_on(self, before: Report | None, report: Report, heard: Instant) -> None:
        leading = self._leading
        if leading is None:
            self._began, self._known, self._updated = report.began, heard, report.at
        else:
            self._began = min(self._began, report.began)
            self._known = min(self._known, heard)
            self._updated = max(self._updated, report.at)
        if leading is None or before is leading or report.severity > leading.severity:
            self._leading = report
        first = self._first_placed
        if _placed(report) and (first is None or first is before):
            self._first_placed = report

    def _look_through(self) -> None:
        self._stale = False
        reports = self.reports.values()
        severity = max(report.severity for report in reports)
        self._leading = next(report for report in reports if report.severity == severity)
        self._first_placed = next((report for report in reports if _placed(report)), None)
        self._began = min(report.began for report in reports)
        self._known = min(self._heard[key] for key in self.reports)
        self._updated = max(report.at for report in reports)


def _notes(acts: Sequence[Command]) -> tuple[Note, ...]:
    return tuple(
        Note(act.at, act.who, act.seat, act.arguments.get("text", ""))
        for act in acts
        if act.verb == NOTE
    )


def _placed(report: Report) -> bool:
    return report.lon is not None and report.lat is not None
