"""What lives on the map is carried along, and drawn anew as soon, and as seldom, as is good."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from paser_map.carried import Carried
from paser_map.projection import to_map
from paser_map.view import MapView

HERE = MapView.of_place(116.0, -1.9, 9.0, 300, 200)
RED, BLUE = QColor("#ff0000"), QColor("#0000ff")


class Blue:
    """A blue ground, and how often it was drawn."""

    def __init__(self):
        self.turn = 0
        self.drawn = 0

    def draw(self, painter, view):
        self.drawn += 1
        painter.fillRect(0, 0, view.width, view.height, BLUE)


class Scene:
    """A red dot at a place, a clock that stands, and a count of how often the dot was drawn."""

    def __init__(self):
        self.below = Blue()
        self.now_s = 100.0
        self.drawn = 0
        self.carried = Carried(lambda: self.now_s)

    def show(self, view, *, moving=False, dpr=1.0):
        image = QImage(
            round(view.width * dpr), round(view.height * dpr), QImage.Format.Format_ARGB32
        )
        image.setDevicePixelRatio(dpr)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        self.carried.draw(painter, view, self.below, self._paint, moving=moving)
        painter.end()
        return image

    def _paint(self, painter, view):
        self.drawn += 1
        px, py = view.to_screen(*to_map(116.0, -1.9))
        painter.fillRect(round(float(px)) - 4, round(float(py)) - 4, 8, 8, RED)


@pytest.fixture
def scene(qapp):
    return Scene()


def test_a_map_that_stands_still_is_drawn_once(scene):
    for _ in range(5):
        scene.show(HERE)

    assert scene.drawn == 1


def test_a_small_move_carries_the_picture_along(scene):
    scene.show(HERE)

    image = scene.show(HERE.panned(30, 20), moving=True)

    assert scene.drawn == 1
    assert image.pixelColor(150 + 30, 100 + 20) == RED
    assert image.pixelColor(150, 100) == BLUE


def test_a_move_past_the_edge_is_drawn_anew_at_rest_at_once_and_on_the_way_by_and_by(scene):
    scene.show(HERE)
    far = HERE.panned(280, 0)

    scene.show(far, moving=True)
    assert scene.drawn == 1
    scene.now_s += 1.0
    scene.show(far, moving=True)
    assert scene.drawn == 2
    scene.show(HERE)
    assert scene.drawn == 3


def test_a_zooming_map_scales_the_picture_until_it_rests(scene):
    scene.show(HERE)
    closer = HERE.zoomed(9.5, 150, 100)

    image = scene.show(closer, moving=True)
    assert scene.drawn == 1
    assert image.pixelColor(150, 100) == RED
    scene.show(closer)
    assert scene.drawn == 2


def test_a_change_is_drawn_when_the_picture_was_shown_for_a_while(scene):
    scene.show(HERE)

    scene.carried.change()
    scene.show(HERE)
    assert (scene.drawn, scene.carried.changed) == (1, True)
    scene.now_s += 0.2
    scene.show(HERE)
    assert (scene.drawn, scene.carried.changed) == (2, False)


def test_what_is_forgotten_is_drawn_at_once(scene):
    scene.show(HERE)

    scene.carried.forget()
    scene.show(HERE, moving=True)

    assert scene.drawn == 2


def test_a_finer_screen_gets_a_finer_picture(scene):
    scene.show(HERE)

    image = scene.show(HERE, dpr=2.0)

    assert scene.drawn == 2
    assert image.pixelColor(300, 200) == RED


def test_what_nobody_looks_at_is_drawn_again_for_who_does(scene):
    scene.show(HERE)

    scene.carried.let_go()

    assert scene.show(HERE).pixelColor(150, 100) == RED
    assert scene.drawn == 2


def test_the_ground_is_part_of_the_picture_and_drawn_again_only_beyond_it(scene):
    for _ in range(3):
        scene.show(HERE)
    assert scene.below.drawn == 1

    image = scene.show(HERE.panned(150, 0), moving=True)

    assert (scene.below.drawn, scene.drawn) == (2, 1)
    assert all(image.pixelColor(x, 100) == BLUE for x in (2, 40, 100))
    assert image.pixelColor(150 + 146, 100) == RED


def test_another_ground_is_drawn_at_rest_at_once_and_on_the_way_by_and_by(scene):
    scene.show(HERE)

    scene.below.turn += 1
    scene.show(HERE, moving=True)
    assert scene.drawn == 1
    scene.show(HERE)
    assert scene.drawn == 2
    scene.below.turn += 1
    scene.now_s += 1.0
    scene.show(HERE, moving=True)
    assert scene.drawn == 3
