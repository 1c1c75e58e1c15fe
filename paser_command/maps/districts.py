"""A site's districts: from the boundaries that its file names, else the shipped schematic cells."""

import json
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from paser_command.areas import Area
from paser_command.config import AreaSettings
from paser_command.errors import InputError
from paser_command.feeds.documents import clean_line
from paser_command.geo import Geometry, Ring
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.messages import (
    ChunkAt,
    Done,
    Failed,
    Message,
    Understood,
    take_shapes,
)
from paser_command.maps.vector.shapes import Kind, Shapes, value_text


class Districts(msgspec.Struct, frozen=True):
    """The districts, and whether they are the shipped cells, which follow no official boundary."""

    areas: tuple[Area, ...]
    schematic: bool


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
    """Give the districts of a vector file; features of one code are one district."""
    rings: dict[str, list[Ring]] = defaultdict(list)
    names: dict[str, str] = {}
    for shapes in _pieces(settings):
        for index in range(shapes.count):
            code, name = (_text(shapes, field, index, settings) for field in _fields(settings))
            if shapes.kinds[index] == Kind.AREA:
                rings[code] += [_ring(places.tolist()) for places in shapes.places_of(index)]
                names[code] = name
    if not rings:
        raise InputError("there are no districts in {file}", file=settings.districts)
    for code, own in rings.items():
        yield Area(code, names[code], Geometry("area", tuple(own)))


def _pieces(settings: AreaSettings) -> Iterator[Shapes]:
    """Give the features of the file in degrees; InputError where one of them cannot be read."""
    # Shapely and PROJ are loaded by a site that has boundaries of its own.
    from paser_command.maps.vector.streaming import stream

    told: list[Message] = []
    with TemporaryDirectory(prefix="paser-districts-") as folder:
        stream(FileSource(path=settings.districts, crs=settings.crs), Path(folder), told.append)
        for message in told:
            match message:
                case Failed(template, facts):
                    raise InputError(template, **facts)
                case Done(skipped=skipped) if skipped:
                    raise InputError(
                        "{n} districts in {file} cannot be read ({reasons}): mend the file",
                        n=sum(skipped.values()),
                        file=settings.districts,
                        reasons=", ".join(sorted(skipped)),
                    )
                case ChunkAt():
                    yield take_shapes(message, Path(folder))
                case Understood() | Done():
                    pass


def _fields(settings: AreaSettings) -> tuple[str, str]:
    return settings.code_field, settings.name_field


def _text(shapes: Shapes, field: str, index: int, settings: AreaSettings) -> str:
    column = shapes.fields.get(field)
    text = "" if column is None else clean_line(value_text(column, index))
    if text:
        return text
    raise InputError(
        "a district in {file} has no {field}; its fields are: {found}",
        file=settings.districts,
        field=field,
        found=", ".join(clean_line(name, 40) for name in list(shapes.fields)[:20]),
    )


def _ring(places: list[list[float]]) -> Ring:
    return tuple((lon, lat) for lon, lat in places)
