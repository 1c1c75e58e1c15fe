"""A layer as people define it, keep it in a workspace and send it to one another."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from paser_command.errors import InputError
from paser_command.toml_check import Fault

Opacity = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Zoom = Annotated[float, msgspec.Meta(ge=0.0, le=24.0)]
Level = Annotated[int, msgspec.Meta(ge=0, le=24)]
LayerId = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9-]{1,60}$",
        description="1 to 60 small letters, digits and hyphens, such as desa-2",
    ),
]
Colour = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(#[0-9a-fA-F]{6})?\Z", description="a colour such as #8fa3b5, or nothing"
    ),
]
Name = Annotated[str, msgspec.Meta(max_length=120)]
Field = Annotated[str, msgspec.Meta(max_length=256)]
Address = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]

LEAST_ZOOM: Zoom = 0.0
MOST_ZOOM: Zoom = 24.0
MOST_CLASSES = 12
MOST_CATEGORIES = 64
MOST_HOURS = 24.0 * 366

_SERVERS = ("xyz", "wmts", "wms")


class LiveSource(msgspec.Struct, frozen=True, tag="live", forbid_unknown_fields=True):
    """A part of the picture, such as "incidents". The layer's id is the part: one of each."""

    part: LayerId


class FileSource(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag="file",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """A vector file on this machine. Empty texts: as the file itself says.

    `crs` is what pyproj understands ("EPSG:32750"); `x_field` and `y_field` are a CSV's columns.
    """

    path: Address
    table: Field = ""
    crs: Annotated[str, msgspec.Meta(max_length=4096)] = ""
    encoding: Name = ""
    x_field: Field = ""
    y_field: Field = ""


class TileSource(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag="tiles",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Raster tiles. `address` is a URL (XYZ with {z}, {x}, {y}), or an archive's path."""

    service: Literal["xyz", "wmts", "wms", "mbtiles", "pmtiles"]
    address: Address
    layer: Field = ""
    matrix_set: Field = ""
    style: Field = ""
    format: Name = "image/png"
    version: Name = ""
    least_level: Level = 0
    most_level: Level = 19
    tile_px: Literal[256, 512] = 256


Source = LiveSource | FileSource | TileSource


class ClassRule(
    msgspec.Struct, frozen=True, kw_only=True, tag="classes", forbid_unknown_fields=True
):
    """Classes of a field's numbers: n + 1 colours for n rising breaks, each of the class above."""

    field: Field
    breaks: Annotated[tuple[float, ...], msgspec.Meta(max_length=MOST_CLASSES - 1)]
    colours: Annotated[tuple[Colour, ...], msgspec.Meta(max_length=MOST_CLASSES)]


class CategoryRule(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag="categories",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """A colour for each value of a field; `other` for all that is not named."""

    field: Field
    colours: Annotated[dict[str, Colour], msgspec.Meta(max_length=MOST_CATEGORIES)]
    other: Colour = ""


class Style(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """How a vector layer looks. Colours are "#rrggbb"; an empty one is the theme's own.

    Without a rule all is drawn in `colour`. `size_field` scales points between `size_px` and
    `most_size_px`.
    """

    colour: Colour = ""
    fill_opacity: Opacity = 0.15
    line_px: Annotated[float, msgspec.Meta(ge=0.0, le=20.0)] = 1.4
    size_px: Annotated[float, msgspec.Meta(ge=1.0, le=64.0)] = 8.0
    most_size_px: Annotated[float, msgspec.Meta(ge=1.0, le=64.0)] = 24.0
    size_field: Field = ""
    label_field: Field = ""
    label_from_zoom: Zoom = 10.0
    rule: ClassRule | CategoryRule | None = None


class LayerDefinition(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One layer. `hours` is its own time filter: nothing older is shown; None for no filter.

    A live layer without a name has that of its part, in the screen's language. `attribution` names
    whose data it is, and is on the map whenever the layer is. Where definitions stand in a row, the
    first is drawn on top; those of a group stand together.
    """

    id: LayerId
    source: Source
    name: Name = ""
    group: Name = ""
    attribution: Name = ""
    visible: bool = True
    opacity: Opacity = 1.0
    least_zoom: Zoom = LEAST_ZOOM
    most_zoom: Zoom = MOST_ZOOM
    style: Style = Style()
    hours: Annotated[float, msgspec.Meta(gt=0.0, le=MOST_HOURS)] | None = None


def faults(layer: LayerDefinition) -> Iterator[Fault]:
    """Give what the types cannot tell is wrong: where it stands in the definition, and why."""
    if isinstance(layer.source, LiveSource) and layer.id != layer.source.part:
        yield ("id",), InputError("must be the part's own name, {part}", part=layer.source.part)
    elif not isinstance(layer.source, LiveSource) and not layer.name.strip():
        yield ("name",), InputError("must not be empty")
    if layer.least_zoom > layer.most_zoom:
        yield (
            ("least_zoom",),
            InputError(
                "must be at most most_zoom ({most}), and is {least}",
                most=layer.most_zoom,
                least=layer.least_zoom,
            ),
        )
    if isinstance(layer.source, TileSource):
        yield from (((("source", *where), error)) for where, error in _tile_faults(layer.source))
    if isinstance(layer.style.rule, ClassRule):
        rule = layer.style.rule
        yield from ((("style", "rule", *where), error) for where, error in _class_faults(rule))


def _tile_faults(source: TileSource) -> Iterator[Fault]:
    if source.least_level > source.most_level:
        yield (
            ("least_level",),
            InputError(
                "must be at most most_level ({most}), and is {least}",
                most=source.most_level,
                least=source.least_level,
            ),
        )
    if source.service in _SERVERS and not _is_web(source.address):
        yield ("address",), InputError("must be an address that begins with http:// or https://")
    address = source.address.replace("{-y}", "{y}")  # as TMS counts rows
    wanted = [part for part in ("{z}", "{x}", "{y}") if part not in address]
    if source.service == "xyz" and wanted:
        yield ("address",), InputError("lacks {wanted}", wanted=", ".join(wanted))


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _class_faults(rule: ClassRule) -> Iterator[Fault]:
    if any(low >= high for low, high in pairwise(rule.breaks)):
        yield ("breaks",), InputError("must rise from each to the next")
    if len(rule.colours) != len(rule.breaks) + 1:
        yield (
            ("colours",),
            InputError(
                "must be {wanted}, one more than the breaks, and are {found}",
                wanted=len(rule.breaks) + 1,
                found=len(rule.colours),
            ),
        )
