"""Promise: a real MapServer's maps lie where they should, in both versions and both systems.

The map has four squares, each in a quarter of one tile: were the axes swapped, or the box upside
down, their colours would stand elsewhere.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import mercantile
import pytest
from PySide6.QtGui import QImage

from paser_command.errors import PaserError
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles.grid import Tile
from paser_command.maps.tiles.service import TileService
from paser_command.maps.tiles.store import Phase, TileStore
from paser_command.maps.tiles.wms import WmsServer
from tests.hostile.server import HostileServer
from tests.tiles import mapserver, taken, until

RED, GREEN, BLUE, GREY = "#ff0000", "#00ff00", "#0000ff", "#808080"
CORNERS = {(64, 64): RED, (192, 64): GREEN, (64, 192): BLUE, (192, 192): GREY}
PASER = mercantile.Tile(421, 258, 9)
WAYS = [
    ("1.1.1", "EPSG:3857"),
    ("1.1.1", "EPSG:4326"),
    ("1.3.0", "EPSG:3857"),
    ("1.3.0", "EPSG:4326"),
]


def square(lon: float, lat: float, size: float, colour: str) -> str:
    east, north = lon + size, lat + size
    numbers = " ".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    ring = f"{lon} {lat} {lon} {north} {east} {north} {east} {lat} {lon} {lat}"
    return f"""
    LAYER GROUP "corners" NAME "c{colour[1:]}" TYPE POLYGON STATUS ON
      PROJECTION "init=epsg:4326" END
      FEATURE POINTS {ring} END END
      CLASS STYLE COLOR {numbers} END END
    END"""


def the_map() -> str:
    bounds = mercantile.bounds(PASER)
    half = (bounds.east - bounds.west) / 2
    middle_lon, middle_lat = bounds.west + half, (bounds.south + bounds.north) / 2
    return f"""MAP
  NAME "corners"
  EXTENT -180 -85 180 85
  SIZE 256 256
  PROJECTION "init=epsg:4326" END
  OUTPUTFORMAT NAME "png" DRIVER AGG/PNG MIMETYPE "image/png" IMAGEMODE RGBA END
  WEB METADATA
    "wms_title" "Empat sudut" "wms_enable_request" "*"
    "wms_srs" "EPSG:3857 EPSG:4326 EPSG:32750" "wms_onlineresource" "http://127.0.0.1/"
    "wms_attribution_title" "Pemkab Paser" "wms_abstract" "x"
  END END
  {square(bounds.west, middle_lat, half, RED)}
  {square(middle_lon, middle_lat, half, GREEN)}
  {square(bounds.west, middle_lat - half, half, BLUE)}
  {square(middle_lon, middle_lat - half, half, GREY)}
END"""


@pytest.fixture
def address(tmp_path) -> Iterator[str]:
    with HostileServer() as server:
        yield server.put("/cgi-bin/mapserv", mapserver(tmp_path, the_map()))


@pytest.fixture
def service(tmp_path) -> Iterator[TileService]:
    service = TileService(tmp_path / "tiles")
    yield service
    service.close()


def source(address: str, version: str, system: str) -> TileSource:
    return TileSource(
        service="wms", address=address, layer="corners", version=version, matrix_set=system
    )


def the_tile(store: TileStore) -> Tile:
    until(lambda: store.grid is not None)
    assert store.grid is not None
    level = [level.name for level in store.grid.levels].index(str(PASER.z))
    return Tile(level, PASER.x, PASER.y)


def colours(picture: bytes) -> dict[tuple[int, int], str]:
    image = QImage.fromData(picture)
    assert (image.width(), image.height()) == (256, 256)
    return {at: image.pixelColor(*at).name() for at in CORNERS}


@pytest.mark.parametrize(("version", "system"), WAYS)
def test_each_quarter_of_the_tile_has_its_colour(service, address, version, system):
    store = service.open(source(address, version, system))

    tile = the_tile(store)

    assert colours(taken(store, [tile])[tile]) == CORNERS


@pytest.mark.parametrize(("version", "system"), WAYS)
def test_a_box_with_its_axes_swapped_would_be_seen(service, address, monkeypatch, version, system):
    right = WmsServer._box

    def swapped(server: WmsServer, tile: Tile) -> str:
        first, second, third, fourth = right(server, tile).split(",")
        return ",".join((second, first, fourth, third))

    monkeypatch.setattr(WmsServer, "_box", swapped)
    store = service.open(source(address, version, system))
    tile = the_tile(store)
    store.want([tile], frozenset())
    until(lambda: store.state.phase in (Phase.READY, Phase.FAILING))
    picture = store.take()

    assert not picture or colours(picture[tile]) != CORNERS


def test_its_layers_are_offered(service, address):
    offers = service.ask(address, "wms").result(30)

    layer = {offer.layer: offer for offer in offers.layers}["corners"]
    assert (offers.version, offers.title) == ("1.3.0", "Empat sudut")
    assert layer.matrix_sets == ("EPSG:3857", "EPSG:4326")
    assert layer.attribution == "Pemkab Paser"
    assert layer.formats[0] == "image/png"


def test_capabilities_of_1_1_1_are_read_with_the_document_type_that_they_must_have(
    service, address, monkeypatch
):
    monkeypatch.setattr("paser_command.maps.tiles.wms.VERSIONS", ("1.1.1", "1.3.0"))

    offers = service.ask(address, "wms").result(30)

    assert offers.version == "1.1.1"
    assert "corners" in [offer.layer for offer in offers.layers]


@pytest.mark.parametrize("version", ["1.1.1", "1.3.0"])
def test_what_it_refuses_is_told_in_its_own_words(service, address, version):
    wrong = TileSource(service="wms", address=address, layer="nowhere", version=version)
    store = service.open(wrong)
    tile = the_tile(store)

    store.want([tile], frozenset())
    until(lambda: store.state.fault)

    assert isinstance(store.state.fault, PaserError)
    assert "refuses" in str(store.state.fault)
    assert "Invalid layer" in str(store.state.fault)


def test_what_it_is_asked_says_who_asks(service, tmp_path):
    with HostileServer() as server:
        address = server.put("/mapserv", mapserver(tmp_path, the_map()))
        store = service.open(source(address, "1.3.0", "EPSG:3857"))
        taken(store, [the_tile(store)])

        (asked,) = server.asked
        assert asked.headers["User-Agent"].startswith("PaserCommand/")
        assert parse_qs(urlsplit(asked.path).query)["CRS"] == ["EPSG:3857"]
