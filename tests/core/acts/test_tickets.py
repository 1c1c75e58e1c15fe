"""Whoever acts learns what becomes of it: saved, lost to whom, refused why, or waiting."""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from paser_command.errors import InputError, JournalError
from paser_command.journal import schema
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.store import open_journal
from paser_command.journal.writer import Writer
from paser_command.outbox import saving
from paser_command.outbox.saving import Saving
from paser_command.outbox.ticket import TicketState
from paser_command.picture.picture import Picture
from paser_command.records import Command, Severity
from paser_command.session import tail
from paser_command.session.acting import Acting
from paser_command.session.identity import Identity
from paser_command.session.session import Session
from paser_command.times import now
from paser_command.verbs.acknowledge import Acknowledge
from paser_command.verbs.automation import RuleActed
from paser_command.verbs.draw import Draw
from paser_command.verbs.note import AddNote
from paser_command.verbs.verbs import Verbs
from paser_command.verbs.workspace import ShowWorkspace
from tests.core.acts.test_verbs import a_level
from tests.records import START, flood


@pytest.fixture
def console(opened, tmp_path, monkeypatch):
    """Starts a seat's console on the test's journal, and stops it at the end."""
    monkeypatch.setattr(saving, "RETRY_S", 0.02)
    started = []

    def start(who="sari", seat="meja 2"):
        session = Session(opened(), who=who, seat=seat, outbox=tmp_path / "outbox")
        session.start()
        started.append(session)
        return session

    yield start
    for session in started:
        session.stop()


def until(met, *sessions):
    deadline = time.monotonic() + 60
    while not met():
        assert time.monotonic() < deadline
        for session in sessions:
            session.drain()
        time.sleep(0.005)


def commands(journal):
    return [r for _, r in sorted(all_records(journal)) if isinstance(r, Command)]


def rename(store, old, new):
    with store.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_an_act_is_saved(console, journal):
    Writer(journal, now).append([flood()])
    session = console()
    until(lambda: session.picture.incidents, session)

    ticket = session.act(Acknowledge(), "warga/1")
    assert ticket.is_open

    until(lambda: ticket.state is TicketState.SAVED, session)
    assert session.unsaved().count == 0


def test_of_two_seats_that_acknowledge_the_same_200_each_loser_learns_who_was_first(
    console, journal
):
    keys = [f"warga/{number}" for number in range(200)]
    Writer(journal, now).append([flood(key) for key in keys])
    here, there = console("sari", "meja 2"), console("rina", "meja 5")
    until(lambda: len(here.picture.incidents) == len(there.picture.incidents) == 200, here, there)

    pairs = []
    for number, key in enumerate(keys):
        first, second = (here, there) if number % 2 else (there, here)
        pairs.append((key, first.act(Acknowledge(), key), second.act(Acknowledge(), key)))

    def settled():
        return not here._acting._tickets and not there._acting._tickets

    until(settled, here, there)
    for key, one, other in pairs:
        assert {one.state, other.state} == {TicketState.SAVED, TicketState.LOST}
        loser, winner = (one, other) if one.state is TicketState.LOST else (other, one)
        assert (loser.lost.who, loser.lost.at) == (winner.command.who, winner.command.at)
        for picture in (here.picture, there.picture):
            assert picture.incidents[key].acknowledged.who == winner.command.who


def test_what_another_acknowledged_already_is_lost_at_once_and_writes_nothing(console, journal):
    Writer(journal, now).append([flood()])
    here, there = console("sari", "meja 2"), console("rina", "meja 5")
    until(lambda: here.picture.incidents and there.picture.incidents, here, there)
    there.act(Acknowledge(), "warga/1")
    until(lambda: here.picture.incidents["warga/1"].acknowledged, here, there)

    ticket = here.act(Acknowledge(), "warga/1")

    assert ticket.state is TicketState.LOST
    assert (ticket.lost.who, ticket.lost.seat) == ("rina", "meja 5")
    assert len(commands(journal)) == 1


def test_in_the_past_an_act_is_refused_and_nothing_is_written(console, journal):
    Writer(journal, now).append([flood()])
    session = console()
    until(lambda: session.picture.incidents, session)
    session.pause()
    until(lambda: session.picture is not session.live_picture, session)

    tickets = [session.act(Acknowledge(), "warga/1"), session.act(AddNote("x"), "warga/1")]

    assert [ticket.state for ticket in tickets] == [TicketState.REFUSED] * 2
    assert str(tickets[0].error) == ("You are looking at the past: go back to now to acknowledge")
    assert session.refusal(Draw) is not None
    assert commands(journal) == []


def test_in_the_past_the_screen_itself_still_writes_and_the_strip_acts_on_now(console, journal):
    Writer(journal, now).append([flood()])
    session = console()
    until(lambda: session.picture.incidents, session)
    session.pause()

    shown = session.act(ShowWorkspace(id="banjir", name="Banjir", reason="person"), "meja 2")
    acted = session.act(RuleActed("banjir", "incident warga/1", "centre"), "meja 2")
    taken = session.act(Acknowledge(), "warga/1", of_now=True)

    tickets = (shown, acted, taken)
    until(lambda: all(one.state is TicketState.SAVED for one in tickets), session)
    assert session.refusal(ShowWorkspace) is None
    assert [one.verb for one in commands(journal)] == ["workspace", "automation", "acknowledge"]


def test_a_session_beside_refuses_by_its_own_clock(console, journal):
    Writer(journal, now).append([flood()])
    session = console()
    until(lambda: session.picture.incidents, session)
    beside = session.beside()
    beside.pause()

    assert beside.act(AddNote("x"), "warga/1").state is TicketState.REFUSED
    assert session.act(AddNote("y"), "warga/1").is_open
    beside.stop()


def test_the_same_act_while_the_first_waits_is_one_act(console, journal, opened):
    Writer(journal, now).append([flood()])
    session = console()
    until(lambda: session.picture.incidents, session)
    rename(journal, "audit", "hidden")

    first = session.act(Acknowledge(), "warga/1")
    noted = session.act(AddNote("perahu berangkat"), "warga/1")
    again = session.act(Acknowledge(), "warga/1")
    until(lambda: first.state is TicketState.WAITING, session)
    waiting = session.unsaved()
    rename(journal, "hidden", "audit")

    assert again is first
    assert waiting.count == 2
    assert first.away_since is not None
    until(lambda: noted.state is TicketState.SAVED, session)
    assert [one.verb for one in commands(journal)] == ["acknowledge", "note"]


def test_turning_back_and_forth_while_the_first_waits_is_not_folded(console, journal):
    session = console()
    rename(journal, "audit", "hidden")

    tickets = [
        session.act(ShowWorkspace(id=id, name=id, reason="person"), "meja 2")
        for id in ("a", "b", "a", "a")
    ]
    rename(journal, "hidden", "audit")

    assert len({id(ticket) for ticket in tickets}) == 3
    until(lambda: tickets[-1].state is TicketState.SAVED, session)
    assert [one.arguments["id"] for one in commands(journal)] == ["a", "b", "a"]


def test_what_waits_is_late_after_a_second_and_goes_in_one_batch(console, journal, monkeypatch):
    session = console()
    rename(journal, "audit", "hidden")
    tickets = [session.act(AddNote(f"{number}"), "warga/1") for number in range(27)]
    until(lambda: session.unsaved().late, session)
    batches = []
    append = Writer.append

    def counted(writer, records):
        batches.append(len(records))
        return append(writer, records)

    monkeypatch.setattr(Writer, "append", counted)
    rename(journal, "hidden", "audit")

    until(lambda: all(one.state is TicketState.SAVED for one in tickets), session)
    assert batches[-1] == 27
    assert [one.arguments["text"] for one in commands(journal)] == [str(n) for n in range(27)]


def test_what_waited_when_a_console_ended_is_saved_by_the_next_as_it_was_done(console, journal):
    first = console()
    rename(journal, "audit", "hidden")
    acts = [first.act(AddNote(word), "warga/1") for word in ("satu", "dua", "tiga")]
    until(lambda: all(one.state is TicketState.WAITING for one in acts), first)
    first.stop()
    rename(journal, "hidden", "audit")

    second = console("budi")
    told = []

    def news():
        told.extend(second.news())
        return told

    until(news, second)

    assert [str(one) for one in told] == ["3 actions from before were saved"]
    wanted = [(one.command.key, one.command.at, "sari", "meja 2") for one in acts]
    assert [(one.key, one.at, one.who, one.seat) for one in commands(journal)] == wanted


def test_acts_of_an_exercise_are_never_sent_to_the_real_journal(console, tmp_path):
    url = sqlite_url(tmp_path / "exercise.sqlite")
    exercise = open_journal(url, "banjir-kandilo")
    trained = Session(exercise, who="sari", seat="meja 2", outbox=tmp_path / "outbox")
    trained.start()
    rename(exercise, "audit", "hidden")
    ticket = trained.act(AddNote("latihan"), "warga/1")
    until(lambda: ticket.state is TicketState.WAITING, trained)
    trained.stop()

    real = console()

    assert real.tickets() == ()
    again = Session(open_journal(url), who="sari", seat="meja 2", outbox=tmp_path / "outbox")
    again.start()
    assert [one.command for one in again.tickets()] == [ticket.command]
    again.stop()


def test_an_act_that_the_journal_cannot_hold_is_refused_and_blocks_none(
    console, journal, monkeypatch, caplog
):
    session = console()
    append = Writer.append

    def picky(writer, records):
        if any("bad" in record.arguments.get("text", "") for record in records):
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
        return append(writer, records)

    monkeypatch.setattr(Writer, "append", picky)

    tickets = [session.act(AddNote(word), "warga/1") for word in ("satu", "bad", "dua")]

    until(lambda: not any(one.is_open for one in tickets), session)
    assert [one.state for one in tickets] == ["saved", "refused", "saved"]
    assert [one.arguments["text"] for one in commands(journal)] == ["satu", "dua"]
    until(lambda: tickets[1] in session.tickets(), session)


def test_a_fault_of_the_program_ends_no_thread(console, journal, monkeypatch, caplog):
    session = console()
    append = Writer.append
    faults = [RuntimeError("a bug"), JournalError("away")]

    def faulty(writer, records):
        if faults:
            raise faults.pop()
        return append(writer, records)

    monkeypatch.setattr(Writer, "append", faulty)

    ticket = session.act(AddNote("satu"), "warga/1")

    until(lambda: ticket.state is TicketState.SAVED, session)
    assert session.command_fault is None


def test_who_acts_may_change_and_what_waits_stays_theirs_who_did_it(console, journal):
    session = console("sari")
    beside = session.beside()
    rename(journal, "audit", "hidden")
    session.act(AddNote("dari sari"), "warga/1")

    session.become(Identity("budi", "meja 3", ("operator",), now()))
    last = beside.act(AddNote("dari budi"), "warga/1")
    rename(journal, "hidden", "audit")

    until(lambda: last.state is TicketState.SAVED, session)
    assert beside.identity.roles == ("operator",)
    assert [(one.who, one.seat) for one in commands(journal)] == [
        ("sari", "meja 2"),
        ("budi", "meja 3"),
    ]
    beside.stop()


def test_acting_waits_for_no_disk_and_no_journal(console, journal, monkeypatch):
    session = console()
    held, entered = threading.Event(), threading.Event()
    append = Writer.append

    def blocked(writer, records):
        entered.set()
        held.wait(60)
        return append(writer, records)

    monkeypatch.setattr(Writer, "append", blocked)
    session.act(AddNote("satu"), "warga/1")
    entered.wait(60)

    second = session.act(AddNote("dua"), "warga/1")

    outbox = session._acting.saving._outbox
    until(lambda: second.command.key in outbox._waiting, session)
    until(lambda: session.unsaved().late, session)
    held.set()
    until(lambda: second.state is TicketState.SAVED, session)


class NoSaving(Saving):
    """Hands acts to whoever plays the journal."""

    def __init__(self):
        self.taken = []

    def save(self, command, ticket):
        self.taken.append(command)


@given(seats=st.permutations(range(5)), data=st.data())
@settings(max_examples=100)
def test_of_seats_that_act_in_any_order_exactly_one_wins_and_the_others_learn_who(seats, data):
    subjects = ["warga/1", "limit/kandilo"]
    records = [flood(), a_level(Severity.HIGH, START)]
    consoles = []
    for _ in seats:
        picture = Picture()
        picture.apply_all(records)
        consoles.append((Acting(Verbs(), NoSaving(), lambda: START), picture))
    tickets = {}
    for seat in seats:
        acting, picture = consoles[seat]
        who = Identity(f"who {seat}", f"seat {seat}")
        for subject in subjects:
            tickets[seat, subject] = acting.act(
                Acknowledge(), subject, identity=who, seen=picture, past=False
            )
    order = data.draw(st.permutations([t.command for t in tickets.values()]))
    order.insert(
        data.draw(st.integers(0, len(order))), a_level(Severity.HIGH, START + 1, raised=False)
    )

    for acting, picture in consoles:
        for record in order:
            if isinstance(record, Command):
                acting.settle(record, picture)
            picture.apply(record)

    assert all(picture == consoles[0][1] for _, picture in consoles)
    for subject in subjects:
        states = [tickets[seat, subject].state for seat in seats]
        assert states.count(TicketState.SAVED) == 1
        assert states.count(TicketState.LOST) == len(seats) - 1
        first = next(r for r in order if isinstance(r, Command) and r.subject == subject)
        assert {t.lost.who for t in tickets.values() if t.subject == subject and t.lost} == {
            first.who
        }


@pytest.mark.parametrize("gone", [True, False], ids=["set back", "as it was"])
def test_what_was_saved_and_does_not_come_back_is_saved_again_once(journal, gone):
    saving = Saving(Writer(journal, now), lambda: None, now)
    acting = Acting(Verbs(), saving, now)
    acting.start()
    try:
        who = Identity("sari", "meja 2", since=START)
        ticket = acting.act(AddNote("di sini"), "warga/1", identity=who, seen=Picture(), past=False)
        until(lambda: not ticket.is_open)
        before_s = time.monotonic()
        acting.look(held_s=ticket.saved_s)
        while_it_may_come = ticket.state
        if gone:
            with journal.writing() as connection:
                for table in (schema.journal, schema.batch, schema.audit):
                    connection.execute(table.delete())

        acting.look(held_s=before_s)
        until(lambda: not ticket.is_open)
        acting.look(held_s=time.monotonic())

        assert ticket.command is not None
        assert while_it_may_come is TicketState.SAVED
        assert [record.key for _, record in all_records(journal)] == [ticket.command.key]
        assert not acting.tickets()
    finally:
        saving.stop()


def test_the_tail_knows_after_a_fall_that_the_journal_is_another_one(journal, console, monkeypatch):
    monkeypatch.setattr(tail, "RETRY_S", 0.02)
    session = console()
    Writer(journal, now).append([flood(), flood("warga/2")])
    until(lambda: "warga/2" in session.live_picture.incidents, session)
    with journal.writing() as connection:
        for table in (schema.journal, schema.batch, schema.audit):
            connection.execute(table.delete())
    # As where a server falls: whoever reads makes a connection anew.
    monkeypatch.setattr(Reader, "read", _fail_once(Reader.read))

    until(lambda: session.reloaded is not None, session)

    assert "set back" in str(session.reloaded.why)


def _fail_once(read):
    failed = threading.Event()

    def once(*arguments):
        if not failed.is_set():
            failed.set()
            raise JournalError("it fell")
        return read(*arguments)

    return once


def test_what_was_refused_before_the_whole_picture_came_is_told(console, journal):
    session = console()
    ticket = session.act(AddNote("satu"), "warga/1")
    ticket.refuse(InputError("not accepted"))

    session._acting.settle_saved()
    session._acting.look(None)

    assert session.tickets() == (ticket,)
