"""A display is known by what its makers say of it, wherever it is plugged in."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from paser_command.workspaces.display import LEAST_ALIKE, Display, likeness, paired
from tests.core.workspaces.generated import displays

DELL = Display(
    maker="Dell", model="U2720Q", serial="A1", width_mm=600, height_mm=340, connector="DP-1"
)
WALL = Display(maker="LG", model="55VL5", width_mm=1210, height_mm=680, connector="HDMI-1")
SILENT = Display(connector="VIRTUAL1")

_few = st.builds(
    Display,
    maker=st.sampled_from(["", "Dell", "LG"]),
    model=st.sampled_from(["", "U2720Q", "55VL5"]),
    serial=st.sampled_from(["", "A1", "B2"]),
    width_mm=st.sampled_from([0, 600]),
    height_mm=st.sampled_from([0, 340]),
    connector=st.sampled_from(["DP-1", "DP-2", "HDMI-1"]),
)
_rooms = st.lists(_few, max_size=5)


def at(display, connector, **changes):
    return msgspec.structs.replace(display, connector=connector, **changes)


def matched(known, present):
    """Return the pairs as displays."""
    return {first: present[second] for first, second in paired(known, present).items()}


@given(_rooms, _rooms)
def test_a_pairing_is_one_to_one(known, present):
    pairs = paired(known, present)

    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs) <= set(range(len(known)))
    assert set(pairs.values()) <= set(range(len(present)))


@given(_rooms, _rooms)
def test_every_pair_is_alike_and_none_is_left_that_could_be(known, present):
    pairs = paired(known, present)

    assert all(likeness(known[a], present[b]) >= LEAST_ALIKE for a, b in pairs.items())
    alone = [one for n, one in enumerate(known) if n not in pairs]
    free = [other for n, other in enumerate(present) if n not in pairs.values()]
    assert all(likeness(one, other) < LEAST_ALIKE for one in alone for other in free)


@given(_rooms, _rooms)
def test_the_surest_pairs_are_made_first(known, present):
    pairs = paired(known, present)
    taken = {second: first for first, second in pairs.items()}

    for a, one in enumerate(known):
        for b, other in enumerate(present):
            surer = likeness(one, other)
            mine = likeness(one, present[pairs[a]]) if a in pairs else -1
            theirs = likeness(known[taken[b]], other) if b in taken else -1
            assert surer < LEAST_ALIKE or surer <= max(mine, theirs)


@given(_rooms, _rooms, st.randoms())
def test_the_order_of_those_present_does_not_matter(known, present, chance):
    shuffled = list(present)
    chance.shuffle(shuffled)

    assert matched(known, present) == matched(known, shuffled)


@given(displays, displays)
def test_likeness_is_the_same_from_both_sides(one, other):
    assert likeness(one, other) == likeness(other, one)


@given(_few, _few)
def test_serial_numbers_that_differ_are_two_displays(one, other):
    if one.serial and other.serial and one.serial != other.serial:
        assert likeness(one, other) == -1
        assert not paired([one], [other])


@given(st.lists(_few, max_size=3, unique_by=lambda display: display.connector))
def test_a_room_that_stays_as_it_is_stays_paired(room):
    pairs = matched(room, room)

    assert {place: room[place] for place in pairs} == pairs
    assert len(pairs) == len(room)


def test_two_alike_without_serial_numbers_are_told_apart_by_where_they_are_plugged_in():
    one, other = at(WALL, "HDMI-1"), at(WALL, "HDMI-2")

    assert matched([one, other], [other, one]) == {0: one, 1: other}
    assert matched([one, other], [other]) == {1: other}


def test_two_alike_at_new_connectors_are_taken_in_the_order_of_those():
    known = [at(WALL, "HDMI-1"), at(WALL, "HDMI-2")]
    one, other = at(WALL, "HDMI-3"), at(WALL, "HDMI-4")

    assert matched(known, [one, other]) == matched(known, [other, one]) == {0: one, 1: other}


def test_two_alike_with_serial_numbers_may_swap_their_places():
    one, other = at(DELL, "DP-1"), at(DELL, "DP-2", serial="B2")
    swapped = [at(one, "DP-2"), at(other, "DP-1")]

    assert matched([one, other], swapped) == {0: swapped[0], 1: swapped[1]}


def test_a_display_comes_back_at_another_connector():
    assert paired([DELL, WALL], [at(WALL, "HDMI-1"), at(DELL, "DP-4")]) == {0: 1, 1: 0}


def test_a_display_of_another_model_at_the_same_connector_is_another():
    assert not paired([DELL], [at(WALL, "DP-1")])
    assert not paired([DELL], [at(SILENT, "DP-1")])


def test_one_that_lost_its_serial_number_is_still_known_by_its_model():
    assert paired([DELL], [at(DELL, "DP-3", serial="")]) == {0: 0}


def test_of_two_models_the_one_with_the_serial_number_is_surer():
    nameless = at(DELL, "DP-1", serial="")

    assert matched([DELL], [nameless, at(DELL, "DP-2")]) == {0: at(DELL, "DP-2")}


def test_displays_that_tell_nothing_are_known_by_connector_and_size():
    first, second = at(SILENT, "VIRTUAL1"), at(SILENT, "VIRTUAL2")

    assert matched([first, second], [second, first]) == {0: first, 1: second}
    assert not paired([at(SILENT, "V1", width_mm=600)], [at(SILENT, "V1", width_mm=700)])


def test_two_makers_are_two_displays_even_if_neither_tells_its_model():
    assert not paired([Display(maker="Dell")], [Display(maker="LG")])


def test_a_room_without_displays_pairs_nothing():
    assert not paired([DELL], [])
    assert not paired([], [DELL])


def test_a_title_is_what_people_read_on_it():
    assert (DELL.title, SILENT.title) == ("Dell U2720Q", "VIRTUAL1")
