"""The collector is started, watched, started again, and ends with its console."""

import os
import signal
import sys
import textwrap
import time

import pytest

from paser_ui.collector_process import ChildProcess, Phase
from tests.patience import patient
from tests.processes import start

SLOWEST_S = 15


def argv(code):
    return (sys.executable, "-c", textwrap.dedent(code))


STAYING = argv(
    """
    import sys
    print('{"event": "ready"}', flush=True)
    sys.stdin.read()
    """
)
DYING = argv("import sys; sys.exit(3)")
STUBBORN = argv(
    """
    import signal, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print('{"event": "ready"}', flush=True)
    time.sleep(60)
    """
)
TALKING = argv(
    """
    import sys
    for line in ('no json', '{"event": "ready"}', '[]', '{"event": "journal_failing", '
                 '"error": {"id": "disk penuh", "en": "disk full"}}',
                 '{"event": "news"}', 'x' * 200_000):
        print(line, flush=True)
    sys.stdin.readline()
    """
)


def until(true, seconds=SLOWEST_S):
    end = time.monotonic() + patient(seconds)
    while not true():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


@pytest.fixture
def child():
    made = []

    def start(command, **options):
        process = ChildProcess("The collector", command, **options)
        made.append(process)
        process.start()
        return process

    yield start
    for process in made:
        process.stop()


def test_a_child_that_is_ready_says_so(child):
    process = child(STAYING)

    until(lambda: process.state.phase is Phase.READY)

    assert process.state.starts == 1


def test_a_killed_child_is_started_again(child, caplog):
    process = child(STAYING, backoff_s=(0.01,))
    until(lambda: process.state.phase is Phase.READY)

    os.kill(process.pid, signal.SIGKILL)
    until(lambda: process.state.starts == 2 and process.state.phase is Phase.READY)

    assert process.state.code == -signal.SIGKILL
    assert "starting it again" in caplog.text
    caplog.clear()


def test_a_child_that_keeps_dying_is_started_more_and_more_slowly(child, caplog):
    waits: list[float] = []
    process = child(DYING, backoff_s=(0.01, 0.02, 0.04))

    def waited():
        state = process.state
        if state.phase is Phase.WAITING and (not waits or waits[-1] != state.again_s):
            waits.append(state.again_s)
        return process.state.starts >= 5

    until(waited)
    process.stop()

    assert waits == sorted(waits)
    assert "in 0.0 s" in caplog.text
    assert process.state.code == 3
    caplog.clear()


def test_a_command_that_is_none_is_told_and_tried_again(child, caplog):
    process = child(("/nonexistent/program",), backoff_s=(0.01,))

    until(lambda: process.state.starts >= 2)

    assert process.state.code is None
    process.stop()
    caplog.clear()


def test_what_the_child_says_of_its_journal_is_heard(child):
    process = child(TALKING)

    until(lambda: process.state.failing.get("en") == "disk full")

    assert process.state.phase is Phase.READY


def test_a_child_ends_when_it_is_told_to(child):
    process = child(STAYING)
    until(lambda: process.state.phase is Phase.READY)
    pid = process.pid

    process.stop()

    assert process.state.phase is Phase.STOPPED
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_child_that_will_not_end_is_killed(child):
    process = child(STUBBORN)
    until(lambda: process.state.phase is Phase.READY)
    began = time.monotonic()

    process.stop()

    assert time.monotonic() - began < patient(3)
    assert process.pid is None


def test_a_child_is_not_started_after_its_end(child):
    process = ChildProcess("The collector", STAYING)
    process.stop()

    assert process.state.starts == 0


def test_the_child_dies_with_the_console(tmp_path):
    told = tmp_path / "pid"
    console = start(
        argv(
            f"""
            import pathlib, time
            from paser_ui.collector_process import ChildProcess, Phase
from tests.patience import patient
from tests.processes import start
            child = ChildProcess("x", {STAYING!r})
            child.start()
            while child.state.phase is not Phase.READY:
                time.sleep(0.01)
            pathlib.Path({str(told)!r}).write_text(str(child.pid))
            time.sleep(60)
            """
        )
    )
    until(lambda: told.is_file() and told.read_text())
    pid = int(told.read_text())

    console.kill()
    console.wait()

    def gone():
        try:
            with open(f"/proc/{pid}/stat") as file:
                return file.read().split()[2] == "Z"
        except FileNotFoundError:
            return True

    until(gone)
