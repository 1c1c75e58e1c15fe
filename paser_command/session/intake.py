"""What a tail hands over, folded into a picture a slice at a time, so that the window moves on."""

import time
from collections.abc import Callable, Iterator
from queue import Empty

from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord
from paser_command.session.folding import folded
from paser_command.session.tail import Handover, Tail
from paser_command.session.view import Stamp, View


class Intake:
    """The picture of one tail. Main thread only.

    `picture` is None before the first one came. `unfolded` counts records that raised.
    `before` is called with each record and the picture right before it is folded, `renewed` where
    the whole picture is another one.
    """

    def __init__(
        self,
        tail: Tail,
        now_s: Callable[[], float] = time.monotonic,
        *,
        before: Callable[[AnyRecord, Picture], None] = lambda _record, _picture: None,
        renewed: Callable[[], None] = lambda: None,
    ) -> None:
        self._before = before
        self._renewed = renewed
        self.picture: Picture | None = None
        self.unfolded = 0
        self._tail = tail
        self._now_s = now_s
        self._came_with: tuple[int, int] | None = None
        self._head: Stamp | None = None
        self._handover: Handover | None = None
        self._records: Iterator[AnyRecord] = iter(())

    @property
    def waiting(self) -> bool:
        """Return whether more was handed over than is folded."""
        return self._handover is not None or not self._tail.handovers.empty()

    def is_loaded(self, jump: int) -> bool:
        """Tell whether the picture is that of the clock's jump, and of the journal as it is."""
        return self._came_with == (jump, self._tail.reading)

    def view(self, jump: int) -> View:
        """Return how far the picture can be believed."""
        return self._tail.watch.view(
            loaded=self.is_loaded(jump),
            folded=self._head,
            waiting=self.waiting,
            alive=self._tail.alive,
        )

    def held_s(self, jump: int) -> float | None:
        """Return the second of the monotonic clock up to which the picture has all that was saved.

        None where the picture is not that of the jump.
        """
        if not self.is_loaded(jump):
            return None
        return self._tail.watch.held(self._head, waiting=self.waiting).s

    def take(self, jump: int, end_s: float) -> bool:
        """Fold what belongs to the jump until that second; tell whether anything changed.

        What is left waits for the next time, in order. What belongs to another jump is let go.
        """
        changed = False
        while self._next(jump):
            changed = True
            if not self._fold_until(end_s):
                return True
            assert self._handover is not None
            self._head = self._handover.head or self._head
            self._handover = None
        return changed

    def _next(self, jump: int) -> bool:
        """Have a handover of the jump in hand; tell whether there is one."""
        while self._handover is None or self._handover.jump != jump:
            try:
                self._handover = self._tail.handovers.get_nowait()
            except Empty:
                self._handover = None
                return False
            self._begin(self._handover, jump)
        return True

    def _begin(self, handover: Handover, jump: int) -> None:
        self._records = iter(handover.records)
        if handover.picture is not None and handover.jump == jump:
            self.picture, self._head = handover.picture, None
            self._renewed()
            self._came_with = (handover.jump, handover.reading)

    def _fold_until(self, end_s: float) -> bool:
        """Fold one record at least; tell whether all of the handover are."""
        if self.picture is None:
            return True
        for record in self._records:
            self._before(record, self.picture)
            self.unfolded += not folded(self.picture, record)
            if self._now_s() >= end_s:
                return False
        return True
