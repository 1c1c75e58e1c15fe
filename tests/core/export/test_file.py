"""A file is written whole or not at all, and who chose a bad place is told what to do."""

import errno
import os
import stat

import pytest

from paser_command.errors import InputError, PaserError
from paser_command.export.file import write_whole


def test_a_new_file_is_there_whole_and_nothing_beside_it(tmp_path):
    write_whole(tmp_path / "peta.pdf", b"body")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("peta.pdf", b"body")
    ]


def test_an_old_file_is_replaced(tmp_path):
    path = tmp_path / "peta.pdf"
    path.write_bytes(b"old and longer")

    write_whole(path, b"new")

    assert path.read_bytes() == b"new"


def test_others_may_read_it_as_the_system_s_mask_says(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "peta.pdf", b"body")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "peta.pdf").stat().st_mode) == 0o640


def test_a_long_name_is_written_too(tmp_path):
    path = tmp_path / ("p" * 250 + ".pdf")

    write_whole(path, b"body")

    assert path.read_bytes() == b"body"


def test_without_its_folder_it_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"there is no folder .*nowhere"):
        write_whole(tmp_path / "nowhere" / "peta.pdf", b"body")


def test_a_folder_is_not_overwritten(tmp_path):
    (tmp_path / "peta").mkdir()

    with pytest.raises(InputError, match="is a folder: give the file a name"):
        write_whole(tmp_path / "peta", b"body")

    assert [path.name for path in tmp_path.iterdir()] == ["peta"]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "may not be written: choose another folder"),
        (errno.EIO, "cannot be written: Input/output error"),
    ],
)
def test_where_the_disk_says_no_the_old_file_stays(tmp_path, monkeypatch, number, told):
    path = tmp_path / "peta.pdf"
    path.write_bytes(b"old")

    def refuse(_end: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(PaserError, match=told):
        write_whole(path, b"new")

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("peta.pdf", b"old")]
