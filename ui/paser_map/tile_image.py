"""From a tile's bytes to pixels, without trusting them."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader, QPixmap

from paser_command.errors import PaserError
from paser_command.maps.tiles.images import format_of, is_picture

MOST_PX = 1024
"""Largest side of a tile: four times the usual, so that one is decoded within a frame."""


def decoded(body: bytes, width: int, height: int, source: str) -> QPixmap:
    """Return the picture of a tile that should be `width` by `height`; PaserError if it is none.

    Another size of the same shape is taken: servers send twice the pixels for sharp screens, or one
    for a tile that is empty. `source` is the server's or the file's name.
    """
    if not is_picture(body):
        raise PaserError("{source} has a tile that is no whole PNG, JPEG or WebP", source=source)
    data = QByteArray(body)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, format_of(body).encode())
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if not _fits(size.width(), size.height(), width, height):
        raise PaserError(
            "{source} has a tile of {found} pixels in place of {wanted}",
            source=source,
            found=f"{size.width()} × {size.height()}",
            wanted=f"{width} × {height}",
        )
    image = reader.read()
    if image.isNull():
        raise PaserError("{source} has a tile that cannot be read", source=source)
    opaque, mixed = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied
    return QPixmap.fromImage(image.convertToFormat(mixed if image.hasAlphaChannel() else opaque))


def _fits(found_width: int, found_height: int, width: int, height: int) -> bool:
    if not (0 < found_width <= MOST_PX and 0 < found_height <= MOST_PX):
        return False
    return found_width * height == found_height * width
