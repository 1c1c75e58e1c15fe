"""Each role may do what it is for and nothing else: tried with real roles on a real server."""

import contextlib
import itertools

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from paser_command.errors import InputError, JournalError, JournalRightError
from paser_command.journal.engine import sqlite_url
from paser_command.journal.grants import WRITES, Role, grants
from paser_command.journal.keyframes import KeyframeKeeper
from paser_command.journal.lease import Lease
from paser_command.journal.reader import Reader
from paser_command.journal.room import room
from paser_command.journal.schema import metadata
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.outbox.ticket import TicketState
from paser_command.picture.picture import Picture
from paser_command.records import Position
from paser_command.session.session import Session
from paser_command.times import now
from paser_command.verbs.acknowledge import Acknowledge
from tests.records import START, acknowledge, flood, level

_numbers = itertools.count()


@pytest.fixture
def as_role(postgres_server):
    """Opens a journal that an owner made, as somebody of a role."""
    number = next(_numbers)
    owner, database = f"owner_{number}", f"granted_{number}"
    admin = create_engine(f"{postgres_server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE ROLE {owner} LOGIN"))
        connection.execute(text(f"CREATE DATABASE {database} OWNER {owner}"))
    url = make_url(f"{postgres_server}/{database}").set(username=owner)
    owned = open_journal(str(url), REAL)
    Writer(owned, now).append([flood("warga/1")])

    with contextlib.ExitStack() as opened:
        opened.callback(owned.close)

        def open_as(role):
            name = f"Rina {role.value} {number}"
            with admin.connect() as connection:
                connection.execute(text(f'CREATE ROLE "{name}" LOGIN'))
            # A member of the owner is made by a superuser, all else by the owner.
            granting = admin if role is Role.ADMINISTRATOR else owned.engine
            with granting.begin() as connection:
                for statement in grants(owned, role, name):
                    connection.execute(text(statement))
            journal = open_journal(url.set(username=name).render_as_string(), REAL)
            opened.callback(journal.close)
            return journal

        yield open_as
    admin.dispose()


def test_a_viewer_opens_reads_and_writes_nothing(as_role):
    journal = as_role(Role.VIEWER)

    reader = Reader(journal)
    picture, _ = reader.picture(now())
    reader.close()
    seats = room(journal).seats

    assert list(picture.incidents) == ["warga/1"]
    assert seats
    assert not journal.may_write
    with pytest.raises(JournalRightError):
        Writer(journal, now).append([acknowledge("warga/1")])


def test_a_viewer_s_act_is_refused_with_the_right_that_it_needs(as_role):
    journal = as_role(Role.VIEWER)
    session = Session(journal, who="Rina", seat="Meja 2")

    ticket = session.act(Acknowledge(), "warga/1")

    session.stop()
    assert ticket.state is TicketState.REFUSED
    assert "may only read the journal" in str(ticket.error)
    assert "paser-command journal grants --role operator Rina viewer" in str(ticket.error)


def test_an_operator_acts_and_does_not_collect(as_role):
    journal = as_role(Role.OPERATOR)
    writer = Writer(journal, now)

    written = writer.append([acknowledge("warga/1")])

    assert written.seq == 2
    with pytest.raises(JournalRightError):
        writer.append([level(2.0)])
    with Lease(journal) as lease, pytest.raises(JournalRightError):
        lease.take()


def test_a_collector_collects(as_role):
    journal = as_role(Role.COLLECTOR)
    writer = Writer(journal, now)
    boat = Position(
        feed="unit", key="unit/1", at=START, lon=116.2, lat=-1.9, name="Perahu 1", status="siaga"
    )

    with Lease(journal) as lease:
        assert lease.take()
        writer.append([flood("warga/2"), level(2.0), boat, acknowledge("warga/1")])
        keeper = KeyframeKeeper(journal, Picture(), 0)
        keeper.follow()
        keeper.close()

    with pytest.raises(JournalError):
        journal.note(purpose="other", began="now")


def test_an_administrator_changes_the_schema(as_role):
    journal = as_role(Role.ADMINISTRATOR)

    with journal.engine.begin() as connection:
        connection.execute(text("ALTER TABLE journal ADD COLUMN tried text"))
        connection.execute(text("CREATE TABLE made (number integer)"))
    journal.note(tried="yes")

    assert journal.facts()["tried"] == "yes"


def test_each_table_is_thought_of():
    owner_s = {"meta", "attachment"}

    assert WRITES[Role.COLLECTOR].keys() | owner_s == metadata.tables.keys()


def test_nothing_is_granted_on_a_file(tmp_path):
    journal = open_journal(sqlite_url(tmp_path / "journal.sqlite"), REAL)

    with pytest.raises(InputError, match="rights are granted on PostgreSQL"):
        list(grants(journal, Role.VIEWER, "rina"))
    journal.close()
