"""P8: from the command to data on the screen, of the installed program and of the source.

Both on an X server of their own, in turns. The installed program is the one in /usr/bin, else what
`make package` froze last.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Figure
from tests.benchmarks.shown import shown_s

ROUNDS = 7
_PLACES = (
    Path("/usr/bin/paser-command"),
    Path("build/package/frozen/paser-command/paser-command").absolute(),
)
_PLAY = ("--exercise", "banjir-kandilo", "--for", "60")


def measure() -> dict[str, Figure]:
    """Return the medians; nothing where no program was installed or frozen."""
    installed = next((path for path in _PLACES if path.exists()), None)
    if installed is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        home = {"PASER_COMMAND_HOME": folder}
        source = [sys.executable, "-m", "paser_command.cli", *_PLAY]
        frozen = [str(installed), *_PLAY]
        for argv in (source, frozen):
            shown_s(argv, home)
        rounds = [(shown_s(frozen, home), shown_s(source, home)) for _ in range(ROUNDS)]
    return {
        "P8i": Figure(
            what="command to data on the screen, warm, installed",
            value=median(frozen_s for frozen_s, _ in rounds),
            unit="s",
            goal=2.0,
            peers={"source": {"value": median(source_s for _, source_s in rounds)}},
            seen={"slowest s": max(frozen_s for frozen_s, _ in rounds)},
        )
    }
