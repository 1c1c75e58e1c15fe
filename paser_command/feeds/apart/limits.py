"""What the process of a feed may use of the machine, set by itself before it runs others' code."""

import contextlib
import ctypes
import os
import signal
import sys

MEMORY_BYTES = 512 * 2**20
OPEN_FILES = 256
LARGEST_FILE_BYTES = 64 * 2**20
NICER_BY = 5
"""The room goes first where the processor is short."""

_PR_SET_PDEATHSIG = 1


def limit_this_process() -> None:
    """Set the limits, and end with the process that started this one. Linux; elsewhere nothing.

    Source: setrlimit(2) (RLIMIT_DATA counts what a process maps for itself), prctl(2).
    """
    if sys.platform != "linux":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_DATA, MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, LARGEST_FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))
    with contextlib.suppress(OSError):
        os.nice(NICER_BY)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
