"""Places as people write them: decimal degrees, degrees with minutes and seconds, and UTM."""

import math
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from paser_command.geo import LonLat, is_place
from paser_command.utm import NORTH_LIMIT_DEG, SOUTH_LIMIT_DEG, Utm, of_utm, to_utm

Words = Callable[..., str]
"""`tr(text, **facts)`."""


class Notation(StrEnum):
    """How a place is written."""

    DECIMAL = "decimal"
    DMS = "dms"
    UTM = "utm"


_LONGEST = 120


def format_place(lon: float, lat: float, notation: Notation, tr: Words) -> str:
    """Return the place as text, which `parse_place` reads again. `lon` may be past the date line.

    Decimal has the latitude first and a point in every language, so that it can be given to other
    programs. Where there is no UTM, near the poles, it is decimal.
    """
    lon = (lon + 180.0) % 360.0 - 180.0 if abs(lon) > 180.0 else lon
    if notation is Notation.DMS:
        north = _winds(tr, lat, "{angle} N", "{angle} S")
        return f"{north}  {_winds(tr, lon, '{angle} E', '{angle} W')}"
    if notation is Notation.UTM and (place := to_utm(lon, lat)):
        hemisphere = "S" if place.south else "N"
        return f"{place.zone}{hemisphere} {place.easting_m:.0f} {place.northing_m:.0f}"
    return f"{lat:.5f}, {lon:.5f}"


def parse_place(text: str) -> LonLat | None:
    """Return longitude and latitude of a place in any notation; None where it is none.

    Read are decimal degrees with point or comma, degrees with minutes, and with seconds, `geo:`
    addresses (RFC 5870) and UTM. Winds and names of the axes, English and Indonesian, say which
    number is which, in either order. Without them the latitude comes first, unless only the second
    number can be one.

    The letter of a UTM zone is the hemisphere where it is N or S ("50S", as EPSG names zones);
    any other is a band of latitude ("50M", as on topographic maps), of which those from N on are
    north.
    """
    if len(text) > _LONGEST:
        return None
    written = _plain(text)
    for read in (_of_geo, _of_utm, _of_angles):
        place = read(written)
        if place and is_place(*place):
            return place
    return None


def _winds(tr: Words, degrees: float, positive: str, negative: str) -> str:
    whole = round(abs(degrees) * 3600)
    angle = f"{whole // 3600}°{whole % 3600 // 60:02d}′{whole % 60:02d}″"
    return tr(positive if degrees >= 0 else negative, angle=angle)


_PLAIN_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–‒—﹣-", "-"),
        **dict.fromkeys("º˚", "°"),
        **dict.fromkeys("′’‘`´ʹ‵", "'"),
        **dict.fromkeys("″”“ʺ‶", '"'),
    }
)


def _plain(text: str) -> str:
    """Return the text in capitals, with the plain form of each sign and single spaces."""
    plain = text.translate(_PLAIN_SIGNS).upper().replace("''", '"')
    return " ".join(plain.split()).strip(" ()[]")


_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,15})?"

_GEO = re.compile(r"GEO:(-?[0-9]{1,3}(?:\.[0-9]+)?),(-?[0-9]{1,3}(?:\.[0-9]+)?)(?:[,;?].*)?")


def _of_geo(text: str) -> LonLat | None:
    found = _GEO.fullmatch(text)
    return (float(found[2]), float(found[1])) if found else None


_GROUPED = r"[0-9]{1,3}(?:[., ][0-9]{3}){1,2}"
_ZONE = r"(?:UTM )?(?:(?:ZONE|ZONA) )?([0-9]{1,2}) ?([C-HJ-NP-X])"
_EASTING = rf"(?:[EX][:=]? ?)?({_GROUPED}|[0-9]{{6}}(?:[.,][0-9]{{1,3}})?) ?(?:M ?[ET]?|[ET])?"
_NORTHING = rf"(?:[NY][:=]? ?)?({_GROUPED}|[0-9]{{1,8}}(?:[.,][0-9]{{1,3}})?) ?(?:M ?[NU]?|[NU])?"
_UTM = re.compile(rf"{_ZONE}[,:]? ?{_EASTING}(?: ?[,;/] ?| ){_NORTHING}")
_MOST_FROM_MIDDLE_M = 400_000.0
_MOST_NORTHING_M = 10_000_000.0


def _of_utm(text: str) -> LonLat | None:
    found = _UTM.fullmatch(text)
    if not found:
        return None
    zone, letter = int(found[1]), found[2]
    south = letter == "S" or letter < "N"
    place = Utm(zone, south, _metres(found[3]), _metres(found[4]))
    if not (1 <= zone <= 60 and _in_zone(place)):
        return None
    lon, lat = of_utm(place)
    if not SOUTH_LIMIT_DEG - 1e-4 <= lat <= NORTH_LIMIT_DEG + 1e-4:
        return None
    return (lon + 180.0) % 360.0 - 180.0, lat


def _in_zone(place: Utm) -> bool:
    from_middle_m = abs(place.easting_m - 500_000.0)
    return from_middle_m <= _MOST_FROM_MIDDLE_M and place.northing_m <= _MOST_NORTHING_M


def _metres(text: str) -> float:
    """Return the number; "9.789.012" is grouped, "412345,67" has decimals."""
    if re.fullmatch(_GROUPED, text):
        return float(re.sub("[., ]", "", text))
    return float(text.replace(",", "."))


_LAT_WORDS: Mapping[str, int] = {
    **dict.fromkeys(("N", "NORTH", "U", "LU", "UTARA", "LINTANG UTARA"), 1),
    **dict.fromkeys(("S", "SOUTH", "LS", "SELATAN", "LINTANG SELATAN"), -1),
    **dict.fromkeys(("LAT", "LATITUDE", "LINTANG"), 0),
}
_LON_WORDS: Mapping[str, int] = {
    **dict.fromkeys(("E", "EAST", "T", "BT", "TIMUR", "BUJUR TIMUR"), 1),
    **dict.fromkeys(("W", "WEST", "B", "BB", "BARAT", "BUJUR BARAT"), -1),
    **dict.fromkeys(("LON", "LONG", "LNG", "LONGITUDE", "BUJUR"), 0),
}
"""The sign that a wind gives; 0 names the axis alone."""

_WORD = "|".join(sorted((*_LAT_WORDS, *_LON_WORDS), key=len, reverse=True))
_SIGNED = rf"[-+]? ?{_NUMBER}"
_MARKED = rf"{_SIGNED} ?°(?: ?{_NUMBER} ?(?:' ?(?:{_NUMBER} ?\"?)?)?)?"
_BARE = tuple(_SIGNED + rf"[ :]{_NUMBER}" * parts for parts in range(3))
_APART = "(?: ?[,;/] ?| )"
_PAIRS = tuple(
    re.compile(pattern)
    for angle in (_MARKED, *_BARE)
    for pattern in (
        rf"(?P<a>{_WORD})[ :=]*(?P<x>{angle}){_APART}?(?P<b>{_WORD})[ :=]*(?P<y>{angle})",
        rf"(?P<x>{angle})(?: ?(?P<a>{_WORD}){_APART}?|{_APART})(?P<y>{angle}) ?(?P<b>{_WORD})?",
    )
)
"""Two angles of one form, each after its word, or each before it where there is one."""

_NO_PAIR = re.compile(r"[-+]?[0-9]+,[0-9]+|[0-9]+ [0-9]+")
"""A single number with a decimal comma, or numbers that could be anything."""


class _Angle(NamedTuple):
    degrees: float
    axis: str


def _of_angles(text: str) -> LonLat | None:
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _PAIRS)), None)
    if found is None or _NO_PAIR.fullmatch(text):
        return None
    first, second = _angle(found["x"], found["a"] or ""), _angle(found["y"], found["b"] or "")
    if first is None or second is None or (first.axis and first.axis == second.axis):
        return None
    if _is_lat_first(first, second):
        return second.degrees, first.degrees
    return first.degrees, second.degrees


def _angle(text: str, word: str) -> _Angle | None:
    """Return the angle; None where its parts or its sign and its wind cannot be."""
    parts = [float(part.replace(",", ".")) for part in re.findall(_NUMBER, text)]
    wind = _LAT_WORDS.get(word, _LON_WORDS.get(word, 0))
    negative = text.startswith("-")
    whole = all(part.is_integer() for part in parts[:-1])
    if not whole or max(parts[1:], default=0.0) >= 60 or (negative and wind > 0):
        return None
    size = math.fsum(part / 60**order for order, part in enumerate(parts))
    axis = "lat" if word in _LAT_WORDS else "lon" if word in _LON_WORDS else ""
    return _Angle(-size if negative or wind < 0 else size, axis)


def _is_lat_first(first: _Angle, second: _Angle) -> bool:
    if first.axis or second.axis:
        return first.axis == "lat" or second.axis == "lon"
    return abs(first.degrees) <= 90.0 or abs(second.degrees) > 90.0
