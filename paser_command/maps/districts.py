"""A site's districts: from the boundaries that its file names, else the shipped schematic cells."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

import msgspec

from paser_command.areas import Area
from paser_command.config import AreaSettings
from paser_command.errors import InputError, ParseError
from paser_command.feeds.documents import clean_line, closed_ring, decode_json, place
from paser_command.geo import Geometry, LonLat, Ring

SIZE_LIMIT = 64 * 1024 * 1024
"""A file of more bytes is not read: district borders are some megabytes."""


class Districts(msgspec.Struct, frozen=True):
    """The districts, and whether they are the shipped cells, which follow no official boundary."""

    areas: tuple[Area, ...]
    schematic: bool


class _Polygon(msgspec.Struct, tag="Polygon"):
    coordinates: list[list[list[float]]]


class _MultiPolygon(msgspec.Struct, tag="MultiPolygon"):
    coordinates: list[list[list[list[float]]]]


class _Feature(msgspec.Struct):
    geometry: _Polygon | _MultiPolygon
    properties: dict[str, Any]


class _Collection(msgspec.Struct):
    type: Literal["FeatureCollection"]
    features: list[_Feature]


_collection = msgspec.json.Decoder(_Collection)


def districts_of(settings: AreaSettings | None) -> Districts:
    """Return the districts of a site; InputError where its file cannot be used."""
    if settings is None:
        return shipped_districts()
    return Districts(tuple(_read(settings)), schematic=False)


def shipped_districts() -> Districts:
    """Return the schematic cells that the program ships, by Kemendagri's codes."""
    cells, places = (_shipped("districts.json"), _shipped("places.json"))
    names = {district["code"]: district["name"] for district in places["districts"]}
    areas = tuple(
        Area(code, names[code], Geometry("area", tuple(_rings(rings, cells["step_deg"]))))
        for code, rings in cells["cells"].items()
    )
    return Districts(areas, schematic=True)


def _shipped(name: str) -> Any:
    return json.loads((files("paser_resources") / "basemap" / name).read_text(encoding="utf-8"))


def _rings(rings: list[list[int]], step_deg: float) -> Iterator[Ring]:
    """Give the rings in degrees: whole steps, each after the first from the last (cut_basemap)."""
    for steps in rings:
        lons, lats = accumulate(steps[::2]), accumulate(steps[1::2])
        yield tuple((x * step_deg, y * step_deg) for x, y in zip(lons, lats, strict=True))


def _read(settings: AreaSettings) -> Iterator[Area]:
    """Give the districts of a GeoJSON file (RFC 7946); features of one code are one district."""
    body = _body(Path(settings.districts))
    try:
        features = decode_json(body, _collection).features
        rings: dict[str, list[Ring]] = defaultdict(list)
        names: dict[str, str] = {}
        for feature in features:
            code, name = (_text(feature, field, settings) for field in _fields(settings))
            rings[code] += _closed(feature.geometry)
            names[code] = name
    except ParseError as cause:
        raise InputError(
            "the districts in {file} cannot be read ({code} {where}): "
            "write them as GeoJSON, polygons in degrees",
            file=settings.districts,
            code=cause.code,
            where=cause.codes_facts.get("where", ""),
        ) from cause
    if not rings:
        raise InputError("there are no districts in {file}", file=settings.districts)
    for code, own in rings.items():
        yield Area(code, names[code], Geometry("area", tuple(own)))


def _body(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise InputError(
                "the districts in {file} take more than {limit} MiB: simplify their borders",
                file=path,
                limit=SIZE_LIMIT // 2**20,
            )
        return path.read_bytes()
    except OSError as cause:
        raise InputError(
            "the districts' file {file} cannot be read: {cause}", file=path, cause=cause.strerror
        ) from cause


def _fields(settings: AreaSettings) -> tuple[str, str]:
    return settings.code_field, settings.name_field


def _text(feature: _Feature, field: str, settings: AreaSettings) -> str:
    text = clean_line(feature.properties.get(field))
    if text:
        return text
    raise InputError(
        "a district in {file} has no {field}; its fields are: {found}",
        file=settings.districts,
        field=field,
        found=", ".join(clean_line(name, 40) for name in list(feature.properties)[:20]),
    )


def _closed(shape: _Polygon | _MultiPolygon) -> Iterable[Ring]:
    polygons = [shape.coordinates] if isinstance(shape, _Polygon) else shape.coordinates
    return [closed_ring(map(_lonlat, ring), "geometry") for polygon in polygons for ring in polygon]


def _lonlat(position: Sequence[float]) -> LonLat:
    if len(position) < 2:
        raise ParseError("bad_value", where="geometry")
    return place(position[0], position[1], "geometry")
