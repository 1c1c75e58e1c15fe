"""Hotspots look as old and as sure as they are, and any number of them is drawn and picked."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from paser_command.records import Severity
from paser_command.times import HOUR, MINUTE
from paser_map.hotspots import Hotspot, HotspotLayer
from paser_map.view import MapView
from tests.records import START
from tests.ui.map.pictures import pixels_of

GROGOT = (116.1913, -1.9051)
VIEW = MapView.of_place(*GROGOT, 12.0, 320, 240)


def hotspot(key="a", *, age=0, severity=Severity.MEDIUM, lon=GROGOT[0], lat=GROGOT[1]):
    return Hotspot(key, "VIIRS", lon, lat, severity, START - age)


def drawn(layer, selected="", view=VIEW):
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    for _ in layer.steps(painter, view, selected):
        pass
    painter.end()
    return image


def light(image):
    return int(pixels_of(image).astype(int).sum())


def test_the_older_the_paler(qapp):
    ages = (HOUR, 5 * HOUR, 18 * HOUR, 30 * HOUR)

    shown = [light(drawn(HotspotLayer([hotspot(age=age)], START))) for age in ages]

    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) == 4
    assert shown[-1] > 0


@pytest.mark.parametrize("age", [3 * HOUR, 12 * HOUR, 24 * HOUR])
def test_a_hotspot_of_a_border_s_age_is_of_the_older_class(qapp, age):
    young, border = hotspot(age=age - MINUTE), hotspot(age=age)

    assert light(drawn(HotspotLayer([border], START))) < light(drawn(HotspotLayer([young], START)))


def test_the_surer_the_wider(qapp):
    def wide(severity):
        image = pixels_of(drawn(HotspotLayer([hotspot(severity=severity)], START)))
        return int((image.max(axis=2) > 120).sum())

    assert wide(Severity.LOW) < wide(Severity.MEDIUM) < wide(Severity.HIGH)


def test_the_newest_is_on_top_and_picked_first(qapp):
    layer = HotspotLayer([hotspot("new"), hotspot("old", age=20 * HOUR)], START)

    hits = layer.hits(VIEW, 160, 120, 6)

    assert [hit.key for hit in hits] == ["new", "old"]
    assert {hit.kind for hit in hits} == {"feature"}
    assert not layer.hits(VIEW, 40, 40, 6)


def test_the_one_that_is_picked_has_a_ring_and_its_name(qapp):
    layer = HotspotLayer([hotspot()], START)

    assert light(drawn(layer, "a")) > light(drawn(layer))
    assert [label.text for label in layer.labels(VIEW, "a")] == ["VIIRS"]
    assert layer.labels(VIEW, "") == []
    assert layer.place_of("b") is None


def test_the_legend_has_the_ages_and_the_confidences_that_there_are(qapp):
    layer = HotspotLayer([hotspot(), hotspot("b", age=30 * HOUR, severity=Severity.HIGH)], START)

    swatches = layer.legend(lambda text, **_: text)

    assert [swatch.text for swatch in swatches] == [
        "Hotspot of nominal confidence",
        "Hotspot of high confidence",
        "Hotspot: under 3, 12, 24, 48 hours old",
    ]
    assert HotspotLayer([], START).legend(lambda text, **_: text) == []


def test_ten_thousand_hotspots_are_all_there_to_be_picked(qapp):
    chance = np.random.default_rng(3)
    lons = chance.uniform(115.5, 116.8, 10_000).tolist()
    lats = chance.uniform(-2.4, -1.0, 10_000).tolist()
    many = [
        hotspot(str(n), age=n * 15_000_000, lon=lon, lat=lat)
        for n, (lon, lat) in enumerate(zip(lons, lats, strict=True))
    ]
    layer = HotspotLayer([*many, hotspot("nowhere", lon=float("nan"))], START)
    near = VIEW.zoomed(16.0, 160, 120)
    x, y = layer.place_of("77") or (0.0, 0.0)

    assert light(drawn(layer, view=MapView.of_place(*GROGOT, 9.0, 1920, 1080)))
    assert "77" in {hit.key for hit in layer.hits(near.centred(x, y), 160, 120, 4)}
    assert layer.place_of("nowhere") is None


def test_the_swatches_draw_crosses(qapp):
    for swatch in HotspotLayer([hotspot()], START).legend(lambda text, **_: text):
        image = QImage(26, 16, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)

        swatch.draw(painter, QRectF(0, 0, 26, 16))
        painter.end()

        assert light(image)
