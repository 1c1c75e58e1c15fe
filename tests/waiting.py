"""Waiting for what comes in its own time: by a condition, with an end that no sound run meets."""

import time
from collections.abc import Callable

LONGEST_S = 60.0


def until(met: Callable[[], object], longest_s: float = LONGEST_S) -> None:
    """Return once the condition holds; fail the test where it never does."""
    end_s = time.monotonic() + longest_s
    while not met():
        assert time.monotonic() < end_s, "it never came to that"
        time.sleep(0.005)
