"""Typing a few letters finds what bears a name, the likeliest first, in step with the picture."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paser_command.geo import Geometry, middle_of
from paser_command.maps.findable import PictureSearch
from paser_command.maps.search import SearchIndex, fold
from paser_command.picture.picture import Picture
from paser_command.picture.summary import Summary
from paser_command.records import Feature, Position, Severity, Stream
from paser_command.times import MINUTE
from tests.records import START, flood


def thing(name, kind="town", key="", **changes):
    return Summary(kind=kind, key=key or name, name=name, **changes)


@pytest.fixture
def index():
    return SearchIndex(("town", "incident"))


def names(found):
    return [one.name for one in found]


def test_a_name_that_fits_better_stands_before(index):
    index.put(map(thing, ["Long Kuaro", "Tanah Kuaroan", "Kuaro Hulu", "Kuaro", "Sekuaro"]))

    found = index.find("kuaro", 10)

    assert names(found) == ["Kuaro", "Kuaro Hulu", "Long Kuaro", "Tanah Kuaroan", "Sekuaro"]


@pytest.mark.parametrize("typed", ["São", "SAO", "sao", "  sáo. "])
def test_case_accents_and_signs_do_not_matter(index, typed):
    index.put([thing("São Bento")])

    assert names(index.find(typed, 5)) == ["São Bento"]


def test_every_word_that_is_typed_must_be_found(index):
    index.put(
        [
            thing("Banjir Jl. Sudirman", words="Tanah Grogot"),
            thing("Banjir Jl. Ahmad Yani", words="Kuaro"),
        ]
    )

    assert names(index.find("grogot banjir", 5)) == ["Banjir Jl. Sudirman"]


@pytest.mark.parametrize("typed", ["grogto", "groogt", "grogt", "tanah grggot", "Tnaah Grogot"])
def test_a_small_typo_still_finds(index, typed):
    index.put([thing("Tanah Grogot"), thing("Kuaro"), thing("Batu Engau")])

    assert names(index.find(typed, 5)) == ["Tanah Grogot"]


@pytest.mark.parametrize("typed", ["", "   ", "...", "xyzzy", "6401099"])
def test_what_nothing_bears_finds_nothing(index, typed):
    index.put([thing("Tanah Grogot", words="64.01.04 6401040")])

    assert index.find(typed, 5) == []


def test_of_equal_fits_the_severe_stand_before_and_what_is_over_behind(index):
    index.put(
        thing("Banjir", "incident", key, severity=severity, over=over)
        for key, severity, over in [
            ("1", Severity.CRITICAL, True),
            ("2", Severity.LOW, False),
            ("3", Severity.HIGH, False),
        ]
    )

    assert [one.key for one in index.find("banjir", 5)] == ["3", "2", "1"]


def test_a_kind_that_comes_first_stands_before_the_others(index):
    index.put([thing("Kuaro", "incident", severity=Severity.CRITICAL), thing("Kuaro", "town")])

    assert [one.kind for one in index.find("kuaro", 5)] == ["town", "incident"]


def test_no_more_are_given_than_were_asked_for(index):
    index.put(thing(f"Banjir {number}") for number in range(100))

    assert names(index.find("banjir", 3)) == ["Banjir 0", "Banjir 1", "Banjir 2"]


@given(st.text(max_size=300))
def test_no_text_makes_it_fall(typed):
    index = SearchIndex(())
    index.put([thing("Tanah Grogot"), thing(typed)])

    assert not fold(typed) or typed in names(index.find(typed, 5))


def test_districts_towns_and_rivers_are_known_by_name_and_code():
    search = PictureSearch()

    assert [(one.kind, one.name) for one in search.index.find("tanah grogot", 5)] == [
        ("district", "Tanah Grogot"),
        ("town", "Tanah Grogot"),
    ]
    assert names(search.index.find("64.01.04", 5))[0] == "Tanah Grogot"
    assert names(search.index.find("6401040", 5))[0] == "Tanah Grogot"
    assert [one.kind for one in search.index.find("telake", 5)] == ["river"]


@pytest.mark.parametrize("typed", ["titik panas", "hotspot", "noaa", "long ikis"])
def test_a_hotspot_is_found_by_what_it_is_by_its_satellite_and_by_its_district(typed):
    picture, search = Picture(), PictureSearch()
    place = Geometry("point", (((116.2, -1.6),),))
    seen = Feature(feed="f", key="f/1", at=START, layer="hotspot", name="NOAA-20", geometry=place)
    picture.apply(msgspec.structs.replace(seen, district_name="Long Ikis"))

    search.follow(picture)

    assert "f/1" in [one.key for one in search.index.find(typed, 9) if one.what == "hotspot"]


def test_the_picture_is_found_and_followed():
    picture, search = Picture(), PictureSearch()
    picture.apply(flood("warga/1", title="Banjir Desa Modang"))
    picture.apply(Stream(feed="s", key="s/1", at=START, name="Modang Hulu", unit="m"))
    picture.apply(Position(feed="u", key="u/1", at=START, lon=116.1, lat=-1.9, name="Modang 1"))
    place = Geometry("point", (((116.2, -1.8),),))
    picture.apply(
        Feature(feed="k", key="k/1", at=START, layer="desa", name="Modang", geometry=place)
    )

    assert search.follow(picture)
    found = {one.kind: one for one in search.index.find("modang", 9)}
    assert set(found) == {"incident", "stream", "unit", "feature"}
    assert (found["feature"].lon, found["feature"].lat) == (116.2, -1.8)
    assert not search.follow(picture)

    picture.apply(Feature(feed="k", key="k/1", at=START, layer="desa", gone=True))
    picture.apply(flood("warga/1", title="Banjir Desa Janju", at=START + MINUTE))

    assert search.follow(picture)
    assert {one.kind for one in search.index.find("modang", 9)} == {"stream", "unit"}
    assert names(search.index.find("janju", 9)) == ["Banjir Desa Janju"]


def test_a_large_picture_is_taken_in_by_and_by():
    picture, search = Picture(), PictureSearch()
    picture.apply_all(
        Position(feed="u", key=f"u/{n}", at=START, lon=116.1, lat=-1.9, name=f"Ambulans {n}")
        for n in range(5_000)
    )

    steps = 0
    while search.follow(picture):
        steps += 1

    assert steps == 3
    assert not search.behind
    assert names(search.index.find("ambulans 4999", 5))[0] == "Ambulans 4999"
    assert len(search.index.find("ambulans", 9_000)) == 5_000


def test_after_a_jump_only_the_other_picture_is_found():
    search, before, after = PictureSearch(), Picture(), Picture()
    before.apply(flood("warga/1", title="Banjir Modang"))
    after.apply(flood("warga/2", title="Banjir Janju"))
    search.follow(before)

    search.follow(after)

    assert search.index.find("modang", 9) == []
    assert names(search.index.find("janju", 9)) == ["Banjir Janju"]


@pytest.mark.parametrize(
    ("geometry", "place"),
    [
        (None, None),
        (Geometry("area", ()), None),
        (Geometry("line", ((),)), None),
        (Geometry("line", (((0.0, 0.0), (1.0, 5.0), (2.0, 0.0)),)), (1.0, 5.0)),
        (Geometry("area", (((0.0, 0.0), (2.0, 0.0), (2.0, 4.0), (0.0, 0.0)),)), (1.0, 2.0)),
    ],
)
def test_one_goes_to_the_middle_of_a_shape(geometry, place):
    assert middle_of(geometry) == place
