"""What is near to a place is told with geodesic distances and winds, the nearest first."""

import math

import pytest

from paser_command.geo import Geometry
from paser_command.maps.nearby import nearest, wind_of
from paser_command.picture.picture import Picture
from paser_command.records import Feature, Position, Stream
from tests.records import START, flood

HERE = (116.19, -1.905)


def picture_of(*records):
    picture = Picture()
    picture.apply_all(records)
    return picture


def unit(name, lon, lat):
    return Position(feed="u", key=f"u/{name}", at=START, lon=lon, lat=lat, name=name)


def test_distance_is_the_geodesic_on_wgs84():
    near = nearest(picture_of(unit("A", 117.19, -1.905)), HERE)

    # The arc of the parallel, which the geodesic undercuts by less than a metre near the equator.
    sine_2 = math.sin(math.radians(1.905)) ** 2
    radius_m = 6_378_137.0 * math.sqrt((1 - sine_2) / (1 - 0.00669437999014 * sine_2))
    assert near["unit"][0].metres == pytest.approx(math.radians(1) * radius_m, abs=1.0)
    assert near["unit"][0].wind == "E"


def test_the_five_nearest_are_told_the_nearest_first():
    units = [unit(f"{number}", 116.19 + number / 100, -1.905) for number in range(9, 0, -1)]

    near = nearest(picture_of(*units), HERE)

    assert [one.name for one in near["unit"]] == ["1", "2", "3", "4", "5"]


def test_each_group_is_told_for_itself():
    camera = Geometry("point", (((116.2, -1.9),),))
    picture = picture_of(
        flood("warga/1"),
        flood("warga/2", lon=116.3, closed=True),
        flood("warga/3", lon=None, lat=None),
        Stream(feed="s", key="s/1", at=START, name="Kandilo", unit="m", lon=116.19, lat=-1.8),
        Stream(feed="s", key="s/2", at=START, name="Nowhere", unit="m"),
        Feature(feed="k", key="k/1", at=START, layer="Kamera", name="Simpang", geometry=camera),
        Feature(feed="k", key="k/2", at=START, layer="roads", name="Jalan", geometry=camera),
    )

    near = nearest(picture, HERE)

    assert {group: [one.key for one in found] for group, found in near.items()} == {
        "incident": ["warga/1"],
        "unit": [],
        "stream": ["s/1"],
        "camera": ["k/1"],
    }
    assert near["camera"][0].kind == "feature"
    assert near["stream"][0].wind == "N"


@pytest.mark.parametrize(
    ("azimuth", "wind"), [(0, "N"), (22, "N"), (23, "NE"), (180, "S"), (300, "NW"), (359, "N")]
)
def test_a_course_has_the_wind_it_comes_nearest_to(azimuth, wind):
    assert wind_of(azimuth) == wind
