"""`journal verify` finds what was changed, put in or taken away, anywhere in the journal."""

import random
import sqlite3

import pytest
from sqlalchemy import delete, insert, text, update

from paser_command.errors import PaserError
from paser_command.journal import schema
from paser_command.journal.engine import sqlite_url
from paser_command.journal.frames import Frames
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer, chained
from paser_command.records import Position
from paser_command.times import DAY, MINUTE, SECOND
from tests.conftest import SetClock
from tests.records import START, acknowledge, flood, level, warning

SEED = 20261120
BITS = 200


@pytest.fixture
def written(journal, clock):
    writer = Writer(journal, clock)
    for number in range(4):
        clock.instant += 8 * 60 * MINUTE
        unit = Position(feed="unit", key="unit/1", at=clock.instant, lon=116.2, lat=-1.9)
        writer.append(
            [
                flood(f"warga/{number}", clock.instant),
                level(number, clock.instant),
                level(number + 0.5, clock.instant + SECOND),
                unit,
                acknowledge(f"warga/{number}", clock.instant, key=f"ack-{number}"),
            ]
        )
    reader = Reader(journal)
    picture, seq = reader.picture(None)
    reader.close()
    Frames(journal).keep(picture, seq, clock.instant)
    assert not list(verify(journal))
    return journal


def found(journal):
    return [f"{finding.where}: {finding.what}" for finding in verify(journal)]


def change(journal, *statements):
    with journal.writing() as connection:
        for statement in statements:
            connection.execute(statement)


J, O, P = schema.journal.c, schema.observation.c, schema.position.c  # noqa: E741


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (update(schema.position).where(P.seq == 4).values(lat=-1.95), "records 1 to 5"),
        (update(schema.observation).where(O.seq == 12).values(value=2.25), "records 11 to 15"),
        (update(schema.observation).where(O.seq == 12).values(quality=2), "records 11 to 15"),
        (update(schema.journal).where(J.seq == 1).values(kind="alert"), "records 1 to 5"),
        (delete(schema.observation).where(O.seq == 13), "record 13"),
        (delete(schema.journal).where(J.seq == 20), "record 20"),
        (delete(schema.batch).where(schema.batch.c.first_seq == 16), "record 16"),
        (delete(schema.batch).where(schema.batch.c.first_seq == 6), "records 6 to 10"),
        (update(schema.segment).values(state="other"), "segment 1"),
        (
            update(schema.segment).where(schema.segment.c.first_seq == 1).values(state="gone"),
            "segment 1",
        ),
        (delete(schema.segment).where(schema.segment.c.first_seq == 1), "segment 11"),
        (update(schema.activity).values(count=7), "activity of"),
        (update(schema.rollup_hour).values(last=7.5), "rollup_hour of muka-air/kandilo"),
        (update(schema.rollup_minute).values(low=-3.0), "rollup_minute of muka-air/kandilo"),
        (update(schema.meta).where(schema.meta.c.name == "epoch").values(value="x"), "records 1"),
    ],
)
def test_a_change_anywhere_is_named(written, statement, named):
    change(written, statement)

    assert any(one.startswith(named) for one in found(written)), found(written)


def test_a_forged_act_at_the_end_is_in_no_batch(written):
    act = acknowledge("warga/1", START, key="forged")
    body = written.model.kinds.encode(act)
    with written.writing() as connection:
        last = connection.execute(text("SELECT hash FROM audit ORDER BY seq DESC")).scalar()
        row = {"seq": 21, "received": 0, "at": START, "kind": "command", "feed": "console"}
        connection.execute(insert(schema.journal).values(**row, key="forged", body=body))
        link = {"seq": 21, "previous": last, "hash": chained(last, body)}
        connection.execute(insert(schema.audit).values(link))

    assert "record 21: is in no batch: it was put in from outside" in found(written)


def test_an_act_changed_with_the_audit_chain_made_again_is_named(written):
    act = acknowledge("warga/9", START, key="ack-0")
    body = written.model.kinds.encode(act)
    with written.writing() as connection:
        connection.execute(update(schema.journal).where(J.seq == 5).values(body=body))
        previous = b""
        commands = text("SELECT seq, body FROM journal WHERE kind = 'command' ORDER BY seq")
        for seq, found_body in connection.execute(commands).all():
            values = {"previous": previous, "hash": chained(previous, bytes(found_body))}
            link = update(schema.audit).where(schema.audit.c.seq == seq)
            connection.execute(link.values(values))
            previous = values["hash"]

    assert any(one.startswith("records 1 to 5: was changed") for one in found(written))


TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER quiet AFTER INSERT ON journal WHEN new.kind = 'command'"
        " BEGIN DELETE FROM journal WHERE seq = new.seq; END",
    ),
    "postgresql": (
        "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "CREATE TRIGGER quiet BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION quiet()",
    ),
}


def test_a_trigger_that_deletes_acts_is_found(written):
    change(written, *map(text, TRIGGERS[written.engine.dialect.name]))

    assert "trigger quiet: was put into the journal from outside" in found(written)


def test_a_missing_index_is_found(written):
    change(written, text("DROP INDEX observation_stream_at"))

    assert "index observation_stream_at: is missing" in found(written)


def test_memory_does_not_grow_with_the_journal(tmp_path):
    import tracemalloc

    store = open_journal(sqlite_url(tmp_path / "journal.sqlite"), REAL)
    clock = SetClock(START)
    writer = Writer(store, clock)
    peaks = []
    for round_ in range(2):
        for _ in range(4 + 16 * round_):
            clock.instant += MINUTE
            numbers = [level(n % 7, clock.instant + n, f"muka-air/{n % 20}") for n in range(1_000)]
            writer.append(numbers)
        list(verify(store))
        tracemalloc.start()
        assert not list(verify(store))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    store.close()

    assert peaks[1] < 1.3 * peaks[0]


def busy_journal(path):
    """A day in the life of a small room, in one file without a log beside it."""
    store = open_journal(sqlite_url(path), REAL)
    chance, clock = random.Random(SEED), SetClock(START - DAY)
    writer = Writer(store, clock)
    for number in range(160):
        clock.instant += chance.randrange(1, 200) * SECOND
        key, at = f"warga/{number % 80}", clock.instant
        numbers = [
            level(chance.random() * 4, at + n * SECOND, f"muka-air/{n}") for n in range(number % 12)
        ]
        acts = [acknowledge(key, at, key=f"ack-{number}")] if number % 3 == 0 else []
        text_ = "Air setinggi lutut. " * chance.randrange(4)
        writer.append([flood(key, at, text=text_), warning(f"hujan/{number % 9}", at)])
        writer.append([*numbers, *acts])
    reader = Reader(store)
    picture, seq = reader.picture(None)
    reader.close()
    Frames(store).keep(picture, seq, clock.instant)
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return clock.instant


def used_bits(body):
    """Give ranges of bytes that mean something: pages without the room that is left in them."""
    for start in range(0, len(body), 4_096):
        page = body[start : start + 4_096]
        head = 100 if start == 0 else 0
        leaf = page[head] in (10, 13)
        if page[head] not in (2, 5, 10, 13):
            yield range(start, start + 4_096)
            continue
        cells = int.from_bytes(page[head + 3 : head + 5], "big")
        content = int.from_bytes(page[head + 5 : head + 7], "big") or 65_536
        yield range(start + head, start + head + (8 if leaf else 12) + 2 * cells)
        yield range(start + content, start + 4_096)


def test_nearly_every_flipped_bit_of_a_file_is_named(tmp_path):
    whole, harmed = tmp_path / "whole.sqlite", tmp_path / "harmed.sqlite"
    now = busy_journal(whole)
    body = whole.read_bytes()
    places = [place for stretch in used_bits(body) for place in stretch]
    chance = random.Random(SEED)
    missed = []
    for _ in range(BITS):
        place, bit = chance.choice(places), chance.randrange(8)
        changed = bytearray(body)
        changed[place] ^= 1 << bit
        for left in tmp_path.glob("harmed.sqlite*"):
            left.unlink()
        harmed.write_bytes(changed)
        if not named(harmed, now):
            missed.append((place // 4_096 + 1, place % 4_096, bit))

    assert len(missed) <= BITS // 20, missed


def named(path, now):
    """Tell whether opening, verifying or reading says what is wrong; errors are ours alone."""
    try:
        store = open_journal(sqlite_url(path), create=False)
    except PaserError:
        return True
    try:
        findings = list(verify(store, now))
        reader = Reader(store)
        reader.picture(None)
        reader.close()
    except PaserError:
        return True
    finally:
        store.close()
    return bool(findings)
