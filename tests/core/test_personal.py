"""What is drawn on a wall has neither what people wrote nor ways to reach them."""

import pytest

from paser_command.personal import MASK, without_contacts
from paser_command.picture.picture import Picture
from paser_command.session.frames import Frame, Mode, Selection


def frame(*, wall):
    return Frame(
        now=0,
        mode=Mode.LIVE,
        speed=1.0,
        seeked=False,
        exercise=False,
        picture=Picture(),
        selection=Selection(),
        series={},
        wall=wall,
    )


@pytest.mark.parametrize("reached", ["0812-3456-7890", "+62 812 3456 7890", "budi.s@contoh.id"])
def test_numbers_and_addresses_of_persons_are_masked_and_nothing_else(reached):
    assert without_contacts(f"Posko 2, hubungi {reached}, 3,42 m") == (
        f"Posko 2, hubungi {MASK}, 3,42 m"
    )


def test_the_wall_has_a_kind_in_the_place_of_what_people_wrote():
    assert frame(wall=True).personal("Pak Budi", "Satuan") == "Satuan"
    assert frame(wall=True).personal("Pak Budi") == ""
    assert frame(wall=False).personal("Pak Budi", "Satuan") == "Pak Budi"


def test_the_wall_has_the_names_that_an_office_gives_out():
    assert frame(wall=True).official("Posko 0812-3456-7890") == f"Posko {MASK}"
    assert frame(wall=False).official("Posko 0812-3456-7890") == "Posko 0812-3456-7890"
