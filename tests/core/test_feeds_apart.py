"""Feeds of other makers run in processes of their own: what they do there costs that feed alone."""

import os
import subprocess
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from paser_command.config import FeedSettings
from paser_command.feeds.apart import child, proxy
from paser_command.journal import feed_states
from paser_command.journal.quarantine import listed
from paser_command.journal.store import Journal
from paser_command.plugin.discovery import GROUP, Plugins, discover
from paser_command.records import FeedState, Observation
from tests import extension
from tests.collecting import collecting, pictured, records, until

pytestmark = pytest.mark.parametrize("journal_url", ["sqlite"], indirect=True)


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Plugins:
    monkeypatch.syspath_prepend(str(extension.FOLDER))
    before = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(extension.FOLDER), before))))
    return discover([EntryPoint("strangers", "paser_strangers:plugin.toml", GROUP)])


def stranger(name: str, feed: str = "") -> FeedSettings:
    return FeedSettings(
        id=feed or name, type=f"strangers.{name}", url="http://127.0.0.1:9/", interval_s=0.2
    )


def state_of(journal: Journal, feed: str) -> tuple[FeedState, str]:
    health = pictured(journal).feeds[feed]
    return health.state, health.reason


@pytest.mark.parametrize(
    ("name", "reason", "facts"),
    [
        ("segfaults", "process_ended", {"how": "SIGSEGV"}),
        ("exits", "process_ended", {"how": "3"}),
        ("askstoexit", "plugin_fault", {"kind": "SystemExit"}),
        ("holdsthelock", "process_hung", {}),
        ("loops", "process_hung", {}),
        ("greedy", "plugin_fault", {"kind": "MemoryError"}),
    ],
)
def test_harm_ends_that_feed_alone_and_is_named(
    journal: Journal,
    journal_url: str,
    plugins: Plugins,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    reason: str,
    facts: dict[str, Any],
) -> None:
    monkeypatch.setattr(child, "HANG_S", 3.0)
    monkeypatch.setattr(proxy, "QUIET_S", 3.0)
    with collecting(journal_url, stranger(name), stranger("calm"), plugins=plugins):
        until(lambda: (FeedState.FAILING, reason) == _state(journal, name))
        health = pictured(journal).feeds[name]
        # It is started again, and calm goes on meanwhile.
        seen = len(_numbers(journal, "calm"))
        until(lambda: len(_numbers(journal, "calm")) >= seen + 3)

    assert facts.items() <= health.facts.items()
    assert _numbers(journal, name), "what it gave before the harm stays"
    assert state_of(journal, "calm")[0] is FeedState.LIVE


def test_what_it_prints_and_reads_is_no_message(
    journal: Journal, journal_url: str, plugins: Plugins
) -> None:
    with collecting(journal_url, stranger("babbles"), plugins=plugins):
        until(lambda: len(_numbers(journal, "babbles")) >= 3)

    assert state_of(journal, "babbles") == (FeedState.LIVE, "")


def test_what_is_no_record_is_put_aside_and_the_rest_is_taken(
    journal: Journal, journal_url: str, plugins: Plugins
) -> None:
    with collecting(journal_url, stranger("lies"), plugins=plugins):
        until(lambda: len(_numbers(journal, "lies")) >= 2)
        until(lambda: state_of(journal, "lies") == (FeedState.LIVE, "passed_over"))

    assert {one.key for one in records(journal) if isinstance(one, Observation)} == {"lies/good"}
    assert len(list(listed(journal))) >= 4


def test_it_learns_what_the_journal_has_and_keeps_its_state(
    journal: Journal, journal_url: str, plugins: Plugins, caplog: pytest.LogCaptureFixture
) -> None:
    feeds = stranger("knows"), stranger("calm")
    with collecting(journal_url, *feeds, plugins=plugins):
        until(lambda: "some 2" in [report.title for report in pictured(journal).reports.values()])
        until(lambda: len(_numbers(journal, "calm")) >= 3)
    with collecting(journal_url, *feeds, plugins=plugins):
        seen = len(_numbers(journal, "calm"))
        until(lambda: len(_numbers(journal, "calm")) > seen)

    assert "a line for the log" in caplog.text
    assert _polls(journal) > 3


def test_a_stream_learns_that_the_journal_has_what_it_pushed(
    journal: Journal, journal_url: str, plugins: Plugins
) -> None:
    with collecting(journal_url, stranger("streams"), plugins=plugins):
        until(lambda: len(_numbers(journal, "streams")) >= 5)

    values = _numbers(journal, "streams")
    assert values == [float(number) for number in range(1, len(values) + 1)]


def test_no_process_outlives_its_collector(
    journal: Journal, journal_url: str, plugins: Plugins, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    popen = subprocess.Popen

    def started(*arguments: Any, **options: Any) -> Any:
        made.append(popen(*arguments, **options))
        return made[-1]

    monkeypatch.setattr(subprocess, "Popen", started)
    with collecting(journal_url, stranger("calm"), stranger("streams"), plugins=plugins):
        until(lambda: len(_numbers(journal, "streams")) >= 2)
        assert all(process.poll() is None for process in made)

    until(lambda: all(process.poll() is not None for process in made))
    assert len(made) == 2


def _state(journal: Journal, feed: str) -> tuple[FeedState, str] | None:
    return state_of(journal, feed) if feed in pictured(journal).feeds else None


def _numbers(journal: Journal, feed: str) -> list[float]:
    found = [one for one in records(journal) if isinstance(one, Observation)]
    return [one.value for one in found if one.key.startswith(f"{feed}/")]


def _polls(journal: Journal) -> int:
    return int(feed_states.load(journal, "calm").get("polls", 0))
