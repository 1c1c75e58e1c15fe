"""A person's scale is Qt's own factor, and never overrules the environment."""

import pytest

from paser_command.workspaces.display import Display
from paser_command.workspaces.room import DisplaySetting, Room
from paser_ui.theme.scale import scale_environment, screen_environment


def test_the_scale_is_said_as_a_factor():
    assert scale_environment(125, {}) == {"QT_SCALE_FACTOR": "1.25"}


def test_the_delivered_scale_says_nothing():
    assert scale_environment(100, {}) == {}


def test_a_factor_of_the_environment_counts():
    assert scale_environment(150, {"QT_SCALE_FACTOR": "2"}) == {}


def wall(connector, scale):
    return DisplaySetting(display=Display(connector=connector), wall=True, scale=scale)


def test_a_wall_has_its_own_size_by_its_connector():
    room = Room(displays=(wall("HDMI-1", 2.5), wall("DP-1", 1.0), wall("DP-2", 0.0)))

    assert screen_environment(room, {}) == {"QT_SCREEN_SCALE_FACTORS": "HDMI-1=2.5"}


def test_the_size_of_a_wall_is_not_a_person_s():
    """Qt multiplies the two."""
    room = Room(displays=(wall("HDMI-1", 2.5), wall("DP-1", 1.0)))

    environment = screen_environment(room, {"QT_SCALE_FACTOR": "1.25"})

    assert environment == {"QT_SCREEN_SCALE_FACTORS": "DP-1=0.8;HDMI-1=2"}


@pytest.mark.parametrize("factor", ["", "large", "0", "-2", "inf", "nan"])
def test_a_factor_that_qt_does_not_read_is_none(factor):
    told = screen_environment(Room(displays=(wall("DP-1", 2.0),)), {"QT_SCALE_FACTOR": factor})

    assert told == {"QT_SCREEN_SCALE_FACTORS": "DP-1=2"}


def test_factors_that_somebody_has_set_stay():
    room = Room(displays=(wall("HDMI-1", 2.5),))

    assert screen_environment(room, {"QT_SCREEN_SCALE_FACTORS": "2"}) == {}


@pytest.mark.parametrize("connector", ["", "DP=1", "DP;1"])
def test_what_would_not_be_read_as_a_connector_is_left_out(connector):
    assert screen_environment(Room(displays=(wall(connector, 2.0),)), {}) == {}
