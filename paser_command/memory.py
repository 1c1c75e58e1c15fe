"""Memory that processes of months hold no longer goes back to the system.

glibc's ways are made for short lives: each busy thread gets a heap of its own, of which only the
end is ever given back. With three windows that was a tenth of the console's memory, and most of
what it grew by in a storm. Other C libraries are left to their own ways.

Source: mallopt(3), malloc_trim(3).
"""

import ctypes
import sys
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


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None
