"""Pictures that are kept are their pixels, and nothing that they were painted by."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from paser_map.light_picture import light

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def painted():
    pixmap = QPixmap(40, 20)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.fillRect(2, 2, 6, 4, Qt.GlobalColor.red)
    painter.end()
    return pixmap


def test_the_pixels_are_the_same(painted):
    kept = light(painted)

    assert kept.toImage() == painted.toImage()
    assert kept.devicePixelRatio() == 2.0


def test_it_is_another_picture(painted):
    assert light(painted).cacheKey() != painted.cacheKey()
