"""A reader notices when another journal stands where its own was."""

import os
import shutil
import uuid

import pytest
from sqlalchemy import delete, update

from paser_command.errors import JournalError, JournalReplacedError
from paser_command.journal import schema
from paser_command.journal.engine import sqlite_url
from paser_command.journal.identity import reopen
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.times import DAY, SECOND
from tests.records import START, flood, level


@pytest.fixture
def reader(journal):
    reader = Reader(journal)
    yield reader
    reader.close()


def test_what_only_grew_is_the_same_journal(journal, clock, reader):
    writer = Writer(journal, clock)
    writer.append([flood()])
    reader.read(0)
    writer.append([flood("warga/2")])

    reader.check()


def test_an_empty_journal_is_the_same_until_something_was_read(reader):
    reader.check()


def test_a_journal_set_back_by_its_last_records_is_noticed(journal, clock, reader):
    writer = Writer(journal, clock)
    writer.append([flood()])
    writer.append([flood("warga/2")])
    reader.read(0)

    with journal.writing() as connection:
        connection.execute(delete(schema.journal).where(schema.journal.c.seq == 2))
        connection.execute(delete(schema.batch).where(schema.batch.c.first_seq == 2))

    with pytest.raises(JournalReplacedError, match="set back"):
        reader.check()


def test_other_records_in_the_place_of_the_last_ones_are_noticed(journal, clock, reader):
    writer = Writer(journal, clock)
    writer.append([flood()])
    writer.append([flood("warga/2")])
    reader.read(0)
    with journal.writing() as connection:
        connection.execute(delete(schema.journal).where(schema.journal.c.seq == 2))
        connection.execute(delete(schema.batch).where(schema.batch.c.first_seq == 2))

    writer.append([flood("warga/3"), flood("warga/4")])

    with pytest.raises(JournalReplacedError, match="set back"):
        reader.check()


def test_another_journal_under_the_same_name_is_noticed(journal, clock, reader):
    Writer(journal, clock).append([flood()])
    reader.read(0)

    with journal.writing() as connection:
        epoch = schema.meta.c.name == "epoch"
        connection.execute(update(schema.meta).where(epoch).values(value=uuid.uuid4().hex))

    with pytest.raises(JournalReplacedError, match="another journal"):
        reader.check()


def test_a_clock_that_had_run_ahead_and_was_set_right_is_noticed(journal, clock, reader):
    writer = Writer(journal, clock)
    clock.instant += DAY
    writer.append([flood()])
    reader.read(0)
    clock.instant -= DAY

    writer.append([level(2.1)])

    with pytest.raises(JournalReplacedError, match="set right"):
        reader.check()
    reader.read(1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite"


@pytest.fixture
def in_file(path, clock):
    store = open_journal(sqlite_url(path), REAL)
    Writer(store, clock).append([flood()])
    yield store
    store.close()


def test_a_deleted_file_is_noticed_by_readers_and_writers(in_file, path, clock):
    reader, writer = Reader(in_file), Writer(in_file, clock)
    reader.read(0)

    path.unlink()

    with pytest.raises(JournalReplacedError, match="deleted"):
        reader.check()
    with pytest.raises(JournalReplacedError, match="deleted"):
        writer.append([flood("warga/2")])
    with pytest.raises(JournalError, match="no journal"):
        reopen(in_file)
    assert not path.exists()
    reader.close()


def test_after_a_file_was_exchanged_the_new_one_is_read_and_written(in_file, path, clock, tmp_path):
    reader, writer = Reader(in_file), Writer(in_file, clock)
    reader.read(0)
    older = tmp_path / "older.sqlite"
    other = open_journal(sqlite_url(older), REAL)
    clock.instant -= SECOND
    Writer(other, clock).append([flood("dulu/1")])
    other.close()
    os.replace(older, path)
    for beside in ("-wal", "-shm"):
        shutil.move(f"{path}{beside}", tmp_path / f"away{beside}")

    with pytest.raises(JournalReplacedError, match="another file"):
        writer.append([flood("warga/2")])
    with pytest.raises(JournalReplacedError, match="another file"):
        reader.check()
    reader.close()
    reopen(in_file)
    Writer(in_file, lambda: START).append([flood("baru/1")])
    reader = Reader(in_file)
    picture, _ = reader.picture(None)
    reader.close()

    assert list(picture.incidents) == ["dulu/1", "baru/1"]
