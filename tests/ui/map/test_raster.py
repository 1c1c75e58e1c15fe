"""Promise: the map shows the best that is there of a source's tiles, without seams or stutter."""

import math
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from paser_command.errors import PaserError
from paser_command.language import Language
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles.grid import Extent, Grid, Level, Tile, web_grid
from paser_command.maps.tiles.service import TileService
from paser_command.maps.tiles.store import Found, Opened, Phase, SourceState, TileStore
from paser_map import tile_pixels
from paser_map.canvas import MapCanvas
from paser_map.layers import Shown
from paser_map.raster import RasterLayer, state_text
from paser_map.view import MapView
from tests.hostile.server import HostileServer, Reply
from tests.tiles import png, png_of, tile_colour, until
from tests.ui.map.pictures import assert_looks_like, painted, pixels_of

VIEW = MapView(x=0.0, y=0.0, zoom=5.0, width=400, height=300)
TR = Language("id", catalogues=("paser_resources", "paser_plugins.map")).tr


class Shelf:
    """Tiles that a test hands out itself: each has a colour of its own."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.given: dict[Tile, bytes] = {}
        self.lock = threading.Lock()

    def put(self, *tiles: Tile, body: bytes | None = None) -> None:
        with self.lock:
            for tile in tiles:
                level = self.grid.levels[tile.level]
                colour = tile_colour(tile.level, tile.column, tile.row)
                self.given[tile] = body or png(level.tile_width, level.tile_height, colour)

    def look(self, tile: Tile) -> Found:
        with self.lock:
            return Found(self.given.get(tile), math.inf)

    def store(self) -> TileStore:
        opened = Opened(grid=self.grid, attribution="BIG", look=self.look)
        return TileStore("shelf", lambda _store: opened, now=lambda: 0)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(web_grid(0, 8, 256))


@pytest.fixture
def layer(qapp, shelf) -> Iterator[RasterLayer]:
    layer = RasterLayer("Peta", shelf.store())
    yield layer
    layer.close()


def drawn(layer: RasterLayer, view: MapView, dpr: float = 1.0) -> QImage:
    image = QImage(round(view.width * dpr), round(view.height * dpr), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    for _ in layer.steps(painter, view, ""):
        pass
    painter.end()
    return image


def filled(layer: RasterLayer, view: MapView, dpr: float = 1.0) -> QImage:
    """Return the picture once all tiles that there are have been taken in."""
    until(lambda: layer.poll() or layer.state.phase is not Phase.OPENING)
    drawn(layer, view, dpr)
    until(lambda: layer.state.phase is not Phase.LOADING and not layer.poll())
    return drawn(layer, view, dpr)


def colours(image: QImage) -> set[tuple[int, ...]]:
    return {tuple(one) for one in np.unique(pixels_of(image).reshape(-1, 3), axis=0).tolist()}


def rgb(image: QImage, px: int, py: int) -> tuple[int, int, int]:
    colour = image.pixelColor(px, py)
    return colour.red(), colour.green(), colour.blue()


def covering(shelf: Shelf, level: int, view: MapView = VIEW) -> list[Tile]:
    half_x, half_y = view.width * view.metres_per_px, view.height * view.metres_per_px
    return list(shelf.grid.tiles(level, Extent(-half_x, -half_y, half_x, half_y)))


@pytest.mark.parametrize("zoom", [5.0, 5.1, 5.37, 5.5, 4.77])
@pytest.mark.parametrize("dpr", [1.0, 1.25, 2.0])
def test_tiles_leave_no_seam(shelf, layer, zoom, dpr):
    for level in range(9):
        shelf.put(*covering(shelf, level), body=png(colour=(10, 120, 60)))
    view = MapView(x=12_345.6, y=-7_654.3, zoom=zoom, width=401, height=299)

    assert colours(filled(layer, view, dpr)) == {(10, 120, 60)}


def test_at_its_own_scale_a_tile_is_drawn_pixel_by_pixel(shelf, layer):
    striped = png_of(256, 256, (b"\x00" + (b"\x00\x00\x00" + b"\xff\xff\xff") * 128) * 256)
    shelf.put(*covering(shelf, 5), body=striped)
    view = MapView(x=12_345.6, y=-7_654.3, zoom=5.0, width=401, height=299)

    assert colours(filled(layer, view)) == {(0, 0, 0), (255, 255, 255)}


def test_each_tile_stands_in_its_place(shelf, layer):
    tiles = covering(shelf, 5)
    shelf.put(*tiles)

    image = filled(layer, VIEW)

    for tile in tiles:
        west, south, east, north = shelf.grid.extent(tile)
        px, py = VIEW.to_screen(np.array([(west + east) / 2]), np.array([(south + north) / 2]))
        if VIEW.seen(px, py, -2)[0]:
            seen = rgb(image, int(px[0]), int(py[0]))
            assert seen == tile_colour(5, tile.column, tile.row)


def test_where_a_tile_lacks_a_coarser_one_shows_in_its_place(shelf, layer):
    coarse = shelf.grid.tiles(2, Extent(-1, -1, 1, 1))
    shelf.put(*coarse, body=png(colour=(9, 9, 90)))
    shelf.put(Tile(5, 16, 16), body=png(colour=(200, 9, 9)))

    assert colours(filled(layer, VIEW)) == {(9, 9, 90), (200, 9, 9)}


def test_coming_from_nearer_the_finer_tiles_are_shown_until_the_coarser_come(shelf, layer):
    shelf.put(*covering(shelf, 6), body=png(colour=(9, 90, 9)))
    filled(layer, VIEW.resized(800, 600).zoomed(6.0, 400, 300))

    image = drawn(layer, VIEW)

    assert rgb(image, 200, 150) == (9, 90, 9)


def test_beyond_the_finest_level_its_tiles_are_drawn_larger(shelf, layer):
    shelf.put(*covering(shelf, 8), body=png(colour=(9, 90, 9)))
    near = MapView(x=0.0, y=0.0, zoom=12.4, width=400, height=300)

    assert colours(filled(layer, near)) == {(9, 90, 9)}


def test_too_far_out_for_a_source_nothing_is_asked_for(qapp):
    shelf = Shelf(web_grid(14, 15, 256))
    layer = RasterLayer("Peta", shelf.store())

    assert colours(filled(layer, VIEW)) == {(255, 0, 255)}
    assert layer.state.phase is Phase.READY
    layer.close()


def test_a_sharp_screen_gets_finer_tiles(shelf, layer):
    for level in range(9):
        shelf.put(*covering(shelf, level), body=png(colour=(level, 0, 0)))

    assert colours(filled(layer, VIEW, dpr=1.0)) == {(5, 0, 0)}
    assert colours(filled(layer, VIEW, dpr=2.0)) == {(6, 0, 0)}


def test_a_grid_of_its_own_is_drawn_without_seams(qapp):
    sizes = ((700.0, 300, 200), (90.0, 512, 400))
    grid = Grid(
        tuple(
            Level(
                name=str(metres),
                metres_per_px=metres,
                left=-150_000.0,
                top=140_000.0,
                tile_width=across,
                tile_height=down,
                columns=20,
                rows=20,
            )
            for metres, across, down in sizes
        )
    )
    shelf = Shelf(grid)
    view = MapView(x=0.0, y=0.0, zoom=9.3, width=400, height=300)
    whole = Extent(-1e6, -1e6, 1e6, 1e6)
    for tile in (*grid.tiles(0, whole), *(t for t in grid.tiles(1, whole) if t.column % 2)):
        level = grid.levels[tile.level]
        shelf.put(tile, body=png(level.tile_width, level.tile_height, (7, 70, 7)))
    layer = RasterLayer("Peta", shelf.store())

    assert colours(filled(layer, view)) == {(7, 70, 7)}
    layer.close()


def test_a_bad_tile_is_one_message_and_the_others_are_shown(shelf, layer, caplog):
    tiles = covering(shelf, 5)
    shelf.put(*tiles)
    for tile in tiles[::2]:
        shelf.put(tile, body=png(300, 100))

    image = filled(layer, VIEW)

    assert layer.state.phase is Phase.FAILING
    assert "300 × 100" in str(layer.state.fault)
    assert (255, 0, 255) in colours(image)
    assert len(colours(image)) > 2
    assert len(caplog.records) == 1


def test_what_is_not_in_view_goes_first_when_room_is_short(shelf, layer, monkeypatch):
    monkeypatch.setattr(tile_pixels, "ROOM_BYTES", 4 * 256 * 256 * 4)
    for level in (4, 5, 6):
        shelf.put(*covering(shelf, level))

    for zoom in (4.0, 5.0, 6.0):
        filled(layer, VIEW.zoomed(zoom, 200, 150))

    needed = set(layer._wanted)
    assert set(layer._pixels._pixels) <= needed
    assert layer._pixels._bytes == sum(
        tile_pixels._size(one) for one in layer._pixels._pixels.values()
    )


def test_drawing_goes_in_small_steps(shelf, layer):
    shelf.put(*covering(shelf, 5))
    filled(layer, VIEW)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)

    steps = sum(1 for _ in layer.steps(painter, VIEW.resized(2000, 1000), ""))

    painter.end()
    assert steps >= 5


def test_a_step_may_be_the_last_and_the_painter_can_be_ended(shelf, layer):
    shelf.put(*covering(shelf, 5))
    filled(layer, VIEW)
    painter = QPainter(image := QImage(400, 300, QImage.Format.Format_RGB32))

    steps = layer.steps(painter, VIEW, "")
    next(steps)
    painter.end()

    assert image.width() == 400


def test_on_the_map_it_is_veiled_and_named(qtbot, shelf, layer):
    view = MapView.of_place(116.2, -1.9, 7.4, 320, 240)
    half = 200 * view.metres_per_px
    box = Extent(view.x - half, view.y - half, view.x + half, view.y + half)
    shelf.put(*shelf.grid.tiles(7, box))
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    canvas.set_layer("tiles", layer, ("BIG 2024",))
    canvas.arrange([Shown("tiles", opacity=0.5)])
    filled(layer, view)

    image = painted(canvas, view, legend=True)

    assert_looks_like(image, "raster-veiled")


def test_a_store_that_is_away_leaves_what_is_drawn(qapp, tmp_path, clock):
    with HostileServer() as server:
        for z, x, y in ((5, x, y) for x in range(12, 20) for y in range(12, 20)):
            server.put(f"/{z}/{x}/{y}", Reply(png(colour=(1, 99, 1))))
        service = TileService(tmp_path, now=clock)
        source = TileSource(
            service="xyz", address=server.url + "/{z}/{x}/{y}", least_level=5, most_level=5
        )
        layer = RasterLayer("Peta", service.open(source))
        assert colours(filled(layer, VIEW)) == {(1, 99, 1)}
        service.close()
    clock.instant += 10**12

    offline = TileService(tmp_path, now=clock)
    layer = RasterLayer("Peta", offline.open(source))

    def whole() -> bool:
        layer.poll()
        return colours(drawn(layer, VIEW)) == {(1, 99, 1)} and layer.state.phase is Phase.OFFLINE

    until(whole)
    assert state_text(layer.state, TR, str).startswith(f"Luring sejak {clock.instant}, yang tampil")
    offline.close()


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (SourceState(Phase.READY), ""),
        (SourceState(Phase.LOADING), "Memuat ubin …"),
        (SourceState(Phase.OPENING), "Memuat ubin …"),
        (
            SourceState(Phase.FAILING, fault=PaserError("{path} holds no tiles", path=Path("a"))),
            "Ubin gagal: a tidak berisi ubin",
        ),
    ],
)
def test_how_a_source_does_is_said_in_words(state, text):
    assert state_text(state, TR, str) == text
