"""A time span holds each state once, and refuses what no browser would open."""

import pytest

from paser_command.errors import InputError
from paser_command.export import film as film_module
from paser_command.export.film import MOST_THINGS, Film
from paser_command.export.things import Outline, Thing
from paser_command.geo import Circle


def thing(key="a", *, layer="units", lon=116.0, lat=-1.9, title="Perahu", **changes: object):
    """Return a boat."""
    values: dict[str, object] = {
        "layer": layer,
        "key": key,
        "outline": Outline("point", (((lon, lat),),)),
        "title": title,
    }
    return Thing(**(values | changes))  # type: ignore[arg-type]


def shown(tables, moment):
    """Return which states stand at a moment, by the changes up to it."""
    standing: set[int] = set()
    for change in tables["moments"][: moment + 1]:
        standing = (standing - set(change["went"])) | set(change["came"])
    return standing


def test_what_stays_as_it_is_stands_in_the_tables_once():
    film = Film()
    for label in ("11.00", "11.10", "11.20"):
        film.add(label, [thing()])

    tables = film.tables()

    assert len(tables["states"]) == 1
    assert [moment["came"] for moment in tables["moments"]] == [[0], [], []]


def test_the_changes_of_each_moment_come_to_what_was_there_then():
    film = Film()
    film.add("11.00", [thing("a"), thing("b", lon=116.1)])
    film.add("11.10", [thing("a", lon=116.2), thing("b", lon=116.1)])
    film.add("11.20", [thing("a")])

    tables = film.tables()

    lons = [
        {tables["outlines"][tables["states"][index][2]][1][0][0] for index in shown(tables, moment)}
        for moment in range(3)
    ]
    assert lons == [{116.0, 116.1}, {116.2, 116.1}, {116.0}]


def test_a_thing_keeps_its_number_as_its_states_change():
    film = Film()
    film.add("11.00", [thing(), thing(layer="incidents")])
    film.add("11.10", [thing(value="3 m")])

    assert [row[1] for row in film.tables()["states"]] in ([0, 1, 0], [1, 0, 1])


def test_no_key_of_a_feed_leaves_the_building():
    film = Film()
    film.add("11.00", [thing("112/0812345678")])

    assert "0812345678" not in str(film.tables())


def test_numbers_that_are_none_are_left_out():
    circle = Outline("apart", (), (Circle(116.123456789, -1.9, 5_000.4),))
    film = Film()
    film.add("11.00", [thing(course_deg=float("nan")), thing("b", outline=circle)])

    tables = film.tables()

    assert {row[6] for row in tables["states"]} == {None}
    assert ["apart", [], [[116.12346, -1.9, 5000]]] in tables["outlines"]


def test_more_things_than_a_phone_can_draw_are_refused_with_what_to_do():
    film = Film()
    film.add("11.00", (thing(str(number)) for number in range(MOST_THINGS)))

    with pytest.raises(InputError, match=r"10000 things at once.*hide some of the layers"):
        film.add("11.10", (thing(str(number)) for number in range(MOST_THINGS + 1)))


@pytest.mark.parametrize("limit", ["MOST_STATES", "MOST_POSITIONS"])
def test_a_span_with_too_many_changes_is_refused_with_what_to_do(monkeypatch, limit):
    monkeypatch.setattr(film_module, limit, 3)
    film = Film()
    boats = [thing(lon=110.0 + number) for number in range(5)]

    with pytest.raises(InputError, match="choose a shorter time span"):
        film.add("11.00", boats)
