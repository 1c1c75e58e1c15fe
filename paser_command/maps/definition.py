"""A layer as people define it, keep it in a workspace and send it to one another."""

from typing import Annotated, Literal

import msgspec

Opacity = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Zoom = Annotated[float, msgspec.Meta(ge=0.0, le=24.0)]
LayerId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,60}$")]

LEAST_ZOOM: Zoom = 0.0
MOST_ZOOM: Zoom = 24.0


class LiveSource(msgspec.Struct, frozen=True, tag="live", forbid_unknown_fields=True):
    """A part of the picture, such as "incidents"."""

    part: str


class FileSource(msgspec.Struct, frozen=True, kw_only=True, tag="file", forbid_unknown_fields=True):
    """A vector file on this machine. Empty texts: as the file itself says.

    `crs` is what pyproj understands ("EPSG:32750"); `x_field` and `y_field` are a CSV's columns.
    """

    path: str
    table: str = ""
    crs: str = ""
    encoding: str = ""
    x_field: str = ""
    y_field: str = ""


class TileSource(
    msgspec.Struct, frozen=True, kw_only=True, tag="tiles", forbid_unknown_fields=True
):
    """Raster tiles. `address` is a URL (XYZ with {z}, {x}, {y}), or an archive's path."""

    service: Literal["xyz", "wmts", "wms", "mbtiles", "pmtiles"]
    address: str
    layer: str = ""
    matrix_set: str = ""
    style: str = ""
    format: str = "image/png"
    version: str = ""
    least_level: Annotated[int, msgspec.Meta(ge=0, le=24)] = 0
    most_level: Annotated[int, msgspec.Meta(ge=0, le=24)] = 19
    tile_px: Literal[256, 512] = 256


Source = LiveSource | FileSource | TileSource


class ClassRule(
    msgspec.Struct, frozen=True, kw_only=True, tag="classes", forbid_unknown_fields=True
):
    """Numbers of a field in classes: n + 1 colours for n breaks; a break itself is above."""

    field: str
    breaks: tuple[float, ...]
    colours: tuple[str, ...]


class CategoryRule(
    msgspec.Struct, frozen=True, kw_only=True, tag="categories", forbid_unknown_fields=True
):
    """A colour for each value of a field; `other` for all that is not named."""

    field: str
    colours: dict[str, str]
    other: str = ""


class Style(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a vector layer looks. Colours are "#rrggbb"; an empty one is the theme's own.

    Without a rule all is drawn in `colour`. `size_field` scales points between `size_px` and
    `most_size_px`.
    """

    colour: str = ""
    fill_opacity: Opacity = 0.15
    line_px: Annotated[float, msgspec.Meta(ge=0.0, le=20.0)] = 1.4
    size_px: Annotated[float, msgspec.Meta(ge=1.0, le=64.0)] = 8.0
    most_size_px: Annotated[float, msgspec.Meta(ge=1.0, le=64.0)] = 24.0
    size_field: str = ""
    label_field: str = ""
    label_from_zoom: Zoom = 10.0
    rule: ClassRule | CategoryRule | None = None


class LayerDefinition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One layer. `hours` is its own time filter: nothing older is shown; None for no filter.

    `attribution` names whose data it is, and is on the map whenever the layer is.
    """

    id: LayerId
    name: str
    source: Source
    group: str = ""
    attribution: str = ""
    visible: bool = True
    opacity: Opacity = 1.0
    least_zoom: Zoom = LEAST_ZOOM
    most_zoom: Zoom = MOST_ZOOM
    style: Style = Style()
    hours: Annotated[float, msgspec.Meta(gt=0.0)] | None = None
