"""The oldest segments can be deleted by a recorded act, and all that reads the journal goes on."""

import pytest
from sqlalchemy import select, update

from paser_command.journal import schema
from paser_command.journal.checks.states import DELETE_SEGMENTS
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.retention import delete_segments
from paser_command.journal.segments import GONE, HELD, segments
from paser_command.journal.series import series
from paser_command.journal.trails import trails
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from paser_command.records import Command, Position
from paser_command.times import DAY, HOUR
from tests.records import LEVEL, START, acknowledge, flood, level


@pytest.fixture
def writer(journal, clock):
    writer = Writer(journal, clock)
    for number in range(12):
        at = clock.instant = START + number * 8 * HOUR
        unit = Position(feed="unit", key="unit/1", at=at, lon=116 + number / 100, lat=-1.9)
        act = acknowledge(f"warga/{number}", at, key=f"a{number}")
        writer.append([flood(f"warga/{number}", at), level(number, at), unit, act])
    return writer


@pytest.fixture
def reader(journal):
    reader = Reader(journal)
    yield reader
    reader.close()


def delete_two_days(journal, writer, clock):
    return delete_segments(journal, writer, START + 2 * DAY, who="sari", seat="2", at=clock.instant)


def states(journal):
    with journal.engine.connect() as connection:
        return [segment.state for segment in segments(connection)]


def test_what_was_deleted_is_gone_and_all_else_is_there(journal, writer, clock, reader):
    before, _ = reader.picture(None)

    last = delete_two_days(journal, writer, clock)
    after, _ = reader.picture(None)

    assert last == 24
    assert states(journal)[:2] == [GONE, GONE]
    assert min(seq for seq, _ in all_records(journal)) == 25
    assert after.incidents == before.incidents
    assert not list(verify(journal))


def test_the_first_segment_that_stays_begins_with_a_keyframe(journal, writer, clock, reader):
    last = delete_two_days(journal, writer, clock)

    picture, seq = reader.start(last)

    assert seq == last
    assert len(picture.incidents) == 6


def test_seeks_series_trails_and_the_first_moment_go_on(journal, writer, clock, reader):
    moment = START + 50 * HOUR
    before, _ = reader.picture(moment)

    delete_two_days(journal, writer, clock)
    after, _ = reader.picture(moment)
    points = series(journal, LEVEL, START, clock.instant, 100)
    trail = trails(journal, ["unit/1"], START, clock.instant)["unit/1"]

    assert after == before
    assert reader.first() == START + 48 * HOUR
    assert list(points.value) == [6, 7, 8, 9, 10, 11]
    assert list(points.at) == list(trail.at)
    reader.check()


def test_the_act_stands_in_the_journal(journal, writer, clock):
    delete_two_days(journal, writer, clock)

    commands = [one for _, one in all_records(journal) if isinstance(one, Command)]
    acts = [one for one in commands if one.verb == DELETE_SEGMENTS]
    assert [(act.who, act.arguments["last"]) for act in acts] == [("sari", "24")]


def test_segments_that_are_gone_without_an_act_are_named(journal, writer):
    with journal.writing() as connection:
        first = schema.segment.c.first_seq == 1
        connection.execute(update(schema.segment).where(first).values(state=GONE))

    assert "is gone, and no recorded act deleted it" in [str(one.what) for one in verify(journal)]


def test_what_is_held_stays_with_all_that_came_after_it(journal, writer, clock):
    with journal.writing() as connection:
        first = schema.segment.c.first_seq == 1
        connection.execute(update(schema.segment).where(first).values(state=HELD))

    assert delete_two_days(journal, writer, clock) == 0
    assert GONE not in states(journal)


def test_a_deletion_that_was_killed_is_finished_by_the_next(journal, writer, clock):
    with journal.engine.connect() as connection:
        rows = connection.execute(select(schema.position).where(schema.position.c.seq < 21)).all()
    delete_two_days(journal, writer, clock)
    with journal.writing() as connection:
        connection.execute(schema.position.insert(), [dict(row._mapping) for row in rows])
    assert list(verify(journal))

    delete_two_days(journal, writer, clock)

    assert not list(verify(journal))
