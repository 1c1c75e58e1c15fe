"""An alarm or an incident in one line."""

from paser_command.language import Language
from paser_command.personal import without_contacts
from paser_command.picture.alarms import AlarmState
from paser_command.picture.incidents import Incident
from paser_command.picture.picture import Picture
from paser_command.picture.source_words import source_word
from paser_command.records import Limit, shown_name
from paser_ui.alarms.waiting import Waiting
from paser_ui.categories import category_word

_DECIMALS = 2


def headline(thing: Waiting, picture: Picture, language: Language) -> str:
    """Return what happens: Muka air Kandilo 3,42 m di atas Siaga 1 (3,20 m)."""
    if isinstance(thing, Incident):
        place = f" · {thing.place}" if thing.place and thing.place not in thing.title else ""
        return f"{thing.title}{place}"
    return _alarm(thing, picture, language)


def public_headline(thing: Waiting, picture: Picture, language: Language) -> str:
    """Return what visitors may read of it: kinds, districts, stations; no word of whoever told."""
    if isinstance(thing, Incident):
        parts = (category_word(language.tr, thing.category), thing.district_name)
        return " · ".join(filter(None, parts))
    return without_contacts(_alarm(thing, picture, language))


def detail(thing: Waiting, more: int, language: Language) -> str:
    """Return since when, that nobody took it, and how many more wait."""
    if isinstance(thing, Incident):
        parts = [language.tr("since {time}", time=language.time(thing.known))]
    else:
        parts = [language.tr("since {time}", time=language.time(thing.since))]
        if not thing.alarm.raised:
            parts.append(language.tr("normal again"))
    parts.append(language.tr("not acknowledged"))
    if more:
        parts.append(language.tr("{n} more", n=language.number(more)))
    return " · ".join(parts)


def _alarm(stands: AlarmState, picture: Picture, language: Language) -> str:
    alarm = stands.alarm
    stream = picture.streams.get(alarm.subject)
    name = shown_name(stream.name if stream else "", alarm.subject)
    unit = f" {source_word(language, stream.unit)}" if stream and stream.unit else ""
    value = language.quantity(alarm.value, _DECIMALS) + unit
    if alarm.limit is None:
        return f"{name} {value}"
    return language.tr(
        "{name} {value} at or above {limit}",
        name=name,
        value=value,
        limit=_limit(alarm.limit, unit, language),
    )


def _limit(limit: Limit, unit: str, language: Language) -> str:
    return (
        f"{source_word(language, limit.name)} ({language.quantity(limit.value, _DECIMALS)}{unit})"
    )
