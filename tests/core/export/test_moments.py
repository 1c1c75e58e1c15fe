"""A time span is shown at moments that people count in, each with the picture as it was known."""

import pytest

from paser_command.errors import InputError
from paser_command.export.moments import MOST_MOMENTS, moments, pictures
from paser_command.journal.reader import Reader
from paser_command.times import DAY, HOUR, MINUTE, SECOND
from tests.core.export.rooms import LATER, afternoon, evening, room
from tests.records import START


@pytest.mark.parametrize(
    ("span", "step"),
    [
        (10 * MINUTE, 10 * SECOND),
        (HOUR, 30 * SECOND),
        (6 * HOUR, 5 * MINUTE),
        (DAY, 15 * MINUTE),
        (7 * DAY, 2 * HOUR),
        (365 * DAY, 4 * DAY),
    ],
)
def test_the_steps_are_even_and_few(span, step):
    found = moments(START, START + span)

    assert found[1] - found[0] == step
    assert (found[0], found[-1]) == (START, START + span)
    assert len(found) <= MOST_MOMENTS


def test_one_moment_is_one_picture():
    assert moments(START, START) == (START,)


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError, match="choose a later end"):
        moments(LATER, START)


@pytest.mark.parametrize("page", [1, 50_000])
def test_each_picture_is_what_the_reader_gives_for_its_moment(tmp_path, monkeypatch, page):
    journal = room(tmp_path, (START, afternoon()), (LATER, evening()))
    monkeypatch.setattr(Reader.read, "__defaults__", (None, page))
    at = (START - 1, START, LATER - 1, LATER)
    reader, other = Reader(journal), Reader(journal)

    for moment, picture in pictures(reader, at, lambda _: None):
        assert picture == other.picture(moment)[0]

    reader.close()
    other.close()
    journal.close()


def test_it_tells_how_far_it_is(tmp_path):
    journal = room(tmp_path, (START, afternoon()), (LATER, evening()))
    reader = Reader(journal)
    shares: list[float] = []

    list(pictures(reader, (START, LATER), shares.append))

    assert shares == sorted(shares)
    assert {0.0, 0.5} <= set(shares)
    reader.close()
    journal.close()
