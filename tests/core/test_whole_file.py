"""A file's writer takes away what one before it left half done, and nothing that is not its own."""

import os
import sys
import time

import pytest

from paser_command.whole_file import write_whole
from tests.processes import running


def in_two_hours():
    return time.time() + 7_200


@pytest.fixture(scope="module")
def dead():
    """The number of a process that has ended."""
    with running((sys.executable, "-c", "")) as ended:
        ended.wait()
    return ended.pid


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_writer_left_goes_with_the_next_writing(tmp_path, dead):
    for name in (f".a.toml.{dead}.new", f".a.toml.bak.{dead}.new"):
        (tmp_path / name).write_bytes(b"half")

    write_whole(tmp_path / "a.toml", b"whole", now_s=in_two_hours)

    assert names(tmp_path) == ["a.toml"]
    assert (tmp_path / "a.toml").read_bytes() == b"whole"


def test_what_may_still_be_written_stays(tmp_path, dead):
    young, living = f".a.toml.{dead}.new", f".a.toml.{os.getppid()}.new"
    (tmp_path / living).write_bytes(b"half")

    write_whole(tmp_path / "a.toml", b"whole", now_s=in_two_hours)
    (tmp_path / young).write_bytes(b"half")
    write_whole(tmp_path / "a.toml", b"whole")

    assert names(tmp_path) == sorted([young, living, "a.toml"])


def test_what_is_not_of_this_file_stays(tmp_path, dead):
    others = [
        f".b.toml.{dead}.new",
        f".aXtoml.{dead}.new",
        f"a.toml.{dead}.new",
        ".a.toml.new",
        ".a.toml.x.new",
        f".a.toml.{dead}.new.txt",
    ]
    for name in others:
        (tmp_path / name).write_bytes(b"somebody's")

    write_whole(tmp_path / "a.toml", b"whole", now_s=in_two_hours)

    assert names(tmp_path) == sorted([*others, "a.toml"])


def test_what_cannot_be_taken_away_keeps_no_file_from_being_written(tmp_path, dead):
    (tmp_path / f".a.toml.{dead}.new").mkdir()

    write_whole(tmp_path / "a.toml", b"whole", now_s=in_two_hours)

    assert (tmp_path / "a.toml").read_bytes() == b"whole"
