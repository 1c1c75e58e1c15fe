"""Shapes are projected once, and never so many in one frame that the desk stands still."""

import pytest

from paser_command.api import Alert
from paser_map.api import AreaLayer, MapCanvas
from paser_plugins.map.live import LiveLayers
from paser_plugins.map.shapes import BUDGET_S, Shapes
from tests.plugins.panel_kit import NOW, FakeContext, alert, frame, picture_of

SQUARE = ((116.1, -2.0), (116.3, -2.0), (116.3, -1.8), (116.1, -1.8), (116.1, -2.0))


class Stopwatch:
    """A clock that moves on by a step whenever it is looked at."""

    def __init__(self, step_s: float) -> None:
        self.at_s = 0.0
        self.step_s = step_s

    def __call__(self) -> float:
        self.at_s += self.step_s
        return self.at_s


def warnings(count: int) -> list[Alert]:
    return [alert(key=f"hujan/{number}", polygons=(SQUARE,)) for number in range(count)]


def rounds(shapes: Shapes, alerts: list[Alert]) -> list[int]:
    """Ask for all in rounds until none is missing; return how many each round gave."""
    given = []
    while True:
        shapes.begin()
        given.append(sum(shapes.of_alert(one, one.headline) is not None for one in alerts))
        shapes.end()
        if not shapes.behind:
            return given


def test_a_round_ends_when_its_time_is_spent_and_the_next_goes_on():
    slow = Stopwatch(BUDGET_S / 2)

    given = rounds(Shapes(slow), warnings(10))

    assert given == sorted(given)
    assert len(given) > 2
    assert given[-1] == 10


def test_one_shape_is_made_in_each_round_however_slow_it_is():
    assert rounds(Shapes(Stopwatch(10 * BUDGET_S)), warnings(3)) == [1, 2, 3]


def test_a_record_is_projected_once_and_a_new_version_anew():
    shapes, first = Shapes(Stopwatch(0.0)), warnings(2)
    shapes.begin()
    before = [shapes.of_alert(one, "") for one in first]
    shapes.end()
    (other,) = warnings(1)

    shapes.begin()
    after = [shapes.of_alert(one, "") for one in (other, first[1])]

    assert after[0] is not before[0]
    assert after[1] is before[1]


def test_what_is_over_is_forgotten():
    shapes, both = Shapes(Stopwatch(0.0)), warnings(2)
    for asked in (both, both[:1]):
        shapes.begin()
        for one in asked:
            shapes.of_alert(one, "")
        shapes.end()

    assert list(shapes._made) == ["hujan/0"]


@pytest.mark.parametrize("step_s", [0.0, BUDGET_S / 3])
def test_all_warnings_come_onto_the_map_frame_by_frame(qtbot, monkeypatch, step_s: float):
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    watch = Stopwatch(step_s)
    monkeypatch.setattr("paser_plugins.map.live.Shapes", lambda: Shapes(watch))
    live = LiveLayers(canvas, FakeContext("map"), now_s=Stopwatch(0.01))
    picture = picture_of(*warnings(40))
    shown: list[int] = []

    def set_layer(name: str, layer: object, *_: object, **__: object) -> None:
        if isinstance(layer, AreaLayer) and name == "alerts":
            shown.append(len(layer._shapes))

    monkeypatch.setattr(canvas, "set_layer", set_layer)
    looks = 0
    while not shown or shown[-1] < 40:
        looks += 1
        assert looks < 200
        live.refresh(frame(picture, now=NOW), {})

    assert shown == sorted(shown)
    assert (len(shown) == 1) is (step_s == 0.0)
    assert len(shown) < 5
