"""What a rule is: something that hears records and the passing of time, and raises records."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import msgspec

from paser_command.picture.picture import Picture
from paser_command.records import Record
from paser_command.times import Instant, Now

FEED = "rules"
"""The feed of all that rules raise."""


class RuleContext(msgspec.Struct, frozen=True):
    """What a rule is built with.

    What it raises has the `feed` and a `key` of the context, so that no rule speaks for another.
    `picture` is that of the journal's end, so that a restart repeats nothing and forgets nothing;
    it goes on a second behind the records, with what operators did. `now` is the instant at which
    the records that the rule hears are received. All in one thread.
    """

    name: str
    picture: Picture
    now: Now
    settings: Mapping[str, object] = {}

    @property
    def feed(self) -> str:
        """Return the feed of what rules raise."""
        return FEED

    def key(self, own: str) -> str:
        """Return the key of what the rule raises about a thing: rules/NAME:OWN."""
        return f"{FEED}/{self.name}:{own}"


class Rule(Protocol):
    """Judges what it hears. What it raises passes the rules after it, and is then journalled."""

    @property
    def kinds(self) -> tuple[type[Record], ...]:
        """Return the kinds of records that the rule hears."""
        ...

    def on(self, record: Record) -> Iterable[Record]:
        """Hear a record of `kinds`; `received` is 0 where it is received only now."""
        ...

    def on_tick(self, now: Instant) -> Iterable[Record]:
        """Hear that it is `now`, which is at or past `due`."""
        ...

    def due(self) -> Instant | None:
        """Return when the rule wants its next tick, None for not before it has heard more."""
        ...


class RulePlan(msgspec.Struct, frozen=True):
    """A rule to be run: its name (a to z, 0 to 9, _), how it is built, and its settings."""

    name: str
    build: Callable[[RuleContext], Rule]
    settings: Mapping[str, object] = {}


class Moment:
    """A clock that stands until it is set: rules know no other."""

    def __init__(self, at: Instant = 0) -> None:
        self.at = at

    def __call__(self) -> Instant:
        return self.at
