"""What a command says of a drawing: shape, places, words, colour and purpose, read and checked.

Places are GeoJSON (RFC 7946) in the command's arguments: a Point, a LineString, or a Polygon of one
ring. A circle is a Point and a radius. What is drawn passes here at the door and in the fold.
"""

from collections.abc import Mapping
from enum import StrEnum
from math import isfinite
from typing import TypeVar

import msgspec

from paser_command.errors import InputError
from paser_command.geo import LonLat, Ring, is_place

MOST_PLACES = 10_000
NAME_LENGTH = 200
NOTE_LENGTH = 4_000
LEAST_RADIUS_M, MOST_RADIUS_M = 1.0, 2_000_000.0

_LONGEST_PLACE = 64
_DECIMALS = 7
"""Of degrees: about a centimetre."""


_Word = TypeVar("_Word", bound=StrEnum)


class DrawnShape(StrEnum):
    """What is drawn; it stays so. A text is its name, written at a place."""

    POINT = "point"
    LINE = "line"
    AREA = "area"
    CIRCLE = "circle"
    TEXT = "text"


class DrawnColour(StrEnum):
    """The colours of drawings: none that could be an alarm's, the selection's or a replay's."""

    GREY = "grey"
    GREEN = "green"
    SAND = "sand"
    MAUVE = "mauve"


class Purpose(StrEnum):
    """What a drawing is for: to be read, or to tell what lies inside of it."""

    ANNOTATION = "annotation"
    GEOFENCE = "geofence"


FENCES = (DrawnShape.AREA, DrawnShape.CIRCLE)
"""The shapes that have an inside."""

LEAST_PLACES: Mapping[DrawnShape, int] = {DrawnShape.LINE: 2, DrawnShape.AREA: 3}
"""How many different places a shape needs; the others have one."""


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an act makes of a drawing; what is None stays as it was.

    `places` are one, or a line's in order, or an area's corners without the first at the end.
    """

    shape: DrawnShape
    places: Ring | None = None
    radius_m: float | None = None
    name: str | None = None
    note: str | None = None
    colour: DrawnColour | None = None
    purpose: Purpose | None = None


def joined(before: Change, after: Change) -> Change:
    """Return both changes as one: what the later one says holds."""
    told = {name: getattr(after, name) for name in Change.__struct_fields__}
    said = {name: value for name, value in told.items() if value is not None}
    return msgspec.structs.replace(before, **said)


class _Point(msgspec.Struct, tag="Point"):
    coordinates: LonLat


class _Line(msgspec.Struct, tag="LineString"):
    coordinates: tuple[LonLat, ...]


class _Polygon(msgspec.Struct, tag="Polygon"):
    coordinates: tuple[tuple[LonLat, ...], ...]


_decoder: msgspec.json.Decoder[_Point | _Line | _Polygon] = msgspec.json.Decoder(
    _Point | _Line | _Polygon
)
_TYPES: Mapping[DrawnShape, type] = {DrawnShape.LINE: _Line, DrawnShape.AREA: _Polygon}
_NAMES = frozenset(Change.__struct_fields__) - {"places"} | {"geometry"}


def arguments_of(change: Change) -> dict[str, str]:
    """Return the arguments of the command that says so."""
    told = {
        "shape": change.shape.value,
        "geometry": None if not change.places else _geojson(change.shape, change.places),
        "radius_m": None if change.radius_m is None else f"{change.radius_m:.2f}",
        "name": change.name,
        "note": change.note,
        "colour": change.colour,
        "purpose": change.purpose,
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def change_of(arguments: Mapping[str, str], *, whole: bool) -> Change:
    """Return what the arguments say; InputError where that is no drawing.

    A `whole` one has all that its shape needs, as the first act of a drawing must.
    """
    if unknown := min(arguments.keys() - _NAMES, default=""):
        raise InputError("a drawing has no {name}", name=unknown)
    shape = _word(DrawnShape, arguments.get("shape", ""))
    change = Change(
        shape=shape,
        places=_places(shape, arguments["geometry"]) if "geometry" in arguments else None,
        radius_m=_radius(shape, arguments["radius_m"]) if "radius_m" in arguments else None,
        name=_text(arguments["name"], NAME_LENGTH) if "name" in arguments else None,
        note=_text(arguments["note"], NOTE_LENGTH) if "note" in arguments else None,
        colour=_word(DrawnColour, arguments["colour"]) if "colour" in arguments else None,
        purpose=_word(Purpose, arguments["purpose"]) if "purpose" in arguments else None,
    )
    _check(change, whole=whole)
    return change


def _check(change: Change, *, whole: bool) -> None:
    """Check what one value of a change asks of another."""
    if change.purpose is Purpose.GEOFENCE and change.shape not in FENCES:
        raise InputError("only a polygon or a circle can be a geofence: choose annotation")
    lacks_name = not change.name if whole else change.name == ""
    if change.shape is DrawnShape.TEXT and lacks_name:
        raise InputError("the text is empty: write at least one character")
    lacks_radius = change.shape is DrawnShape.CIRCLE and change.radius_m is None
    if whole and (change.places is None or lacks_radius):
        raise InputError("the drawing has no place: draw it anew")


def _geojson(shape: DrawnShape, places: Ring) -> str:
    rounded = [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in places]
    coordinates: dict[str, object] = {
        "Point": rounded[0],
        "LineString": rounded,
        "Polygon": [[*rounded, rounded[0]]],
    }
    kind = str(_TYPES.get(shape, _Point).__struct_config__.tag)  # type: ignore[attr-defined]
    return msgspec.json.encode({"type": kind, "coordinates": coordinates[kind]}).decode()


def _places(shape: DrawnShape, text: str) -> Ring:
    if len(text) > _LONGEST_PLACE * MOST_PLACES:
        raise _too_many()
    try:
        geometry = _decoder.decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as cause:
        raise _unreadable() from cause
    if type(geometry) is not _TYPES.get(shape, _Point):
        raise _unreadable()
    places = _flat(geometry)
    if len(places) > MOST_PLACES:
        raise _too_many()
    for lon, lat in places:
        if not is_place(lon, lat):
            raise InputError(
                "{lon}, {lat} is not on the earth: draw it elsewhere", lon=lon, lat=lat
            )
    least = LEAST_PLACES.get(shape, 1)
    if len(set(places)) < least:
        raise InputError("this shape has at least {least} different places: add some", least=least)
    return places


def _flat(geometry: _Point | _Line | _Polygon) -> Ring:
    if isinstance(geometry, _Point):
        return (geometry.coordinates,)
    if isinstance(geometry, _Line):
        return geometry.coordinates
    if len(geometry.coordinates) != 1:
        raise InputError("a drawn polygon is one ring without holes: draw each part for itself")
    ring = geometry.coordinates[0]
    return ring[:-1] if ring and ring[0] == ring[-1] else ring


def _radius(shape: DrawnShape, text: str) -> float:
    try:
        radius_m = float(text) if shape is DrawnShape.CIRCLE else float("nan")
    except ValueError:
        radius_m = float("nan")
    if not isfinite(radius_m) or not LEAST_RADIUS_M <= radius_m <= MOST_RADIUS_M:
        raise InputError(
            "a circle's radius is {least} m to {most} km: draw it larger or smaller",
            least=f"{LEAST_RADIUS_M:g}",
            most=f"{MOST_RADIUS_M / 1000:g}",
        )
    return radius_m


def _text(text: str, most: int) -> str:
    if len(text) > most:
        raise InputError(
            "the text has {n} characters: shorten it to {most}", n=len(text), most=most
        )
    return text.strip()


def _word(kind: type[_Word], text: str) -> _Word:
    try:
        return kind(text)
    except ValueError:
        words = ", ".join(kind)
        raise InputError("{text} is none of these: {words}", text=text[:40], words=words) from None


def _too_many() -> InputError:
    return InputError("a drawing has at most {most} places: draw it in parts", most=MOST_PLACES)


def _unreadable() -> InputError:
    return InputError("the drawing's places cannot be read as GeoJSON: draw it anew")
