"""Incidents moved on record by record are those that all their records compose, at linear cost."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from paser_command.picture.incidents import ACKNOWLEDGE, NOTE, Incident, Note, acknowledgement
from paser_command.picture.parts.incidents import IncidentsPart
from paser_command.picture.picture import Picture
from paser_command.records import Command, Report, Severity
from paser_command.times import HOUR, MINUTE, SECOND, Instant
from tests.records import START, acknowledge, flood

PLACES = st.sampled_from([(116.19, -1.905), (116.2, -1.9), (None, None)])


@st.composite
def reports(draw: st.DrawFn) -> list[Report]:
    """Versions of a few reports, linked here and there, in the order in which they came."""
    made = []
    for number in range(draw(st.integers(1, 25))):
        lon, lat = draw(PLACES)
        made.append(
            flood(
                f"warga/{draw(st.integers(1, 5))}",
                START + draw(st.integers(0, 5)) * MINUTE,
                received=START + number * SECOND,
                began=START - draw(st.integers(0, 5)) * MINUTE,
                severity=draw(st.sampled_from(list(Severity)[1:])),
                closed=draw(st.booleans()),
                lon=lon,
                lat=lat,
                place=draw(st.sampled_from(["", "Tanah Grogot", "Kuaro"])),
                fences=tuple(draw(st.sets(st.sampled_from(["drawing/1", "drawing/2"])))),
                incident=draw(st.sampled_from(["", "warga/1", "warga/2"])),
            )
        )
    return made


def composed(
    key: str, reports: Mapping[str, Report], acts: Sequence[Command], known: Instant
) -> Incident:
    """The incident worked out from all of its reports and acts at once."""
    severity = max(report.severity for report in reports.values())
    leading = next(report for report in reports.values() if report.severity == severity)
    with_place = (report for report in (leading, *reports.values()) if report.lon is not None)
    placed = next(with_place, leading)
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
        fences=tuple(sorted({fence for report in reports.values() for fence in report.fences})),
    )


@given(reports(), st.booleans(), st.sets(st.integers(0, 24)))
def test_an_incident_moved_on_is_the_one_composed_of_all_its_reports(
    made: list[Report], acted: bool, looked: set[int]
):
    picture = Picture()
    heard: dict[str, Instant] = {}
    if acted:
        picture.apply(acknowledge("warga/1"))
    for number, report in enumerate(made):
        picture.apply(report)
        heard.setdefault(report.key, report.received)
        if number in looked:
            assert picture.incidents.keys() == {r.incident for r in linked(picture)}

    for key, incident in picture.incidents.items():
        mine = {r.key: r for r in linked(picture) if r.incident == key}
        known = min(heard[report] for report in mine)
        assert incident == composed(key, mine, picture.acts(key), known)
    assert picture.incidents.keys() == {report.incident for report in linked(picture)}


def linked(picture: Picture) -> list[Report]:
    return [report for report in picture.reports.values() if report.incident]


def work(count: int) -> int:
    """Fold so many reports of one incident, asked for once at the end; return the reports read."""
    looked: list[int] = []

    class Watched(dict[str, Report]):
        def values(self):
            looked.append(len(self))
            return super().values()

    picture = Picture()
    picture.apply(flood("warga/0"))
    standing = picture.part(IncidentsPart)._standing["warga/0"]
    standing.reports = Watched(standing.reports)
    for number in range(1, count):
        picture.apply(
            flood(
                f"warga/{number}",
                START + number,
                severity=Severity.CRITICAL if number % 7 == 0 else Severity.HIGH,
                incident="warga/0",
            )
        )
    for number in range(count):
        picture.apply(
            flood(
                f"warga/{number}",
                START + HOUR,
                severity=Severity.LOW,
                closed=True,
                incident="warga/0",
            )
        )
    assert picture.incidents["warga/0"].closed
    return sum(looked)


def test_the_reports_of_a_mass_event_are_looked_through_once_not_once_for_each():
    assert work(2_000) <= 10 * 2_000
