"""On which display each page stands: arithmetic, without a window."""

from collections.abc import Sequence
from typing import NamedTuple

from paser_command.workspaces.definition import Page
from paser_command.workspaces.display import Display, paired


class Seat(NamedTuple):
    """The number of a display, and the one that the page stood on where that is not there."""

    number: int
    missed: Display | None = None


def placed(pages: Sequence[Page], present: Sequence[Display]) -> list[Seat]:
    """Return where each page stands among the displays present, the main one first.

    A page goes to the display that it stood on. Where that has gone, and for a page that never
    stood anywhere, it is the one that `place` counts to, else the main one: no page is lost.
    """
    known = list(dict.fromkeys(page.display for page in pages if page.display is not None))
    pairs = {known[first]: second for first, second in paired(known, present).items()}
    return [_seat(page, pairs, len(present)) for page in pages]


def _seat(page: Page, pairs: dict[Display, int], count: int) -> Seat:
    if page.display is not None:
        if page.display in pairs:
            return Seat(pairs[page.display])
        return Seat(0, page.display)
    return Seat(page.place - 1 if page.place <= count else 0)
