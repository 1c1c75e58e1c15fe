"""How far what is shown can be believed: loss of view, derived when somebody asks."""

import time
from collections.abc import Callable
from enum import StrEnum

import msgspec

from paser_command.errors import JournalError, PaserError
from paser_command.times import Instant, Now

CURRENT_S = 2.0
"""A picture is current while the journal's head was read no longer ago than this."""


class ViewState(StrEnum):
    """Whether the picture shows what stands."""

    LOADING = "loading"
    CURRENT = "current"
    NOT_CURRENT = "not_current"
    UNREADABLE = "unreadable"


class Progress(msgspec.Struct, frozen=True):
    """How many records of a first picture are folded; `total` is None where it is not known."""

    done: int
    total: int | None = None

    @property
    def share(self) -> float | None:
        """Return the part that is done, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else None


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How far the picture can be believed.

    LOADING: the first picture has not come; `progress` says how far it is. CURRENT: the picture
    holds all that the journal had at most two seconds ago. NOT_CURRENT: it does not, for `reason`.
    UNREADABLE: the journal cannot be read, for `reason`.

    `since` is the instant of the last head that the picture holds, or when loading began; `age_s`
    is how long ago that is by a clock that never jumps.
    """

    state: ViewState
    since: Instant
    age_s: float
    reason: PaserError | None = None
    progress: Progress | None = None

    @property
    def current(self) -> bool:
        """Return whether the picture may be called live."""
        return self.state is ViewState.CURRENT


class Stamp(msgspec.Struct, frozen=True):
    """A moment by both clocks: seconds that never jump, and the instant to show to people."""

    s: float
    at: Instant


class Watch:
    """What a reading thread leaves behind for whoever asks how far it is.

    The thread writes single values, anybody reads them: a thread that blocks or died cannot hide
    that, since the stamps grow old by themselves.
    """

    def __init__(self, now: Now, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._monotonic_s = monotonic_s
        self._begun = self._caught_up = self.stamp()
        self._asked_s: float | None = None
        self._fault: PaserError | None = None
        self._progress: Progress | None = None

    @property
    def fault(self) -> PaserError | None:
        """Return why the journal cannot be read now."""
        return self._fault

    def stamp(self) -> Stamp:
        """Return this moment."""
        return Stamp(self._monotonic_s(), self._now())

    def begin(self) -> None:
        """A picture is wanted, and nothing of it is there."""
        self._progress = None
        self._begun = self.stamp()

    def ask(self) -> Stamp:
        """The journal is asked; return the moment."""
        stamp = self.stamp()
        self._asked_s = stamp.s
        return stamp

    def answered(self) -> None:
        """The journal has answered."""
        self._asked_s = self._fault = None

    def fold(self, progress: Progress) -> None:
        """So much of the first picture is folded."""
        self._progress = progress

    def catch_up(self, stamp: Stamp) -> None:
        """All that the journal had at the moment was handed over."""
        self._caught_up = stamp

    def fail(self, error: PaserError) -> None:
        """The journal cannot be read."""
        self._asked_s, self._fault = None, error

    def held(self, folded: Stamp | None, *, waiting: bool) -> Stamp:
        """Return when the journal was asked last for a head that the picture holds."""
        last = folded or self._begun
        return self._caught_up if not waiting and self._caught_up.s > last.s else last

    def view(self, *, loaded: bool, folded: Stamp | None, waiting: bool, alive: bool) -> View:
        """Return how far the picture can be believed.

        `loaded`: the wanted picture is there. `folded` is the last head that it holds, `waiting`
        says that more was handed over than is folded. `alive` is whether the thread runs.
        """
        last = self.held(folded, waiting=waiting)
        if not loaded:
            return self._told(ViewState.LOADING, self._begun, progress=self._progress)
        if self._fault is None and self._monotonic_s() - last.s <= CURRENT_S:
            return self._told(ViewState.CURRENT, last)
        return self._told(ViewState.NOT_CURRENT, last, self._why(waiting=waiting, alive=alive))

    def _told(
        self,
        state: ViewState,
        last: Stamp,
        reason: PaserError | None = None,
        progress: Progress | None = None,
    ) -> View:
        if self._fault is not None:
            state, reason, progress = ViewState.UNREADABLE, self._fault, None
        age_s = max(0.0, self._monotonic_s() - last.s)
        return View(state=state, since=last.at, age_s=age_s, reason=reason, progress=progress)

    def _why(self, *, waiting: bool, alive: bool) -> PaserError:
        asked_s = self._asked_s
        if not alive:
            return JournalError("the reader of the journal ended: it is started again")
        unanswered = asked_s is not None and self._monotonic_s() - asked_s > CURRENT_S / 2
        if waiting and not unanswered:
            return JournalError("more comes than can be shown: the console is catching up")
        return JournalError(
            "the journal does not answer: check its server and the network, or its disk"
        )
