"""`make bench`: runs the benchmarks, prints a table and writes out/bench.json."""

import argparse
import importlib
import os
import sys
from pathlib import Path

import msgspec

from tests.benchmarks.figures import Figure, as_json, as_table

MODULES = {
    "P1": "tests.benchmarks.p1_points",
    "P2": "tests.benchmarks.p2_map",
    "M1": "tests.benchmarks.m1_open_geopackage",
    "P3": "tests.benchmarks.p3_wire_to_screen",
    "P4": "tests.benchmarks.p4_journal",
    "P8": "tests.benchmarks.p8_start",
    "P8i": "tests.benchmarks.p8_installed",
    "P9": "tests.benchmarks.p9_memory",
    "P12": "tests.benchmarks.p12_growth",
}


def main() -> int:
    """Run what was asked for, each in a process of its own: none warms another's memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="such as P3,P4")
    only = parser.parse_args().only
    wanted = only.split(",") if only else list(MODULES)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: dict[str, Figure] = {}
    for name in wanted:
        print(f"{name} ...", flush=True)
        figures |= _measured(MODULES[name])
    out = Path("out")
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_bytes(as_json(figures))
    print(as_table(figures))
    return 0


def _measured(module: str) -> dict[str, Figure]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        measured: dict[str, Figure] = importlib.import_module(module).measure()
        os.write(writing, msgspec.msgpack.encode(measured))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        body = told.read()
    os.waitpid(child, 0)
    if not body:
        print(f"{module} did not come to its end", file=sys.stderr)
        return {}
    return msgspec.msgpack.decode(body, type=dict[str, Figure])


if __name__ == "__main__":
    sys.exit(main())
