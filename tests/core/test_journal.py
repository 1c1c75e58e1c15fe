"""What the journal promises, on SQLite and on PostgreSQL alike."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, text, update

from paser_command.errors import JournalError, JournalMixedError
from paser_command.journal import schema
from paser_command.journal.frames import Frames
from paser_command.journal.pages import BULK
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.stats import stats
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from paser_command.picture.model import model
from paser_command.picture.picture import Picture, Reading
from paser_command.records import AnyRecord
from paser_command.times import HOUR, SECOND, now
from tests.conftest import SetClock
from tests.pictures import body_of, picture_of
from tests.records import LEVEL, START, STEP, acknowledge, any_record, flood, level

_drawn = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read_all(journal: Journal) -> Picture:
    reader = Reader(journal)
    picture = Picture()
    reader.fold(picture, 0)
    reader.close()
    return picture


def test_what_was_appended_is_read_back(journal, clock):
    written = Writer(journal, clock).append([flood(), level(2.1), acknowledge("warga/1")])

    records = sorted(all_records(journal), key=lambda numbered: numbered[0])

    assert (written.seq, written.count, written.received) == (3, 3, clock())
    assert {type(record).__name__ for _, record in records} == {"Report", "Observation", "Command"}
    assert {record.received for _, record in records} == {clock()}


def test_receipt_does_not_fall_where_clocks_differ_by_moments(journal, clock):
    writer = Writer(journal, clock)
    first = writer.append([flood()])
    clock.instant -= 4 * SECOND

    second = writer.append([level(2.1)])

    assert second.received == first.received


def test_a_command_sent_twice_is_one_command(journal, clock):
    writer = Writer(journal, clock)
    command = acknowledge("warga/1")
    writer.append([command])

    writer.append([flood(), command])

    assert stats(journal).by_kind == {"command": 1, "report": 1}
    assert not list(verify(journal))


def test_a_moment_hides_what_was_received_later(journal, clock):
    writer = Writer(journal, clock)
    writer.append([flood("warga/1"), level(2.1)])
    then = clock.instant
    clock.instant += 5 * SECOND
    writer.append([flood("warga/2"), level(2.2, START + SECOND)])
    reader = Reader(journal)

    picture, _ = reader.picture(then)

    assert list(picture.incidents) == ["warga/1"]
    assert picture.latest[LEVEL].value == 2.1
    reader.close()


def test_what_came_late_is_hindsight_only(journal, clock):
    writer = Writer(journal, clock)
    clock.instant = START + HOUR
    writer.append([level(1.0, START), flood("warga/1", START)])
    reader = Reader(journal)

    known, _ = reader.picture(START, Reading.KNOWN)
    happened, _ = reader.picture(START, Reading.HAPPENED)

    assert not known.latest
    assert happened.latest[LEVEL].value == 1.0
    assert list(happened.incidents) == ["warga/1"]
    reader.close()


def test_an_exercise_is_never_mixed_into_a_real_journal(journal, journal_url):
    with pytest.raises(JournalMixedError, match="real records"):
        open_journal(journal_url, "banjir-kandilo")

    assert journal.purpose() == REAL


def test_a_journal_that_only_newer_programs_may_read_is_refused(journal, journal_url):
    _made_by_a_newer_program(journal, oldest_reader="4", oldest_writer="4")

    with pytest.raises(JournalError, match="newer version"):
        open_journal(journal_url, REAL)


def test_a_journal_of_a_newer_program_is_read_and_written_where_that_says_so(journal, opened):
    _made_by_a_newer_program(journal, oldest_reader="3", oldest_writer="3")

    store = opened()
    Writer(store, lambda: START).append([flood()])

    assert list(read_all(store).incidents) == ["warga/1"]


def test_a_journal_of_a_newer_program_is_read_and_not_written_where_that_says_so(journal, opened):
    Writer(journal, lambda: START).append([flood()])
    _made_by_a_newer_program(journal, oldest_reader="2", oldest_writer="4")

    store = opened()

    with pytest.raises(JournalError, match="newer version"):
        Writer(store, lambda: START).append([flood("warga/2")])
    assert list(read_all(store).incidents) == ["warga/1"]


def _made_by_a_newer_program(journal: Journal, **facts: str) -> None:
    with journal.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for name, value in facts.items():
            named = schema.meta.c.name == name
            connection.execute(update(schema.meta).where(named).values(value=value))


def test_the_migrations_make_the_schema_that_the_program_uses(journal):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from paser_command.journal import partial_index as partial_index

    with journal.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, schema.metadata)

    assert [d for d in differences if d[0] != "remove_table"] == []


@_drawn
@given(
    batches=st.lists(st.lists(any_record(), max_size=8), min_size=1, max_size=8),
    keyframe_after=st.integers(0, 8),
)
def test_fold_keyframe_and_live_give_one_picture_at_every_instant(
    journal: Journal,
    batches: list[list[AnyRecord]],
    keyframe_after: int,
):
    _clear(journal)
    clock = SetClock(START)
    writer, reader = Writer(journal, clock), Reader(journal)
    live, seq, seen = Picture(), 0, []
    for number, batch in enumerate(batches):
        clock.instant += STEP * (40 if number % 3 == 2 else 1)
        written = writer.append(batch)
        seq = reader.fold(live, seq)
        if number == keyframe_after and written.seq:
            Frames(journal).keep(live, written.seq, written.received)
        seen.append((clock.instant, picture_of(body_of(live), model())))

    for instant, live_then in seen:
        by_keyframe, _ = reader.picture(instant)
        full = Picture()
        reader.fold(full, 0, instant)
        one_by_one = Picture()
        reader_seq = 0
        while (page := reader.read(reader_seq, instant, page=1)).count:
            one_by_one.apply_all(page.records)
            reader_seq = page.seq

        assert by_keyframe == full == live_then == one_by_one
    assert not list(verify(journal))
    reader.close()


def test_readers_miss_nothing_of_four_writers(journal, opened):
    stop = threading.Event()
    seen: set[tuple[str, int]] = set()
    reader_of_all = Reader(journal)

    def write(number: int) -> None:
        writer = Writer(opened(), now)
        for at in range(60):
            writer.append([level(1.0, at, f"w{number}/s"), flood(f"w{number}/{at}", at)])

    def follow() -> None:
        after = 0
        while True:
            ended = stop.is_set()
            page = reader_of_all.read(after)
            seen.update((r.key, r.at) for r in page.records if hasattr(r, "title"))
            after = page.seq
            if ended and not page.count:
                return

    follower = threading.Thread(target=follow, daemon=True)
    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in (follower, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    follower.join()

    assert seen == {(f"w{number}/{at}", at) for number in range(4) for at in range(60)}
    assert not list(verify(journal))
    reader_of_all.close()


@pytest.mark.parametrize(
    ("harm", "where"),
    [
        (delete(schema.journal).where(schema.journal.c.seq == 1), "record 1"),
        (update(schema.journal).where(schema.journal.c.seq == 1).values(at=5), "record 1"),
        (update(schema.journal).where(schema.journal.c.seq == 3).values(body=b"\1x"), "record 3"),
        (delete(schema.audit), "command 3"),
        (update(schema.audit).values(hash=b"0"), "command 3"),
        (update(schema.observation).values(value=9.0), "rollup_minute of muka-air/kandilo"),
        (update(schema.keyframe).values(parts=b"none"), "keyframe 3"),
        (delete(schema.chunk), "keyframe 3"),
    ],
)
def test_harm_is_found_and_named(journal, clock, harm, where):
    written = Writer(journal, clock).append([flood(), level(2.1), acknowledge("warga/1")])
    picture = read_all(journal)
    Frames(journal).keep(picture, written.seq, written.received)
    assert not list(verify(journal))

    with journal.writing() as connection:
        connection.execute(harm)

    assert where in [finding.where for finding in verify(journal)]


def test_stats_count_every_table(journal, clock):
    writer = Writer(journal, clock)
    writer.append([flood(), level(2.1)])
    clock.instant += SECOND
    writer.append([acknowledge("warga/1")])

    counted = stats(journal)

    assert counted.records == 3
    assert counted.by_kind == {"command": 1, "observation": 1, "report": 1}
    assert counted.by_feed == {"console": 1, "muka-air": 1, "warga": 1}
    assert (counted.first, counted.last) == (START, START + SECOND)
    assert counted.bytes > 0


def _clear(journal: Journal) -> None:
    with journal.writing() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            if table is not schema.meta:
                connection.execute(delete(table))


@pytest.mark.parametrize("journal_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", BULK, ids=lambda kind: kind.table.name)
def test_the_newest_of_a_stretch_is_looked_for_in_that_stretch_alone(journal, kind):
    with journal.engine.connect() as connection:
        compiled = kind._newest.compile(journal.engine)
        asked = {**compiled.params, "after": 1_000, "last": 2_000}
        given = tuple(asked[name] for name in compiled.positiontup)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", given).all()

    found = [row.detail for row in plan if kind.table.name in row.detail]
    assert found
    assert all("USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in one for one in found)
