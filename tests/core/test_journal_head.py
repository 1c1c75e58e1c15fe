"""A signed head that is kept elsewhere finds a journal that was cut, changed or exchanged."""

import json
import stat

import msgspec
import pytest
from sqlalchemy import delete, update

from paser_command.errors import InputError, JournalError
from paser_command.journal import schema
from paser_command.journal.head import KEY, check_head, read_head, signed_head
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from tests.records import START, acknowledge, flood


@pytest.fixture
def written(journal, clock):
    writer = Writer(journal, clock)
    for number in range(3):
        writer.append([flood(f"warga/{number}"), acknowledge("warga/1", key=f"a{number}")])
    return journal


@pytest.fixture
def head_file(written, tmp_path):
    path = tmp_path / "head.json"
    path.write_bytes(msgspec.json.encode(signed_head(written, tmp_path, START)))
    return path


def found(journal, path):
    return [str(finding.what) for finding in check_head(journal, read_head(path))]


def test_a_journal_that_only_grew_agrees_with_its_head(written, head_file, clock):
    Writer(written, clock).append([flood("baru/1")])

    assert not found(written, head_file)


def test_a_tail_that_was_cut_off_is_found_by_the_head_alone(written, head_file):
    with written.writing() as connection:
        for table in (schema.journal, schema.audit):
            connection.execute(delete(table).where(table.c.seq > 4))
        connection.execute(delete(schema.batch).where(schema.batch.c.first_seq > 4))
        connection.execute(
            update(schema.activity).where(schema.activity.c.count > 2).values(count=2)
        )

    assert not list(verify(written))
    assert found(written, head_file) == ["the journal was cut: then it held records up to 6"]


def test_another_journal_is_found(written, head_file):
    with written.writing() as connection:
        epoch = schema.meta.c.name == "epoch"
        connection.execute(update(schema.meta).where(epoch).values(value="0" * 32))

    assert found(written, head_file) == ["is of another journal: this one was put in its place"]


def test_a_journal_written_anew_is_found(written, head_file):
    with written.writing() as connection:
        last = schema.batch.c.first_seq == 5
        connection.execute(update(schema.batch).where(last).values(digest=b"0" * 32))

    assert found(written, head_file) == ["the journal is another one up to record 6 since then"]


@pytest.mark.parametrize("field", ["seq", "digest", "epoch", "time"])
def test_a_head_that_was_changed_is_refused(head_file, field):
    told = json.loads(head_file.read_text())
    told[field] = told[field] + 1 if field == "seq" else told[field] + "0"
    head_file.write_text(json.dumps(told))

    with pytest.raises(InputError, match="was changed"):
        read_head(head_file)


def test_the_key_is_made_once_and_for_its_owner_alone(written, head_file, tmp_path):
    key = tmp_path / KEY
    before = key.read_bytes()

    again = signed_head(written, tmp_path, START)

    assert key.read_bytes() == before
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert again.key == read_head(head_file).key


def test_an_empty_journal_has_no_head(journal, tmp_path):
    with pytest.raises(JournalError, match="empty"):
        signed_head(journal, tmp_path, START)
