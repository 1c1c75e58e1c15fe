"""The list is limited to the desk's area, says so, and still tells of what is picked elsewhere."""

import pytest
from PySide6.QtCore import Qt

from paser_command.api import Box, Region, Selection
from paser_ui.api import AreaChip
from tests.plugins.panel_kit import frame, picture_of, report

GROGOT = Region.of_box(Box(116.0, -2.0, 116.3, -1.8))


@pytest.fixture
def chip(panel):
    return panel.findChild(AreaChip, "incidents.area")


@pytest.fixture
def picture():
    return picture_of(
        report("here"),
        report("closed", closed=True),
        report("there", lon=115.8, lat=-1.5),
        report("nowhere", lon=None, lat=None),
    )


def rows(panel):
    model = panel._model
    return [model.incident(row).key for row in range(model.rowCount())]


def test_only_what_lies_in_the_area_stands_in_the_list(panel, picture):
    panel.render_frame(frame(picture))
    everywhere = rows(panel)

    panel.render_frame(frame(picture, area=GROGOT))

    assert set(everywhere) == {"here", "there", "nowhere"}
    assert rows(panel) == ["here"]


def test_a_list_that_is_limited_says_how_much_it_leaves_out(panel, picture, chip):
    panel.render_frame(frame(picture, area=GROGOT))

    assert chip.text() == "1 dari 3 di wilayah  ✕"
    panel.restore_state({"open_only": False})
    assert chip.text() == "2 dari 4 di wilayah  ✕"


def test_without_an_area_nothing_is_said(panel, picture, chip):
    panel.render_frame(frame(picture))

    assert not chip.isVisible()


def test_the_chip_shows_everything_again(panel, picture, chip, context, qtbot):
    panel.render_frame(frame(picture, area=GROGOT))

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    panel.render_frame(frame(picture, area=context.areas[-1]))

    assert context.areas == [None]
    assert set(rows(panel)) == {"here", "there", "nowhere"}
    assert not chip.isVisible()


def test_what_is_picked_elsewhere_is_still_told_of(panel, picture):
    panel.render_frame(frame(picture, area=GROGOT, selection=Selection("incident", "there")))

    assert rows(panel) == ["here"]
    assert panel._detail.telling


def test_an_empty_list_says_that_it_is_the_areas(panel):
    picture = picture_of(report("there", lon=115.8, lat=-1.5))

    panel.render_frame(frame(picture, area=GROGOT))

    assert panel._view._empty == "Tidak ada insiden di wilayah"


def test_what_comes_into_the_area_comes_into_the_list(panel, picture):
    panel.render_frame(frame(picture, area=GROGOT))
    picture.apply(report("new"))

    panel.render_frame(frame(picture, area=GROGOT))

    assert set(rows(panel)) == {"here", "new"}
