"""Files in any system of coordinates lie where pyproj says, to the centimetre."""

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer
from pyproj.database import query_crs_info

from paser_command.maps.vector.known_systems import KNOWN_SYSTEMS, code_in, label
from tests.core.vector.taken import Taken
from tests.vector_files import geojson, geopackage, shape_file

PLACES = np.array([(116.1903, -1.9105), (115.4, -2.9), (116.9, -0.6)])
A_CENTIMETRE_DEG = 0.01 / 111_320

SYSTEMS = [32750, 4755, 23880, 23838, 9491, 3857, 23837, 4326]
"""UTM 50S; DGN95, its UTM 50S and TM-3 50.2; SRGI2013 UTM 51S; Mercator; TM-3 50.1; WGS 84."""


def square_about(lon, lat, epsg):
    """Return a small square about a place, in the system."""
    forth = Transformer.from_crs(4326, epsg, always_xy=True)
    corners = [(lon + dx, lat + dy) for dx, dy in ((0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01))]
    return shapely.Polygon([forth.transform(*corner) for corner in corners])


@pytest.mark.parametrize("epsg", SYSTEMS)
@pytest.mark.parametrize("form", ["gpkg", "shp", "geojson", "csv"])
def test_what_is_written_in_a_system_is_read_at_its_place(tmp_path, epsg, form):
    squares = [square_about(lon, lat, epsg) for lon, lat in PLACES]
    names = ["a", "b", "c"]
    corners = [shapely.get_coordinates(square)[0] for square in squares]
    given = ""
    if form == "gpkg":
        path = geopackage(tmp_path / "a.gpkg", {"t": list(zip(squares, names, strict=True))}, epsg)
    elif form == "shp":
        path = shape_file(tmp_path, squares, names, epsg=epsg)
    elif form == "geojson":
        crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}}
        path = geojson(tmp_path / "a.geojson", squares, [{}] * 3, crs=crs)
    else:
        path = tmp_path / "a.csv"
        path.write_text("x,y\n" + "\n".join(f"{x!r},{y!r}" for x, y in np.array(corners).tolist()))
        given = f"EPSG:{epsg}"

    taken = Taken(path, crs=given)

    assert taken.sentence == ""
    found = [taken.shapes.places_of(index)[0] for index in range(3)]
    for ring, place in zip(found, PLACES, strict=True):
        assert np.abs(ring - place).max(axis=1).min() < A_CENTIMETRE_DEG
    if form != "csv":
        assert CRS.from_user_input(taken.understood.system) == CRS.from_epsg(epsg)


def test_numbers_that_are_no_degrees_ask_for_a_system(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n410000,9788000\n")

    unknown, told = Taken(path), Taken(path, crs="32750")

    assert unknown.understood.system_from == "missing"
    assert "choose the system" in unknown.sentence
    assert told.shapes.coords[0] == pytest.approx([116.19, -1.917], abs=0.01)
    assert told.understood.system_from == "given"


def test_a_shapefile_without_a_prj_takes_degrees_for_what_looks_like_them(tmp_path):
    path = shape_file(tmp_path, [square_about(116, -2, 4326)], ["a"], epsg=None)

    assert Taken(path).understood.system_from == "assumed"


@pytest.mark.parametrize("wrong", ["EPSG:999999", "abc", "99999999999999999999", "EPSG:4978", ""])
def test_what_is_no_system_of_a_map_is_told(tmp_path, wrong):
    crs = {"type": "name", "properties": {"name": wrong or "x" * 100_000}}
    path = geojson(tmp_path / "a.geojson", [shapely.Point(1, 1)], [{}], crs=crs)

    assert "system" in Taken(path).sentence


def test_places_for_which_the_system_is_not_made_are_left_out(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n410000,9788000\n1e300,1e300\n-1e12,5\n")

    assert Taken(path, crs="EPSG:32750").skipped == {"outside": 2}


def test_the_systems_to_choose_from_are_named_as_in_the_registry():
    registry = {f"EPSG:{each.code}": each.name for each in query_crs_info(auth_name="EPSG")}

    assert {each.code: each.name for each in KNOWN_SYSTEMS} == {
        each.code: registry[each.code] for each in KNOWN_SYSTEMS
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("32750", "EPSG:32750"),
        (" epsg:4755 ", "EPSG:4755"),
        (label(KNOWN_SYSTEMS[1]), KNOWN_SYSTEMS[1].code),
        ("DGN95 / UTM zone 50S", "EPSG:23880"),
        ("PROJCS[...", "PROJCS[..."),
    ],
)
def test_a_system_is_typed_as_number_code_or_name(typed, code):
    assert code_in(typed) == code
