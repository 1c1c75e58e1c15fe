"""A journal of an older schema is brought up whole or not at all, with a copy beside it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections import namedtuple
from importlib.resources import files
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, create_engine

from paser_command.errors import JournalError
from paser_command.journal.activity import activity
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from paser_command.times import MINUTE
from tests.records import START, flood

OLD = Path(__file__).parents[1] / "data" / "journal-0001-1.sqlite"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "journal.sqlite"
    shutil.copy(OLD, path)
    return path


@pytest.fixture
def migrated(path):
    store = open_journal(sqlite_url(path), REAL)
    yield store
    store.close()


def revision(path):
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    connection.close()
    return found


def test_an_old_journal_is_sound_afterwards_and_goes_on(migrated):
    records = len(list(all_records(migrated)))

    Writer(migrated, lambda: START + MINUTE).append([flood("baru/1")])
    reader = Reader(migrated)
    picture, seq = reader.picture(None)
    reader.close()

    assert seq == records + 1
    assert sorted(picture.incidents) == ["baru/1", "warga/1"]
    assert not list(verify(migrated))


def test_counts_of_activity_are_kept(migrated):
    counted = activity(migrated, START, START + MINUTE)

    assert counted.counts.sum() > 0


def test_a_copy_stays_beside_it(path, migrated):
    copy = path.with_name(f"{path.name}.before-0003")

    assert revision(copy) == "0001"
    assert revision(path) == "0003"
    assert copy.read_bytes()[:16] == OLD.read_bytes()[:16]


def test_progress_is_told(path):
    told = []

    open_journal(sqlite_url(path), progress=lambda step, done: told.append((step, done))).close()

    assert ("copy", 1.0) in told
    assert ("migrate", 1.0) in told


def test_a_disk_without_room_for_the_copy_changes_nothing(path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 10**6))

    with pytest.raises(JournalError, match="MB are free"):
        open_journal(sqlite_url(path))

    assert revision(path) == "0001"
    assert sorted(one.name for one in path.parent.iterdir() if "before" in one.name) == []


def test_a_writer_of_the_old_version_that_still_runs_fails_with_its_next_batch(path):
    running = sqlite3.connect(path, isolation_level=None)
    running.execute("SELECT count(*) FROM activity_minute").fetchone()
    open_journal(sqlite_url(path)).close()

    with pytest.raises(sqlite3.OperationalError, match="activity_minute"):
        running.execute("INSERT INTO activity_minute VALUES (0, 'report', 0, 1)")
    with pytest.raises(sqlite3.OperationalError, match="body"):
        running.execute("INSERT INTO keyframe (seq, received, body) VALUES (1, 1, x'06')")
    running.close()


def test_an_old_journal_on_a_server_is_brought_up_without_a_copy(server_journal_url, path):
    _put_on_a_server(path, server_journal_url)

    store = open_journal(server_journal_url, REAL)
    on_file = open_journal(sqlite_url(path), REAL)
    records, others = (sorted(all_records(one)) for one in (store, on_file))
    found = list(verify(store))
    store.close()
    on_file.close()

    assert records == others
    assert not found


def _put_on_a_server(path, url):
    """Make the old schema on the server, and fill it with what the file holds."""
    settings = Config()
    settings.set_main_option("script_location", str(files("paser_command.journal") / "migrations"))
    settings.set_main_option("path_separator", "os")
    source, target = create_engine(sqlite_url(path)), create_engine(url)
    held = MetaData()
    held.reflect(source)
    with source.connect() as old, target.begin() as new:
        settings.attributes["connection"] = new
        command.upgrade(settings, "0001")
        for table in held.sorted_tables:
            rows = [dict(row._mapping) for row in old.execute(table.select())]
            if rows and table.name != "alembic_version":
                new.execute(table.insert(), rows)
    source.dispose()
    target.dispose()


KILLED = """
    import os, signal, sys
    from paser_command.journal.store import open_journal

    def kill(step, done):
        if step == sys.argv[2] and done >= float(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)

    open_journal(sys.argv[1], progress=kill)
"""


@pytest.mark.parametrize("step", ["copy", "migrate"])
def test_a_kill_in_the_middle_leaves_the_old_journal_or_the_new_one(path, step):
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), sqlite_url(path), step, "0.5"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    left = revision(path)

    store = open_journal(sqlite_url(path), REAL)
    found = list(verify(store))
    store.close()

    assert killed.returncode == -signal.SIGKILL
    assert left == "0001"
    assert not found
