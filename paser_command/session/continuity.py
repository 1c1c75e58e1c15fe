"""Whether the journal that is read is still the one that was read before."""

import os
from pathlib import Path

from paser_command.errors import JournalError, JournalReplacedError
from paser_command.journal.store import Journal


class Continuity:
    """Asked by a reader each second, and before it connects again."""

    def __init__(self, store: Journal) -> None:
        self._file = None if store.shared else Path(store.engine.url.database or "")
        self._inode: int | None = None
        self._head = 0

    def check_file(self) -> None:
        """Raise JournalReplacedError where the file is another one, JournalError where it is gone.

        Before a connection is made: it would go on in the old file, or make an empty new one.
        """
        if self._file is None:
            return
        before, self._inode = self._inode, self._inode_now()
        if before not in (None, self._inode):
            self._head = 0
            raise JournalReplacedError("the file {path} is another one now", path=self._file)

    def check_head(self, head: int) -> None:
        """Raise JournalReplacedError where the last number is below one that was seen."""
        before, self._head = self._head, head
        if head < before:
            raise JournalReplacedError(
                "the journal was set back from record {before} to {head}", before=before, head=head
            )

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
