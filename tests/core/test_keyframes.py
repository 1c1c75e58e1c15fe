"""Keyframes cost what changed, thin with age, and are never believed where they are damaged."""

import itertools

import pytest
from sqlalchemy import delete, func, select, update

from paser_command.journal import reader as reader_module
from paser_command.journal import schema
from paser_command.journal.chunks import chunked
from paser_command.journal.frames import Frames
from paser_command.journal.keyframes import LONGEST_GAP, KeyframeKeeper, superfluous
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from paser_command.picture.model import model
from paser_command.picture.part import Part
from paser_command.picture.picture import Picture
from paser_command.records import Report
from paser_command.times import DAY, HOUR, MINUTE, Instant
from tests.records import START, flood, level


@pytest.fixture
def writer(journal, clock):
    return Writer(journal, clock)


@pytest.fixture
def reader(journal):
    reader = Reader(journal)
    yield reader
    reader.close()


def keep(journal, received: Instant = START) -> int:
    reader = Reader(journal)
    picture, seq = reader.picture(None)
    reader.close()
    Frames(journal).keep(picture, seq, received)
    return seq


def count(journal, table) -> int:
    with journal.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar() or 0)


def test_one_row_that_changed_changes_few_chunks():
    rows = [b"report %d" % number * 10 for number in range(2_000)]
    other = [*rows[:700], b"changed", *rows[701:]]
    one_less = [*rows[:900], *rows[901:]]

    before = set(chunked(rows))

    assert len(before) > 20
    assert len(set(chunked(other)) - before) <= 2
    assert len(set(chunked(one_less)) - before) <= 2


def test_what_did_not_change_is_stored_once(journal, writer, clock):
    writer.append([flood(f"warga/{number}") for number in range(2_000)])
    keep(journal)
    stored = count(journal, schema.chunk)
    writer.append([flood("warga/1000", title="Banjir surut")])

    keep(journal)

    assert 0 < count(journal, schema.chunk) - stored <= 8
    assert not list(verify(journal))


@pytest.mark.parametrize(
    "harm",
    [
        update(schema.keyframe).values(parts=b"\0\0\0\0\x90"),
        update(schema.keyframe).values(parts=b""),
        update(schema.chunk).values(body=b"none"),
        delete(schema.chunk),
    ],
)
def test_a_damaged_keyframe_is_passed_over(journal, writer, reader, harm):
    writer.append([flood(), level(2.1)])
    keep(journal)
    sound, _ = reader.picture(None)
    writer.append([flood("warga/2")])

    with journal.writing() as connection:
        connection.execute(harm)
    picture, _ = reader.picture(None)

    assert sorted(picture.incidents) == ["warga/1", "warga/2"]
    assert sound.incidents["warga/1"] == picture.incidents["warga/1"]


def test_the_one_before_a_damaged_keyframe_is_used(journal, writer, reader):
    writer.append([flood()])
    first = keep(journal)
    writer.append([flood("warga/2")])
    second = keep(journal)
    with journal.writing() as connection:
        newest = schema.keyframe.c.seq == second
        connection.execute(update(schema.keyframe).where(newest).values(parts=b"x"))

    _, seq = reader.start(second)

    assert seq == first


class Counted(Part):
    """How many reports came, as a part that only another program knows."""

    name = "counted"
    tables = ("counted",)
    kinds = (Report,)

    def __init__(self, changed):
        super().__init__(changed)
        self.count = 0

    def fold(self, record):
        self.count += 1
        self._changed("counted", record.key)

    def dump(self):
        yield bytes([self.count])

    def load(self, rows):
        self.count = next(iter(rows))[0]

    def held(self):
        return self.count


class CountedTwice(Counted):
    version = 2

    def fold(self, record):
        self.count += 2


def test_a_part_that_a_keyframe_lacks_is_folded_from_its_kinds(journal, writer, journal_url):
    writer.append([flood(), level(2.1), flood("warga/2")])
    keep(journal)
    writer.append([flood("warga/3")])
    store = open_journal(journal_url, REAL, model=model(parts=(Counted,)), own_clock=True)
    reader = Reader(store)

    picture, seq = reader.start(3)
    whole, _ = reader.picture(None)
    reader.close()
    store.close()

    assert seq == 3
    assert (picture.part(Counted).count, whole.part(Counted).count) == (2, 3)


def test_a_part_of_another_version_is_folded_again_from_the_nearest_keyframe_that_has_it(
    journal, writer, journal_url
):
    writer.append([flood(), flood("warga/2")])
    newer = open_journal(journal_url, REAL, model=model(parts=(CountedTwice,)), own_clock=True)
    older = open_journal(journal_url, REAL, model=model(parts=(Counted,)), own_clock=True)
    keep(newer)
    with journal.writing() as connection:
        connection.execute(delete(schema.journal).where(schema.journal.c.seq == 1))
    writer.append([flood("warga/3")])
    keep(older)

    reader = Reader(newer)
    picture, seq = reader.start(3)
    reader.close()
    newer.close()
    older.close()

    assert seq == 3
    assert picture.part(CountedTwice).count == 6
    assert sorted(picture.incidents) == ["warga/1", "warga/2", "warga/3"]


def test_a_fold_that_took_long_leaves_a_keyframe(journal, writer, monkeypatch):
    writer.append([flood()])
    monkeypatch.setattr(reader_module, "LONG_S", 0.0)
    reader = Reader(journal)

    reader.picture(None)
    reader.close()

    assert count(journal, schema.keyframe) == 1
    assert not list(verify(journal))


def test_a_fold_goes_to_the_end_that_there_was_when_it_began(journal, writer, reader):
    writer.append([flood(f"warga/{number}") for number in range(5)])
    picture = Picture()
    last = reader.last_until(None)
    writer.append([flood("warga/late")])

    seen = list(reader.slices(picture, 0, last))

    assert seen[-1] == last == 5
    assert "warga/late" not in picture.incidents


def test_the_keeper_keeps_one_each_two_minutes_by_its_own_clock(journal, writer):
    current = [0.0]
    keeper = KeyframeKeeper(journal, Picture(), 0, lambda: current[0])
    for current[0] in (0.0, 60.0, 119.0, 121.0, 130.0):
        writer.append([flood(f"warga/{current[0]}")])
        keeper.follow()
    keeper.close()

    assert count(journal, schema.keyframe) == 2


def test_keyframes_thin_with_their_age():
    now = START
    every = [(number, now - age) for number, age in enumerate(range(60 * DAY, 0, -2 * MINUTE))]

    unneeded = set(superfluous(every, now))
    kept = [received for seq, received in every if seq not in unneeded]

    def between(oldest, newest):
        return sum(now - oldest <= received < now - newest for received in kept)

    assert between(DAY, 0) == 720
    assert 22 <= between(3 * DAY, 2 * DAY) <= 26
    assert 1 <= between(51 * DAY, 50 * DAY) <= 2
    assert every[-1][0] not in unneeded


def test_thinning_leaves_no_gap_that_a_seek_folds_for_long():
    now = START
    busy = [(number * 2_000, now - 40 * DAY + number * MINUTE) for number in range(5_000)]

    unneeded = set(superfluous(busy, now))
    kept = [seq for seq, _ in busy if seq not in unneeded]

    gaps = [later - before for before, later in itertools.pairwise(kept)]
    assert max(gaps) <= LONGEST_GAP
    assert len(kept) < len(busy) / 5


def test_chunks_of_thinned_keyframes_go_and_the_others_are_loaded(journal, writer, clock, reader):
    for number in range(30):
        clock.instant = START + number * MINUTE
        writer.append([flood(f"warga/{number}-{own}", clock.instant) for own in range(50)])
        keep(journal, clock.instant)
    before = count(journal, schema.chunk)
    steady_s = iter(itertools.count(0.0, 3_600.0))
    keeper = KeyframeKeeper(
        journal, reader.picture(None)[0], reader.head()[0], lambda: next(steady_s)
    )
    clock.instant += 3 * DAY
    writer.append([flood("baru/1", clock.instant)])

    keeper.follow()
    keeper.close()

    assert count(journal, schema.keyframe) <= 4
    assert count(journal, schema.chunk) < before
    assert not list(verify(journal))
    assert len(reader.picture(START + 10 * MINUTE)[0].incidents) == 11 * 50


def test_hours_and_days_are_told_apart():
    assert superfluous(
        [(1, START - 40 * DAY), (2, START - 40 * DAY + HOUR), (3, START)], START
    ) == [2]
