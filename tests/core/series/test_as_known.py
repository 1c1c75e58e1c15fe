"""A chart shows what the room knew at the moment: late rows, corrections, old journals."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from paser_command.journal import schema
from paser_command.journal import series as reading
from paser_command.journal.engine import sqlite_url
from paser_command.journal.series import series
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from paser_command.times import DAY, HOUR, MINUTE, SECOND
from tests.records import LEVEL, START, level

OLD = Path(__file__).parents[2] / "data" / "journal-0001-7869918.sqlite"


@pytest.fixture(autouse=True)
def rollups(monkeypatch):
    """Have rollups used wherever a column is wide enough."""
    monkeypatch.setattr(reading, "RAW_ROWS_A_COLUMN", 0)


@pytest.fixture
def six_hours(journal, clock):
    """Write a number each ten seconds for six hours, an hour a batch, received at its end."""
    for hour in range(6):
        clock.instant = START + (hour + 1) * HOUR
        begin = START + hour * HOUR
        Writer(journal, clock).append([level(1.0, begin + n * 10 * SECOND) for n in range(360)])
    return journal


def asked(journal, known=None, columns=60):
    return series(journal, LEVEL, START, START + 6 * HOUR, columns, known)


def test_a_spike_that_was_received_later_is_not_there_before(six_hours, clock):
    spike = START + 3 * HOUR + 43 * MINUTE
    before = clock.instant
    clock.instant += 20 * MINUTE
    Writer(six_hours, clock).append([level(99.0, spike + SECOND)])

    then, now = asked(six_hours, before), asked(six_hours)

    assert then.value.max() == 1.0
    assert now.at[now.value.argmax()] == spike + SECOND


def test_a_gap_that_was_filled_later_is_a_gap_then(journal, clock):
    clock.instant = START + 6 * HOUR
    hours = [level(1.0, START + n * MINUTE) for n in range(360) if not 120 <= n < 180]
    Writer(journal, clock).append(hours)
    before = clock.instant
    clock.instant += HOUR
    Writer(journal, clock).append([level(2.0, START + n * MINUTE) for n in range(120, 180)])

    then, now = asked(journal, before), asked(journal)

    assert np.diff(then.at).max() == 61 * MINUTE
    assert np.diff(now.at).max() <= now.step


def test_the_last_word_for_an_instant_counts_as_known_then(six_hours, clock):
    at = START + 2 * HOUR + 20 * SECOND
    moments = []
    for value in (99.0, 3.0):
        clock.instant += MINUTE
        Writer(six_hours, clock).append([level(value, at)])
        moments.append(clock.instant)

    highest = [float(asked(six_hours, known).value.max()) for known in moments]

    assert highest == [99.0, 3.0]
    assert not list(verify(six_hours))


def test_a_correction_within_one_batch_counts_too(journal, clock):
    sent = [level(1.0, START + n * SECOND) for n in range(3600)]
    Writer(journal, clock).append([*sent[:1800], level(99.0, sent[1799].at), *sent[1799:]])

    assert asked(journal, columns=6).value.max() == 1.0
    assert not list(verify(journal))


def test_what_lies_outside_of_the_span_lends_nothing(six_hours):
    begin = START + 90 * SECOND

    found = series(six_hours, LEVEL, begin, begin + HOUR, 30)

    assert (found.at[0], found.at[-1]) == (begin, begin + HOUR)


def test_a_short_span_has_every_number(six_hours):
    found = series(six_hours, LEVEL, START, START + 10 * MINUTE, 200)

    assert (found.at.size, found.step) == (61, 0)


def test_a_span_in_which_nothing_came_is_empty(six_hours):
    found = series(six_hours, LEVEL, START - 30 * DAY, START - DAY, 100)

    assert found.at.size == 0


def test_spans_of_centuries_have_columns_too(six_hours):
    found = series(six_hours, LEVEL, START - 36_500 * DAY, START + DAY, 4_000)

    assert (found.at.size, found.value.max()) == (2, 1.0)


def test_rollups_that_tell_are_used_and_others_are_not(six_hours):
    with six_hours.writing() as connection:
        for table in (schema.rollup_minute, schema.rollup_hour):
            connection.execute(update(table).values(first=50.0))
    before = START + 3 * HOUR

    assert asked(six_hours, columns=6).value.max() == 50.0
    assert asked(six_hours, columns=720).value.max() == 1.0
    assert asked(six_hours, before - MINUTE, columns=1).value.max() == 50.0
    with six_hours.writing() as connection:
        for table in (schema.rollup_minute, schema.rollup_hour):
            connection.execute(update(table).values(in_order=0))
    assert asked(six_hours, columns=6).value.max() == 1.0


def test_spans_of_a_journal_that_was_brought_up_are_read_from_its_rows(tmp_path):
    path = tmp_path / "journal.sqlite"
    shutil.copy(OLD, path)
    store = open_journal(sqlite_url(path), REAL)
    with store.engine.connect() as connection:
        rows = connection.execute(schema.observation.select()).all()
    stream = rows[0].stream
    of_it = [(row.at, row.value) for row in rows if row.stream == stream]
    first, last = min(of_it)[0], max(of_it)[0]

    found = series(store, stream, first, last + DAY, 2)

    store.close()
    assert (found.at[0], found.at[-1]) == (first, last)
    assert found.value.max() == max(value for _, value in of_it)
