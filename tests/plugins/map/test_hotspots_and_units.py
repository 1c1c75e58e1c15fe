"""Hotspots have a layer of their own and go; units have their way, say their age, and go too."""

import msgspec
import numpy as np
import pytest

from paser_command.api import (
    HOUR,
    MINUTE,
    SECOND,
    Feature,
    Geometry,
    Mode,
    Position,
    Selection,
    Severity,
    Trail,
)
from paser_map.view import MapView
from paser_plugins.map.describe import describe
from paser_plugins.map.heat import hotspots
from paser_plugins.map.layers import features
from paser_plugins.map.shapes import Shapes
from paser_plugins.map.tally import FeatureTally, HotspotTally
from paser_plugins.map.units import TRAIL, TrailQuestion, units
from tests.plugins.panel_kit import NOW, FakeContext, frame, picture_of

VIEW = MapView.of_place(116.2, -1.9, 9.0, 400, 400)
PLACE = Geometry("point", (((116.27, -1.68),),))


def hotspot(name="1", *, age=HOUR, **changes):
    told = {"confidence": "high", "frp": "24.6", "satellite": "Suomi-NPP"}
    return Feature(
        feed="titik-panas",
        layer="hotspot",
        name="VIIRS Suomi-NPP",
        key=f"titik-panas/{name}",
        at=NOW - age,
        until=NOW - age + 48 * HOUR,
        geometry=PLACE,
        severity=Severity.HIGH,
        properties=told | changes,
        district="64.01.06",
        district_name="Long Ikis",
    )


def unit(name="perahu", *, age=MINUTE, **changes):
    told = Position(
        feed="satuan", key=f"satuan/{name}", at=NOW - age, lon=116.2, lat=-1.9, name=name
    )
    return msgspec.structs.replace(told, **changes)


def shown(layer):
    return {hit.key for hit in layer.hits(VIEW, 200, 200, 400)}


def test_hotspots_are_on_their_own_layer_alone():
    road = Feature(feed="jalan", key="jalan/1", at=NOW, layer="jalan", geometry=PLACE)
    told = frame(picture_of(hotspot(), road))
    language = FakeContext("map").language

    assert shown(hotspots(told, language, 0)) == {"titik-panas/1"}
    assert features(told, Shapes(), 0).place_of("titik-panas/1") is None
    assert features(told, Shapes(), 0).place_of("jalan/1") is not None
    assert (HotspotTally().facts(told)[0], FeatureTally().facts(told)[0]) == (1, 1)


def test_a_hotspot_leaves_the_map_after_two_days_or_what_its_layer_says():
    told = frame(picture_of(hotspot("new"), hotspot("old", age=47 * HOUR)))
    language = FakeContext("map").language

    assert shown(hotspots(told, language, 0)) == {"titik-panas/new", "titik-panas/old"}
    assert shown(hotspots(told, language, NOW - 6 * HOUR)) == {"titik-panas/new"}
    later = frame(told.picture, now=NOW + HOUR)
    assert shown(hotspots(later, language, 0)) == {"titik-panas/new"}


@pytest.mark.parametrize(
    ("confidence", "words"),
    [("high", "kepercayaan tinggi"), ("low", "kepercayaan rendah"), ("56", "kepercayaan 56 %")],
)
def test_a_hotspot_tells_its_age_how_sure_it_is_its_power_and_its_district(confidence, words):
    told = frame(picture_of(hotspot(confidence=confidence)))

    lines = describe(Selection("feature", "titik-panas/1"), told, FakeContext("map"))

    assert lines == (
        "Titik panas",
        f"terlihat 1 jam lalu · {words}",
        "24.6 MW · VIIRS Suomi-NPP",
        "Long Ikis",
    )


def test_a_unit_that_is_silent_for_hours_leaves_the_map():
    told = frame(picture_of(unit(), unit("lama", age=7 * HOUR), unit("diam", age=5 * HOUR)))

    layer = units(told, FakeContext("map").language, 0)

    assert shown(layer) == {"satuan/perahu", "satuan/diam"}


def test_a_stale_unit_says_its_age():
    told = frame(picture_of(unit("diam", age=12 * MINUTE), unit()))

    layer = units(told, FakeContext("map").language, 0)
    labels = layer.labels(VIEW.zoomed(12.0, 200, 200), "")

    assert sorted(label.text for label in labels) == ["diam · 12 mnt", "perahu"]


def test_a_trail_of_another_moment_is_not_drawn():
    at = np.array([NOW - HOUR, NOW - 5 * MINUTE, NOW - 2 * MINUTE, NOW], np.int64)
    trail = Trail(at, np.array([113.0, 114.0, 115.0, 116.0]), np.array([-1.9] * 4))
    told = msgspec.structs.replace(frame(picture_of(unit())), trails={"satuan/perahu": trail})

    (drawn,) = units(told, FakeContext("map").language, 0)._units

    assert drawn.trail == ((114.0, -1.9), (115.0, -1.9))


def test_trails_are_asked_for_now_and_then_and_at_once_after_a_jump():
    context = FakeContext("map")
    question = TrailQuestion(context)
    picture = picture_of(unit(), unit("lama", age=7 * HOUR))

    question.ask(frame(picture_of()))
    for later in (0, SECOND, 6 * SECOND):
        question.ask(frame(picture, now=NOW + later))
    question.ask(frame(picture, now=NOW + 6 * SECOND, seeked=True))
    question.ask(frame(picture, now=NOW + 7 * SECOND, mode=Mode.PAUSED))

    asked = [(query.units, query.start - NOW + TRAIL) for query in context.asked_trails]
    assert asked == [(("satuan/perahu",), later * SECOND) for later in (0, 6, 6)]
