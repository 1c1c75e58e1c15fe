"""In a folder that a group shares every member may write the journal, whoever made it."""

import os
import stat

import pytest

from paser_command.journal.engine import sqlite_url
from paser_command.journal.lease import Lease
from paser_command.journal.store import REAL, open_journal


@pytest.fixture
def umask():
    """The mask of a desktop: nobody but the maker writes."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder):
    """The files' modes while a collector works on a journal in the folder."""
    journal = open_journal(sqlite_url(folder / "journal.sqlite"), REAL)
    try:
        with Lease(journal) as lease:
            lease.take()
            return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        journal.close()


def test_a_shared_folders_files_are_for_the_group_to_write(tmp_path, umask):
    tmp_path.chmod(0o2770)

    assert set(modes(tmp_path).values()) == {0o660}


def test_a_persons_own_files_are_their_own(tmp_path, umask):
    tmp_path.chmod(0o700)

    assert {mode & 0o022 for mode in modes(tmp_path).values()} == {0}


def test_a_file_that_is_there_keeps_its_mode(tmp_path, umask):
    modes(tmp_path)
    tmp_path.chmod(0o2770)

    assert modes(tmp_path)["journal.sqlite"] == 0o644
