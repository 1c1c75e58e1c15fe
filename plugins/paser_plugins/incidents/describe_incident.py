"""An incident in words: why it is one, where, since when, who took it, and all that was said."""

from collections.abc import Sequence

from paser_command.api import (
    Acknowledgement,
    FeedState,
    Incident,
    Instant,
    Language,
    Note,
    Picture,
    Report,
)
from paser_plugins.incidents.description import Description, Fact, Passage
from paser_plugins.incidents.links import link_text
from paser_plugins.incidents.places import incident_place, when
from paser_plugins.incidents.words import (
    Translate,
    headline,
    incident_age,
    reports_word,
)
from paser_ui.api import SEVERITY_WORDS, PanelContext, category_word

MOST_PASSAGES = 300
"""So many of the newest texts are shown; the first line says how many more there are."""


def describe_incident(
    context: PanelContext, picture: Picture, incident: Incident, now: Instant
) -> Description:
    """Return the incident's description at the moment."""
    tr, language = context.tr, context.language
    reports = [picture.reports[key] for key in incident.reports]
    return Description(
        title=headline(incident).line,
        tag=incident.key,
        severity=incident.severity,
        taken=incident.closed or incident.acknowledged is not None,
        facts=_facts(tr, language, picture, incident, reports, now),
        passages=_passages(tr, language, picture, incident, reports, now),
    )


def _facts(
    tr: Translate,
    language: Language,
    picture: Picture,
    incident: Incident,
    reports: Sequence[Report],
    now: Instant,
) -> tuple[Fact, ...]:
    age = incident_age(language, incident, now)
    known = f"{when(language, incident.known, now)} ({age})"
    if incident.closed:
        known = when(language, incident.known, now)
    level = f"{tr(SEVERITY_WORDS[incident.severity])} · {category_word(tr, incident.category)}"
    return (
        Fact(tr("Why"), _why(language, incident, reports)),
        Fact(tr("Known since"), known),
        Fact(tr("Where"), incident_place(tr, incident)),
        Fact(tr("Began"), when(language, incident.began, now)),
        Fact(tr("Severity"), level),
        Fact(tr("Taken by"), _taken(tr, language, incident, now)),
        Fact(tr("Sources"), _sources(tr, picture, reports, now)),
        Fact(tr("State"), tr("closed") if incident.closed else tr("open")),
    )


def _why(language: Language, incident: Incident, reports: Sequence[Report]) -> str:
    tr = language.tr
    leading = next(report for report in reports if report.severity == incident.severity)
    return tr(
        "{reports}; the most severe: {word}, {key}",
        reports=reports_word(language, len(reports)),
        word=tr(SEVERITY_WORDS[incident.severity]),
        key=leading.key[:80],
    )


def _taken(tr: Translate, language: Language, incident: Incident, now: Instant) -> str:
    if incident.acknowledged is None:
        return tr("nobody yet")
    return f"{_person(incident.acknowledged)} · {when(language, incident.acknowledged.at, now)}"


def _person(act: Acknowledgement | Note) -> str:
    return ", ".join(word[:60] for word in (act.who, act.seat) if word) or "?"


def _sources(tr: Translate, picture: Picture, reports: Sequence[Report], now: Instant) -> str:
    names = dict.fromkeys(report.feed for report in reports)
    return ", ".join(_source(tr, name, picture.feed_state(name, now)) for name in names)


def _source(tr: Translate, name: str, state: FeedState) -> str:
    if state is FeedState.FAILING:
        return tr("{feed} (failing now)", feed=name)
    if state is FeedState.LATE:
        return tr("{feed} (late now)", feed=name)
    return name


def _passages(
    tr: Translate,
    language: Language,
    picture: Picture,
    incident: Incident,
    reports: Sequence[Report],
    now: Instant,
) -> tuple[Passage, ...]:
    told = [(r.received, _report(tr, language, picture, incident, r, now)) for r in reports]
    told += [(note.at, _note(tr, language, note, now)) for note in incident.notes]
    if incident.acknowledged:
        act = incident.acknowledged
        line = f"{when(language, act.at, now)} · {_person(act)} · {tr('acknowledged')}"
        told.append((act.at, Passage(line)))
    told.sort(key=lambda pair: pair[0])
    passages = tuple(passage for _, passage in told)
    left_out = len(passages) - MOST_PASSAGES
    if left_out <= 0:
        return passages
    first = Passage(
        language.counted(
            "{n} earlier entry is not shown", "{n} earlier entries are not shown", left_out
        )
    )
    return (first, *passages[left_out:])


def _report(
    tr: Translate,
    language: Language,
    picture: Picture,
    incident: Incident,
    report: Report,
    now: Instant,
) -> Passage:
    head = [
        when(language, report.received, now),
        report.feed,
        tr(SEVERITY_WORDS[report.severity]),
    ]
    if report.title != incident.title:
        head.append(report.title[:200])
    if report.closed:
        head.append(tr("closed"))
    elif report.status not in ("", "open"):
        head.append(report.status[:60])
    if report.link:
        head.append(link_text(tr, language, picture, report.link))
    return Passage(" · ".join(head), report.text)


def _note(tr: Translate, language: Language, note: Note, now: Instant) -> Passage:
    return Passage(f"{when(language, note.at, now)} · {_person(note)} · {tr('note')}", note.text)
