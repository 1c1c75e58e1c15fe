"""A journal of any older version is read for ever, and its picture is what it was then.

Kept are one record of each kind (journal-0001-1) and 30 hours of a city (journal-0001-7869918).
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord, Command
from paser_command.times import Instant, iso
from tests.core.old_city import ASKED, batches, printed_pictures
from tests.core.old_journal import RECORDS
from tests.records import START

DATA = Path(__file__).parents[1] / "data"
KEPT = sorted(path.stem for path in DATA.glob("journal-*.sqlite"))
WRITTEN: dict[str, Sequence[tuple[Instant, Sequence[AnyRecord]]]] = {
    "journal-0001-1": [(START, RECORDS)],
    "journal-0001-7869918": list(batches()),
}


@pytest.fixture(params=KEPT)
def name(request):
    return request.param


@pytest.fixture
def old(name, tmp_path):
    """A copy of a kept journal, opened by the program of today."""
    path = tmp_path / "journal.sqlite"
    shutil.copy(DATA / f"{name}.sqlite", path)
    journal = open_journal(sqlite_url(path), REAL)
    yield journal
    journal.close()


def as_received(name):
    """Return the records that were written, in the journal's order: of a batch, commands last.

    A command that was sent twice is one.
    """
    records = [
        msgspec.structs.replace(record, received=received)
        for received, batch in WRITTEN[name]
        for record in sorted(batch, key=lambda record: isinstance(record, Command))
    ]
    acts = {record.key: record for record in reversed(records) if isinstance(record, Command)}
    return [r for r in records if not isinstance(r, Command) or acts[r.key] is r]


def as_then(now, then):
    """Return what is printed now without what was not printed then: programs learn to say more."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: as_then(value, then[key]) for key, value in now.items() if key in then}
    if isinstance(then, list) and isinstance(now, list) and len(now) == len(then):
        return [as_then(*pair) for pair in zip(now, then, strict=True)]
    return now


def test_of_each_kept_journal_is_known_what_was_written_and_printed():
    assert KEPT == sorted(WRITTEN) == sorted(ASKED)


def test_every_record_is_read_as_it_was_written(old, name):
    records = sorted(built_in_kinds().encode(record) for _, record in all_records(old))

    assert records == sorted(built_in_kinds().encode(record) for record in as_received(name))
    assert not list(verify(old))


def test_the_picture_is_the_fold_of_its_records_at_any_instant(old, name):
    written = as_received(name)
    reader = Reader(old)
    for instant in ASKED[name]:
        folded = Picture()
        folded.apply_all(record for record in written if record.received <= instant)

        picture, _ = reader.picture(instant)

        assert picture == folded, iso(instant)
    reader.close()


def test_the_program_prints_the_picture_that_it_printed_then(name, tmp_path):
    then = json.loads((DATA / f"{name}.pictures.json").read_text())

    now = printed_pictures(DATA / f"{name}.sqlite", tmp_path, ASKED[name])

    assert [picture["instant"] for picture in then] == [iso(at) for at in ASKED[name]]
    assert as_then(now, then) == then
