"""What all tests share: journals on both engines, a clock that the test sets."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine, text

from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.times import Instant, parse
from tests import machine_clock, patience, postgres, processes
from tests.waiting import LONGEST_S

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
processes.guarded(os.getpid())

# What waits, waits for a condition: how long that takes says how busy the machine is.
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitExposed, QtBot.waitActive):
    wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": round(LONGEST_S * 1_000)}

WHOLE_PROGRAMS = ("integration", "journeys")
"""The folders of tests that may need their whole timeout, which is that of a quick machine."""

# How long an example takes says how busy the machine is, nothing of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_numbers = itertools.count()
_began = machine_clock.moment()


class SetClock:
    """A clock that stands until the test moves it."""

    def __init__(self, instant: Instant) -> None:
        self.instant = instant

    def __call__(self) -> Instant:
        return self.instant


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Let tests of whole programs have the time that the program needs here."""
    if item.path.parent.name in WHOLE_PROGRAMS:
        marked = item.get_closest_marker("timeout")
        limit_s = float(marked.args[0] if marked else item.config.getini("timeout"))
        item.add_marker(pytest.mark.timeout(patience.patient(limit_s)), append=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say so where the machine's clock was set while the tests ran."""
    if told := machine_clock.jump(_began, machine_clock.moment()):
        terminalreporter.write_line(told, red=True)


@pytest.fixture(autouse=True)
def end_of_processes() -> Iterator[None]:
    """Leave no process that the test started, though it failed."""
    yield
    processes.end_all()


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at a Friday morning in Paser."""
    return SetClock(parse("2026-11-20T03:00:00Z"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this run."""
    if reason := postgres.missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with postgres.server() as address:
        yield address


@pytest.fixture
def postgres_journal_url(postgres_server: str) -> str:
    """The URL of an empty journal on PostgreSQL."""
    name = f"journal_{next(_numbers)}"
    engine = create_engine(f"{postgres_server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{postgres_server}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def journal_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty journal, on each engine in turn."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "journal.sqlite")
    url: str = request.getfixturevalue("postgres_journal_url")
    return url


@pytest.fixture
def server_journal_url(postgres_journal_url: str) -> str:
    """The URL of an empty journal on PostgreSQL."""
    return postgres_journal_url


@pytest.fixture
def opened(journal_url: str) -> Iterator[Callable[[], Journal]]:
    """Opens the test's journal, as often as is asked, and closes it at the end."""
    journals: list[Journal] = []

    def open_again() -> Journal:
        journals.append(open_journal(journal_url, REAL, own_clock=True))
        return journals[-1]

    yield open_again
    for journal in journals:
        journal.close()


@pytest.fixture
def journal(opened: Callable[[], Journal]) -> Journal:
    """An empty journal, on each engine in turn."""
    return opened()
