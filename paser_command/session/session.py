"""A session: reader, clock and picture. Live is the clock at now; replay is another clock."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from paser_command.errors import InputError, JournalError, PaserError
from paser_command.journal.activity import Activity
from paser_command.journal.store import REAL, Journal
from paser_command.journal.trail import Trail
from paser_command.journal.writer import Writer
from paser_command.outbox.file import open_outbox
from paser_command.outbox.saving import Saving
from paser_command.outbox.ticket import Ticket, Unsaved
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord, Command
from paser_command.session.acting import Acting
from paser_command.session.clock import Clock
from paser_command.session.frames import Mode, Series, SeriesQuery, TrailQuery
from paser_command.session.identity import Identity
from paser_command.session.intake import Intake
from paser_command.session.queries import Queries
from paser_command.session.tail import Reloaded, Tail
from paser_command.session.view import View, ViewState
from paser_command.times import Instant, Now
from paser_command.times import now as system_now
from paser_command.verbs.redo import Redo
from paser_command.verbs.undo import Undo
from paser_command.verbs.verb import VerbValue
from paser_command.verbs.verbs import Verbs

_log = logging.getLogger(__name__)

DRAIN_S = 0.015
"""How long a drain folds what is live, and again what is replayed: half of the window's tick."""

STOP_S = 2.0
"""How long the end waits for threads that read: one that hangs in a call ends with the process."""


class Drained(msgspec.Struct, frozen=True):
    """What taking in came to: whether anything changed, and whether the picture is another one."""

    changed: bool
    seeked: bool


class Session:
    """What a console holds of the journal. Made, moved and drained by the main thread alone.

    `picture` is the one at the instant that the clock shows; after a jump it is another object.
    `live_picture` is always the one of now, so that what is new breaks through a replay. Sessions
    made by `beside` read now, and act, through the one that made them.

    Acts wait on the disk in the folder `outbox` until the journal has them; without one they wait
    in memory. `verbs` are those that the program knows.
    """

    def __init__(
        self,
        store: Journal,
        *,
        who: str,
        seat: str,
        verbs: Verbs | None = None,
        outbox: Path | None = None,
        now: Now = system_now,
        main: "Session | None" = None,
    ) -> None:
        self.exercise: bool = main.exercise if main else store.purpose() != REAL
        self.picture = main.live_picture if main else Picture(parts=store.model.parts)
        self._store = store
        self.journal_id: str = main.journal_id if main else _identity_of(store)
        self._identity = Identity(who, seat, since=now())
        self._now = now
        self._main = main
        self._clock = Clock(now)
        self._live: Tail = main._live if main else Tail(store, Clock(now), now)
        self._replay = Tail(store, self._clock, now, rests_live=True)
        self._now_in: Intake = main._now_in if main else self._made_intake()
        self._past_in = Intake(self._replay)
        self._queries = Queries(store)
        self._acting: Acting = main._acting if main else self._made_acting(verbs, outbox)
        self._empty = self.picture
        self._live_changes = self._seen_changes = 0

    def beside(self) -> "Session":
        """Return a session of the same journal whose clock runs by itself, started.

        It begins at the moment that this one shows, and is drained after it.
        """
        who, seat = self.identity.who, self.identity.seat
        made = Session(self._store, who=who, seat=seat, now=self._now, main=self._main or self)
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
        self._acting.start()

    def stop(self) -> None:
        """End the threads; what was done is saved first, or stays in the outbox.

        The main one gives the journal back: those beside it are stopped before.
        """
        tails = (self._replay,) if self._main else (self._live, self._replay)
        for tail in tails:
            tail.ask_to_stop()
        self._queries.ask_to_stop()
        if self._main is None:
            self._acting.saving.stop()
        end_s = time.monotonic() + STOP_S
        for tail in tails:
            tail.stop(end_s)
        self._queries.stop(end_s)
        if self._main is None:
            self._store.close()

    @property
    def live_picture(self) -> Picture:
        """Return the picture of now; an empty one before the first came."""
        return self._now_in.picture or (self._main or self)._empty

    @property
    def mode(self) -> Mode:
        """Return how the clock runs."""
        return self._clock.mode

    @property
    def speed(self) -> float:
        """Return the clock's speed."""
        return self._clock.speed

    @property
    def view(self) -> View:
        """Return how far the picture that is shown can be believed."""
        if self.mode is Mode.LIVE:
            return self.live_view
        jump = self._clock.jumps
        told = self._past_in.view(jump)
        if self.mode is Mode.PAUSED and self._past_in.is_loaded(jump):
            # The past does not change: what was read of it stays true while the journal is away.
            return msgspec.structs.replace(told, state=ViewState.CURRENT, reason=None)
        return told

    @property
    def live_view(self) -> View:
        """Return how far the picture of now can be believed."""
        return self._now_in.view(0)

    @property
    def reloaded(self) -> Reloaded | None:
        """Return when and why the journal was read anew last, because it is another one."""
        return self._live.reloaded

    @property
    def query_fault(self) -> PaserError | None:
        """Return why series and trails cannot be read now; the answers stay as they were."""
        return self._queries.fault

    @property
    def unfolded(self) -> int:
        """Return how many records raised when they were folded, and are not in the picture."""
        tails = self._live.unfolded + self._replay.unfolded
        return tails + self._now_in.unfolded + self._past_in.unfolded

    @property
    def command_fault(self) -> JournalError | None:
        """Return why acts cannot be saved now; they are kept and tried again."""
        return self._acting.saving.fault

    @property
    def outbox_fault(self) -> PaserError | None:
        """Return why acts that wait are not kept on the disk."""
        return self._acting.saving.disk_fault

    @property
    def identity(self) -> Identity:
        """Return who acts here, and from which seat."""
        return self._main.identity if self._main else self._identity

    def become(self, identity: Identity) -> None:
        """Act as somebody else from now on; what waits to be saved stays theirs who did it."""
        if self._main is not None:
            self._main.become(identity)
        else:
            self._identity = identity

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
        """Take in and fold what the tails handed over, for a few milliseconds. Never waits."""
        self._clock.catch_up()
        before = self.picture
        changed = self._drain_live() and self.mode is Mode.LIVE
        self._replay.look()
        self._queries.look()
        jump = self._clock.jumps
        replayed = self._past_in.take(jump, time.monotonic() + DRAIN_S)
        if self.mode is Mode.LIVE:
            self.picture = self.live_picture
        elif self._past_in.picture is not None and self._past_in.is_loaded(jump):
            self.picture = self._past_in.picture
            changed = changed or replayed
        if self._main is None:
            changed = self._acting.look(self._now_in.held_s(0)) or changed
        return Drained(changed, self.picture is not before)

    def live(self) -> None:
        """Go back to now."""
        self._move(self._clock.live)

    def pause(self) -> None:
        """Stop the clock where it is."""
        self._move(self._clock.pause)

    def play(self, speed: float = 1.0) -> None:
        """Run the clock from where it is."""
        self._move(lambda: self._clock.play(speed))

    def seek(self, instant: Instant) -> None:
        """Move the clock; a later `drain` brings the picture of that instant."""
        self._move(lambda: self._clock.seek(instant))

    def ask(self, owner: str, queries: Iterable[SeriesQuery]) -> None:
        """Ask for series in place of what the owner asked before."""
        self._queries.ask(owner, queries, self._clock.bound(), self.now())

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

    def act(self, value: VerbValue, subject: str, *, of_now: bool = False) -> Ticket:
        """Do something to a subject; the ticket says what becomes of it. Raises nothing.

        It is done upon what the screen shows, so while that is the past it is refused, unless its
        verb says that it may be done there. What is done upon the picture `of_now`, such as that of
        the alarm strip, is done whatever the screen shows.
        """
        past = self.mode is not Mode.LIVE and not of_now
        return self._acting.act(
            value, subject, identity=self.identity, seen=self.live_picture, past=past
        )

    def refusal(self, kind: type[VerbValue]) -> InputError | None:
        """Return why an act of this kind would be refused now, None where it would not."""
        return self._acting.refusal(kind, past=self.mode is not Mode.LIVE)

    def tickets(self) -> tuple[Ticket, ...]:
        """Return the acts that are being saved, and those that were lost or refused just now."""
        return self._acting.tickets()

    def call_on_act(self, told: Callable[[], None]) -> None:
        """Call this, in place of what was called before, whenever an act goes on its way."""
        self._acting.on_act = told

    def acts_on_way(self) -> bool:
        """Tell whether somebody waits to see an act: it is being saved, or has not come back."""
        return self._acting.on_way()

    def unsaved(self) -> Unsaved:
        """Return how many acts the journal does not have yet."""
        return self._acting.unsaved()

    def news(self) -> tuple[PaserError, ...]:
        """Return what is to be told of acts that an earlier console left, since the last time."""
        return self._acting.saving.news()

    def undo(self) -> Ticket | None:
        """Undo the last own act on a drawing; None where there is none."""
        who = self.identity
        step = self.live_picture.undoable(who.who, who.seat)
        return None if step is None else self.act(Undo(step.act), step.drawing)

    def redo(self) -> Ticket | None:
        """Do again what was undone last; None where there is nothing."""
        who = self.identity
        step = self.live_picture.redoable(who.who, who.seat)
        return None if step is None else self.act(Redo(step.act), step.drawing)

    def _made_intake(self) -> Intake:
        return Intake(self._live, before=self._settle, renewed=self._renewed)

    def _renewed(self) -> None:
        """See to what was saved before the whole picture came: the first one has it."""
        if self._live.reloaded is None:
            self._acting.settle_saved()
        else:
            self._acting.save_again()

    def _made_acting(self, verbs: Verbs | None, folder: Path | None) -> Acting:
        outbox, fault = None, None
        if folder is not None:
            try:
                outbox = open_outbox(folder, self.journal_id, self._identity.seat)
            except PaserError as error:
                _log.error("acts are not kept on this disk: %s", error)
                fault = error
        saving = Saving(Writer(self._store, self._now), self._live.ring, self._now, outbox)
        saving.disk_fault = fault
        return Acting(verbs or Verbs(), saving, self._now, require_write=self._store.require_write)

    def _move(self, move: Callable[[], None]) -> None:
        """Move the clock; after a jump the picture is another one, which has to come first."""
        before = self._clock.jumps
        move()
        if self._clock.jumps != before:
            self._replay.watch.begin()
        self._replay.ring()

    def _drain_live(self) -> bool:
        """Take in what is new now; tell whether there was any since the last time."""
        if self._main is None:
            self._live.look()
            if self._now_in.take(0, time.monotonic() + DRAIN_S):
                self._live_changes += 1
        count = self._main._live_changes if self._main else self._live_changes
        new, self._seen_changes = count != self._seen_changes, count
        return new

    def _settle(self, record: AnyRecord, before: Picture) -> None:
        """Say what an own act came to: the picture right before it tells who was first."""
        if isinstance(record, Command):
            self._acting.settle(record, before)


def _identity_of(store: Journal) -> str:
    """Return what tells the journal from every other one, an exercise's from the real one's."""
    facts = store.facts()
    named = f"{store.where}\n{facts.get('purpose', REAL)}\n{facts.get('began', '')}"
    return facts.get("epoch") or hashlib.sha256(named.encode()).hexdigest()
