"""The keeper of keyframes: follows the journal, puts the picture down now and then, and thins."""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from sqlalchemy import select

from paser_command.journal.engine import told
from paser_command.journal.frames import Frames, drop
from paser_command.journal.reader import Reader
from paser_command.journal.schema import keyframe
from paser_command.journal.store import Journal
from paser_command.picture.picture import Picture
from paser_command.times import DAY, HOUR, Instant, floor

EVERY_S = 120.0
EVERY_RECORDS = 20_000
AT_LEAST_APART_S = 15.0
THIN_EVERY_S = 3_600.0

PAGE = 5_000
"""How many records are folded in at once: whoever follows can look at what else there is."""

AT_ONCE = 60
"""So many keyframes are deleted at once: nobody waits long for the journal's lock."""

LONGEST_GAP = 50_000
"""Thinning leaves no more numbers than this between two keyframes: so much a seek may fold."""

_HOURLY_AFTER: Instant = DAY
_DAILY_AFTER: Instant = 31 * DAY


class KeyframeKeeper:
    """Keeps a picture of its own at the journal's end. Used by one thread.

    Keyframes of the last day are all kept, of the last month one an hour, before that one a day.
    """

    def __init__(
        self,
        store: Journal,
        picture: Picture,
        seq: int,
        steady_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._steady_s = steady_s
        self._store = store
        self._reader = Reader(store)
        self._frames = Frames(store)
        self._picture = picture
        self._seq = seq
        self._kept_seq = seq
        self._kept_s: float | None = None
        self._thinned_s: float | None = None

    def follow(self) -> None:
        """Fold in all that came up to now. Raises JournalError."""
        last = self._reader.last_until(None)
        while self._seq < last and self.follow_page():
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

    def check(self) -> None:
        """JournalReplacedError where the picture is not that of this journal any more."""
        self._reader.check()

    def close(self) -> None:
        """Give the connection back."""
        self._reader.close()

    def _keep_if_due(self, received: Instant) -> None:
        now_s = self._steady_s()
        waited_s = EVERY_S if self._kept_s is None else now_s - self._kept_s
        many = self._seq - self._kept_seq >= EVERY_RECORDS and waited_s >= AT_LEAST_APART_S
        if many or waited_s >= EVERY_S:
            self._frames.keep(self._picture, self._seq, received)
            self._kept_seq, self._kept_s = self._seq, now_s
            due = self._thinned_s is None or now_s - self._thinned_s >= THIN_EVERY_S
            if due and thin(self._store, received) < AT_ONCE:
                self._thinned_s = now_s


def thin(store: Journal, now: Instant) -> int:
    """Delete some of the keyframes that are too many for their age; return how many went."""
    with told(store.engine), store.engine.connect() as connection:
        rows = connection.execute(
            select(keyframe.c.seq, keyframe.c.received).order_by(keyframe.c.seq)
        )
        frames = [(row.seq, row.received) for row in rows]
    unneeded = superfluous(frames, now)[:AT_ONCE]
    if unneeded:
        drop(store, unneeded)
    return len(unneeded)


def superfluous(frames: Sequence[tuple[int, Instant]], now: Instant) -> list[int]:
    """Return the numbers of those keyframes, given by number and receipt, that may go."""
    unneeded = []
    kept: tuple[int, Instant | None] = (0, None)
    for (seq, received), (next_seq, _) in pairwise(frames):
        span = _span(received, now)
        if span is not None and span == kept[1] and next_seq - kept[0] <= LONGEST_GAP:
            unneeded.append(seq)
        else:
            kept = (seq, span)
    return unneeded


def _span(received: Instant, now: Instant) -> Instant | None:
    """Return the hour or the day of which one keyframe is enough, None where all are kept."""
    age = now - received
    if age <= _HOURLY_AFTER:
        return None
    # A day and an hour of the same beginning are two spans: their lengths tell them apart.
    return floor(received, HOUR) if age <= _DAILY_AFTER else floor(received, DAY) + 1
