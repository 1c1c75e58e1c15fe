"""WMS: maps drawn by a server for any box, asked for as tiles (OGC 01-068r3 and 06-042)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec

from paser_command.errors import InputError, PaserError
from paser_command.feeds.documents import clean_line
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles.grid import Tile, to_degrees, web_grid
from paser_command.maps.tiles.offers import Offer, Offers, shown_formats, text_of
from paser_command.maps.tiles.servers import host_of, with_query

VERSIONS = ("1.3.0", "1.1.1")
WEB_MERCATOR = ("EPSG:3857", "EPSG:900913", "EPSG:102100")
DEGREES = "EPSG:4326"
"""A plate carrée is drawn as if it were Mercator, which is seen at coarse levels far from the
equator: within 11° of it, from level 5 on, by 1.3 pixels at most."""

LEAST_LEVEL_OF_DEGREES = 5
_MOST_LAYERS = 2_000


class _Inherited(msgspec.Struct, frozen=True):
    """What a layer has of the layers that it stands in."""

    systems: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    attribution: str = ""


class WmsServer:
    """GetMap for the tiles of the web's own grid. `matrix_set` names the coordinate system."""

    attribution = ""

    def __init__(self, source: TileSource) -> None:
        host_of(source.address)
        self._source = source
        self._version = source.version or VERSIONS[0]
        self._system = source.matrix_set or WEB_MERCATOR[0]
        if self._version not in VERSIONS:
            raise InputError(
                "WMS {version} is not known here: 1.3.0 or 1.1.1", version=self._version
            )
        if self._system not in (*WEB_MERCATOR, DEGREES):
            raise InputError(
                "the map is in EPSG:3857, and {system} cannot be laid on it", system=self._system
            )
        in_degrees = self._system == DEGREES
        least = max(source.least_level, LEAST_LEVEL_OF_DEGREES if in_degrees else 0)
        self.grid = web_grid(least, max(least, source.most_level), source.tile_px)

    def url(self, tile: Tile) -> str:
        """Return the address of the map of the tile's box."""
        level = self.grid.levels[tile.level]
        return with_query(
            self._source.address,
            {
                "SERVICE": "WMS",
                "VERSION": self._version,
                "REQUEST": "GetMap",
                "LAYERS": self._source.layer,
                "STYLES": self._source.style,
                "SRS" if self._version == "1.1.1" else "CRS": self._system,
                "BBOX": self._box(tile),
                "WIDTH": str(level.tile_width),
                "HEIGHT": str(level.tile_height),
                "FORMAT": self._source.format,
                "TRANSPARENT": "TRUE" if "png" in self._source.format else "FALSE",
            },
        )

    def _box(self, tile: Tile) -> str:
        west, south, east, north = self.grid.extent(tile)
        if self._system != DEGREES:
            return ",".join(f"{metres:.6f}" for metres in (west, south, east, north))
        (west, south), (east, north) = to_degrees(west, south), to_degrees(east, north)
        # 1.3.0 takes the axes as EPSG orders them, and EPSG:4326 has latitude first.
        latitude_first = self._version == "1.3.0"
        box = (south, west, north, east) if latitude_first else (west, south, east, north)
        return ",".join(f"{degrees:.10f}" for degrees in box)


def capabilities_url(address: str, version: str) -> str:
    """Return where a server tells what it has."""
    return with_query(address, {"SERVICE": "WMS", "VERSION": version, "REQUEST": "GetCapabilities"})


def read_offers(root: Element, host: str) -> Offers:
    """Return the layers with a name that can be laid on the map; PaserError where none can."""
    version = root.get("version", "")
    top = root.find("Capability/Layer")
    if top is None or version not in VERSIONS:
        raise PaserError(
            "the server {host} speaks WMS {version}, and 1.3.0 or 1.1.1 is needed",
            host=host,
            version=clean_line(version, 20) or "?",
        )
    formats = shown_formats(
        [one.text or "" for one in root.iterfind("Capability/Request/GetMap/Format")]
    )
    layers = tuple(
        msgspec.structs.replace(offer, formats=formats) for offer in _layers(top, _Inherited())
    )
    if not layers or not formats:
        raise PaserError("the server {host} has no layer that can be laid on the map", host=host)
    return Offers(
        version=version, title=text_of(root, "Service/Title"), layers=layers[:_MOST_LAYERS]
    )


def _layers(layer: Element, above: _Inherited) -> Iterator[Offer]:
    here = _Inherited(
        above.systems + tuple(_systems(layer)),
        above.styles + tuple(clean_line(one.text) for one in layer.iterfind("Style/Name")),
        text_of(layer, "Attribution/Title") or above.attribution,
    )
    name = clean_line(layer.findtext("Name"))
    systems = tuple(one for one in (*WEB_MERCATOR, DEGREES) if one in here.systems)
    if name and systems:
        yield Offer(
            layer=name,
            title=text_of(layer, "Title") or name,
            attribution=here.attribution,
            styles=here.styles,
            matrix_sets=systems,
        )
    for inner in layer.iterfind("Layer"):
        yield from _layers(inner, here)


def _systems(layer: Element) -> Iterator[str]:
    for tag in ("CRS", "SRS"):
        for one in layer.iterfind(tag):
            yield from (one.text or "").upper().split()
