"""Reports, the incidents that their links make of them, and what operators did on those."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from paser_command.picture.drawings import DRAWING_VERBS
from paser_command.picture.incidents import Incident, incident_name
from paser_command.picture.part import KEPT, Changed, Part
from paser_command.picture.screens import SCREEN_VERBS
from paser_command.picture.standing import Standing
from paser_command.picture.summary import Shown, Summary
from paser_command.records import Command, Report
from paser_command.times import Instant, effective_at

_OTHERS = frozenset((*DRAWING_VERBS, *SCREEN_VERBS))
"""Verbs whose subject is no incident and no alarm."""


class _Heard(msgspec.Struct, frozen=True, array_like=True):
    """A report with its first receipt: the report itself has that of its newest version."""

    report: Report
    heard: Instant


_encoder = msgspec.msgpack.Encoder()
_heard = msgspec.msgpack.Decoder(_Heard)
_acts = msgspec.msgpack.Decoder(list[Command])


class IncidentsPart(Part):
    """Reports by key in the order of their links; incidents by key, made when they are asked for.

    An incident is folded by what each record changes in it, so that the cost of a report does not
    grow with the reports that are there already.
    """

    name = "incidents"
    tables = ("reports", "incidents")
    kinds = (Report, Command)
    shown = {"incidents": Shown(kind="incident", words="Incidents")}  # noqa: RUF012 - a ClassVar

    def __init__(self, changed: Changed) -> None:
        super().__init__(changed)
        self.reports: dict[str, Report] = {}
        self._heard: dict[str, Instant] = {}
        self._standing: dict[str, Standing] = {}
        self._acts: dict[str, list[Command]] = {}
        self._incidents: dict[str, Incident] = {}
        self._moved: dict[str, None] = {}

    @property
    def incidents(self) -> dict[str, Incident]:
        """Return the incidents by key as they stand now."""
        for key in self._moved:
            standing = self._standing.get(key)
            if standing is None:
                self._incidents.pop(key, None)
            else:
                self._incidents[key] = standing.incident(self._acts.get(key, ()))
        self._moved.clear()
        return self._incidents

    def table(self, name: str) -> Mapping[str, Report] | Mapping[str, Incident]:
        """Return the reports or the incidents by key."""
        return self.reports if name == "reports" else self.incidents

    def summary(self, table: str, key: str) -> Summary:
        """Return an incident."""
        incident = self.incidents[key]
        return Summary(
            kind="incident",
            key=key,
            name=incident_name(incident),
            words=f"{incident.place} {incident.district_name} {key}",
            lon=incident.lon,
            lat=incident.lat,
            district=incident.district_name,
            severity=incident.severity,
            at=incident.updated,
            over=incident.closed,
            personal=True,
        )

    def acts(self, subject: str) -> tuple[Command, ...]:
        """Return what was done on the subject, in order."""
        return tuple(self._acts.get(subject, ()))

    def fold(self, record: Report | Command) -> None:
        """Take in a report, or what somebody did on an incident."""
        if isinstance(record, Report):
            self._report(record)
        elif record.verb not in _OTHERS:
            self._act(record)

    def sweep(self, hour: Instant) -> None:
        """Let go of incidents that were over a day ago, and of loose reports and acts that old."""
        oldest = hour - KEPT
        for standing in [s for s in self._standing.values() if s.closed]:
            acts = self._acts.get(standing.key, ())
            if max((standing.updated, *(act.at for act in acts))) < oldest:
                self._forget(standing.reports)
                del self._standing[standing.key]
                self._move(standing.key)
        self._forget([r.key for r in self.reports.values() if not r.incident and r.at < oldest])
        self._acts = {
            subject: acts
            for subject, acts in self._acts.items()
            if subject in self._standing or acts[-1].at >= oldest
        }

    def dump(self) -> Iterator[bytes]:
        """Give a row for the acts, then one for each report."""
        yield _encoder.encode([act for acts in self._acts.values() for act in acts])
        for report in self.reports.values():
            yield _encoder.encode(_Heard(report, self._heard[report.key]))

    def load(self, rows: Iterable[bytes]) -> None:
        """Take the reports and the acts up."""
        first, *others = rows
        for act in _acts.decode(first):
            self._acts.setdefault(act.subject, []).append(act)
        for row in map(_heard.decode, others):
            self._heard[row.report.key] = row.heard
            self._link(row.report)

    def held(self) -> Any:
        """Return the reports, when each was first heard, the acts and the incidents."""
        return self.reports, self._heard, self._acts, self.incidents

    def _report(self, report: Report) -> None:
        before = self.reports.get(report.key)
        if before and effective_at(before.at, before.received) > effective_at(
            report.at, report.received
        ):
            return
        self._heard.setdefault(report.key, report.received)
        if before and before.incident != report.incident:
            # Taken out whole: the order of reports is the order of their links, in keyframes too.
            del self.reports[report.key]
            self._unlink(before)
        self._link(report)
        self._changed("reports", report.key)

    def _link(self, report: Report) -> None:
        self.reports[report.key] = report
        if report.incident:
            standing = self._standing.get(report.incident)
            if standing is None:
                standing = self._standing[report.incident] = Standing(report.incident, self._heard)
            standing.put(report)
            self._move(report.incident)

    def _unlink(self, report: Report) -> None:
        if report.incident:
            standing = self._standing[report.incident]
            standing.remove(report)
            if not standing.reports:
                del self._standing[report.incident]
            self._move(report.incident)

    def _act(self, command: Command) -> None:
        acts = self._acts.setdefault(command.subject, [])
        if any(act.key == command.key for act in acts):
            return
        acts.append(command)
        if command.subject in self._standing:
            self._move(command.subject)

    def _move(self, incident: str) -> None:
        self._moved[incident] = None
        self._changed("incidents", incident)

    def _forget(self, reports: Iterable[str] | Mapping[str, Report]) -> None:
        for key in list(reports):
            del self.reports[key], self._heard[key]
            self._changed("reports", key)
