"""P8: from the command to data on the screen, of the installed program, of the source and of QGIS.

Each on an X server of its own, in turns. The installed program is the one in /usr/bin, else what
`make package` froze last. QGIS shows one square.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Figure
from tests.benchmarks.peers import qgis_start
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
        commands = {
            "installed": [str(installed), *_PLAY],
            "source": [sys.executable, "-m", "paser_command.cli", *_PLAY],
            "qgis": qgis_start.command(Path(folder)),
        }
        started = _started_s({name: argv for name, argv in commands.items() if argv}, folder)
    ours = started.pop("installed")
    return {
        "P8i": Figure(
            what="command to data on the screen, warm, installed",
            value=median(ours),
            unit="s",
            goal=1.4,
            part="loop",
            peers={name: {"value": median(theirs)} for name, theirs in started.items()},
            seen={"slowest s": max(ours)},
        )
    }


def _started_s(commands: Mapping[str, Sequence[str]], folder: str) -> dict[str, list[float]]:
    """Return the seconds of each start, of all in turns, after one that is not counted."""
    home = {"PASER_COMMAND_HOME": folder}
    for argv in commands.values():
        shown_s(argv, home)
    started: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, argv in commands.items():
            started[name].append(shown_s(argv, home))
    return started
