"""What can be read of a damaged journal is saved into a new one, and what cannot is named."""

import sqlite3

import pytest
from sqlalchemy import delete, select, update

from paser_command.errors import InputError
from paser_command.journal import schema
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.repair import repair
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from paser_command.times import DAY, HOUR, MINUTE
from tests.records import START, acknowledge, flood, level

NOW = START + 30 * DAY


@pytest.fixture
def target(tmp_path):
    store = open_journal(sqlite_url(tmp_path / "new.sqlite"), own_clock=True)
    yield store
    store.close()


def write(store, clock, count=10):
    writer = Writer(store, clock)
    for number in range(count):
        clock.instant += HOUR
        key, at = f"warga/{number}", clock.instant
        writer.append([flood(key, at), level(number, at), acknowledge(key, at, key=f"a{number}")])


def picture_of(store):
    reader = Reader(store)
    picture, _ = reader.picture(None)
    reader.close()
    return picture


def test_a_sound_journal_is_copied_whole_under_another_identity(
    journal, journal_url, clock, target
):
    write(journal, clock)

    done = repair(journal_url, target, NOW)

    assert (done.saved, done.restamped, done.lost) == (30, 0, [])
    assert sorted(all_records(target)) == sorted(all_records(journal))
    assert picture_of(target) == picture_of(journal)
    assert target.facts()["epoch"] != journal.facts()["epoch"]
    assert target.purpose() == REAL
    assert not list(verify(target))


def test_damaged_records_are_named_and_the_others_saved(journal, journal_url, clock, target):
    write(journal, clock)
    with journal.writing() as connection:
        body = connection.execute(
            select(schema.journal.c.body).where(schema.journal.c.seq == 4)
        ).scalar()
        harmed = bytes(body[:-1]) + bytes([body[-1] ^ 1])
        connection.execute(
            update(schema.journal).where(schema.journal.c.seq == 4).values(body=harmed)
        )
        connection.execute(delete(schema.observation).where(schema.observation.c.seq == 8))

    done = repair(journal_url, target, NOW)

    assert done.saved == 28
    assert [lost.where for lost in done.lost] == ["record 4"]
    assert not list(verify(target))


def test_stamps_of_a_clock_that_ran_ahead_are_set_right(journal, journal_url, clock, target):
    write(journal, clock, 2)
    clock.instant += 3650 * DAY
    Writer(journal, clock).append([flood("esok/1", START + 3 * HOUR)])

    done = repair(journal_url, target, NOW)

    records = {record.key: record for _, record in all_records(target)}
    assert done.restamped == 1
    assert records["esok/1"].received == START + 3 * HOUR
    assert not list(verify(target, NOW))


def test_pages_that_the_disk_lost_cost_what_was_on_them(tmp_path, clock, target):
    path = tmp_path / "journal.sqlite"
    store = open_journal(sqlite_url(path), REAL)
    write(store, clock, 300)
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        asked = "SELECT pageno FROM dbstat WHERE name = 'journal' AND pagetype = 'leaf'"
        pages = [number for (number,) in connection.execute(asked)]
    connection.close()
    body = bytearray(path.read_bytes())
    lost = (pages[len(pages) // 2] - 1) * 4_096
    body[lost : lost + 4_096] = b"\xa5" * 4_096
    path.write_bytes(body)

    done = repair(sqlite_url(path), target, NOW)

    assert 800 < done.saved < 900
    assert done.lost
    assert not list(verify(target, NOW))


def test_a_journal_that_is_not_empty_is_no_target(journal, journal_url, clock, target):
    write(journal, clock, 1)
    write(target, clock, 1)

    with pytest.raises(InputError, match="not empty"):
        repair(journal_url, target, NOW)


def test_order_and_times_stay(journal, journal_url, clock, target):
    writer = Writer(journal, clock)
    for number in range(3):
        writer.append([acknowledge("warga/1", START, key=f"a{number}"), flood("warga/1", START)])
    clock.instant += MINUTE
    writer.append([flood("warga/2")])

    repair(journal_url, target, NOW)

    before = [(record.key, record.received) for _, record in sorted(all_records(journal))]
    assert [(record.key, record.received) for _, record in sorted(all_records(target))] == before
