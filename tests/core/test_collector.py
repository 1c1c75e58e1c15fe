"""The collector: each feed's data reaches the journal as it comes, and none stops another's."""

import json
import threading

import pytest
from sqlalchemy import text

from paser_command.config import FeedSettings
from paser_command.intake import desk as desk_module
from paser_command.journal import quarantine
from paser_command.plugin.discovery import discover
from paser_command.records import FeedState, Observation
from paser_command.rules.rules import Rules
from paser_command.times import MINUTE, iso, now
from tests import trial_feeds
from tests.collecting import collecting, pictured, records, trial, until
from tests.hostile.server import HostileServer
from tests.trial_feeds import (
    Bad,
    Blocked,
    Calm,
    Endless,
    Faulty,
    Flood,
    Layer,
    Pushing,
    Refused,
    Remembering,
    Trial,
)


def values(journal, feed: str) -> list[float]:
    told = records(journal)
    return [one.value for one in told if isinstance(one, Observation) and one.feed == feed]


def health(journal, feed: str):
    return pictured(journal).feeds.get(feed)


def test_a_poll_without_an_end_hands_over_as_it_goes_and_is_live(journal, journal_url):
    with collecting(journal_url, trial(Endless)):
        until(lambda: len(values(journal, "endless")) > 5)

        until(lambda: health(journal, "endless").state is FeedState.LIVE)

    assert Trial.made[0].closed.is_set()


def test_a_bad_record_costs_itself_and_the_feed_is_live(journal, journal_url):
    with collecting(journal_url, trial(Bad), trial(Calm)):
        until(lambda: len(values(journal, "calm")) > 5)
        told = until(lambda: (h := health(journal, "bad")) and h.reason and h)
        kept = until(lambda: len(quarantine.listed(journal)) == 8 and quarantine.listed(journal))

    assert set(values(journal, "bad")) == {float(number) for number in range(8)}
    assert (told.state, told.reason) == (FeedState.LIVE, "passed_over")
    assert (told.facts["count"], told.facts["of"]) == (8, 16)
    assert {one.reason for one in kept} == {
        "bad_value",
        "wrong_shape",
        "not_utf8",
        "foreign_record",
        "not_from_feeds",
    }
    assert {one.feed for one in kept} == {"bad"}


def test_one_reading_of_99_that_cannot_be_read_leaves_98_live_and_asked_at_their_interval(
    journal, journal_url
):
    readings = [
        {"phenomenonTime": iso(now() - MINUTE), "result": float(n), "Datastream": {"@iot.id": n}}
        for n in range(98)
    ]
    several = {
        "phenomenonTime": iso(now()),
        "result": [1.0, 2.0],
        "MultiDatastream": {"@iot.id": 1},
    }
    with HostileServer() as server:
        server.put("/v1.1/Datastreams", b'{"value": []}')
        answer = json.dumps({"value": [*readings, several]}).encode()
        url = server.put("/v1.1/Observations", answer).removesuffix("/Observations")
        feed = FeedSettings(id="stasiun", type="sensorthings.observations", url=url, interval_s=0.1)

        with collecting(journal_url, feed, plugins=discover()):
            until(lambda: len(server.asked) > 20)
            told = until(lambda: health(journal, "stasiun"))

    assert len(values(journal, "stasiun")) == 98
    assert (told.state, told.reason) == (FeedState.LIVE, "passed_over")
    assert (told.facts["count"], told.facts["of"], told.facts["item"]) == (1, 99, 99)


def test_a_record_that_the_database_refuses_is_found_and_all_others_are_written(
    journal, journal_url
):
    with journal.engine.begin() as connection:
        if journal.shared:
            connection.execute(text("ALTER TABLE observation ADD CHECK (value <> 666)"))
        else:
            connection.execute(
                text(
                    "CREATE TRIGGER refuse BEFORE INSERT ON observation WHEN new.value = 666 "
                    "BEGIN SELECT RAISE(ABORT, 'no such number'); END"
                )
            )

    with collecting(journal_url, trial(Refused), trial(Calm)):
        until(lambda: len(set(values(journal, "refused"))) == 99)
        until(lambda: len(values(journal, "calm")) > 3)
        (kept,) = until(lambda: quarantine.listed(journal))
        until(lambda: (h := health(journal, "refused")) and h.reason == "passed_over")

    assert (kept.key, kept.reason) == ("refused/42", "refused_record")
    assert set(values(journal, "refused")) == {float(n) for n in range(100) if n != 42}


def test_a_record_that_a_rule_cannot_judge_costs_itself(journal, journal_url, monkeypatch):
    class Choking(Rules):
        def judged(self, told):
            if any(one.key == "refused/07" for one in told):
                raise ZeroDivisionError
            return super().judged(told)

    monkeypatch.setattr(desk_module, "Rules", Choking)

    with collecting(journal_url, trial(Refused), trial(Calm)):
        until(lambda: len(set(values(journal, "refused"))) == 99)
        (kept,) = until(lambda: quarantine.listed(journal))

    assert (kept.key, kept.reason) == ("refused/07", "judging_fault")


def test_a_whole_answer_takes_away_what_it_no_longer_holds_after_a_restart_too(
    journal, journal_url, tmp_path
):
    file = tmp_path / "layer.json"
    layer = trial(Layer, url=f"file://{file}")

    def names() -> set[str]:
        return {one.name for one in pictured(journal).features.values()}

    file.write_text(json.dumps({"names": ["a", "b", "c"]}))
    with collecting(journal_url, layer):
        until(lambda: names() == {"a", "b", "c"})
    file.write_text(json.dumps({"names": ["a"]}))
    with collecting(journal_url, layer):
        until(lambda: names() == {"a"})
        file.write_text(json.dumps({"names": ["a", "d"]}))
        until(lambda: names() == {"a", "d"})
        file.write_text(json.dumps({"names": [], "kept": ["d"]}))
        until(lambda: names() == {"d"})


def test_an_answer_that_is_not_whole_takes_nothing_away(journal, journal_url, tmp_path):
    file = tmp_path / "layer.json"
    file.write_text(json.dumps({"names": ["a", "b"]}))
    with collecting(journal_url, trial(Layer, url=f"file://{file}")):
        until(lambda: len(pictured(journal).features) == 2)

        file.write_text(json.dumps({"names": ["c"], "whole": False}))

        until(lambda: len(pictured(journal).features) == 3)


def test_a_feed_goes_on_where_it_stopped(journal, journal_url):
    with collecting(journal_url, trial(Remembering)):
        until(lambda: len(values(journal, "remembering")) > 2)
    first = values(journal, "remembering")

    with collecting(journal_url, trial(Remembering)):
        until(lambda: len(values(journal, "remembering")) > len(first) + 2)

    told = values(journal, "remembering")
    assert told[len(first)] in (first[-1], first[-1] + 1.0)


def test_a_receipt_is_done_when_the_journal_has_what_was_pushed(journal, journal_url):
    with collecting(journal_url, trial(Pushing)):
        pushing = until(lambda: Trial.made and Trial.made[0])
        until(lambda: pushing.receipts > 3)
        receipts = pushing.receipts

        assert len(values(journal, "pushing")) >= receipts
        assert health(journal, "pushing").state is FeedState.LIVE


def test_a_stream_that_waits_in_its_source_is_closed_at_the_end(journal, journal_url):
    with collecting(journal_url, trial(Blocked)):
        until(lambda: (h := health(journal, "blocked")) and h.state is FeedState.LIVE)

    until(Trial.made[0].closed.is_set)


def test_after_a_fault_the_old_instance_is_closed_before_a_new_one_is_built(journal, journal_url):
    with collecting(journal_url, trial(Faulty)):
        until(lambda: len(Trial.made) > 1)

        assert Trial.made[0].closed.is_set()


def test_a_flood_of_one_feed_lets_the_others_through(journal, journal_url):
    with collecting(journal_url, trial(Flood, count=20_000), trial(Calm)):
        until(lambda: len(pictured(journal).streams) == 20_000)

    feeds = [one.feed for one in records(journal) if one.key in ("calm/a", "flood/19999")]
    assert feeds.index("flood") > 2


def test_what_is_asked_back_from_quarantine_is_taken_and_what_is_still_bad_is_not(
    journal, journal_url
):
    good = Observation(feed="calm", key="calm/back", at=1, value=5.0)
    rows = [
        quarantine.Quarantined(
            feed="calm",
            kind="observation",
            key=f"calm/{own}",
            reason="refused_record",
            body=body.encode(),
        )
        for own, body in (
            ("back", f'{{"feed":"calm","key":"calm/back","at":{10**15},"value":5.0}}'),
            ("nan", f'{{"feed":"calm","key":"calm/nan","at":{10**15},"value":NaN}}'),
            ("odd", "[]"),
        )
    ]
    quarantine.put(journal, rows, 1)
    quarantine.ask_for_replay(journal, [one.id for one in quarantine.listed(journal)])

    with collecting(journal_url, trial(Calm)):
        until(lambda: good.key in pictured(journal).latest)
        until(lambda: not quarantine.waiting(journal) and len(quarantine.listed(journal)) == 2)

    assert {(one.key, one.reason) for one in quarantine.listed(journal)} == {
        ("calm/nan", "bad_value"),
        ("calm/odd", "wrong_shape"),
    }


@pytest.mark.parametrize("feed_class", [Calm, Pushing])
def test_its_threads_end_with_it(journal, journal_url, feed_class):
    with collecting(journal_url, trial(feed_class)):
        until(lambda: values(journal, feed_class.__name__.lower()))

    until(lambda: not [t for t in threading.enumerate() if t.name.startswith("feed ")])
    assert all(made.closed.is_set() for made in trial_feeds.Trial.made)
