"""Writes the journal that the tests keep of version 7869918: 30 hours of a city, and its picture.

`python -m tests.core.old_city tests/data` was run once, with that version. It writes
journal-0001-7869918.sqlite, and beside each kept journal NAME.pictures.json: what that version's
`paser-command picture --json --at` printed at several instants, the journal's end last.
"""

import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from paser_command.journal.engine import sqlite_url
from paser_command.journal.keyframes import KeyframeKeeper
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord
from paser_command.times import HOUR, MINUTE, Instant, iso
from tests.command_line import run
from tests.core.old_city_acts import acts
from tests.core.old_city_feeds import feeds
from tests.records import START

NAME = "journal-0001-7869918"
END: Instant = START + 30 * HOUR
KEYFRAMES = (START + 7 * HOUR, START + 17 * HOUR, START + 26 * HOUR)
"""When the keeper looked: fewer than a collector keeps, so that the file is small."""

ASKED: dict[str, tuple[Instant, ...]] = {
    NAME: (START + 3 * HOUR, START + 13 * HOUR + 30 * MINUTE, START + 25 * HOUR, END),
    "journal-0001-1": (START,),
}
"""At which instants the pictures were printed: before the first keyframe, between two, at the end.

What was over was swept at each full hour, and first let go of something after a day.
"""


def write(path: Path) -> None:
    """Write the journal with the writer and the keeper of keyframes, as their clock was set."""
    journal = open_journal(sqlite_url(path), REAL)
    keeper = KeyframeKeeper(journal, Writer(journal, partial(_stands, END)), Picture(), 0)
    for received, records in batches():
        Writer(journal, partial(_stands, received)).append(records)
        if received in KEYFRAMES:
            keeper.follow()
    keeper.close()
    journal.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def batches() -> Iterator[tuple[Instant, Sequence[AnyRecord]]]:
    """Give what came, together with the instant at which the room received it, in order."""
    came = sorted([*feeds(), *acts()], key=_received)
    for received, together in groupby(came, key=_received):
        yield received, [record for _, record in together]


def printed_pictures(kept: Path, folder: Path, instants: Iterable[Instant]) -> list[Any]:
    """Return what the program prints of a copy of the journal in the folder at the instants."""
    journal = folder / "journal.sqlite"
    shutil.copy(kept, journal)
    asked = ("picture", "--json", "--journal", sqlite_url(journal), "--at")
    return [run(folder, *asked, iso(instant)).json for instant in instants]


def _received(came: tuple[Instant, AnyRecord]) -> Instant:
    return came[0]


def _stands(instant: Instant) -> Instant:
    return instant


if __name__ == "__main__":
    data = Path(sys.argv[1])
    write(data / f"{NAME}.sqlite")
    with tempfile.TemporaryDirectory() as folder:
        for name, instants in ASKED.items():
            printed = printed_pictures(data / f"{name}.sqlite", Path(folder), instants)
            text = json.dumps(printed, indent=1, ensure_ascii=False)
            (data / f"{name}.pictures.json").write_text(text + "\n")
