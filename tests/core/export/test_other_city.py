"""The web map of another city shows that city."""

import json
import re

import msgspec
import pytest

from paser_command.export.web_map import WebMap, web_map
from paser_command.language import Language
from paser_command.maps.districts import districts_of_site, site_stand
from tests.core.export.rooms import origin
from tests.core.stand.cities import CITIES
from tests.records import START


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.name)
def test_it_shows_home_and_names_nothing_of_paser(journal, city):
    config = city.config()
    of = msgspec.structs.replace(
        origin(journal, city.name), stand=site_stand(config, districts_of_site(config))
    )

    page = web_map(
        of, WebMap(title="", start=START, end=START), Language("id", city.zone), lambda _: None
    ).decode()

    found = re.search(r'id="picture">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    picture = json.loads(found[1])
    west, south, east, north = picture["box"]
    assert west < city.lon < east
    assert south < city.lat < north
    assert city.named in {name for name, _, _ in picture["ground"]["towns"]}
    assert not picture["ground"]["districts"]
    assert "skematis" not in picture["sources"]
    assert "Grogot" not in page
