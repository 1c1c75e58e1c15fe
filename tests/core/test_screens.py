"""What stands on the screens is in the journal, so that a replay shows what stood on the wall."""

import msgspec
import pytest

from paser_command.errors import InputError
from paser_command.journal.reader import Reader
from paser_command.journal.writer import Writer
from paser_command.picture.model import model
from paser_command.picture.picture import Picture, Reading
from paser_command.picture.screens import (
    MOST_AUTOMATED,
    MOST_SCREENS,
    MOST_SEATS,
    MOST_TEXT,
    Automated,
    Screen,
    Screens,
    screens_text,
)
from paser_command.records import Command
from paser_command.times import DAY, MINUTE
from tests.acts import command_of
from tests.pictures import body_of, picture_of
from tests.records import START, flood

DESK = (
    Screen("Dell U2720Q", "Meja", ("map.map", "incidents.incidents")),
    Screen("LG 55VL5", "Dinding", ("map.map",)),
)
BROUGHT = {"id": "banjir", "name": "Banjir", "reason": "person", "screens": screens_text(DESK)}
DONE = {"rule": "banjir", "thing": "incident warga/1", "did": "workspace banjir, centre"}


def door(verb, seat="meja 2", **arguments):
    return command_of(verb, seat, arguments, seat=seat)


def brought(seat="meja 2", at=START, **changes):
    return msgspec.structs.replace(
        door("workspace", seat, **(BROUGHT | changes)), at=at, received=at
    )


def folded(*commands):
    picture = Picture()
    picture.apply_all(commands)
    return picture


def test_a_seat_shows_what_it_told_last():
    picture = folded(brought(), brought(at=START + 1, name="Rapat", reason="rule banjir"))

    assert picture.screens == {
        "meja 2": Screens(
            seat="meja 2",
            workspace="banjir",
            name="Rapat",
            reason="rule banjir",
            at=START + 1,
            who="sari",
            screens=DESK,
        )
    }
    assert picture == picture_of(body_of(picture), model())


def test_each_seat_has_its_own_screens_and_which_changed_is_told():
    picture = folded(brought("meja 1"), brought("meja 2"))
    before = picture.revision["screens"]

    picture.apply(brought("meja 2", name="Rapat"))

    assert [one.name for one in picture.screens.values()] == ["Banjir", "Rapat"]
    assert picture.changes("screens", before) == {"meja 2"}


def test_what_stands_on_a_wall_stays_for_days():
    late = START + 3 * DAY
    picture = folded(brought(), flood(at=late, received=late))

    assert "meja 2" in picture.screens


def test_of_too_many_seats_those_not_heard_of_for_longest_are_let_go():
    seats = [f"meja {number}" for number in range(MOST_SEATS + 5)]

    picture = folded(*(brought(seat) for seat in seats), brought("meja 5"))

    assert list(picture.screens) == [*seats[6:], "meja 5"]


def test_a_command_about_screens_touches_no_incident():
    picture = folded(flood("warga/1"), brought("warga/1"), door("automation", "warga/1", **DONE))

    assert picture.acts("warga/1") == ()


def test_what_a_rule_did_is_told_and_taken_back_once():
    act = door("automation", **DONE)
    undo = msgspec.structs.replace(door("automation", undone=act.key), key="undo", who="budi")
    again = msgspec.structs.replace(undo, key="again", who="sari")

    picture = folded(act, act, undo, again)

    assert list(picture.automation.values()) == [
        Automated(
            key=act.key,
            seat="meja 2",
            rule="banjir",
            thing="incident warga/1",
            did="workspace banjir, centre",
            at=START,
            undone="undo",
            undone_by="budi",
        )
    ]
    assert picture == picture_of(body_of(picture), model())


def test_the_log_of_what_rules_did_is_short():
    acts = [door("automation", **DONE) for _ in range(MOST_AUTOMATED + 10)]

    picture = folded(*acts, door("automation", undone=acts[0].key))

    assert list(picture.automation) == [act.key for act in acts[10:]]
    assert not any(act.undone for act in picture.automation.values())


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("workspace", {}),
        ("workspace", BROUGHT | {"id": ""}),
        ("workspace", BROUGHT | {"id": "Ruang Siaga"}),
        ("workspace", BROUGHT | {"name": ""}),
        ("workspace", BROUGHT | {"name": "x" * 121}),
        ("workspace", BROUGHT | {"reason": "rule"}),
        ("workspace", BROUGHT | {"reason": "mood"}),
        ("workspace", BROUGHT | {"reason": "person\n"}),
        ("workspace", BROUGHT | {"screens": "{"}),
        ("workspace", BROUGHT | {"screens": "{}"}),
        ("workspace", BROUGHT | {"screens": "[" * 100_000}),
        ("workspace", BROUGHT | {"screens": "[1]"}),
        ("workspace", BROUGHT | {"screens": "[" + "{}," * MOST_SCREENS + "{}]"}),
        ("workspace", BROUGHT | {"screens": "[]" + " " * MOST_TEXT}),
        ("workspace", BROUGHT | {"more": "x"}),
        ("automation", {}),
        ("automation", DONE | {"undone": "x"}),
        ("automation", DONE | {"rule": "A B"}),
        ("automation", DONE | {"did": ""}),
        ("automation", DONE | {"thing": "x" * 201}),
        ("automation", {"undone": ""}),
    ],
)
def test_what_is_none_is_turned_away_at_the_door(verb, arguments):
    with pytest.raises(InputError, match=f"the command {verb} is not complete"):
        door(verb, **arguments)


def test_what_a_newer_program_wrote_is_left_aside():
    newer = Command(
        feed="console", key="x", at=START, verb="workspace", subject="meja 2", arguments={"a": "b"}
    )

    assert folded(newer).screens == {}
    assert folded(brought(), newer).screens["meja 2"].name == "Banjir"


def test_the_screens_of_a_full_room_pass_the_door():
    panels = tuple(f"{'p' * 40}.{'q' * 40}" for _ in range(100))
    told = screens_text(
        (*(Screen("x" * 500, "y" * 500) for _ in range(20)), Screen("", "", panels))
    )

    assert door("workspace", **(BROUGHT | {"screens": told}))


def test_a_replay_shows_what_stood_on_the_wall(journal, clock):
    writer, reader = Writer(journal, clock), Reader(journal)
    for minute, name in enumerate(("Banjir", "Rapat", "Dinding")):
        clock.instant = START + minute * MINUTE
        writer.append([brought("dinding", clock.instant, name=name)])

    for reading in Reading:
        picture, _ = reader.picture(START + MINUTE, reading)
        assert picture.screens["dinding"].name == "Rapat"
    reader.close()
