"""Verbs are a registry: each act has a typed value, and what is in the journal is read for ever."""

import msgspec
import pytest

from paser_command.errors import InputError, PluginError
from paser_command.picture.drawing_change import Change, DrawnShape
from paser_command.picture.picture import Picture
from paser_command.picture.screens import Screen
from paser_command.records import Alarm, Command, Severity, built_in_kinds
from paser_command.verbs.acknowledge import Acknowledge
from paser_command.verbs.automation import RuleActed, RuleUndone
from paser_command.verbs.draw import Draw
from paser_command.verbs.erase import Erase
from paser_command.verbs.note import AddNote
from paser_command.verbs.redo import Redo
from paser_command.verbs.redraw import Redraw
from paser_command.verbs.undo import Undo
from paser_command.verbs.verb import Verb, VerbValue, decoded
from paser_command.verbs.verbs import BUILT_IN_VERBS, Verbs
from paser_command.verbs.workspace import ShowWorkspace
from tests.acts import done
from tests.records import START, acknowledge, flood

POINT = Change(shape=DrawnShape.POINT, places=((116.19, -1.905),), name="Posko")

ACTS = [
    (Acknowledge(), "warga/1"),
    (AddNote("perahu berangkat"), "warga/1"),
    (Draw(POINT), "drawing/1"),
    (Redraw(Change(shape=DrawnShape.POINT, name="Posko 2")), "drawing/1"),
    (Erase(), "drawing/1"),
    (Undo("a-key"), "drawing/1"),
    (Redo("a-key"), "drawing/1"),
    (
        ShowWorkspace(
            id="banjir",
            name="Banjir",
            reason="person",
            screens=(Screen("LG", "Meja", ("map.map",)),),
        ),
        "meja 2",
    ),
    (RuleActed("banjir", "incident warga/1", "centre"), "meja 2"),
    (RuleUndone("a-key"), "meja 2"),
]


class Shelve(VerbValue, frozen=True):
    reason: str


SHELVE = Verb(
    name="demo.shelve",
    values=(Shelve,),
    words="shelve",
    subject="alarm",
    right="shelve",
    decode=lambda arguments: decoded("demo.shelve", Shelve, arguments),
)


@pytest.mark.parametrize(("value", "subject"), ACTS)
def test_an_act_is_read_back_from_the_journal_as_it_was_done(value, subject):
    kinds = built_in_kinds()

    body = kinds.encode(done(value, subject))
    command = kinds.decode("command", body)

    assert isinstance(command, Command)
    assert Verbs().decode(command.verb, command.arguments) == value


def test_every_verb_has_an_act_here():
    assert {verb.name for verb in Verbs()} == {Verbs().of(value).name for value, _ in ACTS}


def test_a_plugin_s_verb_is_added_by_its_registration_alone():
    verbs = Verbs((*BUILT_IN_VERBS, SHELVE))

    command = verbs.command(
        Shelve("maintenance"), "limit/a", who="sari", seat="2", at=START, seen=Picture()
    )

    assert (command.verb, command.arguments) == ("demo.shelve", {"reason": "maintenance"})
    assert verbs.decode(command.verb, command.arguments) == Shelve("maintenance")


def test_an_act_of_a_verb_that_is_not_registered_is_refused():
    with pytest.raises(InputError, match="there is no command Shelve"):
        done(Shelve("x"), "limit/a")


def test_two_verbs_of_one_name_are_refused():
    with pytest.raises(PluginError, match=r"two verbs are named demo\.shelve"):
        Verbs((*BUILT_IN_VERBS, SHELVE, SHELVE))


def test_a_verb_that_nothing_undoes_as_it_says_is_refused():
    with pytest.raises(PluginError):
        Verbs([msgspec.structs.replace(SHELVE, undone_by="demo.unshelve")])


def test_a_verb_of_a_newer_program_in_the_journal_ends_nothing():
    newer = Command(feed="console", key="x", at=START, verb="escalate", subject="warga/1")
    picture = Picture()

    picture.apply_all([flood(), newer, acknowledge("warga/1")])

    assert picture.incidents["warga/1"].acknowledged is not None
    assert Verbs().named("escalate") is None


@pytest.mark.parametrize("subject", ["", "x" * 201])
def test_a_subject_that_is_none_is_refused(subject):
    with pytest.raises(InputError):
        done(Acknowledge(), subject)


def a_level(severity, at, *, raised=True):
    return Alarm(
        feed="rules",
        key="limit/kandilo",
        at=at,
        received=at,
        rule="limit",
        subject="kandilo",
        raised=raised,
        severity=severity,
    )


def test_what_was_seen_travels_with_the_act():
    picture = Picture()
    picture.apply_all([flood(), a_level(Severity.HIGH, START)])

    assert done(Acknowledge(), "warga/1", seen=picture).expected == "unacknowledged"
    assert done(Acknowledge(), "limit/kandilo", seen=picture).expected == f"since {START}"


def test_an_acknowledgement_that_waited_does_not_silence_a_rise_that_nobody_saw():
    picture = Picture()
    picture.apply(a_level(Severity.HIGH, START))
    late = done(Acknowledge(), "limit/kandilo", seen=picture)
    picture.apply(a_level(Severity.CRITICAL, START + 1))

    lost = Verbs().of(Acknowledge).lost(picture, late)
    picture.apply(late)

    assert lost is not None
    assert "risen" in lost.words
    assert picture.alarms["limit/kandilo"].acknowledged is None


def test_an_alarm_that_is_over_was_acknowledged_by_the_first():
    picture = Picture()
    picture.apply(a_level(Severity.HIGH, START))
    first = done(Acknowledge(), "limit/kandilo", who="rina", seen=picture)
    second = done(Acknowledge(), "limit/kandilo", who="budi", seen=picture)
    picture.apply_all([a_level(Severity.HIGH, START + 1, raised=False), first])

    lost = Verbs().of(Acknowledge).lost(picture, second)

    assert lost is not None
    assert lost.who == "rina"


def test_an_old_acknowledgement_without_a_state_counts_as_it_did():
    picture = Picture()
    picture.apply_all([a_level(Severity.HIGH, START), acknowledge("limit/kandilo")])

    assert picture.alarms["limit/kandilo"].acknowledged is not None
