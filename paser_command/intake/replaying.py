"""Records that are asked back from quarantine: they go the way of all that feeds give."""

from paser_command.errors import FeedError
from paser_command.feeds.handover import HandOver, put_aside, taken_up
from paser_command.feeds.inbox import Inbox
from paser_command.feeds.marks import PutAside
from paser_command.journal import quarantine
from paser_command.journal.quarantine import Quarantined
from paser_command.journal.store import Journal
from paser_command.records import Kinds, Record


def sound_now(quarantined: Quarantined, kinds: Kinds) -> Record:
    """Return the record in quarantine; FeedError where it is not good now either."""
    record = taken_up(quarantined, kinds)
    return HandOver(quarantined.feed, kinds).taken(record)


def replay(store: Journal, inbox: Inbox) -> int:
    """Put what is asked back into its feed's lane; return how many. Raises JournalError.

    One that is still bad goes back into quarantine, with its reason of now.
    """
    asked = quarantine.waiting(store)
    kinds = store.model.kinds
    for one in asked:
        lane = inbox.lane(one.feed)
        try:
            lane.waiting.append(sound_now(one, kinds))
        except FeedError as fault:
            lane.waiting.append(PutAside(_again(one, fault, kinds)))
    quarantine.remove(store, [one.id for one in asked])
    return len(asked)


def _again(one: Quarantined, fault: FeedError, kinds: Kinds) -> Quarantined:
    try:
        return put_aside(taken_up(one, kinds), one.feed, fault)
    except FeedError:
        return Quarantined(
            feed=one.feed, kind=one.kind, key=one.key, reason=fault.code, body=one.body
        )
