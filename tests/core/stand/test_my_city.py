"""A city of one's own is a site file that is in order, with the feeds that are for it."""

import pytest

from paser_command.config import load_site
from paser_command.plugin.discovery import discover
from paser_command.plugin.kinds import feed_kinds
from paser_command.session.my_city import City, make_city, province_of
from paser_command.stand.gazetteer import Gazetteer
from tests.core.stand.cities import CITIES


def made(folder, city, **more):
    return make_city(
        folder, City(name=city.name, lon=city.lon, lat=city.lat, zone=city.zone, **more)
    )


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.name)
def test_its_file_says_what_was_answered(tmp_path, city):
    site = load_site(made(tmp_path, city), feed_kinds(discover()))

    assert (site.site.name, site.site.zone) == (city.name, city.zone)
    assert site.feeds == ()
    assert str(tmp_path) in site.journal.url


def test_the_warnings_are_those_of_its_province(tmp_path):
    site = load_site(made(tmp_path, CITIES[0], feeds=True, province="Jawa Timur"))

    assert [feed.type for feed in site.feeds] == ["bmkg.quakes", "bmkg.quakes", "cap.alerts"]
    assert site.feeds[-1].settings == {"area": "Jawa Timur"}


def test_without_a_province_all_warnings_come(tmp_path):
    site = load_site(made(tmp_path, CITIES[0], feeds=True))

    assert site.feeds[-1].settings == {}


def test_a_second_city_of_the_name_has_files_of_its_own(tmp_path):
    first, second = made(tmp_path, CITIES[0]), made(tmp_path, CITIES[0])

    assert first != second
    assert load_site(first).journal != load_site(second).journal


@pytest.mark.parametrize(
    ("city", "province"),
    list(zip(CITIES, ("Jawa Timur", "Papua", "Aceh", "", ""), strict=True)),
    ids=lambda value: getattr(value, "name", value),
)
def test_the_province_is_called_as_bmkg_calls_it(city, province):
    assert province_of(Gazetteer.shipped().find(city.name)[0]) == province
