"""Acts wait on the disk while the journal is away: a console that is killed then loses none."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from paser_command.config import JournalSettings, Site, SiteConfig, site_toml
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import all_records
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.records import Command
from paser_command.times import now
from tests import postgres
from tests.integration.test_keeper import Kept
from tests.records import flood

NOTES = ("perahu", "ambulans")


@pytest.fixture(params=["sqlite", "postgresql"])
def journal_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty journal; the server is this test's own, for it will be stopped."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "journal.sqlite")
        return
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.server() as address:
        yield f"{address}/postgres"


@pytest.fixture
def site(tmp_path: Path, journal_url: str) -> tuple[str, ...]:
    """A site without feeds, whose journal knows two incidents."""
    journal = open_journal(journal_url, REAL)
    Writer(journal, now).append([flood(key=f"warga/{number}") for number in (1, 2)])
    journal.close()
    config = SiteConfig(
        site=Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91),
        journal=JournalSettings(url=journal_url),
    )
    file = tmp_path / "site.toml"
    file.write_text(site_toml(config))
    return ("--config", str(file), "--language", "en", "--who", "Sari", "--seat", "meja 2")


@contextmanager
def away(url: str) -> Iterator[None]:
    """Have the journal accept nothing: SQLite's lock is held, PostgreSQL's server is stopped."""
    if url.startswith("sqlite"):
        other = sqlite3.connect(url.partition(":///")[2], isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.close()
        return
    stopped = _processes_of_server(url)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(stopped):
            os.kill(pid, signal.SIGCONT)


def _processes_of_server(url: str) -> list[int]:
    """Return the server's own process, and then its children."""
    engine = create_engine(url)
    with engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    status = Path(f"/proc/{backend}/stat").read_text()
    parent = int(status.rpartition(")")[2].split()[1])
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    engine.dispose()
    return [parent, *(int(child) for child in children if int(child) != backend)]


def _commands(url: str) -> list[Command]:
    journal = open_journal(url, create=False)
    try:
        records = [record for _, record in sorted(all_records(journal))]
    finally:
        journal.close()
    return [one for one in records if isinstance(one, Command) and one.verb != "workspace"]


@pytest.mark.timeout(400)
def test_acts_that_waited_when_a_console_was_killed_are_saved_by_the_next(
    tmp_path, site, journal_url
):
    with Kept(tmp_path, *site) as kept:
        shown = kept.until(lambda told: len(told["waiting"]) == 2 and not told["acts"])
        with away(journal_url):
            kept.say("select warga/1")
            kept.say("take")
            for note in NOTES:
                kept.say(f"note {note}")
            late = kept.until(lambda told: told["on_disk"] >= 3 and "not saved yet" in told["acts"])
            acted_by = now()
            kept.process.kill()
            os.kill(shown["pid"], signal.SIGKILL)
            kept.process.wait()
    assert late["acts"].startswith("not saved yet (3)")
    assert _commands(journal_url) == []

    with Kept(tmp_path, *site) as again:
        again.until(lambda told: "3 actions from before were saved" in told["banner"])
        again.until(lambda told: told["on_disk"] == 0 and not told["acts"])
        again.until(lambda told: len(told["waiting"]) == 1)

    commands = _commands(journal_url)
    assert [one.verb for one in commands] == ["acknowledge", "note", "note"]
    assert [one.arguments.get("text") for one in commands[1:]] == list(NOTES)
    assert {(one.who, one.seat) for one in commands} == {("Sari", "meja 2")}
    assert all(one.at < acted_by < one.received for one in commands)
