"""P16: what it costs a process to import all that a panel of another maker is written against."""

import json
import sys
from statistics import median

from tests.benchmarks.figures import Figure
from tests.processes import run

TIMES = 5

_CODE = """
import json, time
import numpy, PySide6.QtWidgets

def mib():
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * 4096 / 2**20

before_s, before = time.process_time(), mib()
import paser_ui.api
print(json.dumps([time.process_time() - before_s, mib() - before]))
"""


def measure() -> dict[str, Figure]:
    """Return the CPU's time and the memory above Qt and numpy, the middle of five starts."""
    runs = [json.loads(run([sys.executable, "-c", _CODE], timeout=60).stdout) for _ in range(TIMES)]
    return {
        "P16": Figure(
            what="import paser_ui.api, above Qt and numpy",
            value=median(cpu_s for cpu_s, _ in runs),
            unit="s",
            goal=0.2,
            part="loop",
            also_holds=(grown := median(mib for _, mib in runs)) <= 10,
            seen={"MiB (goal 10)": grown},
        )
    }
