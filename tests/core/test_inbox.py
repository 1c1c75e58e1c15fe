"""The inbox: no feed delays another, nothing is lost, nothing is told twice."""

import threading

from paser_command.feeds import inbox as inbox_module
from paser_command.feeds.inbox import Inbox, Novelty
from paser_command.feeds.marks import Whole
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord, Position, Report, Stream
from paser_command.times import HOUR, SECOND
from tests.records import START, flood, level


def test_a_flooding_feed_waits_and_no_other_does(monkeypatch):
    monkeypatch.setattr(inbox_module, "ROOM", 10)
    inbox = Inbox()
    inbox.put("flooding", [level(1.0, at) for at in range(10)])
    waiting = threading.Thread(target=inbox.put, args=("flooding", [level(1.0, 10)]), daemon=True)
    waiting.start()

    inbox.put("calm", [flood()])

    batch = inbox.take(1.0)
    waiting.join(5.0)
    assert flood() in batch
    assert len(batch) + len(inbox.take(1.0)) == 12


def test_a_word_about_a_full_feed_never_waits(monkeypatch):
    monkeypatch.setattr(inbox_module, "ROOM", 1)
    inbox = Inbox()
    inbox.put("flooding", [level(1.0)])

    inbox.tell("flooding", flood())

    assert inbox.take(1.0) == [level(1.0), flood()]


def test_a_batch_is_shared_fairly(monkeypatch):
    monkeypatch.setattr(inbox_module, "BATCH", 10)
    inbox = Inbox()
    inbox.put("flooding", [level(1.0, at) for at in range(100)])
    inbox.put("calm", [flood(f"calm/{n}") for n in range(3)])

    batch = inbox.take(1.0)

    assert [one.key for one in batch if isinstance(one, Report)] == ["calm/0", "calm/1", "calm/2"]


def test_nothing_is_taken_beyond_the_end_of_a_snapshot_before_it_was_acted_upon():
    inbox = Inbox()
    end = Whole("calm", "calm/", {"calm/1"})
    inbox.put("calm", [flood("calm/1"), end, flood("calm/2")])

    assert inbox.take(1.0) == [flood("calm/1"), end]
    assert inbox.take(1.0) == [flood("calm/2")]


def test_an_empty_inbox_gives_nothing_after_its_time():
    assert Inbox().take(0.01) == []


def test_a_closed_inbox_lets_everybody_go(monkeypatch):
    monkeypatch.setattr(inbox_module, "ROOM", 1)
    inbox = Inbox()
    inbox.put("a", [flood()])
    waiting = threading.Thread(target=inbox.put, args=("a", [flood()]), daemon=True)
    waiting.start()

    inbox.close()

    waiting.join(5.0)
    assert not waiting.is_alive()


def test_what_was_said_already_is_dropped():
    novelty = Novelty(Picture())
    said: list[AnyRecord] = [flood(), level(2.1)]

    assert novelty.fresh(said) == said
    assert novelty.fresh(said) == []
    assert novelty.fresh([flood(title="lain")]) == [flood(title="lain")]


def test_a_restart_says_nothing_twice():
    picture = Picture()
    picture.apply_all([flood(received=START), level(2.1)])

    assert Novelty(picture).fresh([flood(incident=""), level(2.1)]) == []


def test_a_description_read_again_says_nothing_new():
    novelty = Novelty(Picture())
    stream = Stream(feed="muka-air", key="muka-air/1", at=START, name="Kandilo", unit="m")
    again = Stream(feed="muka-air", key="muka-air/1", at=START + HOUR, name="Kandilo", unit="m")

    assert novelty.fresh([stream]) == [stream]
    assert novelty.fresh([again]) == []


def test_the_same_number_at_another_time_is_new():
    novelty = Novelty(Picture())

    assert len(novelty.fresh([level(2.1, START), level(2.1, START + SECOND)])) == 2


def test_a_place_that_was_told_is_not_told_again_after_a_restart_either():
    here = Position(feed="satuan", key="satuan/1", at=START, lon=116.2, lat=-1.9)
    later = Position(feed="satuan", key="satuan/1", at=START + SECOND, lon=116.2, lat=-1.9)
    novelty, picture = Novelty(Picture()), Picture()

    assert novelty.fresh([here, here, later]) == [here, later]

    picture.apply(later)
    assert Novelty(picture).fresh([later, here]) == [here]
