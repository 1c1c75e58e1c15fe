"""The words of an incident: states, running ages, counts."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from paser_command.api import HOUR, MINUTE, Incident, Instant, Language
from paser_ui.api import category_word

Translate = Callable[..., str]

_DAY_H = 24
_LONGEST = 200
_LONGEST_FEED = 40
_MOST_FEEDS = 4


def state_word(tr: Translate, incident: Incident) -> str:
    """Return what stands beside the title: not acknowledged, acknowledged, closed."""
    if incident.closed:
        return tr("closed")
    return tr("acknowledged") if incident.acknowledged else tr("not acknowledged")


def reports_word(language: Language, count: int) -> str:
    """Return how many reports."""
    return language.counted("{n} report", "{n} reports", count)


def running(language: Language, span: Instant) -> str:
    """Return a span as it runs, with its unit: 40 s, 3 min, 3 h 33 up to a day, then in days."""
    if HOUR <= span < _DAY_H * HOUR:
        return f"{language.age(span)} {span % HOUR // MINUTE:02}"
    return language.age(span)


def incident_age(language: Language, incident: Incident, now: Instant) -> str:
    """Return for how long the room knows of it, or how long ago it was last heard of if closed."""
    if incident.closed:
        return language.age(now - incident.updated)
    return running(language, now - incident.known)


class Headline(NamedTuple):
    """What happened, and where: empty where that is said with what happened, or is not known."""

    what: str
    where: str
    between: str

    @property
    def line(self) -> str:
        """Both in one line."""
        return f"{self.what}{self.between}{self.where}" if self.where else self.what


def headline(incident: Incident) -> Headline:
    """Return what happened and where, the place only where the title does not have it."""
    title, place = incident.title[:_LONGEST], incident.place[:_LONGEST]
    known = place.partition(",")[0] in title
    return Headline(title, "" if known else place, ", ")


def public_headline(tr: Translate, incident: Incident) -> Headline:
    """Return what visitors may read: the category, and the district; no word of whoever told."""
    what = category_word(tr, incident.category)
    return Headline(what, incident.district_name[:_LONGEST], " · ")


def second_line(language: Language, incident: Incident) -> str:
    """Return the quieter line: how many reports, and how many of them from which feed."""
    told = Counter(key.partition("/")[0] for key in incident.reports)
    count = reports_word(language, len(incident.reports))
    if len(told) == 1:
        return f"{count} · {next(iter(told))[:_LONGEST_FEED]}"
    feeds = ", ".join(f"{n}× {feed[:_LONGEST_FEED]}" for feed, n in told.most_common(_MOST_FEEDS))
    return f"{count} · {feeds}"
