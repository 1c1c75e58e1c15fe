"""Kills what a run of tests left behind, once the run itself has ended, however it ended.

Run as a process beside the tests: `python guardian.py PID MARK` waits for the end of the process
and then kills all that carry the mark in their environment. It needs the standard library alone.
"""

import contextlib
import os
import select
import signal
import sys
import time
from pathlib import Path

VARIABLE = "PASER_TEST_PROCESS"
"""What every process of the tests carries, and all that it starts: of whom it is."""

LONGEST_S = 20.0


def marked(mark: str) -> list[int]:
    """Return the processes that carry the mark; those that have ended and wait do not."""
    wanted = f"{VARIABLE}={mark}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            # It ends meanwhile, or is somebody else's.
            with contextlib.suppress(OSError):
                carried = (folder / "environ").read_bytes().split(b"\0")
                if any(one.startswith(wanted) for one in carried):
                    found.append(int(folder.name))
    return found


def kill_marked(mark: str) -> None:
    """Kill all that carry the mark, and what they start meanwhile."""
    end_s = time.monotonic() + LONGEST_S
    while (found := marked(mark)) and time.monotonic() < end_s:
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)


def guard(pid: int, mark: str) -> None:
    """Wait for the end of the process, then kill all that carry the mark."""
    with contextlib.suppress(ProcessLookupError):
        select.select([os.pidfd_open(pid)], [], [])
    kill_marked(mark)


if __name__ == "__main__":
    guard(int(sys.argv[1]), sys.argv[2])
