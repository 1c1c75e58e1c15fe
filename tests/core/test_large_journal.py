"""The large journal for trials of a migration is one that its version's writer would have written.

That its rows are the writer's own, byte for byte, was compared when it was made.
"""

import sqlite3

from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import stats, verify
from tests.benchmarks.large_journal import BATCH, write

OBSERVATIONS, RECORDS = 3 * BATCH, 1_000


def test_its_schema_is_that_of_version_7869918(tmp_path):
    path = tmp_path / "large.sqlite"

    write(path, OBSERVATIONS, RECORDS)

    with sqlite3.connect(path) as connection:
        [revision] = connection.execute("SELECT version_num FROM alembic_version")
    connection.close()
    assert revision == ("0001",)


def test_it_is_sound_and_holds_what_was_wanted(tmp_path):
    path = tmp_path / "large.sqlite"
    write(path, OBSERVATIONS, RECORDS)
    journal = open_journal(sqlite_url(path), REAL)
    reader = Reader(journal)

    held = stats(journal)
    picture, _ = reader.picture(reader.head()[1])

    assert not list(verify(journal))
    assert held.by_kind == {"command": 100, "observation": OBSERVATIONS, "report": 900}
    assert any(incident.closed for incident in picture.incidents.values())
    assert any(incident.acknowledged for incident in picture.incidents.values())
    reader.close()
    journal.close()
