"""A site's map is about the site: Paser's own stand is nowhere else."""

import pytest

from paser_command.areas import Area
from paser_command.geo import Geometry
from paser_command.maps.districts import districts_of_site, site_stand
from paser_command.stand.coast import coast_about
from paser_command.stand.gazetteer import Gazetteer
from paser_command.stand.stand import DISTRICT, RIVER, TOWN, paser_stand, stand_of, unknown_stand
from tests.core.stand.cities import CITIES

by_name = pytest.mark.parametrize("city", CITIES, ids=lambda city: city.name)
SQUARE = ((112.6, -7.4), (112.9, -7.4), (112.9, -7.1), (112.6, -7.1), (112.6, -7.4))


def stand(city):
    config = city.config()
    return site_stand(config, districts_of_site(config))


@by_name
def test_home_is_about_the_city_and_names_its_own_towns(city):
    made = stand(city)

    assert made.home.west < city.lon < made.home.east
    assert made.home.south < city.lat < made.home.north
    assert made.home.east - made.home.west < 1.0
    assert city.named in {place.name for place in made.places if place.kind == TOWN}


@by_name
def test_nothing_of_paser_is_there(city):
    made = stand(city)

    assert (made.districts, made.rivers, made.schematic) == ((), (), False)
    assert not {place.name for place in made.places} & {p.name for p in paser_stand().places}


@by_name
def test_the_fine_coast_reaches_around_home(city):
    made = stand(city)

    coast = coast_about(made.home)

    assert coast.near_box.west <= made.home.west
    assert coast.near_box.north >= made.home.north
    assert coast.near


def test_home_is_the_extent_of_the_districts_which_can_be_found():
    area = Area("35.78", "Sukolilo", Geometry("area", (SQUARE,)))

    made = stand_of(112.75, -7.25, (area,), schematic=False)

    assert (made.home.west, made.home.north) == (112.6, -7.1)
    (district,) = (place for place in made.places if place.kind == DISTRICT)
    assert (district.name, district.codes, district.approximate) == ("Sukolilo", ("35.78",), True)


def test_a_site_in_paser_has_paser():
    made = stand_of(116.19, -1.91, paser_stand().districts, schematic=True)

    assert made.home == paser_stand().home
    assert made.places == paser_stand().places
    assert {place.name for place in made.places if place.kind == RIVER} == {"Kandilo", "Telake"}


def test_a_neighbour_of_paser_is_not_paser():
    balikpapan = stand_of(116.83, -1.27, (), schematic=False)

    assert not balikpapan.rivers


def test_where_nobody_says_it_is_all_of_indonesia():
    home = unknown_stand().home

    assert all(home.west <= city.lon <= home.east for city in CITIES if city.country == "ID")


@by_name
def test_the_gazetteer_finds_a_city_by_name_and_by_place(city):
    gazetteer = Gazetteer.shipped()

    first = gazetteer.find(city.name.upper())[0]
    nearest = gazetteer.nearest(city.lon, city.lat)

    assert (first.name, first.country, first.zone) == (city.name, city.country, city.zone)
    assert nearest is not None
    assert nearest.zone == city.zone


def test_nothing_is_found_for_nothing_and_no_town_is_near_the_open_sea():
    gazetteer = Gazetteer.shipped()

    assert gazetteer.find("  ") == ()
    assert gazetteer.nearest(-120.0, -40.0) is None
