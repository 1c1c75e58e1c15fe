"""What a test starts ends with it: when it fails, when it is cut off, when the run is killed.

Each of these runs pytest in a process of its own, on a test that starts a process with a child in a
group of its own, as a keeper has, and a PostgreSQL server, and then ends badly.
"""

import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from tests import postgres
from tests.guardian import VARIABLE, marked
from tests.patience import patient
from tests.processes import running

ROOT = Path(__file__).parents[2]
LONGEST_S = 60.0

INNER = """\
import os
import sys
import threading
import time

import pytest

from tests.guardian import VARIABLE, marked
from tests.processes import start

PARENT = '''
import os, time
if os.fork() == 0:
    os.setpgid(0, 0)
os.write(1, b"forked\\\\n")
time.sleep(600)
'''


{marker}
def test_it(request):
    if {postgres}:
        request.getfixturevalue("postgres_server")
    process = start([sys.executable, "-c", PARENT], stdout=-1)
    assert process.stdout.readline() + process.stdout.readline() == b"forked\\n" * 2
    print("standing", flush=True)
    {ending}


def test_what_comes_after_it():
    assert marked(os.environ[VARIABLE]) == []
"""

CUT_OFF = "@pytest.mark.timeout({limit_s})"
ENDED = '@pytest.mark.timeout({limit_s}, method="thread")'
ENDINGS = {
    "a failed assertion": ("", "assert False", "1 failed, 1 passed"),
    "a timeout that fails the test": (CUT_OFF, "time.sleep(600)", "1 failed, 1 passed"),
    "a timeout that ends the run": (ENDED, "threading.Event().wait(600)", "Timeout"),
}


@pytest.fixture
def inner(tmp_path):
    """Return the command of a run of the inner test, with and without a server."""

    def command(marker="", ending="time.sleep(600)", *, with_postgres=False):
        test = tmp_path / "test_inner.py"
        test.write_text(INNER.format(marker=marker, ending=ending, postgres=with_postgres))
        options = ("-s", "-p", "tests.conftest", "-c", str(ROOT / "pyproject.toml"))
        return [sys.executable, "-m", "pytest", *options, str(test)]

    return command


def own():
    """Return the processes that were started from this run and still go on."""
    return set(marked(os.environ[VARIABLE]))


def until_only(before):
    end_s = time.monotonic() + patient(LONGEST_S)
    while left := own() - before:
        assert time.monotonic() < end_s, left
        time.sleep(0.05)


@pytest.mark.parametrize(("marker", "ending", "told"), ENDINGS.values(), ids=ENDINGS)
def test_a_test_that_ends_badly_leaves_no_process(inner, marker, ending, told):
    before = own()
    argv = inner(marker.format(limit_s=patient(2)), ending)

    with running(argv, cwd=ROOT, stdout=-1, stderr=-2, text=True) as process:
        said, _ = process.communicate(timeout=patient(LONGEST_S))
        # Before `running` looks after it: what is tried is the inner run.
        until_only(before)

    assert "standing" in said
    assert told in said


def test_a_run_that_is_killed_leaves_no_process_after_a_moment(inner):
    before = own()
    argv = inner(with_postgres=not postgres.missing())
    with running(argv, cwd=ROOT, stdout=-1) as process:
        assert process.stdout is not None
        assert any(re.search(rb"\bstanding$", line) for line in process.stdout)
        assert len(own() - before) > 2
        process.send_signal(signal.SIGKILL)
        process.wait()

        # Before `running` looks after it: what is tried is the inner run's guardian.
        until_only(before)


def test_processes_are_started_in_one_place():
    """Of those that end by themselves in a moment, such as git, nothing is asked."""
    folder = ROOT / "tests"
    elsewhere = [
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if re.search(r"subprocess\.Popen\(|posix_spawn\(", path.read_text())
        # Installs run in machines and folders of their own, which end all that is in them.
        and not path.is_relative_to(folder / "package" / "install")
    ]

    assert sorted(elsewhere) == ["processes.py"]
