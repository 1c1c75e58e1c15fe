"""Whether the file of the journal is still the one that was read before."""

import os
from pathlib import Path

from paser_command.errors import JournalError, JournalReplacedError
from paser_command.journal.store import Journal


class Continuity:
    """Asked before a connection is made; what the journal itself tells, its reader checks."""

    def __init__(self, store: Journal) -> None:
        self._file = None if store.shared else Path(store.engine.url.database or "")
        self._inode: int | None = None

    def check_file(self) -> None:
        """Raise JournalReplacedError where the file is another one, JournalError where it is gone.

        Before a connection is made: it would go on in the old file, or make an empty new one.
        """
        if self._file is None:
            return
        before, self._inode = self._inode, self._inode_now()
        if before not in (None, self._inode):
            raise JournalReplacedError("the file {path} is another one now", path=self._file)

    def _inode_now(self) -> int:
        try:
            return os.stat(self._file or "").st_ino
        except FileNotFoundError as cause:
            raise JournalError(
                "the journal's file {path} is gone: put it back, or restore a backup",
                path=self._file,
            ) from cause
        except OSError as cause:
            raise JournalError(
                "the journal's file {path} cannot be looked at: {cause}",
                path=self._file,
                cause=cause.strerror or str(cause),
            ) from cause
