"""The outbox keeps acts on the disk: what it took is there after any end of the process."""

import os

import pytest

from paser_command.errors import PaserError
from paser_command.outbox import file as outbox_file
from paser_command.outbox.file import open_outbox
from paser_command.verbs.acknowledge import Acknowledge
from paser_command.verbs.note import AddNote
from tests.acts import done

JOURNAL = "a-journal"


def notes(*texts):
    return [done(AddNote(text), "warga/1") for text in texts]


@pytest.fixture
def boxes(tmp_path):
    """Opens the outbox of seat 2 as often as is asked; a process that ends closes its files."""
    opened = []

    def open_one(journal=JOURNAL, seat="meja 2"):
        opened.append(open_outbox(tmp_path, journal, seat))
        return opened[-1]

    yield open_one
    for box in opened:
        if not box._closed:
            end(box)


def end(box):
    """End as a process does that is killed: the system closes the file, and nothing is written."""
    os.close(box._file)
    box._closed = True


def test_what_it_took_is_there_after_a_kill(boxes):
    acts = notes("satu", "dua")
    box = boxes()
    box.add(acts)
    end(box)

    assert list(boxes().left) == acts


def test_what_the_journal_has_is_forgotten(boxes):
    first, second = notes("satu", "dua")
    box = boxes()
    box.add([first, second])
    box.forget([first.key])
    end(box)

    assert boxes().left == (second,)


def test_the_file_of_which_all_is_saved_is_empty_and_goes_at_the_end(boxes, tmp_path):
    acts = notes("satu", "dua")
    box = boxes()
    box.add(acts)
    box.forget(act.key for act in acts)

    assert box.path.stat().st_size == 0
    box.close()
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_was_changed_is_left_out_named_and_kept_aside(boxes):
    box = boxes()
    box.add(notes("satu", "dua", "tiga"))
    end(box)
    body = box.path.read_bytes().replace(b"dua", b"dUa")
    box.path.write_bytes(body)

    again = boxes()

    assert [act.arguments["text"] for act in again.left] == ["satu", "tiga"]
    assert again.damaged == (2,)
    assert again.damaged_path.read_bytes() == body


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_line_that_a_kill_cut_spoils_no_other(boxes, cut):
    first, second, third = notes("satu", "dua", "tiga")
    box = boxes()
    box.add([first, second])
    end(box)
    box.path.write_bytes(box.path.read_bytes()[:-cut])

    again = boxes()
    again.add([third])
    end(again)

    assert boxes().left == ((first, second, third) if cut == 1 else (first, third))


def test_each_journal_and_each_seat_has_its_own(boxes):
    box = boxes()
    box.add(notes("satu"))
    end(box)

    assert boxes("an-exercise").left == ()
    assert boxes(seat="meja 3").left == ()
    assert boxes(seat="Meja-2").left == ()


def test_two_consoles_of_a_seat_have_a_file_each_and_the_next_takes_over_both(boxes):
    first, second = boxes(), boxes()
    first.add(notes("satu"))
    second.add(notes("dua"))
    assert first.path != second.path
    end(first)
    end(second)

    again = boxes()

    assert [act.arguments["text"] for act in again.left] == ["satu", "dua"]
    assert not second.path.exists()


def test_of_a_running_console_nothing_is_taken_over(boxes):
    running = boxes()
    running.add(notes("satu"))

    assert boxes().left == ()


def test_a_disk_that_refuses_is_told_and_leaves_no_half_line(boxes, monkeypatch):
    box = boxes()
    (first, second) = notes("satu", "dua")
    box.add([first])

    def full(descriptor, body):
        os.pwrite(descriptor, body[:5], os.fstat(descriptor).st_size)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(PaserError, match="No space left"):
            box.add([second])
    box.add([second])
    end(box)

    assert boxes().left == (first, second)


def test_it_has_an_end(boxes, monkeypatch):
    monkeypatch.setattr(outbox_file, "MOST_BYTES", 100)
    box = boxes()
    assert not box.is_full

    box.add([done(Acknowledge(), "warga/1")])

    assert box.is_full


def test_only_its_owner_may_read_it(boxes):
    assert boxes().path.stat().st_mode & 0o077 == 0
