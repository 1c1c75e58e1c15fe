"""P13: 20,000 open incidents, 5,000 alarms, 1,000 warnings of 2,000 points, 10 of 50 feeds hang.

The console and its collector are processes as a user starts them. P13_SCALE=0.05 lets a twentieth
of it stand, P13_ACTS says how often something is acknowledged.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from paser_command.journal.engine import sqlite_url
from tests.benchmarks import many
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import percentile, pss_mib
from tests.processes import Process, running

SCALE = float(os.environ.get("P13_SCALE", "1"))
ACTS = int(os.environ.get("P13_ACTS", "100"))
LONGEST_S = float(os.environ.get("P13_LONGEST_S", "900"))
GAP_MS, ACT_MS, MEMORY_MIB = 250.0, 1_000.0, 600.0


def measure() -> dict[str, Figure]:
    """Return the longest gap of the window's loop, the acts' p99, and each process's memory."""
    with tempfile.TemporaryDirectory() as name, many.city() as feeds:
        folder = Path(name)
        url = sqlite_url(folder / "journal.sqlite")
        many.fill(url, SCALE)
        site = many.site(folder, url, feeds)
        with running(
            [sys.executable, "-m", "tests.benchmarks.loaded_console", "--config", str(site)],
            env=os.environ | _environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            told, starts = _told(process)
            console = pss_mib(told["console"])
            collector = pss_mib(told["collector"])
    gap_ms = max(told["gap_ms"], told["loading_gap_ms"])
    return {
        "P13": Figure(
            what="the longest gap of the window's loop with very much in the room, from its start",
            value=gap_ms,
            unit="ms",
            goal=GAP_MS,
            also={
                "an act to the strip's paint, p99 ms": (percentile(told["acts_ms"], 0.99), ACT_MS),
                "console MiB": (console, MEMORY_MIB),
                "collector MiB": (collector, MEMORY_MIB),
            },
            also_holds=starts == 1 and bool(told["loaded"]),
            seen={
                "share of the load": SCALE,
                "acts": float(len(told["acts_ms"])),
                "act p50 ms": percentile(told["acts_ms"], 0.5),
                "longest gap while it loads ms": told["loading_gap_ms"],
                "longest gap after that ms": told["gap_ms"],
                "loaded after s": told["load_s"],
                "starts of the console": float(starts),
            },
        )
    }


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PASER_COMMAND_HOME": str(folder / "home"),
        "QT_QPA_PLATFORM": "offscreen",
        "P13_INCIDENTS": str(int(many.INCIDENTS * SCALE)),
        "P13_ACTS": str(ACTS),
    }


def _told(process: Process) -> tuple[dict[str, Any], int]:
    """Return what the console measured, and how often it was started until then."""
    assert process.stdout is not None
    ending = threading.Timer(LONGEST_S, process.kill)
    ending.start()
    starts = 0
    try:
        for line in process.stdout:
            told = json.loads(line)
            if "pid" in told:
                starts += 1
            else:
                return told, starts
    finally:
        ending.cancel()
    raise RuntimeError(f"nothing was measured in {LONGEST_S:g} s and {starts} starts")
