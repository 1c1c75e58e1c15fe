"""The keeper of keyframes: follows the journal and puts the whole picture down now and then."""

from paser_command.journal.reader import Reader
from paser_command.journal.store import Journal
from paser_command.journal.writer import Writer
from paser_command.picture.body import body_of
from paser_command.picture.picture import Picture
from paser_command.times import MINUTE, SECOND, Instant

EVERY: Instant = 2 * MINUTE
EVERY_RECORDS = 20_000
AT_LEAST_APART: Instant = 15 * SECOND
PAGE = 5_000
"""How many records are folded in at once: whoever follows can look at what else there is."""


class KeyframeKeeper:
    """Keeps a picture of its own at the journal's end. Used by one thread."""

    def __init__(self, store: Journal, writer: Writer, picture: Picture, seq: int) -> None:
        self._reader = Reader(store)
        self._writer = writer
        self._picture = picture
        self._seq = seq
        self._kept_seq = seq
        self._kept_at: Instant = 0

    def follow(self) -> None:
        """Fold in all that came. Raises JournalError."""
        while self.follow_page():
            pass

    def follow_page(self) -> bool:
        """Fold in the next page of what came, and keep a keyframe where one is due.

        Tells whether there was anything. Raises JournalError.
        """
        page = self._reader.read(self._seq, page=PAGE)
        if page.count:
            self._picture.apply_all(page.records)
            self._seq = page.seq
            self._keep_if_due(page.received)
        return bool(page.count)

    def close(self) -> None:
        """Give the connection back."""
        self._reader.close()

    def _keep_if_due(self, received: Instant) -> None:
        waited = received - self._kept_at
        many = self._seq - self._kept_seq >= EVERY_RECORDS and waited >= AT_LEAST_APART
        if many or waited >= EVERY:
            self._writer.put_keyframe(self._seq, received, body_of(self._picture))
            self._kept_seq, self._kept_at = self._seq, received
