"""Coordinates and moments in words."""

from paser_command.api import Incident, Instant, Language
from paser_plugins.incidents.words import Translate

_NBSP = "\N{NO-BREAK SPACE}"


def place_text(tr: Translate, place: str, lon: float | None, lat: float | None) -> str:
    """Return the place's name and its coordinates, or that neither is known."""
    told = [place[:200]] if place else []
    if lon is not None and lat is not None:
        north_south = f"{_degrees(lat)}{_NBSP}{tr('S') if lat < 0 else tr('N')}"
        east_west = f"{_degrees(lon)}{_NBSP}{tr('W') if lon < 0 else tr('E')}"
        told.append(f"{north_south}{_NBSP}{east_west}")
    return " · ".join(told) or tr("unknown")


def incident_place(tr: Translate, incident: Incident) -> str:
    """Return where the incident is: name, coordinates, and district as it was tagged."""
    told = place_text(tr, incident.place, incident.lon, incident.lat)
    if not incident.district:
        return told
    facts = {"name": incident.district_name[:80], "code": incident.district[:20]}
    if incident.schematic:
        return f"{told} · {tr('{name} district ({code}, schematic)', **facts)}"
    return f"{told} · {tr('{name} district ({code})', **facts)}"


def when(language: Language, moment: Instant, now: Instant) -> str:
    """Return the time of day with seconds, with the day before it unless it is today's."""
    if language.date(moment) == language.date(now):
        return language.time(moment, seconds=True)
    return language.moment(moment)


def _degrees(value: float) -> str:
    seconds = round(abs(value) * 3600)
    return f"{seconds // 3600}°{seconds % 3600 // 60:02}′{seconds % 60:02}″"
