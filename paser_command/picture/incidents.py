"""Incidents: what the reports linked to one another, and the commands done on them, come to."""

import msgspec

from paser_command.records import Command, Severity
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


def incident_name(incident: Incident) -> str:
    """Return what happened and where, the place only where the title does not have it."""
    known = incident.place.partition(",")[0] in incident.title
    return incident.title if known else f"{incident.title}, {incident.place}"


def acknowledgement(command: Command) -> Acknowledgement:
    """Return what an acknowledge command says."""
    return Acknowledgement(command.at, command.who, command.seat)
