"""A site's districts: from the boundaries that its file names, in Paser else the shipped cells."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from paser_command.areas import Area
from paser_command.config import AreaSettings, SiteConfig
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
from paser_command.stand.paser import is_in_paser, paser_districts
from paser_command.stand.stand import Stand, stand_of


class Districts(msgspec.Struct, frozen=True):
    """The districts, and whether they are the shipped cells, which follow no official boundary."""

    areas: tuple[Area, ...]
    schematic: bool


def districts_of_site(config: SiteConfig) -> Districts:
    """Return the districts of a site; InputError where its file cannot be used.

    A site without a file has the shipped cells where it lies in Paser, else none.
    """
    if config.areas is None and not is_in_paser(config.site.lon, config.site.lat):
        return Districts((), schematic=False)
    return districts_of(config.areas)


def districts_of(settings: AreaSettings | None) -> Districts:
    """Return the districts of a file, without one Paser's; InputError where it cannot be used."""
    if settings is None:
        return shipped_districts()
    return Districts(tuple(_read(settings)), schematic=False)


def district_fields(path: str) -> tuple[str, ...]:
    """Return the names of the fields in a file of districts; InputError where it cannot be read."""
    unnamed = AreaSettings(districts=path, code_field="-", name_field="-")
    for shapes in _pieces(unnamed):
        return tuple(shapes.fields)
    raise InputError("there are no districts in {file}", file=path)


def shipped_districts() -> Districts:
    """Return the schematic cells of Paser that the program ships, by Kemendagri's codes."""
    return Districts(paser_districts(), schematic=True)


def site_stand(config: SiteConfig, districts: Districts) -> Stand:
    """Return where a site with these districts stands."""
    site = config.site
    return stand_of(site.lon, site.lat, districts.areas, schematic=districts.schematic)


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
