"""The glass names every source whole, however small the map; the legend shows what is on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from paser_command.records import Severity
from paser_map.layers import Swatch
from paser_map.legend import lay_out_legend
from paser_map.lettering import words_metrics
from paser_map.overlay import lay_out_glass, scale_of
from paser_map.stations import Station, StationLayer
from paser_map.view import MapView

pytestmark = pytest.mark.usefixtures("qapp")

names = st.text("abcdefgWÄéž0123456789()-.", min_size=1, max_size=80)


def tr(text, **facts):
    return text.format(**facts)


class Meaning:
    """A layer of which only the legend is asked."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def legend(self, _tr):
        return [Swatch(text, lambda _painter, _box: None) for text in self._texts]


def station_at(severity):
    return StationLayer([Station("a", "Kandilo", 116.0, -1.9, "2 m", severity, stale=False)])


@given(st.lists(names, max_size=12), st.integers(160, 2000))
def test_no_source_is_cut_and_every_line_has_room(sources, width):
    glass = lay_out_glass(MapView(0.0, 0.0, 9.0, width, 120), tr, "", sources)

    written = "".join(glass.sources).replace(" ", "").replace("·", "")
    assert written == "".join(sources).replace(" ", "").replace("·", "")
    for line in glass.sources:
        assert words_metrics().horizontalAdvance(line) <= width - 28 or len(line) == 1


def test_sources_stand_beside_the_scale_where_there_is_room_and_above_it_where_not():
    wide = lay_out_glass(MapView(0.0, 0.0, 9.0, 1366, 768), tr, "", ["BMKG", "GeoNames"])
    narrow = lay_out_glass(MapView(0.0, 0.0, 9.0, 320, 240), tr, "", ["BMKG", "GeoNames"])

    assert wide.beside
    assert wide.sources == ("BMKG · GeoNames",)
    assert not narrow.beside
    assert narrow.strip.height() > wide.strip.height()


def test_coordinates_that_have_no_room_are_left_out():
    place = "01°54′18″ S  116°11′29″ E"

    assert lay_out_glass(MapView(0.0, 0.0, 9.0, 1366, 768), tr, place, []).place == place
    assert lay_out_glass(MapView(0.0, 0.0, 9.0, 200, 150), tr, place, []).place == ""


@pytest.mark.parametrize("zoom", [5.0, 9.3, 14.0, 18.0])
@pytest.mark.parametrize("width", [160, 1366])
def test_the_scale_bar_is_a_round_length_that_fits(zoom, width):
    metres, length_px = scale_of(MapView(0.0, -200_000.0, zoom, width, 120))

    assert f"{metres:e}"[0] in "125"
    assert f"{metres:e}"[1:8] == ".000000"
    assert 0 < length_px <= min(110, width / 4)


def test_each_meaning_is_in_the_legend_once():
    legend = lay_out_legend(
        [Meaning("High", "Low"), Meaning("Low", "Station")], tr, 800, 600, opened=True
    )

    assert legend is not None
    assert [entry.text for entry in legend.entries] == ["High", "Low", "Station"]


def test_a_group_stands_together_the_worst_first():
    layers = [station_at(Severity.LOW), Meaning("Unit"), station_at(Severity.HIGH)]

    legend = lay_out_legend(layers, tr, 800, 600, opened=True)

    assert legend is not None
    texts = [entry.text for entry in legend.entries]
    assert texts == ["Station: High", "Station: Low", "Unit"]


def test_a_long_legend_stands_in_columns_inside_the_map():
    layers = [Meaning(*(f"Class {number}" for number in range(40)))]

    legend = lay_out_legend(layers, tr, 1366, 400, opened=True)

    assert legend is not None
    assert legend.opened
    assert QRectF(0, 0, 1366, 400).contains(legend.box)
    assert legend.rows < 40


def test_where_there_is_no_room_only_the_head_is_there():
    legend = lay_out_legend([Meaning("High", "Low")], tr, 120, 100, opened=True)

    assert legend is not None
    assert not legend.opened
    assert legend.box == legend.head


def test_where_nothing_has_a_meaning_there_is_no_legend():
    assert lay_out_legend([Meaning()], tr, 800, 600, opened=True) is None
