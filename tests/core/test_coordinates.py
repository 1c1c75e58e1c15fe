"""A place that is written in any notation is read as the place that was meant, or not at all."""

import math
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import Transformer

from paser_command.coordinates import Notation, format_place, parse_place
from paser_command.geo import is_place
from paser_command.language import Language
from paser_command.utm import Utm, of_utm, to_utm

GROGOT = (116.1913, -1.9051)
IN_ID, IN_EN = Language("id").tr, Language("en").tr
LONGITUDES = st.floats(-180, 180, exclude_max=True)
LATITUDES = st.floats(-90, 90)
GRAIN_DEG = {Notation.DECIMAL: 0.5e-5, Notation.DMS: 0.5 / 3600, Notation.UTM: 0.72 / 110_500}
"""How far in latitude a written place is at most from the one that was meant."""

SIGNS = "0123456789.,;:/-+°'\"′″ NSEWLUBTgeo:utmMX()[]\u2212\x00😀"


@pytest.mark.parametrize(
    ("notation", "tr", "text"),
    [
        (Notation.DECIMAL, IN_ID, "-1.90510, 116.19130"),
        (Notation.DMS, IN_EN, "1°54′18″ S  116°11′29″ E"),
        (Notation.DMS, IN_ID, "1°54′18″ LS  116°11′29″ BT"),
        (Notation.UTM, IN_ID, "50S 410058 9789407"),
    ],
)
def test_a_place_is_written_in_each_notation(notation, tr, text):
    assert format_place(*GROGOT, notation, tr) == text


def test_a_place_without_utm_is_written_in_decimals():
    assert format_place(10.0, 85.0, Notation.UTM, IN_EN) == "85.00000, 10.00000"


def test_past_the_date_line_the_longitude_starts_anew():
    assert format_place(185.5, 0.0, Notation.DECIMAL, IN_EN) == "0.00000, -174.50000"


@pytest.mark.parametrize(
    "text",
    [
        "-1.9051 116.1913",
        "-1.9051, 116.1913",
        "-1.9051,116.1913",
        "-1,9051 116,1913",
        "-1,9051, 116,1913",
        "-1,9051,116,1913",
        "-1,9051; 116,1913",
        "(-1.9051, 116.1913)",
        "−1.9051  116.1913",
        "116.1913, -1.9051",
        "1.9051 S, 116.1913 E",
        "1.9051S116.1913E",
        "S 1.9051 E 116.1913",
        "1,9051 LS 116,1913 BT",
        "116,1913 BT; 1,9051 LS",
        "1.9051° LS, 116.1913° BT",
        "-1.9051°, 116.1913°",
        "-1.9051 LS 116.1913 BT",
        "1,9051 lintang selatan, 116,1913 bujur timur",
        "lat: -1.9051, lon: 116.1913",
        "Lintang -1,9051 Bujur 116,1913",
        "lon=116.1913 lat=-1.9051",
        "geo:-1.9051,116.1913",
        "geo:-1.9051,116.1913,12;u=35",
        "geo:-1.9051,116.1913?z=12",
        "1°54.306' S 116°11.478' E",
        "S1°54.306 E116°11.478",
        "1 54.306 S 116 11.478 E",
        "-1 54.306 116 11.478",
        "1°54'18.36\" S 116°11'28.68\" E",
        "1° 54′ 18.36″ LS, 116° 11′ 28.68″ BT",
        "1°54'18,36'' LS 116°11'28,68'' BT",
        "-1°54’18.36” 116°11’28.68”",
        "1 54 18.36 LS 116 11 28.68 BT",
        "-1:54:18.36 116:11:28.68",
        "50S 410058.345 9789407.328",
        "50 S 410058,345 9789407,328",
        "UTM 50S 410058.345mE 9789407.328mN",
        "zona 50S E 410058,345 N 9789407,328",
        "50M 410058.345, 9789407.328",
    ],
)
def test_what_people_write_is_read(text):
    assert parse_place(text) == pytest.approx(GROGOT, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["50S 410058 9789407", "50M 410.058 9.789.407", "50S 410 058 9 789 407"]
)
def test_metres_may_be_grouped(text):
    assert parse_place(text) == pytest.approx(GROGOT, abs=1e-5)


def test_without_words_the_latitude_comes_first():
    assert parse_place("1.5, 8.5") == (8.5, 1.5)


def test_degrees_minutes_and_seconds_may_differ_in_how_exact_they_are():
    assert parse_place("2° S, 116°30' E") == (116.5, -2.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kuaro",
        "1,5",
        "12 5",
        "-1.9051",
        "91.5, 92.5",
        "-1.9051, 181",
        "1.9 S, 116.2 S",
        "-1.9 N, 116.2 E",
        "1°61' S 116°11' E",
        "1.5°30' S 116°11' E",
        "1°54'60\" S 116°11' E",
        "1 60 S 116 11 E",
        "0812 3456 7890",
        "nan, inf",
        "1e5, 2",
        "50S 41005 9789407",
        "61S 410058 9789407",
        "50I 410058 9789407",
        "50N 410058 9789407",
        "geo:95,10",
        "1" * 500,
    ],
)
def test_what_is_no_place_is_none(text):
    assert parse_place(text) is None


@pytest.mark.parametrize("notation", Notation)
@pytest.mark.parametrize("tr", [IN_ID, IN_EN])
def test_what_is_written_is_read_again_within_the_notations_grain(notation, tr):
    @given(LONGITUDES, LATITUDES)
    @example(0.0, 0.0)
    @example(-180.0, -80.0)
    @example(114.0, -1e-9)
    @example(179.9999999, 83.9999)
    @example(120.0, 1e-12)
    def check(lon, lat):
        read = parse_place(format_place(lon, lat, notation, tr))

        assert read is not None
        widened = 1 / math.cos(math.radians(lat)) if notation is Notation.UTM else 1.0
        grain = GRAIN_DEG[notation] * 1.001
        assert abs(read[1] - lat) <= grain
        assert abs((read[0] - lon + 180) % 360 - 180) <= grain * min(widened, 12.0)

    check()


@given(st.text(st.sampled_from(SIGNS), max_size=60) | st.text(max_size=200))
@example("°" * 119)
@example("9 " * 59)
@example("1°1'1\"" * 15)
def test_no_text_makes_it_fall(text):
    read = parse_place(text)

    assert read is None or is_place(*read)


def test_ten_thousand_scribbles_are_a_place_on_earth_or_none():
    chance = random.Random(7)
    scribbles = ("".join(chance.choices(SIGNS, k=chance.randint(1, 40))) for _ in range(10_000))

    read = [parse_place(scribble) for scribble in scribbles]

    assert all(place is None or is_place(*place) for place in read)


@pytest.mark.parametrize(("zone", "south"), [(50, True), (50, False), (1, True), (60, False)])
def test_utm_is_projs_to_a_centimetre_in_all_of_a_zone(zone, south):
    code = (32700 if south else 32600) + zone
    project = Transformer.from_crs("EPSG:4326", f"EPSG:{code}", always_xy=True)
    west = zone * 6 - 186.0
    latitudes = range(-800, 0) if south else range(0, 841)
    places = [(west + aside / 10, lat / 10) for lat in latitudes for aside in range(0, 60, 3)]

    for lon, lat in places:
        easting, northing = project.transform(lon, lat)
        mine = to_utm(lon, lat)

        assert mine is not None
        assert (mine.zone, mine.south) == (zone, south)
        assert math.dist(mine[2:], (easting, northing)) < 0.01
        assert of_utm(mine) == pytest.approx((lon, lat), abs=1e-9)


def test_a_place_beyond_its_zones_edge_keeps_to_the_zone_that_is_named():
    lon, lat = of_utm(Utm(50, True, 850_000.0, 9_800_000.0))

    assert lon > 120.0
    back = Transformer.from_crs("EPSG:32750", "EPSG:4326", always_xy=True)
    assert (lon, lat) == pytest.approx(back.transform(850_000.0, 9_800_000.0), abs=1e-8)
