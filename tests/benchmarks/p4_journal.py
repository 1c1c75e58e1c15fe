"""P4: batches into the journal, beside the bare sqlite3 loop with the same rows and settings."""

import tempfile
from pathlib import Path
from statistics import median

from paser_command.journal.engine import sqlite_url
from tests.benchmarks.bare_sqlite import bare_rows_a_second, rows_a_second
from tests.benchmarks.figures import Figure
from tests.benchmarks.journals import writing

ROUNDS = 5


def measure() -> dict[str, Figure]:
    """Return how our rows a second compare with the bare loop's; the rounds take turns."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        bare.append(bare_rows_a_second())
        with (
            tempfile.TemporaryDirectory() as folder,
            writing(sqlite_url(Path(folder, "ours.sqlite"))) as append,
        ):
            ours.append(rows_a_second(append))
    ratio = median(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    return {
        "P4": Figure(
            what="rows a second into the journal, of the bare sqlite3 loop's",
            value=ratio * 100,
            unit="%",
            goal=60,
            sense="at_least",
            peers={"sqlite3": {"rows_a_second": median(bare)}},
            seen={"rows a second, rollups and activity included": median(ours)},
        )
    }
