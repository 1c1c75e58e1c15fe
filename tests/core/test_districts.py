"""A site's districts come from its own file, and without one from the shipped cells, as such."""

import json
from pathlib import Path

import msgspec
import pytest

from paser_command.areas import Areas
from paser_command.config import AreaSettings, load_site
from paser_command.errors import InputError
from paser_command.maps.districts import districts_of
from tests.command_line import run
from tests.core.test_config import SITE, written

TANAH_GROGOT = (116.1913, -1.9051)
SQUARE = [[116.0, -2.0], [116.4, -2.0], [116.4, -1.8], [116.0, -1.8], [116.0, -2.0]]
HOLE = [[116.1, -1.95], [116.2, -1.95], [116.2, -1.9], [116.1, -1.9], [116.1, -1.95]]


def feature(code: str, name: str, *rings: list[list[float]]) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"kode": code, "nama": name},
        "geometry": {"type": "Polygon", "coordinates": rings},
    }


def settings(folder: Path, document: object) -> AreaSettings:
    file = folder / "kecamatan.geojson"
    file.write_text(json.dumps(document))
    return AreaSettings(districts=str(file), code_field="kode", name_field="nama")


def collection(*features: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_the_shipped_cells_have_their_seats_and_say_that_they_are_schematic():
    shipped = districts_of(None)
    found = Areas(shipped.areas).of(*TANAH_GROGOT)

    assert shipped.schematic
    assert len(shipped.areas) == 10
    assert (found.district, found.district_name) == ("64.01.04", "Tanah Grogot")


def test_a_file_gives_official_districts_with_their_holes(tmp_path):
    told = collection(feature("64.01.04", "Tanah Grogot", SQUARE, HOLE))

    districts = districts_of(settings(tmp_path, told))
    areas = Areas(districts.areas)

    assert not districts.schematic
    assert areas.of(116.05, -1.85).district_name == "Tanah Grogot"
    assert areas.of(116.15, -1.92).district == ""


def test_borders_in_metres_are_where_they_are_in_degrees(tmp_path):
    corners = [[500_000.0, 9_789_000.0], [560_000.0, 9_789_000.0], [560_000.0, 9_790_500.0]]
    told = collection(feature("64.01.04", "Tanah Grogot", [*corners, corners[0]]))
    metres = msgspec.structs.replace(settings(tmp_path, told), crs="EPSG:32750")

    (district,) = districts_of(metres).areas

    ((lon, lat), *_) = district.geometry.rings[0]
    assert (lon, lat) == pytest.approx((117.0, -1.9087), abs=1e-3)


def test_features_of_one_code_are_one_district(tmp_path):
    island = [[117.0, -2.0], [117.1, -2.0], [117.1, -1.9], [117.0, -2.0]]
    told = collection(feature("64.01.04", "a", SQUARE), feature("64.01.04", "a", island))

    (district,) = districts_of(settings(tmp_path, told)).areas

    assert len(district.geometry.rings) == 2


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ([], "GeoJSON"),
        (collection(), "no districts|no features"),
        (collection(feature("", "a", SQUARE)), "has no kode; its fields are: nama"),
        (collection(feature("1", "a", SQUARE), feature("2", "b", [[116.0, -2.0]])), "mend"),
        (collection(feature("1", "a", [[516000.0, 9790000.0]] * 4)), "no degrees"),
        (collection({**feature("1", "a"), "geometry": None}), "mend the file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(tmp_path, document, what):
    with pytest.raises(InputError, match=what):
        districts_of(settings(tmp_path, document))


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    there = AreaSettings(districts=str(tmp_path / "x.geojson"), code_field="a", name_field="b")

    with pytest.raises(InputError, match=r"x\.geojson"):
        districts_of(there)


def test_a_relative_path_starts_at_the_site_files_folder(tmp_path):
    table = '[areas]\ndistricts = "kecamatan.geojson"\ncode_field = "kode"\nname_field = "nama"\n'

    site = load_site(written(tmp_path, SITE + table))

    assert site.areas
    assert site.areas.districts == str(tmp_path / "kecamatan.geojson")


def test_a_site_file_with_bad_borders_is_refused_before_anything_starts(tmp_path):
    settings(tmp_path, collection(feature("", "a", SQUARE)))
    table = '[areas]\ndistricts = "kecamatan.geojson"\ncode_field = "kode"\nname_field = "nama"\n'
    site = str(written(tmp_path, SITE + table))

    for command in (("check", site), ("collect", "--config", site), ("--config", site)):
        ended = run(tmp_path, *command, QT_QPA_PLATFORM="offscreen")

        assert ended.code == 2
        assert "has no kode; its fields are: nama" in ended.errors
        assert ended.errors.count("\n") == 1
