"""A journal of any older version is read for ever: one is kept of each schema and body version."""

import shutil
from pathlib import Path

import msgspec
import pytest

from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.picture.picture import Picture
from tests.core.old_journal import RECORDS
from tests.records import START

KEPT = sorted((Path(__file__).parents[1] / "data").glob("journal-*.sqlite"))


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def old(request, tmp_path):
    path = tmp_path / "journal.sqlite"
    shutil.copy(request.param, path)
    journal = open_journal(sqlite_url(path), REAL)
    yield journal
    journal.close()


def test_one_is_kept_of_the_present_version():
    assert KEPT


def test_every_record_is_read_as_it_was_written(old):
    records = {record.key: record for _, record in all_records(old)}

    assert records == {
        record.key: msgspec.structs.replace(record, received=START) for record in RECORDS
    }
    assert not list(verify(old))


def test_the_picture_is_the_fold_of_its_records(old):
    folded = Picture()
    folded.apply_all(msgspec.structs.replace(record, received=START) for record in RECORDS)
    reader = Reader(old)

    picture, _ = reader.picture(START)
    reader.close()

    assert picture == folded
