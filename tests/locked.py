"""Another program that holds a journal's file so that nobody reads it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import processes

_HOLD = """
import fcntl, sys
with open(sys.argv[1], "r+b") as index:
    fcntl.lockf(index, fcntl.LOCK_EX, 5, 123)
    print(flush=True)
    sys.stdin.read()
"""


@contextmanager
def read_locked(journal: Path) -> Iterator[None]:
    """Hold the five read locks of a journal in WAL (https://www.sqlite.org/walformat.html, 2.3)."""
    index = f"{journal}-shm"
    with processes.running(
        [sys.executable, "-c", _HOLD, index], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holding:
        assert holding.stdout is not None
        assert holding.stdout.readline()
        yield
