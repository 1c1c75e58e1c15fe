"""A tally that follows what changes says what counting everything anew would say."""

import gc
import random

from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_command.times import HOUR, MINUTE
from paser_ui.alarms.tallies import Tallies
from tests.ui.city import NOON, a_level_alarm, a_report, acknowledging, the_picture


def fresh(picture):
    return Tallies().of(picture)


def anything(chance, n):
    """Return some record about one of a few things: told, told again, closed, or taken."""
    number, at = chance.randrange(12), NOON + n * MINUTE
    match chance.randrange(4):
        case 0:
            return acknowledging(f"incident-{number}")
        case 1:
            return acknowledging("limit/sensor/kandilo")
        case 2:
            return a_level_alarm(raised=chance.random() < 0.5, at=at, received=at)
    return a_report(
        number,
        at=at,
        received=at,
        severity=Severity(chance.randrange(1, 5)),
        closed=chance.random() < 0.4,
    )


def test_what_is_followed_is_what_is_counted():
    chance, picture, tallies = random.Random(7), the_picture(), Tallies()
    for n in range(400):
        for _ in range(chance.randrange(4)):
            picture.apply(anything(chance, n))

        assert tallies.of(picture) == fresh(picture)


def test_what_was_swept_out_is_counted_no_more():
    picture, tallies = the_picture(), Tallies()
    tallies.of(picture)
    for number in range(6):
        picture.apply(a_report(number, closed=True, at=NOON, received=NOON))

    picture.apply(a_report(50, at=NOON + 30 * HOUR, received=NOON + 30 * HOUR))

    assert "incident-1" not in picture.incidents
    assert tallies.of(picture) == fresh(picture)


def test_more_changes_than_are_remembered_are_counted_anew(monkeypatch):
    picture, tallies = the_picture(), Tallies()
    tallies.of(picture)
    picture.apply(acknowledging("incident-1"))
    monkeypatch.setattr(picture, "changes", lambda part, since: None)

    assert tallies.of(picture) == fresh(picture)


def test_nothing_new_is_the_same_tally():
    picture, tallies = the_picture(), Tallies()

    assert tallies.of(picture) is tallies.of(picture)


def test_each_picture_has_its_own_tally():
    tallies, full, empty = Tallies(), the_picture(), Picture()

    assert tallies.of(full).top is not None
    assert tallies.of(empty).top is None
    assert tallies.of(full).top is not None


def test_a_picture_that_has_gone_is_let_go():
    tallies = Tallies()
    for _ in range(50):
        tallies.of(the_picture())
    gc.collect()

    tallies.of(the_picture())

    assert len(tallies._counts) <= 2
