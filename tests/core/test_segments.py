"""Segments hold the times of receipt together: a stamp of the future hides nothing after it."""

import pytest
from sqlalchemy import update

from paser_command.journal import schema
from paser_command.journal.reader import Reader
from paser_command.journal.segments import OPEN, SEALED, segments
from paser_command.journal.stamps import ClockError
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture
from paser_command.times import DAY, HOUR, MINUTE, SECOND, now
from tests.records import START, flood, level, warning


@pytest.fixture
def writer(journal, clock):
    return Writer(journal, clock)


@pytest.fixture
def reader(journal):
    reader = Reader(journal)
    yield reader
    reader.close()


def segments_of(journal):
    with journal.engine.connect() as connection:
        return segments(connection)


def where(findings):
    return [finding.where for finding in findings]


def test_a_day_of_receipt_is_a_segment(journal, writer, clock):
    for hours in (0, 10, 20, 30):
        clock.instant = START + hours * HOUR
        writer.append([flood(f"warga/{hours}", clock.instant)])

    found = segments_of(journal)

    assert [(one.first_seq, one.last_seq, one.state) for one in found] == [
        (1, 3, SEALED),
        (4, None, OPEN),
    ]
    assert found[0].last_received == START + 20 * HOUR
    assert not where(verify(journal))


def test_a_moment_of_every_day_is_found(writer, reader, clock):
    moments = [START + hours * HOUR for hours in (0, 10, 20, 30, 80)]
    for number, clock.instant in enumerate(moments, start=1):
        writer.append([flood(f"warga/{number}", clock.instant)])

    assert [reader.last_until(moment) for moment in moments] == [1, 2, 3, 4, 5]
    assert [reader.last_until(moment - 1) for moment in moments] == [0, 1, 2, 3, 4]


def test_what_came_after_a_clock_was_set_right_is_in_the_picture_of_now(writer, reader, clock):
    writer.append([warning()])
    clock.instant += 3650 * DAY
    writer.append([flood("warga/1", START)])
    clock.instant = START + MINUTE

    writer.append([flood(f"kritis/{number}", clock.instant) for number in range(20)])
    picture, _ = reader.picture(clock.instant)

    assert len(picture.incidents) == 21
    assert [alert.key for alert in picture.alerts_in_force(clock.instant)] == ["peringatan/1"]


def test_a_moment_before_the_clock_was_set_right_shows_nothing_of_the_future(writer, reader, clock):
    writer.append([flood("warga/1")])
    clock.instant += DAY
    writer.append([flood("esok/1")])
    clock.instant = START + MINUTE
    writer.append([flood("warga/2")])

    before, _ = reader.picture(START + SECOND)
    after, _ = reader.picture(START + MINUTE)

    assert list(before.incidents) == ["warga/1"]
    assert list(after.incidents) == ["warga/1", "esok/1", "warga/2"]


def test_a_stamp_of_the_future_counts_as_of_when_the_clock_was_set_right(writer, reader, clock):
    clock.instant += DAY
    writer.append([flood("esok/1"), level(2.1)])
    clock.instant = START + MINUTE
    writer.append([level(2.2, START + SECOND)])

    page = reader.read(0)
    picture, _ = reader.picture(None)

    assert {record.received for record in page.records} == {START + MINUTE}
    assert picture.incidents["esok/1"].known == START + MINUTE


def test_every_route_gives_one_picture_where_a_clock_ran_ahead(writer, reader, clock):
    for offset in (0, MINUTE, 2 * DAY, MINUTE * 2, HOUR, 5 * HOUR):
        clock.instant = START + offset
        writer.append([warning(f"peringatan/{offset}", START), flood(f"warga/{offset}", START)])

    whole, _ = reader.picture(None)
    by_ones = Picture()
    seq = 0
    while (page := reader.read(seq, page=1)).count:
        by_ones.apply_all(page.records)
        seq = page.seq

    assert whole == by_ones
    assert len(whole.alerts) == 6


def test_verify_names_stamps_beyond_now(journal, writer, clock):
    writer.append([flood()])
    clock.instant += 3650 * DAY
    writer.append([flood("warga/2"), flood("warga/3")])

    assert where(verify(journal, START + MINUTE)) == ["records 2 to 3"]


def test_a_hole_in_the_number_line_costs_what_was_in_it(journal, writer, reader, clock):
    for number in range(20):
        clock.instant += MINUTE
        writer.append([flood(f"warga/{number}", clock.instant)])
    with journal.writing() as connection:
        hole = schema.journal.c.seq.between(5, 15)
        connection.execute(schema.journal.delete().where(hole))

    picture, seq = reader.picture(clock.instant - 2 * MINUTE)

    assert seq == 18
    assert len(picture.incidents) == 7


def test_stamps_on_a_server_are_the_servers(server_journal_url):
    store = open_journal(server_journal_url, REAL)
    before = now()
    written = Writer(store, now).append([flood()])
    store.close()

    assert before - SECOND <= written.received <= now() + SECOND


@pytest.mark.parametrize("off", [DAY, -10 * SECOND])
def test_a_writer_whose_clock_is_wrong_is_refused_on_a_server(server_journal_url, off):
    store = open_journal(server_journal_url, REAL)

    with pytest.raises(ClockError, match=r"ahead of|behind") as refused:
        Writer(store, lambda: now() + off).append([flood()])
    written = Writer(store, now).append([flood()])
    store.close()

    assert refused.value.facts["seconds"] == pytest.approx(abs(off) / SECOND, abs=1)
    assert written.seq == 1


def test_a_segment_that_was_changed_is_named(journal, writer, clock):
    writer.append([flood()])
    clock.instant += DAY
    writer.append([flood("warga/2")])

    with journal.writing() as connection:
        connection.execute(
            update(schema.segment)
            .where(schema.segment.c.first_seq == 1)
            .values(last_received=START - HOUR)
        )

    assert "segment 1" in where(verify(journal))
