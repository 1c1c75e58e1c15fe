"""The charts are limited to the desk's area and say so, but for what is picked."""

import pytest
from PySide6.QtCore import Qt

from paser_command.api import Box, Region, Selection
from paser_plugins.charts.choice import choose
from paser_ui.api import AreaChip
from tests.plugins.panel_kit import frame, level, picture_of, report

GROGOT = Region.of_box(Box(116.0, -2.0, 116.3, -1.8))


@pytest.fixture
def rivers():
    return picture_of(
        level("here", 0.5), level("there", 3.3, lon=115.8), level("nowhere", 3.3, lon=None)
    )


@pytest.fixture
def chip(panel):
    return panel.findChild(AreaChip, "charts.area")


def chosen(picture, **changes):
    return [
        stream.key.split("/")[1]
        for stream in choose(frame(picture, area=GROGOT, **changes)).streams
    ]


def test_only_stations_in_the_area_press(rivers):
    assert chosen(rivers) == ["here"]


def test_a_picked_station_is_drawn_wherever_it_lies(rivers):
    assert chosen(rivers, selection=Selection("stream", "sungai/there")) == ["there"]


def test_what_is_near_to_a_picked_incident_is_drawn_wherever_it_lies(rivers):
    rivers.apply(report("fire", lon=115.8, lat=-1.91))

    assert chosen(rivers, selection=Selection("incident", "fire"))[0] == "there"


def test_limited_charts_say_how_many_stations_they_leave_out(panel, context, rivers, chip, qtbot):
    panel.render_frame(frame(rivers, area=GROGOT))
    assert chip.text() == "1 dari 3 di wilayah  ✕"

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    panel.render_frame(frame(rivers, area=context.areas[-1]))

    assert context.areas == [None]
    assert not chip.isVisible()


def test_a_picked_station_is_not_called_limited(panel, rivers, chip):
    panel.render_frame(frame(rivers, area=GROGOT, selection=Selection("stream", "sungai/there")))

    assert not chip.isVisible()


def test_an_area_without_stations_says_so(panel):
    panel.render_frame(frame(picture_of(level("there", 3.3, lon=115.8)), area=GROGOT))

    assert panel._instead.text() == "Tidak ada stasiun di wilayah"
