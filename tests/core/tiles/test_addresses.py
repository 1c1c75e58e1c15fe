"""Promise: each kind of server is asked as its standard says, or refused with what is wrong."""

from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import mercantile
import pytest

from paser_command.errors import InputError, PaserError
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles import wmts
from paser_command.maps.tiles.grid import Tile
from paser_command.maps.tiles.offers import Offer, decode_capabilities
from paser_command.maps.tiles.wms import WmsServer, capabilities_url
from paser_command.maps.tiles.wmts import WmtsServer
from paser_command.maps.tiles.xyz import XyzServer

PASER = Tile(9, 421, 258)

WMTS = """<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://ows">
 <ows:ServiceIdentification><ows:Title>Peta</ows:Title></ows:ServiceIdentification>
 <ows:ServiceProvider><ows:ProviderName>Badan Peta</ows:ProviderName></ows:ServiceProvider>
 <Contents>
  <Layer><ows:Title>Jalan</ows:Title><ows:Identifier>road</ows:Identifier>
   <Style><ows:Identifier>plain</ows:Identifier></Style>
   <Style isDefault="true"><ows:Identifier>night</ows:Identifier></Style>
   <Format>image/jpeg</Format><Format>image/png</Format><Format>image/tiff</Format>
   <Dimension><ows:Identifier>Time</ows:Identifier><Default>2026 now</Default></Dimension>
   <TileMatrixSetLink><TileMatrixSet>wgs</TileMatrixSet></TileMatrixSetLink>
   <TileMatrixSetLink><TileMatrixSet>own</TileMatrixSet></TileMatrixSetLink>
   {resource}
  </Layer>
  <Layer><ows:Title>Lain</ows:Title><ows:Identifier>other</ows:Identifier>
   <Format>image/png</Format>
   <TileMatrixSetLink><TileMatrixSet>wgs</TileMatrixSet></TileMatrixSetLink></Layer>
  <TileMatrixSet><ows:Identifier>wgs</ows:Identifier>
   <ows:SupportedCRS>urn:ogc:def:crs:EPSG::4326</ows:SupportedCRS></TileMatrixSet>
  <TileMatrixSet><ows:Identifier>own</ows:Identifier>
   <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
   <TileMatrix><ows:Identifier>fine</ows:Identifier>
    <ScaleDenominator>100000</ScaleDenominator><TopLeftCorner>12000000 0</TopLeftCorner>
    <TileWidth>512</TileWidth><TileHeight>400</TileHeight>
    <MatrixWidth>40</MatrixWidth><MatrixHeight>30</MatrixHeight></TileMatrix>
   <TileMatrix><ows:Identifier>wide</ows:Identifier>
    <ScaleDenominator>1000000</ScaleDenominator><TopLeftCorner>12000000 0</TopLeftCorner>
    <TileWidth>256</TileWidth><TileHeight>256</TileHeight>
    <MatrixWidth>8</MatrixWidth><MatrixHeight>6</MatrixHeight></TileMatrix>
  </TileMatrixSet>
 </Contents></Capabilities>"""


def capabilities(resource: str = "", text: str = WMTS) -> Element:
    return decode_capabilities(text.replace("{resource}", resource).encode(), "127.0.0.1")


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, True).items()}


def road(address: str = "http://127.0.0.1/wmts", **facts: str) -> TileSource:
    return TileSource(service="wmts", address=address, layer="road", **facts)  # type: ignore[arg-type]


def wms(**facts: str) -> TileSource:
    address = "http://127.0.0.1/wms?map=/a.map"
    return TileSource(service="wms", address=address, layer="a,b", **facts)  # type: ignore[arg-type]


def test_an_xyz_address_gets_level_column_and_row():
    server = XyzServer(TileSource(service="xyz", address="http://127.0.0.1/{z}/{x}/{y}.png?k={z}"))

    assert server.url(PASER) == "http://127.0.0.1/9/421/258.png?k=9"


def test_a_tms_address_counts_rows_from_the_south():
    server = XyzServer(TileSource(service="xyz", address="http://127.0.0.1/{z}/{x}/{-y}"))

    assert server.url(PASER) == f"http://127.0.0.1/9/421/{511 - 258}"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/{z}/{x}",
        "http://127.0.0.1/{z}/{x}/{y}/{-y}",
        "http://{s}.example/{z}/{x}/{y}",
        "file:///etc/{z}/{x}/{y}",
        "{z}{x}{y}",
        "http://[/{z}/{x}/{y}",
    ],
)
def test_an_address_that_is_no_xyz_is_refused(address):
    with pytest.raises(InputError):
        XyzServer(TileSource(service="xyz", address=address))


def test_levels_begin_and_end_where_the_source_says():
    source = TileSource(
        service="xyz", address="http://127.0.0.1/{z}/{x}/{y}", least_level=5, most_level=7
    )
    server = XyzServer(source)

    assert [level.name for level in server.grid.levels] == ["5", "6", "7"]
    assert server.url(Tile(0, 1, 2)) == "http://127.0.0.1/5/1/2"


@pytest.mark.parametrize(("version", "name"), [("1.1.1", "SRS"), ("1.3.0", "CRS"), ("", "CRS")])
def test_a_wms_is_asked_for_the_tiles_box_in_metres(version, name):
    asked = query(WmsServer(wms(version=version)).url(PASER))

    assert asked[name] == "EPSG:3857"
    box = [float(one) for one in asked["BBOX"].split(",")]
    assert box == pytest.approx(tuple(mercantile.xy_bounds(421, 258, 9)), abs=1e-5)
    assert (asked["map"], asked["LAYERS"], asked["WIDTH"]) == ("/a.map", "a,b", "256")


def test_in_degrees_wms_1_1_1_has_longitude_first_and_1_3_0_latitude():
    bounds = mercantile.bounds(421, 258, 9)
    level_9 = Tile(4, 421, 258)  # in degrees the grid begins at level 5

    old = query(WmsServer(wms(version="1.1.1", matrix_set="EPSG:4326")).url(level_9))
    new = query(WmsServer(wms(version="1.3.0", matrix_set="EPSG:4326")).url(level_9))

    assert [float(one) for one in old["BBOX"].split(",")] == pytest.approx(tuple(bounds), abs=1e-9)
    assert [float(one) for one in new["BBOX"].split(",")] == pytest.approx(
        (bounds.south, bounds.west, bounds.north, bounds.east), abs=1e-9
    )


def test_a_pasted_address_of_capabilities_does_not_stand_in_the_way():
    pasted = "http://127.0.0.1/wms?service=wms&REQUEST=GetCapabilities&version=1.1.1&key=k"
    source = TileSource(service="wms", address=pasted, layer="a")

    asked = query(WmsServer(source).url(PASER))

    assert (asked["REQUEST"], asked["VERSION"], asked["key"]) == ("GetMap", "1.3.0", "k")
    assert {"request", "service", "version"}.isdisjoint(asked)
    assert query(capabilities_url(pasted, "1.3.0"))["VERSION"] == "1.3.0"


@pytest.mark.parametrize("facts", [{"version": "1.0.0"}, {"matrix_set": "EPSG:32750"}])
def test_a_wms_that_cannot_be_laid_on_the_map_is_refused(facts):
    with pytest.raises(InputError):
        WmsServer(wms(**facts))


def test_a_wmts_keeps_its_own_grid():
    grid = WmtsServer(road(), capabilities()).grid

    assert [level.name for level in grid.levels] == ["wide", "fine"]
    assert grid.levels[1].metres_per_px == pytest.approx(28.0)
    assert grid.extent(Tile(1, 2, 1)) == pytest.approx(
        (12_000_000 + 2 * 512 * 28, -2 * 400 * 28, 12_000_000 + 3 * 512 * 28, -400 * 28)
    )


def test_a_wmts_is_asked_by_query():
    server = WmtsServer(road("http://127.0.0.1/wmts?key=k"), capabilities())

    assert query(server.url(Tile(1, 2, 1))) == {
        "key": "k",
        "Service": "WMTS",
        "Request": "GetTile",
        "Version": "1.0.0",
        "Layer": "road",
        "Style": "night",
        "Format": "image/png",
        "TileMatrixSet": "own",
        "TileMatrix": "fine",
        "TileRow": "1",
        "TileCol": "2",
        "Time": "2026 now",
    }
    assert server.attribution == "Badan Peta"


def test_a_wmts_is_asked_by_its_template():
    resource = (
        '<ResourceURL format="image/png" resourceType="tile" template="http://127.0.0.1/t/{style}/'
        '{Time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"/>'
    )

    server = WmtsServer(road(style="plain"), capabilities(resource))

    assert server.url(Tile(0, 2, 1)) == "http://127.0.0.1/t/plain/2026%20now/own/wide/1/2.png"


def test_a_template_that_leads_to_another_server_is_refused():
    resource = (
        '<ResourceURL format="image/png" resourceType="tile" template="http://10.0.0.1/{TileRow}"/>'
    )

    with pytest.raises(InputError, match=r"keeps its tiles on 10\.0\.0\.1"):
        WmtsServer(road(), capabilities(resource))


def test_the_offers_are_the_layers_that_can_be_laid_on_the_map():
    offers = wmts.read_offers(capabilities(), "127.0.0.1")

    assert offers.title == "Peta"
    assert offers.layers == (
        Offer(
            layer="road",
            title="Jalan",
            attribution="Badan Peta",
            styles=("plain", "night"),
            formats=("image/png", "image/jpeg"),
            matrix_sets=("own",),
        ),
    )


def test_a_matrix_set_of_another_projection_is_refused():
    with pytest.raises(PaserError, match="no matrix set of EPSG:3857 called wgs"):
        WmtsServer(road(matrix_set="wgs"), capabilities())


@pytest.mark.parametrize(
    ("whole", "broken"),
    [
        ("<TileWidth>512<", "<TileWidth>100000<"),
        ("<MatrixWidth>40<", "<MatrixWidth>-1<"),
        ("<ScaleDenominator>100000<", "<ScaleDenominator>nan<"),
        ("<TopLeftCorner>12000000 0<", "<TopLeftCorner>1e300 0<"),
        ("<TopLeftCorner>12000000 0<", "<TopLeftCorner>12000000<"),
    ],
)
def test_a_matrix_that_makes_no_sense_is_refused(whole, broken):
    assert whole in WMTS

    with pytest.raises(PaserError, match="describes its tiles in a way that cannot be used"):
        WmtsServer(road(), capabilities(text=WMTS.replace(whole, broken)))
