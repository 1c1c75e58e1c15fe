"""Marks in a feed's queue: what is due once all records before them are in the journal."""

from collections.abc import Set

import msgspec

from paser_command.feeds.doors import Receipt
from paser_command.journal.quarantine import Quarantined
from paser_command.records import Record


class Whole(msgspec.Struct, frozen=True):
    """A snapshot ended here: of the feed's keys that begin with `prefix` only these are there.

    Of several in one batch the last one counts.
    """

    feed: str
    prefix: str
    keys: Set[str]


class Pushed(msgspec.Struct, frozen=True):
    """A push ended here."""

    receipt: Receipt


class Remember(msgspec.Struct, frozen=True):
    """The feed's own state, as it was here."""

    feed: str
    body: bytes


class PutAside(msgspec.Struct, frozen=True):
    """A record that is not taken."""

    quarantined: Quarantined


Mark = Whole | Pushed | Remember | PutAside
Item = Record | Mark
"""What stands in a queue."""
