"""Free memory goes back to the system, and threads do not each keep a heap of their own.

Each in a process of its own, which has no other memory to be taken for it.
"""

import gc
import subprocess
import sys

import pytest

from paser_command import memory
from tests.patience import patient
from tests.processes import run

needs_glibc = pytest.mark.skipif(
    memory._glibc() is None, reason="only glibc is told how to keep memory"
)

FREED = """
from pathlib import Path
from paser_command.memory import give_back

def resident_mib():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

blocks = [bytes(4_000) for _ in range(20_000)]
# The last one holds the heap's end, so that the library keeps all before it.
del blocks[:-1]
before = resident_mib()
give_back()
print(before - resident_mib())
"""

THREADS = """
import ctypes, threading
from paser_command.memory import keep_few_heaps

if {few}:
    keep_few_heaps()
libc = ctypes.CDLL(None)
barrier = threading.Barrier(8)

def hold():
    barrier.wait()
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc(50_000)
    barrier.wait()

threads = [threading.Thread(target=hold) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc.malloc_stats()
"""


@needs_glibc
def test_free_memory_inside_a_heap_is_given_back():
    assert float(_run(FREED).stdout) > 60


@needs_glibc
@pytest.mark.parametrize("few", [True, False])
def test_threads_share_two_heaps(few):
    heaps = [line for line in _run(THREADS.format(few=few)).stderr.splitlines() if "Arena" in line]

    assert (len(heaps) <= 2) is few


def test_where_the_library_is_another_nothing_happens(monkeypatch):
    monkeypatch.setattr(memory, "_glibc", lambda: None)

    memory.keep_few_heaps()
    memory.give_back()


def test_python_looks_for_cycles_again_when_the_last_one_has_released():
    collecting = memory.Collecting()

    collecting.hold()
    with pytest.raises(ValueError, match="in the block"), collecting.held():
        raise ValueError("in the block")
    while_one_holds = gc.isenabled()
    collecting.release()

    assert not while_one_holds
    assert gc.isenabled()


def _run(program: str) -> subprocess.CompletedProcess[str]:
    done = run([sys.executable, "-c", program], timeout=patient(60))
    done.check_returncode()
    return done
