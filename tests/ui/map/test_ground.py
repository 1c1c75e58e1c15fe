"""The ground is drawn within a budget, and there is always a picture to show."""

import gc

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from paser_map.ground import Ground
from paser_map.view import MapView

pytestmark = pytest.mark.usefixtures("qapp")

VIEW = MapView(12_900_000.0, -210_000.0, 9.0, 200, 150)
PIECES = 10
PIECE_S = 0.002


class Land:
    """Draws all of a view in one colour, in pieces that take their time."""

    def __init__(self) -> None:
        self.colour = QColor("green")
        self.now_s = 0.0
        self.drawn: list[MapView] = []

    def steps(self, painter, view):
        for _ in range(PIECES):
            self.now_s += PIECE_S
            painter.fillRect(0, 0, view.width, view.height, self.colour)
            yield
        self.drawn.append(view)

    def coarse(self, painter, view):
        painter.fillRect(0, 0, view.width, view.height, QColor("blue"))
        yield

    def now(self):
        return self.now_s


@pytest.fixture
def land():
    return Land()


@pytest.fixture
def ground(land):
    return Ground(land.steps, land.coarse, land.now)


def shown(ground, view):
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    ground.draw(painter, view)
    painter.end()
    places = (
        (2, 2),
        (view.width - 3, 2),
        (view.width // 2, view.height // 2),
        (2, view.height - 3),
    )
    return {image.pixelColor(*place).name() for place in places}


def finish(ground, view):
    ground.aim(view, 1.0)
    while not ground.idle:
        ground.work(1.0)


def test_work_ends_when_its_time_is_spent(land, ground):
    ground.aim(VIEW, 1.0)

    ground.work(3 * PIECE_S)

    assert land.now_s == pytest.approx(3 * PIECE_S)
    assert not ground.settled


def test_a_picture_is_shown_once_it_is_whole(ground):
    ground.aim(VIEW, 1.0)
    fresh = [ground.work(PIECE_S) for _ in range(PIECES)]
    assert "#008000" not in shown(ground, VIEW)

    assert not any(fresh)
    assert ground.work(PIECE_S)

    assert ground.settled
    assert shown(ground, VIEW) == {"#008000"}


def test_nothing_white_is_ever_seen(land, ground):
    assert shown(ground, VIEW).isdisjoint({"#ffffff"})
    finish(ground, VIEW)

    for view in (VIEW.panned(90, 70), VIEW.zoomed(8.0, 50, 50), VIEW.zoomed(12.0, 10, 10)):
        ground.aim(view, 1.0)
        ground.work(PIECE_S)
        assert shown(ground, view) <= {"#008000", "#0000ff"}


def test_what_changed_is_seen_when_it_is_drawn_and_the_old_until_then(land, ground):
    finish(ground, VIEW)
    land.colour = QColor("red")
    ground.forget()

    ground.aim(VIEW, 1.0)
    ground.work(PIECE_S)
    assert shown(ground, VIEW) == {"#008000"}
    finish(ground, VIEW)

    assert shown(ground, VIEW) == {"#ff0000"}


def test_a_small_move_draws_nothing_anew(land, ground):
    finish(ground, VIEW)

    finish(ground, VIEW.panned(5, 5))

    assert len(land.drawn) == 1


def test_a_picture_under_work_is_finished_though_the_view_moves_on(land, ground):
    ground.aim(VIEW, 1.0)
    for step in range(PIECES + 1):
        ground.aim(VIEW.panned(3.0 * step, 0), 1.0)
        ground.work(PIECE_S)

    assert len(land.drawn) == 1
    assert land.drawn[0].x == VIEW.x


def test_a_picture_that_would_be_of_no_use_is_left(land, ground):
    ground.aim(VIEW, 1.0)
    ground.work(PIECE_S)

    finish(ground, VIEW.centred(0.0, 0.0))

    assert [view.x for view in land.drawn] == [0.0]


def test_another_density_of_pixels_is_drawn_anew(land, ground):
    finish(ground, VIEW)

    ground.aim(VIEW, 2.0)

    assert not ground.settled


def test_a_layer_that_fails_is_asked_once_and_what_was_drawn_is_shown(land):
    def failing(painter, view):
        painter.fillRect(0, 0, view.width, view.height, land.colour)
        yield
        raise OSError("layer")

    ground = Ground(failing, land.coarse, land.now)
    ground.aim(VIEW, 1.0)

    with pytest.raises(OSError, match="layer"):
        ground.work(1.0)
    ground.work(1.0)

    assert ground.settled
    assert shown(ground, VIEW) == {"#008000"}


def test_ground_that_goes_while_it_is_drawn_lets_go_of_its_pixels(land):
    ground = Ground(land.steps, land.coarse, land.now)
    ground.aim(VIEW, 1.0)
    ground.work(PIECE_S)

    del ground
    gc.collect()


def test_who_looks_again_sees_at_once_what_was_there(ground):
    finish(ground, VIEW)
    finish(ground, VIEW.panned(90, 70))

    ground.hold_least()

    assert shown(ground, VIEW.panned(90, 70)) == {"#008000"}
    assert not ground.idle
    finish(ground, VIEW)
    assert shown(ground, VIEW) == {"#008000"}
