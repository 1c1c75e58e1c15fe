"""How long tests wait for whole programs: the longer, the longer the program takes to start here.

Limits in tests are those of a machine on which nothing else runs. A start is measured once a run,
at the first limit, on the machine as it is then; a limit is never made shorter.
"""

import os
import sys
import tempfile
import time
from functools import cache

from tests.processes import run

PROGRAM = (sys.executable, "-m", "paser_command.cli")

QUICK_START_S = 3.0
"""From the command to the end of a console on a new exercise, that is told to end at once."""

LONGEST_START_S = 240.0


def patient(limit_s: float) -> float:
    """Return the limit as it is on this machine now."""
    return limit_s * slowness()


@cache
def slowness() -> float:
    """Return how many times longer a start of the program takes than on a quick machine."""
    with tempfile.TemporaryDirectory() as home:
        began_s = time.monotonic()
        play = ("--exercise", "banjir-kandilo", "--for", "0.1")
        own = {"PASER_COMMAND_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        ended = run([*PROGRAM, *play], env=os.environ | own, timeout=LONGEST_START_S)
        assert ended.returncode == 0, ended.stderr
        return max(1.0, (time.monotonic() - began_s) / QUICK_START_S)
