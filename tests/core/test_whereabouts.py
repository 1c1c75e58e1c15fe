"""The district of a place is told without waiting for the borders to be read."""

import json

from paser_command.config import AreaSettings
from paser_command.maps.districts import districts_of
from paser_command.maps.services import MapServices
from paser_command.maps.whereabouts import Borders, District
from paser_command.stand.stand import paser_stand, stand_of


def test_a_place_lies_in_a_shipped_district_whose_borders_are_schematic():
    assert Borders(paser_stand()).district_at(116.1913, -1.9051) == District(
        "64.01.04", "Tanah Grogot", True
    )


def test_outside_of_all_there_is_no_district():
    assert Borders(paser_stand()).district_at(0.0, 50.0) == District("", "", False)


def test_a_sites_own_borders_are_not_schematic(tmp_path):
    ring = [[116.0, -2.0], [116.4, -2.0], [116.4, -1.8], [116.0, -2.0]]
    feature = {
        "type": "Feature",
        "properties": {"kode": "64.01.99", "nama": "Contoh"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "districts.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    settings = AreaSettings(districts=str(file), code_field="kode", name_field="nama")
    stand = stand_of(116.3, -1.9, districts_of(settings).areas, schematic=False)

    assert Borders(stand).district_at(116.3, -1.9) == District("64.01.99", "Contoh", False)


def test_a_site_elsewhere_without_borders_has_no_districts():
    stand = stand_of(112.75, -7.25, (), schematic=False)

    assert Borders(stand).district_at(116.1913, -1.9051) == District("", "", False)


def test_the_first_question_is_answered_when_the_borders_were_read(tmp_path):
    services = MapServices(tmp_path)
    services.district_at(116.1913, -1.9051)
    services.close()

    assert services.district_at(116.1913, -1.9051) == District("64.01.04", "Tanah Grogot", True)
