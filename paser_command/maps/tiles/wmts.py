"""WMTS: ready tiles in a grid of the server's own (OGC 07-057r7), by query or by template."""

import math
import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from paser_command.errors import InputError, PaserError
from paser_command.feeds.documents import clean_line
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles.grid import HALF_M, Grid, Level, Tile
from paser_command.maps.tiles.offers import Offer, Offers, shown_formats, text_of
from paser_command.maps.tiles.servers import host_of, with_query

_PIXEL_M = 0.00028
"""A pixel of the standard: scale denominators count metres on the map a pixel by it."""

_WEB_MERCATOR = ("3857", "900913", "102100", "102113", "3785")
_TILE_PX = range(64, 1025)
_MOST_LEVELS = 40
_MOST_LAYERS = 2_000
_PLACES = re.compile(r"\{([^{}]*)\}")
_VERSION = "1.0.0"


class WmtsServer:
    """One layer of a server in one of its matrix sets, as its capabilities tell them."""

    def __init__(self, source: TileSource, root: Element) -> None:
        self._host = host_of(source.address)
        layer = _layer(root, source.layer, self._host)
        self._set = _matrix_set(root, layer, source.matrix_set, self._host)
        self._source = source
        self._style = source.style or _default_style(layer)
        self._dimensions = {
            clean_line(one.findtext("Identifier")): clean_line(one.findtext("Default"))
            for one in layer.iterfind("Dimension")
        }
        self._template = _template(layer, source.format)
        self._check_origin()
        self.grid = Grid(_levels(self._set, self._host))
        self.attribution = _attribution(root)

    def url(self, tile: Tile) -> str:
        """Return the tile's address."""
        values = {
            **self._dimensions,
            "Layer": self._source.layer,
            "Style": self._style,
            "TileMatrixSet": text_of(self._set, "Identifier"),
            "TileMatrix": self.grid.levels[tile.level].name,
            "TileRow": str(tile.row),
            "TileCol": str(tile.column),
        }
        if self._template:
            named = {name.lower(): quote(value, safe="") for name, value in values.items()}
            return _PLACES.sub(lambda place: named.get(place[1].lower(), place[0]), self._template)
        fixed = {"Service": "WMTS", "Request": "GetTile", "Version": _VERSION}
        query = {**fixed, **values, "Format": self._source.format}
        return with_query(self._source.address, query)

    def _check_origin(self) -> None:
        """Refuse templates that lead elsewhere: a person named one server, and no other."""
        if not self._template:
            return
        self._template = urljoin(self._source.address, self._template)
        there, here = urlsplit(self._template), urlsplit(self._source.address)
        if (there.scheme, there.netloc) != (here.scheme, here.netloc):
            raise InputError(
                "the server {host} keeps its tiles on {other}: give an address there",
                host=self._host,
                other=clean_line(there.netloc, 80) or "?",
            )


def capabilities_url(address: str) -> str:
    """Return where a server tells what it has: a document of its own, or an answer to a query."""
    if urlsplit(address).path.lower().endswith(".xml"):
        return address
    return with_query(
        address, {"Service": "WMTS", "Request": "GetCapabilities", "Version": _VERSION}
    )


def read_offers(root: Element, host: str) -> Offers:
    """Return the layers that have a matrix set of Web Mercator; PaserError where none has."""
    usable = {
        clean_line(one.findtext("Identifier"))
        for one in root.iterfind("Contents/TileMatrixSet")
        if _is_web_mercator(one)
    }
    attribution = _attribution(root)
    layers = []
    for layer in root.iterfind("Contents/Layer"):
        sets = tuple(one for one in _set_names(layer) if one in usable)
        formats = shown_formats([one.text or "" for one in layer.iterfind("Format")])
        name = clean_line(layer.findtext("Identifier"))
        if name and sets and formats:
            offer = Offer(
                layer=name,
                title=text_of(layer, "Title") or name,
                attribution=attribution,
                styles=tuple(text_of(one, "Identifier") for one in layer.iterfind("Style")),
                formats=formats,
                matrix_sets=sets,
            )
            layers.append(offer)
    if not layers:
        raise PaserError("the server {host} has no layer that can be laid on the map", host=host)
    title = text_of(root, "ServiceIdentification/Title")
    return Offers(version=_VERSION, title=title, layers=tuple(layers[:_MOST_LAYERS]))


def _layer(root: Element, name: str, host: str) -> Element:
    for layer in root.iterfind("Contents/Layer"):
        if clean_line(layer.findtext("Identifier")) == name:
            return layer
    raise PaserError(
        "the server {host} has no layer {layer} any more: choose another", host=host, layer=name
    )


def _matrix_set(root: Element, layer: Element, wanted: str, host: str) -> Element:
    linked = set(_set_names(layer))
    for one in root.iterfind("Contents/TileMatrixSet"):
        name = clean_line(one.findtext("Identifier"))
        if name in linked and wanted in ("", name) and _is_web_mercator(one):
            return one
    raise PaserError(
        "the server {host} has this layer in no matrix set of EPSG:3857 called {name}",
        host=host,
        name=wanted or "?",
    )


def _levels(matrix_set: Element, host: str) -> tuple[Level, ...]:
    levels = [_level(one, host) for one in matrix_set.findall("TileMatrix")[:_MOST_LEVELS]]
    if not levels:
        raise _broken(host)
    return tuple(sorted(levels, key=lambda level: -level.metres_per_px))


def _level(matrix: Element, host: str) -> Level:
    try:
        left, top = (float(one) for one in (matrix.findtext("TopLeftCorner") or "").split())
        level = Level(
            name=clean_line(matrix.findtext("Identifier")),
            metres_per_px=float(matrix.findtext("ScaleDenominator") or "") * _PIXEL_M,
            left=left,
            top=top,
            tile_width=int(matrix.findtext("TileWidth") or ""),
            tile_height=int(matrix.findtext("TileHeight") or ""),
            columns=int(matrix.findtext("MatrixWidth") or ""),
            rows=int(matrix.findtext("MatrixHeight") or ""),
        )
    except (ValueError, OverflowError) as cause:
        raise _broken(host) from cause
    if not _is_sane(level):
        raise _broken(host)
    return level


def _is_sane(level: Level) -> bool:
    return (
        math.isfinite(level.left + level.top)
        and max(abs(level.left), abs(level.top)) <= 4 * HALF_M
        and 1e-4 <= level.metres_per_px <= 1e6
        and level.tile_width in _TILE_PX
        and level.tile_height in _TILE_PX
        and 0 < level.columns <= 2**32
        and 0 < level.rows <= 2**32
    )


def _broken(host: str) -> PaserError:
    return PaserError(
        "the server {host} describes its tiles in a way that cannot be used", host=host
    )


def _is_web_mercator(matrix_set: Element) -> bool:
    system = (matrix_set.findtext("SupportedCRS") or "").strip().upper()
    code = re.split(r"[:/]", system)[-1]
    return code in _WEB_MERCATOR and ("EPSG" in system or "ESRI" in system)


def _set_names(layer: Element) -> Iterator[str]:
    for link in layer.iterfind("TileMatrixSetLink"):
        yield clean_line(link.findtext("TileMatrixSet"))


def _default_style(layer: Element) -> str:
    styles = layer.findall("Style")
    default = [one for one in styles if one.get("isDefault") == "true"]
    return text_of((default or styles)[0], "Identifier") if styles else ""


def _template(layer: Element, image_format: str) -> str:
    """Return the template of tiles in this format; "" for a server that is asked by query."""
    for one in layer.iterfind("ResourceURL"):
        if one.get("resourceType") == "tile" and one.get("format") == image_format:
            return (one.get("template") or "").strip()[:2000]
    return ""


def _attribution(root: Element) -> str:
    return text_of(root, "ServiceProvider/ProviderName")
