"""The shelters on the map: full ones alarm."""

from paser_shelters.core import Shelter

from paser_command.api import Frame, Language, Severity
from paser_map.api import LayerPlan, Marker, PointLayer


def shelters(frame: Frame, language: Language) -> PointLayer:
    """Return a symbol for each shelter."""
    standing = frame.picture.table("shelters.shelters").values()
    return PointLayer("shelters.shelter", [_marker(one, language) for one in standing])


def _marker(one: Shelter, language: Language) -> Marker:
    full = one.people >= one.room
    name = f"{one.name} {language.number(one.people)}/{language.number(one.room)}"
    severity = Severity.HIGH if full else Severity.LOW
    return Marker(one.key, name, one.lon, one.lat, severity, filled=full)


SHELTERS = LayerPlan(table="shelters.shelters", make=shelters)
