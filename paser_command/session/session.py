"""A session: reader, clock and picture. Live is the clock at now; replay is another clock."""

from collections.abc import Iterable, Iterator, Mapping
from queue import Empty

import msgspec

from paser_command.commands import Commands, checked
from paser_command.errors import JournalError
from paser_command.journal.series import Activity
from paser_command.journal.store import REAL, Journal
from paser_command.journal.trails import Trail
from paser_command.journal.writer import Writer
from paser_command.picture.drawings import REDO, UNDO, Step
from paser_command.picture.picture import Picture
from paser_command.session.clock import Clock
from paser_command.session.frames import Mode, Series, SeriesQuery, TrailQuery
from paser_command.session.queries import Queries
from paser_command.session.tail import Handover, Tail
from paser_command.times import Instant, Now
from paser_command.times import now as system_now


class Drained(msgspec.Struct, frozen=True):
    """What taking in came to: whether anything changed, and whether the picture is another one."""

    changed: bool
    seeked: bool


class Session:
    """What a console holds of the journal. Made, moved and drained by the main thread alone.

    `picture` is the one at the instant that the clock shows; after a jump it is another object.
    `live_picture` is always the one of now, so that what is new breaks through a replay. Sessions
    made by `beside` read now, and write, through the one that made them.
    """

    def __init__(
        self,
        store: Journal,
        *,
        who: str,
        seat: str,
        now: Now = system_now,
        main: "Session | None" = None,
    ) -> None:
        self.exercise: bool = main.exercise if main else store.purpose() != REAL
        self.picture = main.live_picture if main else Picture()
        self._store = store
        self._who, self._seat = who, seat
        self._now = now
        self._main = main
        self._clock = Clock(now)
        self._live: Tail = main._live if main else Tail(store, Clock(now), now)
        self._replay = Tail(store, self._clock, now, rests_live=True)
        self._queries = Queries(store)
        self._commands: Commands = (
            main._commands if main else Commands(Writer(store, now), self._live.ring)
        )
        self._own_live_picture = self.picture
        self._live_changes = self._seen_changes = 0

    def beside(self) -> "Session":
        """Return a session of the same journal whose clock runs by itself, started.

        It begins at the moment that this one shows, and is drained after it.
        """
        made = Session(
            self._store, who=self._who, seat=self._seat, now=self._now, main=self._main or self
        )
        if self.mode is not Mode.LIVE:
            made.seek(self.now())
        if self.mode is Mode.PLAYING:
            made.play(self.speed)
        made._replay.start()
        return made

    def start(self) -> None:
        """Begin to read and to write."""
        self._live.start()
        self._replay.start()
        self._commands.start()

    def stop(self) -> None:
        """End the threads; what was commanded is saved first.

        The main one gives the journal back: those beside it are stopped before.
        """
        if self._main is None:
            self._commands.stop()
            self._live.stop()
        self._replay.stop()
        self._queries.stop()
        if self._main is None:
            self._store.close()

    @property
    def live_picture(self) -> Picture:
        """Return the picture of now."""
        return self._main._own_live_picture if self._main else self._own_live_picture

    @property
    def mode(self) -> Mode:
        """Return how the clock runs."""
        return self._clock.mode

    @property
    def speed(self) -> float:
        """Return the clock's speed."""
        return self._clock.speed

    @property
    def fault(self) -> JournalError | None:
        """Return why the journal cannot be read now; the picture stays as it was."""
        return self._live.fault or self._replay.fault

    @property
    def command_fault(self) -> JournalError | None:
        """Return why a command cannot be saved now; it is kept and tried again."""
        return self._commands.fault

    @property
    def activity(self) -> Activity | None:
        """Return the newest answer to `ask_activity`."""
        return self._queries.activity

    def now(self) -> Instant:
        """Return the instant that the clock shows."""
        return self._clock.now()

    def wall_now(self) -> Instant:
        """Return the instant that it is now, whatever the clock shows."""
        return self._now()

    def span(self) -> tuple[Instant, Instant] | None:
        """Return the first and the last receipt in the journal, about a second old."""
        return self._live.span

    def drain(self) -> Drained:
        """Take in and fold what the tails handed over. Never waits."""
        self._clock.catch_up()
        before = self.picture
        changed = self._drain_live() and self.mode is Mode.LIVE
        if self.mode is Mode.LIVE:
            self.picture = self.live_picture
        for handover in _waiting(self._replay):
            if self.mode is not Mode.LIVE and handover.jump == self._clock.jumps:
                self.picture = _folded(self.picture, handover)
                changed = True
        return Drained(changed, self.picture is not before)

    def live(self) -> None:
        """Go back to now."""
        self._clock.live()
        self._replay.ring()

    def pause(self) -> None:
        """Stop the clock where it is."""
        self._clock.pause()
        self._replay.ring()

    def play(self, speed: float = 1.0) -> None:
        """Run the clock from where it is."""
        self._clock.play(speed)
        self._replay.ring()

    def seek(self, instant: Instant) -> None:
        """Move the clock; a later `drain` brings the picture of that instant."""
        self._clock.seek(instant)
        self._replay.ring()

    def ask(self, owner: str, queries: Iterable[SeriesQuery]) -> None:
        """Ask for series in place of what the owner asked before."""
        self._queries.ask(owner, queries, self._clock.bound())

    def series(self, owner: str) -> Mapping[str, Series]:
        """Return the owner's newest answers by stream."""
        return self._queries.answers(owner)

    def ask_trails(self, owner: str, query: TrailQuery) -> None:
        """Ask for units' trails in place of what the owner asked before."""
        self._queries.ask_trails(owner, query, self._clock.bound())

    def trails(self, owner: str) -> Mapping[str, Trail]:
        """Return the owner's newest trails by unit."""
        return self._queries.trails(owner)

    def forget(self, owner: str) -> None:
        """Let go of what was answered to an owner who asks no more."""
        self._queries.forget(owner)

    def ask_activity(self, start: Instant, end: Instant) -> None:
        """Ask how much came when, for the timeline."""
        self._queries.ask_activity(start, end)

    def command(self, verb: str, subject: str, **arguments: str) -> None:
        """Write an operator's command; InputError where it is none, or our role may only read.

        It comes back as a record.
        """
        self._store.require_write()
        self._commands.run(
            checked(verb, subject, arguments, who=self._who, seat=self._seat, now=self._now)
        )

    def undo(self) -> bool:
        """Undo the last own act on a drawing; False where there is none."""
        return self._turn(UNDO, self.live_picture.undoable(self._who, self._seat))

    def redo(self) -> bool:
        """Do again what was undone last; False where there is nothing."""
        return self._turn(REDO, self.live_picture.redoable(self._who, self._seat))

    def _drain_live(self) -> bool:
        """Take in what is new now; tell whether there was any since the last time."""
        if self._main is None:
            for handover in _waiting(self._live):
                self._own_live_picture = _folded(self._own_live_picture, handover)
                self._live_changes += 1
        count = self._main._live_changes if self._main else self._live_changes
        new, self._seen_changes = count != self._seen_changes, count
        return new

    def _turn(self, verb: str, step: Step | None) -> bool:
        if step is not None:
            self.command(verb, step.drawing, act=step.act)
        return step is not None


def _waiting(tail: Tail) -> Iterator[Handover]:
    for _ in range(tail.handovers.maxsize):
        try:
            yield tail.handovers.get_nowait()
        except Empty:
            return


def _folded(picture: Picture, handover: Handover) -> Picture:
    if handover.picture is not None:
        return handover.picture
    picture.apply_all(handover.records)
    return picture
