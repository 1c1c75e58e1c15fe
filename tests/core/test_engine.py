"""How the engine under the journal opens a file."""

import sqlite3
import threading
from pathlib import Path

from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal

HELD_S = 0.3


def test_a_new_file_that_another_program_is_about_to_write_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    # Not in the mode of the write-ahead log yet: SQLite says "busy" at once to who asks for that.
    other.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(HELD_S, other.execute, ["COMMIT"])
    ending.start()

    open_journal(sqlite_url(path), REAL).close()

    ending.join()
    other.close()
