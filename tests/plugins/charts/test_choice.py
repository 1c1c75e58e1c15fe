"""What is drawn follows the selection, and without one what presses most."""

from paser_command.api import Selection
from paser_plugins.charts.choice import Why, choose
from tests.plugins.panel_kit import frame, level, picture_of, report

RAIN = level("rain", 3.0, key="hujan/a", feed="hujan", name="A rain", unit="mm", limits=())


def chosen(picture, selection=None):
    choice = choose(frame(picture, selection=selection))
    return choice.why, [stream.key.split("/")[1] for stream in choice.streams]


def test_the_highest_limit_reached_comes_first_then_levels():
    picture = picture_of(
        RAIN, level("calm", 0.5), level("high", 3.3), level("medium", 2.3), level("zero", 0.1)
    )

    assert chosen(picture) == (Why.PRESSING, ["high", "medium", "calm", "zero", "a"])


def test_a_picked_station_stands_alone():
    picture = picture_of(level("a", 1.0), level("b", 1.0))

    assert chosen(picture, Selection("stream", "sungai/b")) == (Why.PICKED, ["b"])


def test_a_picked_incident_brings_the_nearest_stations():
    picture = picture_of(
        report("fire", lon=116.0, lat=-1.5),
        level("far", 3.3, lon=110.0),
        level("near", 0.5, lon=116.1, lat=-1.5),
        level("nearest", 0.5, lon=116.01, lat=-1.5),
        level("nowhere", 3.3, lon=None, lat=None),
    )

    assert chosen(picture, Selection("incident", "fire")) == (Why.NEAR, ["nearest", "near"])


def test_stations_that_say_something_about_it_come_before_nearer_ones():
    picture = picture_of(
        report("flood", lon=116.0, lat=-1.5),
        level("dust", 9.0, unit="µg/m³", lon=116.01, lat=-1.5),
        level("rain", 9.0, unit="mm/jam", lon=116.2, lat=-1.5),
        level("river", 0.5, lon=116.1, lat=-1.5),
        level("other river", 0.5, lon=116.3, lat=-1.5),
    )

    assert chosen(picture, Selection("incident", "flood"))[1] == [
        "river",
        "rain",
        "other river",
        "dust",
    ]


def test_an_incident_without_a_place_or_station_leaves_the_overview():
    picture = picture_of(report("x", lon=None, lat=None), level("a", 1.0))

    assert chosen(picture, Selection("incident", "x"))[0] is Why.PRESSING
    assert chosen(picture, Selection("incident", "gone"))[0] is Why.PRESSING
    assert chosen(picture, Selection("stream", "gone"))[0] is Why.PRESSING
