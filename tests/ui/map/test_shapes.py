"""Features of files: exact under the pointer, quick to draw whatever they are, styled by rule."""

from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap

from paser_command.maps.definition import CategoryRule, ClassRule, Style
from paser_command.maps.vector.building import Batch, Builder
from paser_command.maps.vector.shapes import Kind
from paser_command.maps.vector.systems import system_of, to_degrees
from paser_map.canvas import MapCanvas
from paser_map.labels import Placer
from paser_map.projection import to_map
from paser_map.shapes import ShapeLayer
from paser_map.view import MapView
from tests.ui.map.pictures import assert_looks_like, painted

VIEW = MapView.of_place(116.2, -1.9, 11.0, 400, 300)
HOLED = shapely.Polygon(
    shapely.box(116.1, -2.0, 116.3, -1.8).exterior.coords,
    [list(reversed(shapely.box(116.18, -1.92, 116.22, -1.88).exterior.coords))],
)


def shapes_of(geometries, **columns):
    array = np.empty(len(geometries), object)
    array[:] = geometries
    builder = Builder(to_degrees(system_of("EPSG:4326")), Counter())
    return builder.build(Batch(array, columns, 1.0))


def layer_of(geometries, style=None, **columns):
    layer = ShapeLayer("berkas", style or Style())
    layer.add(shapes_of(geometries, **columns))
    return layer


def drawn(layer, view=VIEW, selected=""):
    """Return the picture of a layer alone."""
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    try:
        for _ in layer.steps(painter, view, selected):
            pass
    finally:
        painter.end()
    return image


def lit(image):
    """Return how many pixels are not black."""
    pixels = np.frombuffer(image.constBits(), np.uint32) & 0xFFFFFF
    return int((pixels != 0).sum())


def keys_at(layer, lon, lat, view=VIEW, tolerance_px=6.0):
    px, py = view.to_screen(*to_map([lon], [lat]))
    return [hit.key for hit in layer.hits(view, float(px[0]), float(py[0]), tolerance_px)]


def test_a_hole_is_not_in_its_area():
    layer = layer_of([HOLED])

    assert keys_at(layer, 116.12, -1.9) == ["0"]
    assert keys_at(layer, 116.2, -1.9) == []
    assert keys_at(layer, 116.35, -1.9) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_under_the_pointer_is_what_shapely_says(seed):
    rng = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    stars = []
    for _ in range(8):
        reach = 0.05 * (0.3 + rng.random(24))
        middle = rng.uniform((116.05, -2.05), (116.35, -1.75))
        star = shapely.Polygon(
            np.column_stack((middle[0] + reach * np.cos(turn), middle[1] + reach * np.sin(turn)))
        )
        stars.append(star if star.is_valid else shapely.convex_hull(star))
    layer = layer_of(stars)
    flat = [shapely.transform(star, lambda at: np.column_stack(to_map(*at.T))) for star in stars]

    for lon, lat in rng.uniform((116.05, -2.05), (116.35, -1.75), (20, 2)):
        x, y = to_map([lon], [lat])
        point = shapely.Point(x[0], y[0])
        # On an edge, within what a number holds, either answer is right.
        sure = [n for n, star in enumerate(flat) if star.exterior.distance(point) > 1e-3]
        wanted = {str(n) for n in sure if flat[n].contains(point)}
        assert set(keys_at(layer, lon, lat)) & {str(n) for n in sure} == wanted


def test_lines_and_points_are_met_within_the_tolerance():
    layer = layer_of(
        [shapely.LineString([(116.1, -1.9), (116.3, -1.9)]), shapely.Point(116.2, -2.0)]
    )
    pixel_deg = VIEW.metres_per_px / 111_319.49

    assert keys_at(layer, 116.15, -1.9 + 5 * pixel_deg) == ["0"]
    assert keys_at(layer, 116.15, -1.9 + 8 * pixel_deg) == []
    assert keys_at(layer, 116.2 + 5 * pixel_deg, -2.0) == ["1"]
    assert keys_at(layer, 116.2 + 8 * pixel_deg, -2.0) == []


def test_a_long_line_is_met_where_it_passes_only():
    turn = np.linspace(0, 400, 200_000)
    line = shapely.LineString(np.column_stack((116.1 + turn / 2000, -1.9 + 0.05 * np.sin(turn))))
    layer = layer_of([line])
    at = 123_456

    lon, lat = shapely.get_coordinates(line)[at]
    assert keys_at(layer, lon, lat, tolerance_px=1.0) == ["0"]
    assert keys_at(layer, 116.2, -1.7) == []


def test_a_feature_is_described_in_plain_text():
    layer = layer_of(
        [HOLED], nama=["<b>Long Kali</b>"], luas=[1061.1], kode=["64.01.01"], kosong=[""]
    )

    assert layer.describe("0") == ("<b>Long Kali</b>", "luas: 1061.1", "kode: 64.01.01")
    assert layer.describe("1") == ()
    assert layer.describe("x") == ()


def test_a_feature_without_a_name_has_its_number():
    assert layer_of([HOLED], luas=[3.0]).describe("0") == ("#1", "luas: 3")


def test_an_area_is_drawn_with_its_hole():
    image = drawn(layer_of([HOLED], Style(colour="#ff0000", fill_opacity=1.0)))
    px, py = (round(float(pixel[0])) for pixel in VIEW.to_screen(*to_map([116.12], [-1.9])))

    assert image.pixelColor(px, py).name() == "#ff0000"
    assert image.pixelColor(VIEW.width // 2, VIEW.height // 2).name() == "#000000"


def test_areas_that_overlap_do_not_cut_holes():
    both = [shapely.box(116.1, -2, 116.25, -1.8), shapely.box(116.15, -2, 116.3, -1.8)]
    image = drawn(layer_of(both, Style(colour="#ff0000", fill_opacity=1.0)))

    assert image.pixelColor(VIEW.width // 2, VIEW.height // 2).name() == "#ff0000"


def test_each_class_has_its_colour_and_its_line_in_the_legend():
    rule = ClassRule(field="n", breaks=(1.0,), colours=("#ff0000", "#00ff00"))
    halves = [shapely.box(116, -2.1, 116.2, -1.7), shapely.box(116.2, -2.1, 116.4, -1.7)]
    layer = layer_of(halves, Style(rule=rule, fill_opacity=1.0), n=[0.5, 1.0])

    image = drawn(layer)
    legend = layer.legend(lambda text, **facts: text.format(**facts))

    assert image.pixelColor(150, 150).name() == "#ff0000"
    assert image.pixelColor(250, 150).name() == "#00ff00"
    assert [swatch.text for swatch in legend] == ["n < 1", "n ≥ 1"]


def test_each_category_has_its_colour():
    rule = CategoryRule(field="jenis", colours={"hutan": "#00aa00"}, other="#0000aa")
    halves = [shapely.box(116, -2.1, 116.2, -1.7), shapely.box(116.2, -2.1, 116.4, -1.7)]
    layer = layer_of(halves, Style(rule=rule, fill_opacity=1.0), jenis=["hutan", "kota"])

    image = drawn(layer)

    assert image.pixelColor(150, 150).name() == "#00aa00"
    assert image.pixelColor(250, 150).name() == "#0000aa"
    assert len(layer.legend(lambda text, **facts: text.format(**facts))) == 2


def test_sizes_go_from_the_least_to_the_most_of_all_pieces():
    style = Style(size_field="n", size_px=4.0, most_size_px=40.0)
    layer = layer_of([shapely.Point(116.1, -1.9)], style, n=[1.0])
    layer.add(shapes_of([shapely.Point(116.3, -1.9)], n=[100.0]))
    small = drawn(layer_of([shapely.Point(116.1, -1.9)], Style(size_px=4.0)))
    large = drawn(layer_of([shapely.Point(116.3, -1.9)], Style(size_px=40.0)))

    assert lit(drawn(layer)) == lit(small) + lit(large)


def test_what_is_picked_is_marked():
    plain = drawn(layer_of([HOLED]))
    marked = drawn(layer_of([HOLED]), selected="0")

    assert lit(marked) > lit(plain)


def test_the_largest_features_are_named_first_inside_of_themselves():
    small, ell = (
        shapely.box(116.28, -1.88, 116.3, -1.86),
        shapely.union(
            shapely.box(116.1, -2.0, 116.12, -1.8), shapely.box(116.1, -2.0, 116.3, -1.98)
        ),
    )
    layer = layer_of([small, ell], Style(label_field="nama"), nama=["kecil", "siku"])

    labels = layer.labels(VIEW, "")

    assert [label.text for label in labels] == ["siku", "kecil"]
    lon, lat = VIEW.to_degrees(labels[0].px, labels[0].py)
    assert ell.contains(shapely.Point(lon, lat))
    assert layer.labels(VIEW.zoomed(9.0, 0, 0), "") == []


def test_tiny_areas_are_dots_and_not_lost():
    tiny = [shapely.box(116 + n * 0.004, -2, 116 + n * 0.004 + 1e-5, -2 + 1e-5) for n in range(100)]
    image = drawn(layer_of(tiny))

    assert lit(image) >= 100


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["point", "line", "area"]),
            st.lists(st.tuples(st.floats(-540, 540), st.floats(-90, 90)), min_size=4, max_size=12),
        ),
        min_size=1,
        max_size=6,
    ),
    st.floats(5.0, 18.0),
)
def test_no_geometry_is_too_odd_to_draw_pick_and_name(told, zoom):
    makers = {
        "point": shapely.MultiPoint,
        "line": shapely.LineString,
        "area": shapely.Polygon,
    }
    shapes = shapes_of([makers[kind](places) for kind, places in told])
    layer = ShapeLayer("berkas", Style(label_field="n"))
    layer.add(shapes)
    view = MapView.of_place(116.2, -1.9, zoom, 300, 200)

    drawn(layer, view, selected="0")
    layer.hits(view, 150, 100, 9.0)
    layer.labels(view, "0")
    layer.block(view, Placer(view))
    assert layer.place_of("0") is not None or not len(shapes.kinds)


@pytest.mark.parametrize("zoom", [6.0, 11.0, 18.0])
def test_a_line_of_a_million_positions_is_drawn_as_far_as_it_is_seen(zoom):
    turn = np.linspace(0, 4000, 1_000_000)
    line = shapely.LineString(np.column_stack((115 + turn / 1600, -1.9 + 0.5 * np.sin(turn))))
    layer = layer_of([line])
    view = MapView.of_place(116.2, -1.9, zoom, 400, 300)

    image = drawn(layer, view)

    assert lit(image) > 0 or zoom == 18.0


def test_an_area_far_larger_than_the_view_fills_it_at_any_zoom():
    turn = np.linspace(0, 2 * np.pi, 100_000)
    coast = shapely.Polygon(np.column_stack((116.2 + np.cos(turn), -1.9 + np.sin(turn))))
    layer = layer_of([coast], Style(colour="#ff0000", fill_opacity=1.0))

    image = drawn(layer, MapView.of_place(116.2, -1.9, 18.0, 200, 200))

    assert image.pixelColor(3, 3).name() == "#ff0000"
    assert lit(image) == 200 * 200


def test_many_points_on_one_place_look_like_one():
    layer = layer_of([shapely.Point(116.2, -1.9)] * 5_000)
    one = drawn(layer_of([shapely.Point(116.2, -1.9)]))

    many = drawn(layer)

    assert many == one


def test_counts_box_and_fields_tell_what_is_there():
    layer = layer_of([HOLED, shapely.Point(117, -1)], nama=["a", "b"], n=[1, 2])

    assert layer.counts() == {Kind.AREA: 1, Kind.POINT: 1}
    assert layer.fields() == ["nama", "n"]
    assert layer.column("n").tolist() == [1.0, 2.0]
    assert layer.column("nama").tolist() == ["a", "b"]
    assert layer.box is not None
    assert layer.box.east == pytest.approx(117)


def test_a_layer_of_a_file_looks_as_it_should(qtbot):
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    road = shapely.LineString([(116.05, -2.05), (116.2, -1.95), (116.35, -2.05)])
    posts = [shapely.Point(116.08 + n * 0.05, -1.83) for n in range(6)]
    rule = CategoryRule(
        field="jenis", colours={"hutan": "#5f9e6e", "jalan": "#c9b458"}, other="#8fa3b5"
    )
    layer = layer_of(
        [HOLED, road, *posts],
        Style(rule=rule, label_field="nama", fill_opacity=0.3, line_px=2.0),
        jenis=["hutan", "jalan", *["pos"] * 6],
        nama=["Hutan lindung", "Jalan raya", *(f"Pos {n}" for n in range(6))],
    )
    canvas.set_layer("berkas", layer, ["BIG 2024"])

    image = painted(canvas, MapView.of_place(116.2, -1.9, 11.0, 480, 360), legend=True)

    assert_looks_like(image, "shape-layer")


def test_a_sample_shows_each_kind():
    for geometry in (HOLED, shapely.LineString([(1, 1), (2, 2)]), shapely.Point(1, 1)):
        pixmap = QPixmap(26, 16)
        pixmap.fill(0)
        painter = QPainter(pixmap)
        layer_of([geometry]).sample().draw(painter, QRectF(0, 0, 26, 16))
        painter.end()
        assert lit(pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)) > 0
