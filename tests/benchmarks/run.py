"""`make bench`: runs the benchmarks, prints a table and writes out/bench.json."""

import argparse
import importlib
import os
import sys
from functools import partial
from pathlib import Path

from tests.benchmarks.apart import apart
from tests.benchmarks.figures import Figure, Judged, as_json, as_table
from tests.benchmarks.yardstick import yardstick

MODULES = {
    "P1": "tests.benchmarks.p1_points",
    "P2": "tests.benchmarks.p2_map",
    "M1": "tests.benchmarks.m1_open_geopackage",
    "M2": "tests.benchmarks.m2_switch_workspace",
    "P3": "tests.benchmarks.p3_wire_to_screen",
    "P4": "tests.benchmarks.p4_journal",
    "P5": "tests.benchmarks.p5_seek",
    "M3": "tests.benchmarks.m3_panels",
    "P8": "tests.benchmarks.p8_start",
    "P8i": "tests.benchmarks.p8_installed",
    "P9": "tests.benchmarks.p9_memory",
    "P10": "tests.benchmarks.p10_idle",
    "P11": "tests.benchmarks.p11_act_to_screen",
    "P12": "tests.benchmarks.p12_growth",
    "P12W": "tests.benchmarks.p12_windows",
    "P13": "tests.benchmarks.p13_many",
    "P15": "tests.benchmarks.p15_one_incident",
    "P16": "tests.benchmarks.p16_panel_import",
    "P17": "tests.benchmarks.p17_seek_to_paint",
}


def main() -> int:
    """Run what was asked for, each in a process of its own: none warms another's memory.

    The yardstick is measured before and after each.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="such as P3,P4")
    only = parser.parse_args().only
    wanted = only.split(",") if only else list(MODULES)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    judged: dict[str, Judged] = {}
    before = yardstick()
    for name in wanted:
        print(f"{name} ...", flush=True)
        figures = _measured(MODULES[name])
        after = yardstick()
        judged |= {key: Judged(figure, before, after) for key, figure in figures.items()}
        before = after
    out = Path("out")
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_bytes(as_json(judged))
    print(as_table(judged))
    return 0


def _measured(module: str) -> dict[str, Figure]:
    return apart(partial(_measure, module), dict[str, Figure]) or {}


def _measure(module: str) -> dict[str, Figure]:
    measured: dict[str, Figure] = importlib.import_module(module).measure()
    return measured


if __name__ == "__main__":
    sys.exit(main())
