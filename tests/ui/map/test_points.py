"""Points at any number: what is alarming is always seen, and a click finds just what lies there."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from paser_command.records import Severity
from paser_map import density, points
from paser_map.points import FEW, Marker, PointLayer
from paser_map.projection import to_map
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

MANY = 40_000
GROUND = QColor("#102030")
GROUND_RGB = np.array((GROUND.red(), GROUND.green(), GROUND.blue()))


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    """Let a frame make all the tiles that it wants."""
    monkeypatch.setattr(density, "_BUDGET_S", 60.0)


@pytest.fixture(scope="module")
def crowd():
    """Return lon, lat, severity and filled of many points about Tanah Grogot."""
    rng = np.random.default_rng(7)
    severity = rng.choice(5, MANY, p=[0.6, 0.2, 0.15, 0.04, 0.01])
    return (
        rng.normal(116.19, 0.08, MANY),
        rng.normal(-1.9, 0.08, MANY),
        severity,
        rng.random(MANY) < 0.01,
    )


def view(zoom, width=640, height=480, lon=116.19, lat=-1.9):
    return MapView.of_place(lon, lat, zoom, width, height)


def drawn(layer, shown, selected=""):
    image = QImage(shown.width, shown.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(GROUND)
    painter = QPainter(image)
    layer.draw(painter, shown, selected)
    painter.end()
    bits = np.frombuffer(image.constBits(), np.uint8)
    return bits.reshape(shown.height, shown.width, 4)[:, :, 2::-1].astype(int)


def pixels(layer_columns, shown):
    return shown.to_screen(*to_map(layer_columns[0], layer_columns[1]))


def has_colour(picture, px, py, reach, colours):
    """Tell whether one of the colours is within `reach` pixels of a pixel."""
    top, left = max(0, int(py) - reach), max(0, int(px) - reach)
    part = picture[top : int(py) + reach + 1, left : int(px) + reach + 1].reshape(-1, 3)
    wanted = [np.array([c.red(), c.green(), c.blue()]) for c in colours]
    return any((np.abs(part - colour).max(axis=1) < 12).any() for colour in wanted)


def has_alarm(picture, px, py):
    """Tell whether there is orange or red about a pixel, as of a symbol or a counted cell."""
    part = picture[max(0, py - 20) : py + 21, max(0, px - 20) : px + 21]
    return ((part[:, :, 0] > 110) & (part[:, :, 1] < 0.75 * part[:, :, 0])).any()


@pytest.mark.parametrize("zoom", [5.0, 7.3, 9.0, 10.6, 12.0, 13.2])
def test_what_is_alarming_is_seen_at_every_scale(qtbot, crowd, zoom):
    layer = PointLayer.of_columns("incident", *crowd)
    shown = view(zoom)

    picture = drawn(layer, shown)

    px, py = pixels(crowd, shown)
    alarming = np.flatnonzero((crowd[2] >= Severity.HIGH) & crowd[3] & shown.seen(px, py, -40))
    assert len(alarming)
    for row in alarming.tolist():
        assert has_alarm(picture, int(px[row]), int(py[row]))


@pytest.mark.parametrize("zoom", [7.3, 10.0, 13.0, 16.0])
def test_every_point_leaves_a_mark_at_its_place(qtbot, crowd, zoom):
    layer = PointLayer.of_columns("incident", *crowd)
    shown = view(zoom)

    picture = drawn(layer, shown)

    marked = (np.abs(picture - GROUND_RGB) > 8).any(axis=2)
    px, py = pixels(crowd, shown)
    rows = np.flatnonzero(shown.seen(px, py, -4))
    assert len(rows)
    for row in rows.tolist():
        x, y = int(px[row]), int(py[row])
        assert marked[max(0, y - 9) : y + 10, max(0, x - 9) : x + 10].any()


def test_nothing_is_drawn_where_no_point_is(qtbot, crowd):
    layer = PointLayer.of_columns("incident", *crowd)
    shown = view(8.0, lon=150.0)

    picture = drawn(layer, shown)

    assert (picture == GROUND_RGB).all()


def test_many_become_a_picture_and_few_become_symbols(qtbot, crowd):
    layer = PointLayer.of_columns("incident", *crowd)

    assert layer._seen(view(8.0)) is None
    near = layer._seen(view(16.0))

    assert near is not None
    assert 0 < len(near.rows) < FEW


@pytest.mark.parametrize("zoom", [7.0, 9.5, 12.0, 15.0])
def test_a_click_finds_just_what_lies_there_the_worst_first(qtbot, crowd, zoom):
    layer = PointLayer.of_columns("incident", *crowd)
    shown = view(zoom)
    px, py = pixels(crowd, shown)
    rng = np.random.default_rng(3)

    for row in rng.choice(np.flatnonzero(shown.seen(px, py)), 25).tolist():
        x, y = float(px[row]) + 3, float(py[row]) - 2
        hits = layer.hits(shown, x, y, 9.0)

        near = set(np.flatnonzero(np.hypot(px - x, py - y) <= 9.0).tolist())
        found = [int(hit.key) for hit in hits]
        assert set(found) <= near
        assert len(found) == min(len(near), points._MOST_HITS)
        worst = [crowd[2][one] for one in found]
        assert worst == sorted(worst, reverse=True)
        assert worst[0] == max(crowd[2][list(near)])


def test_a_picture_follows_a_change_of_state(qtbot, crowd):
    layer = PointLayer.of_columns("incident", *crowd)
    shown = view(9.0)
    px, py = pixels(crowd, shown)
    calm = int(np.flatnonzero((crowd[2] == 0) & shown.seen(px, py, -60))[0])
    drawn(layer, shown)

    everybody = np.arange(MANY)
    layer.set_state(everybody, np.zeros(MANY, int), np.zeros(MANY, bool))
    quiet = drawn(layer, shown)
    layer.set_state(np.array([calm]), [Severity.CRITICAL], [True])
    loud = drawn(layer, shown)

    assert not has_colour(quiet, px[calm], py[calm], 40, (DARK.critical,))
    assert has_colour(loud, px[calm], py[calm], 8, (DARK.critical,))


def test_a_place_has_the_colour_of_the_worst_of_many(qtbot):
    lon = np.full(MANY, 116.19)
    severity = np.zeros(MANY, int)
    severity[:40] = Severity.MEDIUM
    layer = PointLayer.of_columns("incident", lon, np.full(MANY, -1.9), severity, severity > 9)

    picture = drawn(layer, view(9.0))

    assert has_colour(picture, 320, 240, 2, (DARK.medium,))
    assert not has_colour(picture, 320, 240, 2, (DARK.data_point,))


def test_a_hurried_frame_shows_coarse_pictures_first_and_asks_for_more(qtbot, crowd, monkeypatch):
    monkeypatch.setattr(density, "_BUDGET_S", 0.0)
    layer = PointLayer.of_columns("incident", *crowd)
    shown = view(9.0)

    first = drawn(layer, shown)
    frames = 1
    while layer.poll():
        last = drawn(layer, shown)
        frames += 1

    marked = (np.abs(first - GROUND_RGB) > 8).any(axis=2)
    assert frames > 3
    assert marked.any()
    assert (last == drawn(PointLayer.of_columns("incident", *crowd), shown)).mean() > 0.5


def test_markers_are_put_moved_and_dropped_by_their_keys(qtbot):
    layer = PointLayer("incident", [marker("a", 116.0), marker("b", 116.2)])
    shown = view(10.0)

    layer.put([marker("a", 116.4, name="moved"), marker("c", 116.1)])
    layer.drop(["b", "never there"])

    assert layer.place_of("b") is None
    assert layer.place_of("a") == pytest.approx(to_map(116.4, -1.9), abs=0.02)
    assert [hit.key for hit in layer.hits(shown, *pixel(shown, 116.1), 9.0)] == ["c"]
    assert layer.hits(shown, *pixel(shown, 116.0), 9.0) == []
    assert [label.text for label in layer.labels(shown, "a")] == ["moved"]
    assert layer.labels(shown, "b") == []


def test_a_dropped_key_may_come_back(qtbot):
    layer = PointLayer("incident", [marker("a", 116.0)])

    layer.drop(["a"])
    layer.put([marker("a", 116.1)])

    assert layer.place_of("a") == pytest.approx(to_map(116.1, -1.9), abs=0.02)


@pytest.mark.parametrize("lon", [float("nan"), float("inf"), 1e300, -1e300])
def test_what_is_nowhere_is_not_on_the_map(qtbot, lon):
    layer = PointLayer("incident", [marker("a", 116.0), marker("b", 116.2)])

    layer.put([marker("a", lon)])

    assert layer.place_of("a") is None
    drawn(layer, view(9.0), "a")
    assert layer.place_of("b") is not None


@pytest.mark.parametrize(("lon", "lat"), [(180.0, 0.0), (-180.0, 0.0), (0.0, 90.0), (0.0, -90.0)])
def test_the_edges_of_the_world_are_on_the_map(qtbot, lon, lat):
    layer = PointLayer("incident", [Marker("a", "a", lon, lat, Severity.HIGH, filled=True)])
    shown = view(6.0, lon=lon, lat=lat)

    hits = layer.hits(shown, *pixel(shown, lon, lat), 9.0)

    assert [hit.key for hit in hits] == ["a"]


def test_the_legend_names_the_severities_that_there_are(qtbot):
    layer = PointLayer("incident", [marker("a", 116.0), marker("b", 116.1, Severity.CRITICAL)])

    swatches = layer.legend(lambda text, **_facts: text)

    severities, taken = swatches[:2], swatches[2:]
    assert [swatch.text for swatch in severities] == ["Incident: Critical", "Incident: Low"]
    assert [swatch.text for swatch in taken] == [
        "Filled: not acknowledged",
        "Outlined: acknowledged",
    ]
    image = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(GROUND)
    painter = QPainter(image)
    swatches[0].draw(painter, QRectF(0, 0, 16, 16))
    painter.end()
    assert image.pixelColor(8, 8) == DARK.critical


def marker(key, lon, severity=Severity.LOW, name="", lat=-1.9):
    return Marker(key, name or key, lon, lat, severity, filled=True)


def pixel(shown, lon, lat=-1.9) -> tuple[float, float]:
    px, py = shown.to_screen(*to_map(lon, lat))
    return float(px), float(py)
