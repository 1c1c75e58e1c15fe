"""Every process that tests and benchmarks start: none outlives its test, nor a run that is killed.

Each is in a session of its own and carries a mark in its environment, as does all that it starts:
a keeper's console, which is in a group of its own, and a server's workers. What carries the mark is
killed when the process is left, at the latest after the test. Of a run that is killed itself the
guardian (guardian.py) does so.
"""

import contextlib
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from tests.guardian import VARIABLE, kill_marked

Process = subprocess.Popen[Any]
Argument = str | os.PathLike[str]

_GUARDIAN = Path(__file__).with_name("guardian.py")
_numbers = count(1)
_standing: dict[Process, str] = {}
_lasting: set[Process] = set()


def start(
    argv: Sequence[Argument],
    *,
    env: Mapping[str, str] | None = None,
    lasting: bool = False,
    **options: Any,
) -> Process:
    """Start a process as `subprocess.Popen` does; `end` it, else the test's end does.

    One that lasts serves several tests, and is ended by who started it, or with the run.
    """
    mark = f"{guarded(os.getpid())}{next(_numbers)};"
    carried = {**(os.environ if env is None else env), VARIABLE: mark}
    process = subprocess.Popen(argv, env=carried, start_new_session=True, **options)
    _standing[process] = mark
    if lasting:
        _lasting.add(process)
    return process


@contextmanager
def running(argv: Sequence[Argument], **options: Any) -> Iterator[Process]:
    """Start a process; kill it, and all that it started, where it is left."""
    process = start(argv, **options)
    try:
        yield process
    finally:
        end(process)
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                # What was not written yet is of no use to anybody.
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def run(
    argv: Sequence[Argument], *, timeout: float, told: str | None = None, **options: Any
) -> "subprocess.CompletedProcess[str]":
    """Run a process to its end, telling it that on its standard input; return what it said."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with running(argv, **{"text": True, **pipes, **options}) as process:
        out, errors = process.communicate(told, timeout=timeout)
        return subprocess.CompletedProcess(argv, process.returncode, out, errors)


def end(process: Process) -> None:
    """Kill the process, its group, and all that it started."""
    mark = _standing.pop(process, None)
    _lasting.discard(process)
    if mark is None:
        return
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    kill_marked(mark)


def end_all() -> None:
    """Kill all that stand but do not last."""
    for process in _standing.keys() - _lasting:
        end(process)


@cache
def guarded(pid: int) -> str:
    """Start the guardian of this process, once; return the mark of all that is started from it.

    What the program itself starts carries it, too. A run within a run carries the outer one's mark
    as well, so that it ends with that.
    """
    mark = f"{os.environ.get(VARIABLE, '')}{uuid.uuid4().hex};"
    plain = {name: value for name, value in os.environ.items() if name != VARIABLE}
    argv = [sys.executable, "-I", "-S", str(_GUARDIAN), str(pid), mark]
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    os.environ[VARIABLE] = mark
    # Nobody waits for it: it ends after us.
    os.posix_spawn(argv[0], argv, plain, file_actions=nowhere, setsid=True)
    return mark
