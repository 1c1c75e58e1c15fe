"""A source whose clock is ahead hides nothing: what the room received later wins, on every way."""

import pytest

from paser_command.journal.reader import Reader
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture, Reading
from paser_command.records import AnyRecord, Position
from paser_command.times import DAY, HOUR, MINUTE, SECOND
from tests.records import LEVEL, START, flood, level


def unit(at: int, lon: float) -> Position:
    return Position(feed="satuan", key="satuan/1", at=at, lon=lon, lat=-1.9)


def pictured(journal, clock, *told: AnyRecord, apart: int = SECOND) -> Picture:
    """Write the records one after another, and return the picture of now."""
    writer = Writer(journal, clock)
    for record in told:
        writer.append([record])
        clock.instant += apart
    reader = Reader(journal)
    try:
        return reader.picture(clock.instant)[0]
    finally:
        reader.close()


@pytest.mark.parametrize("ahead", [3 * SECOND, 2 * MINUTE, 59 * MINUTE, DAY])
def test_a_true_number_follows_one_of_the_future(journal, clock, ahead):
    now = clock.instant

    picture = pictured(journal, clock, level(1.0, now + ahead), level(3.3, now + SECOND))

    assert picture.latest[LEVEL].value == 3.3


def test_so_do_a_unit_and_a_report(journal, clock):
    now = clock.instant

    picture = pictured(
        journal,
        clock,
        unit(now + HOUR, 116.1),
        flood(at=now + HOUR, title="besok"),
        unit(now + SECOND, 116.2),
        flood(at=now + 2 * SECOND, title="sekarang"),
    )

    assert picture.units["satuan/1"].lon == 116.2
    assert picture.reports["warga/1"].title == "sekarang"


def test_a_clock_that_is_a_second_ahead_is_believed(journal, clock):
    now = clock.instant

    picture = pictured(journal, clock, level(1.0, now + SECOND), level(3.3, now), apart=0)

    assert picture.latest[LEVEL].value == 1.0


def test_what_comes_late_changes_nothing(journal, clock):
    now = clock.instant

    picture = pictured(journal, clock, level(1.0, now), level(3.3, now - MINUTE))

    assert picture.latest[LEVEL].value == 1.0


def test_a_fold_of_one_page_and_of_many_are_the_same(journal, clock):
    now = clock.instant
    told = [level(1.0, now + HOUR), level(2.0, now + SECOND), level(3.0, now + 2 * SECOND)]

    picture = pictured(journal, clock, *told)

    reader = Reader(journal)
    step, stepped = 0, Picture()
    while (page := reader.read(step, page=1)).count:
        stepped.apply_all(page.records)
        step = page.seq
    reader.close()
    assert stepped.latest == picture.latest


def test_with_hindsight_too_a_stamp_of_the_future_is_none(journal, clock):
    now = clock.instant
    pictured(journal, clock, level(1.0, now + HOUR), level(3.3, now + SECOND))

    reader = Reader(journal)
    picture, _ = reader.picture(now + 2 * HOUR, Reading.HAPPENED)
    reader.close()

    assert picture.latest[LEVEL].value == 3.3


def test_a_record_that_is_not_journalled_yet_is_believed():
    picture = Picture()

    picture.apply_all([level(1.0, START + HOUR), level(3.3, START)])

    assert picture.latest[LEVEL].value == 1.0
