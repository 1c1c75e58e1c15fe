"""Memory that processes of months hold no longer goes back to the system.

glibc's ways are made for short lives: each busy thread gets a heap of its own, of which only the
end is ever given back. With three windows that was a tenth of the console's memory, and most of
what it grew by in a storm. Other C libraries are left to their own ways.

Source: mallopt(3), malloc_trim(3).
"""

import ctypes
import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_M_ARENA_MAX = -8
_HEAPS = 2


def keep_few_heaps() -> None:
    """Have all threads share two heaps; to be called before there are threads."""
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_M_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Give the free pages of all heaps back to the system; under a millisecond."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


def peak_kib() -> int:
    """Return the most memory that the process has had in use, in KiB; 0 where nobody tells."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Collecting:
    """Whether Python looks for cycles by itself: not while anybody holds it.

    It does so in whichever thread happens to allocate, and as often as things are made: while ten
    thousand are read that stay, each look finds nothing and takes as long as the reading.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0

    def hold(self) -> None:
        """Look for cycles no more until everybody who holds has released. Any thread."""
        with self._lock:
            self._holders += 1
            gc.disable()

    def release(self) -> None:
        """Look for cycles again where nobody else holds. Any thread."""
        with self._lock:
            self._holders -= 1
            if not self._holders:
                gc.enable()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold for as long as the block runs."""
        self.hold()
        try:
            yield
        finally:
            self.release()


COLLECTING = Collecting()
"""The process's own."""


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None
