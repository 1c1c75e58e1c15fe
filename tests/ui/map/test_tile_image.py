"""Promise: bytes of a tile become pixels, or one error; none takes memory or the process."""

import contextlib
import random
import resource
import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QLoggingCategory
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter

from paser_command.errors import PaserError
from paser_map.tile_image import MOST_PX, decoded
from tests.tiles import png, png_of

MUTANTS = 10_000


@pytest.fixture(autouse=True)
def _as_the_console_sets_it():
    """Decoders are limited, and say nothing in the log, as in `paser_ui/app.py`."""
    limit = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(16)
    QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")
    yield
    QLoggingCategory.setFilterRules("")
    QImageReader.setAllocationLimit(limit)


def written(kind: str, size: int = 256) -> bytes:
    """Return a picture with something in it, as Qt writes the format."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(QColor(20, 60, 90, 200))
    painter = QPainter(image)
    painter.drawEllipse(20, 30, 120, 90)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, kind.encode()).write(image)
    return bytes(buffer.data().data())


def resident_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def header_says(data: bytes, width: int, height: int) -> bytes:
    """Return the PNG with other measures in its header, and the checksum that fits them."""
    head = data[12:16] + struct.pack(">II", width, height) + data[24:29]
    return data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_each_format_becomes_pixels(kind):
    pixels = decoded(written(kind), 256, 256, "x")

    assert (pixels.width(), pixels.height()) == (256, 256)
    assert pixels.hasAlphaChannel() == (kind != "jpeg")


@pytest.mark.parametrize("size", [1, 128, 256, 512, 1024])
def test_another_size_of_the_same_shape_is_taken(size):
    assert decoded(png(size), 256, 256, "x").width() == size


@pytest.mark.parametrize(("width", "height"), [(256, 255), (100, 300), (2048, 2048), (1025, 1025)])
def test_another_shape_or_one_too_large_is_refused_with_both_sizes(width, height):
    with pytest.raises(PaserError, match=f"{width} × {height} pixels in place of 256 × 256"):
        decoded(png(width, height), 256, 256, "peta.mbtiles")


def test_tiles_of_a_grid_that_is_not_square_are_taken():
    assert decoded(png(512, 400), 512, 400, "x").height() == 400


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(
            png_of(30_000, 30_000, bytes(3751 * 30_000), bits=1, kind=0), id="30000, 1 bit"
        ),
        pytest.param(png_of(8_000, 8_000, bytes(8_001 * 8_000), bits=8, kind=0), id="8000"),
        pytest.param(header_says(png(), 2**31 - 1, 2**31 - 1), id="header of 2^31"),
        pytest.param(header_says(png(), 0, 0), id="header of nothing"),
        pytest.param(header_says(png(), 1024, 1024), id="fewer rows than the header says"),
        pytest.param(png_of(256, 256, bytes(50 * 2**20)), id="more rows than the header says"),
        pytest.param(b"GIF89a" + bytes(2_000), id="gif"),
        pytest.param(
            b"<svg xmlns='http://www.w3.org/2000/svg' width='256' height='256'/>", id="svg"
        ),
        pytest.param(b"<html>", id="html"),
        pytest.param(b"%PDF-1.4", id="pdf"),
        pytest.param(b"II*\x00" + bytes(500), id="tiff"),
        pytest.param(b"BM" + bytes(500), id="bmp"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xd8\xff\xd9", id="jpeg of nothing"),
        pytest.param(b"RIFF\x04\x00\x00\x00WEBP", id="webp of nothing"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="png of nothing"),
    ],
)
def test_a_bomb_is_an_error_at_once_or_a_small_tile(bomb):
    before = resident_kib()

    with contextlib.suppress(PaserError):
        assert decoded(bomb, 256, 256, "x").width() <= MOST_PX

    assert resident_kib() - before <= 20 * 1024


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("left", [10, 30, 200, -1, -30])
def test_a_truncated_picture_is_an_error(kind, left):
    with pytest.raises(PaserError):
        decoded(written(kind)[:left], 256, 256, "x")


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_no_mutant_ends_the_process_or_takes_memory(kind):
    chance = random.Random(7)
    whole = written(kind, 64)
    before = resident_kib()
    shown = 0

    for _ in range(MUTANTS // 3):
        mutant = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        try:
            shown += decoded(bytes(mutant), 64, 64, "x").width() <= MOST_PX
        except PaserError:
            continue

    assert shown < MUTANTS
    assert resident_kib() - before <= 20 * 1024
