"""`journal quarantine`: records that were not taken, listed, asked back, or let go."""

from argparse import Namespace

import msgspec

from paser_command.cli.journals import opened_journal
from paser_command.cli.output import language, say, wire
from paser_command.errors import FeedError
from paser_command.intake.replaying import sound_now
from paser_command.journal import quarantine
from paser_command.journal.quarantine import Quarantined
from paser_command.journal.store import Journal
from paser_command.times import iso


def show(options: Namespace) -> int:
    """Print what is in quarantine, the oldest first."""
    with opened_journal(options) as journal:
        kept = quarantine.listed(journal, options.feed or "")
    value = {"quarantine": [_value(one) for one in kept]}
    lines = [_line(one) for one in kept] or [language().tr("nothing is in quarantine")]
    say(value, lines, as_json=options.json)
    return 0


def replay(options: Namespace) -> int:
    """Ask the collector to take up those that are good now; the exit code is 1 where none is."""
    with opened_journal(options) as journal:
        kept = quarantine.listed(journal, options.feed or "")
        good = [one.id for one in kept if _is_good(one, journal)]
        quarantine.ask_for_replay(journal, good)
    told = {"replayed": len(good), "bad": len(kept) - len(good)}
    line = language().tr(
        "{replayed} go back to the collector, which takes them within seconds where it runs; "
        "{bad} cannot be taken now either",
        **told,
    )
    say(told, [line], as_json=options.json)
    return 0 if good or not kept else 1


def clear(options: Namespace) -> int:
    """Let go of what is in quarantine."""
    with opened_journal(options) as journal:
        kept = quarantine.listed(journal, options.feed or "")
        quarantine.remove(journal, [one.id for one in kept])
    line = language().tr("{n} are let go", n=len(kept))
    say({"cleared": len(kept)}, [line], as_json=options.json)
    return 0


def _is_good(one: Quarantined, journal: Journal) -> bool:
    try:
        sound_now(one, journal.model.kinds)
    except FeedError:
        return False
    return True


def _line(one: Quarantined) -> str:
    facts = ", ".join(f"{name}={fact}" for name, fact in one.facts.items())
    told = f"{one.reason} ({facts})" if facts else one.reason
    return f"{one.id:>6}  {iso(one.received)}  {one.feed}  {one.kind}  {one.key}  {told}"


def _value(one: Quarantined) -> dict[str, object]:
    plain = msgspec.structs.replace(one, body=b"")
    return {**wire(plain), "body": one.body.decode()}
