"""P8: from the command to the first window with data, warm, beside the start of QGIS."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from statistics import median

from tests.benchmarks.figures import Figure

ROUNDS = 7


def measure() -> dict[str, Figure]:
    """Return the median over several starts, on an exercise whose journal is there already."""
    with tempfile.TemporaryDirectory() as folder:
        # Warm is with the bytecode that Python keeps, wherever this runs: nobody compiles twice.
        kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        home = {"PASER_COMMAND_HOME": folder, **kept}
        _started_s(home)
        _started_s(home)
        starts = [_started_s(home) for _ in range(ROUNDS)]
    peers: dict[str, dict[str, float]] = {}
    seen: dict[str, float | str] = {"slowest s": max(starts)}
    if qgis := shutil.which("qgis"):
        peers["qgis"] = {"value": _timed_s([qgis, "--version"])}
    else:
        seen["qgis"] = "not installed here: no yardstick"
    return {
        "P8": Figure(
            what="command to the first window with data, warm",
            value=median(starts),
            unit="s",
            goal=1.2,
            part="loop",
            peers=peers,
            seen=seen,
        )
    }


def _started_s(home: dict[str, str]) -> float:
    argv = [sys.executable, "-m", "tests.benchmarks.start_probe", "--exercise", "banjir-kandilo"]
    began_s = time.monotonic()
    done = subprocess.run(
        [*argv, "--for", "60"],
        env=os.environ | home,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return float(done.stdout.split()[0]) - began_s


def _timed_s(argv: list[str]) -> float:
    began_s = time.monotonic()
    subprocess.run(argv, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - began_s
