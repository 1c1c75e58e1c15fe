"""What was not taken can be listed, given back and let go; the newest of each feed are kept."""

import pytest

from paser_command.journal import quarantine
from paser_command.journal.engine import sqlite_url
from paser_command.journal.quarantine import MOST_OF_A_FEED, REPLAY, Quarantined
from paser_command.journal.store import REAL, open_journal
from tests.command_line import run

GOOD = b'{"feed":"a","key":"a/1","at":1000000,"value":2.0}'
BAD = b'{"feed":"b","key":"b/1","at":1000000,"value":NaN}'


def kept(feed: str, body: bytes, own: str = "1") -> Quarantined:
    return Quarantined(
        feed=feed,
        kind="observation",
        key=f"{feed}/{own}",
        reason="bad_value",
        facts={"where": "value"},
        body=body,
    )


@pytest.fixture
def url(tmp_path):
    url = sqlite_url(tmp_path / "journal.sqlite")
    journal = open_journal(url, REAL)
    quarantine.put(journal, [kept("a", GOOD), kept("b", BAD)], 1_000_000)
    journal.close()
    return url


def test_the_newest_of_each_feed_are_kept(journal):
    quarantine.put(journal, [kept("a", GOOD)], 1)
    quarantine.put(journal, [kept("b", BAD, str(n)) for n in range(MOST_OF_A_FEED + 50)], 2)

    assert [one.feed for one in quarantine.listed(journal)].count("a") == 1
    of_b = quarantine.listed(journal, "b")
    assert len(of_b) == MOST_OF_A_FEED
    assert of_b[-1].key == f"b/{MOST_OF_A_FEED + 49}"


def test_the_same_again_is_kept_once(journal):
    quarantine.put(journal, [kept("a", GOOD)], 1)
    quarantine.put(journal, [kept("a", GOOD)], 2)

    (one,) = quarantine.listed(journal)
    assert (one.received, one.facts) == (2, {"where": "value"})


def test_it_is_listed_with_its_reasons(tmp_path, url):
    told = run(tmp_path, "journal", "quarantine", "--journal", url, "--json").json
    lines = run(tmp_path, "journal", "quarantine", "--journal", url, "--feed", "b").out

    assert [(one["key"], one["reason"]) for one in told["quarantine"]] == [
        ("a/1", "bad_value"),
        ("b/1", "bad_value"),
    ]
    assert told["quarantine"][1]["body"] == BAD.decode()
    assert lines.count("\n") == 1
    assert "b/1  bad_value (where=value)" in lines


def test_those_that_are_good_now_are_given_back(tmp_path, url):
    told = run(tmp_path, "journal", "quarantine", "replay", "--journal", url, "--json")

    journal = open_journal(url)
    waiting = quarantine.waiting(journal)
    journal.close()
    assert (told.code, told.json) == (0, {"replayed": 1, "bad": 1})
    assert [(one.key, one.reason) for one in waiting] == [("a/1", REPLAY)]


def test_where_none_is_good_the_exit_code_says_so(tmp_path, url):
    ended = run(tmp_path, "journal", "quarantine", "replay", "--journal", url, "--feed", "b")

    assert ended.code == 1


def test_they_are_let_go(tmp_path, url):
    run(tmp_path, "journal", "quarantine", "clear", "--journal", url, "--feed", "a")
    lines = run(tmp_path, "journal", "quarantine", "--journal", url).out

    assert "a/1" not in lines
    assert "b/1" in lines
    run(tmp_path, "journal", "quarantine", "clear", "--journal", url)
    ended = run(tmp_path, "journal", "quarantine", "--journal", url, PASER_LANGUAGE="id")
    assert ended.out == "karantina kosong\n"
