"""Every command is in the audit chain, in order, and no link was changed."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from paser_command.errors import Words
from paser_command.journal.checks.finding import Finding
from paser_command.journal.schema import audit, journal
from paser_command.journal.segments import gone_until
from paser_command.journal.streaming import streamed
from paser_command.journal.writer import chained


def check_audit(connection: Connection) -> Iterator[Finding]:
    """Give what is wrong with the chain. Links of deleted commands are only followed."""
    gone = gone_until(connection)
    chosen = select(journal.c.seq, journal.c.body).where(journal.c.kind == "command")
    commands = streamed(connection, chosen.order_by(journal.c.seq))
    command = next(commands, None)
    previous = b""
    for link in streamed(connection, select(audit).order_by(audit.c.seq)):
        while command is not None and command.seq < link.seq:
            yield Finding(f"command {command.seq}", Words("is not in the audit chain"))
            command = next(commands, None)
        if command is not None and command.seq == link.seq:
            whole = link.hash == chained(link.previous, command.body)
            command = next(commands, None)
        else:
            whole = link.seq <= gone
            if not whole:
                what = Words("is in the audit chain and not in the journal")
                yield Finding(f"command {link.seq}", what)
        if not whole or link.previous != previous:
            what = Words("breaks the audit chain: it was changed")
            yield Finding(f"command {link.seq}", what)
        previous = link.hash
    while command is not None:
        yield Finding(f"command {command.seq}", Words("is not in the audit chain"))
        command = next(commands, None)
