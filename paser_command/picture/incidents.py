"""Incidents: what the reports linked to one another, and the commands done on them, come to."""

from collections.abc import Mapping, Sequence

import msgspec

from paser_command.records import Command, Report, Severity
from paser_command.times import Instant

ACKNOWLEDGE = "acknowledge"
NOTE = "note"


class Acknowledgement(msgspec.Struct, frozen=True):
    """Who took notice, at which seat, and when."""

    at: Instant
    who: str
    seat: str


class Note(msgspec.Struct, frozen=True):
    """What somebody wrote down."""

    at: Instant
    who: str
    seat: str
    text: str


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One incident, complete: it can say which reports and which acts made it what it is.

    `began` is the earliest beginning of its reports, `known` when the room first heard of it,
    `updated` the newest time of a report or an act. The district is that of its place, `fences`
    are those of all its reports, as the collector tagged them.
    """

    key: str
    category: str
    severity: Severity
    title: str
    place: str
    lon: float | None
    lat: float | None
    began: Instant
    known: Instant
    updated: Instant
    closed: bool
    reports: tuple[str, ...]
    acknowledged: Acknowledgement | None
    notes: tuple[Note, ...]
    district: str = ""
    district_name: str = ""
    schematic: bool = False
    fences: tuple[str, ...] = ()


def acknowledgement(command: Command) -> Acknowledgement:
    """Return what an acknowledge command says."""
    return Acknowledgement(command.at, command.who, command.seat)


def compose(
    key: str, reports: Mapping[str, Report], acts: Sequence[Command], *, known: Instant
) -> Incident:
    """Return the incident of one or more reports by key, in the order in which they came.

    `known` is the first receipt of any of them: a report itself has that of its newest version.
    The first of the most severe reports gives it its name and place. It is closed when all
    its reports are.
    """
    severity = max(report.severity for report in reports.values())
    leading = next(report for report in reports.values() if report.severity == severity)
    placed = next((report for report in (leading, *reports.values()) if _placed(report)), leading)
    first = next((act for act in acts if act.verb == ACKNOWLEDGE), None)
    return Incident(
        key=key,
        category=leading.category,
        severity=severity,
        title=leading.title,
        place=placed.place or leading.place,
        lon=placed.lon,
        lat=placed.lat,
        began=min(report.began for report in reports.values()),
        known=known,
        updated=max(record.at for record in (*reports.values(), *acts)),
        closed=all(report.closed for report in reports.values()),
        reports=tuple(reports),
        acknowledged=acknowledgement(first) if first else None,
        notes=tuple(
            Note(act.at, act.who, act.seat, act.arguments.get("text", ""))
            for act in acts
            if act.verb == NOTE
        ),
        district=placed.district,
        district_name=placed.district_name,
        schematic=placed.schematic,
        fences=tuple(sorted({fence for report in reports.values() for fence in report.fences})),
    )


def _placed(report: Report) -> bool:
    return report.lon is not None and report.lat is not None
