"""Why a report was joined to its incident, in words."""

from paser_command.api import Language, Link, Picture
from paser_plugins.incidents.words import Translate

_LONGEST = 80
_KM_M = 1000
_WHOLE_KM = 100


def link_text(tr: Translate, language: Language, picture: Picture, link: Link) -> str:
    """Return how near the report was to which other: joined: 1.2 km and 14 min from ..."""
    other = picture.reports.get(link.report)
    title = other.title[:_LONGEST] if other else link.report[:_LONGEST]
    feed = other.feed if other else link.report.partition("/")[0][:_LONGEST]
    if link.rule == "same_id":
        return tr("joined: the same official id as {report} ({feed})", report=title, feed=feed)
    if link.distance_m is None:
        time = language.age(link.apart)
        return tr("joined: {time} from {report} ({feed})", time=time, report=title, feed=feed)
    return tr(
        "joined: {distance} and {time} from {report} ({feed})",
        distance=_distance(tr, language, link.distance_m),
        time=language.age(link.apart),
        report=title,
        feed=feed,
    )


def _distance(tr: Translate, language: Language, metres: float) -> str:
    if round(metres) < _KM_M:
        return tr("{n} m", n=language.number(metres))
    km = metres / _KM_M
    return tr("{n} km", n=language.number(km, 1 if km < _WHOLE_KM else 0))
