"""The console's journal: opened, or waited for in a window where its server is away."""

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

from paser_command.errors import JournalAwayError
from paser_command.journal.store import Journal
from paser_command.keeper.heart import Heart
from paser_command.session.waiting import Opening, Waiting

Wait = Callable[[Waiting], None]


def opened(
    open_it: Callable[[], Journal],
    folder: Path,
    language: str | None,
    heart: Heart | None,
    for_s: float | None,
) -> Journal | None:
    """Return the journal; None where a person, or `for_s`, ended the waiting for it.

    Raises what no waiting mends, and JournalAwayError where there is no window to wait in.
    """
    try:
        return open_it()
    except JournalAwayError as error:
        found = list(entry_points(group="paser_command.waiting"))
        if not found:
            raise
        opening = Opening(open_it, error)
    wait: Wait = found[0].load()
    wait(Waiting(home=folder, language=language, opening=opening, heart=heart, for_s=for_s))
    if heart is not None:
        heart.opening()
    if opening.failure is not None:
        raise opening.failure
    return opening.journal
