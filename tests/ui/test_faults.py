"""What raises in a slot, a timer, a paint event or a thread is counted, logged, and blamed."""

import logging
import threading
from typing import Any

import pytest

from paser_ui.faults import LOGGED_PER_SECOND, Faults
from paser_ui.panel_host import PanelHost
from tests.ui.panels import Good, RaisingInPaint, RaisingInTimer, raise_in_module


@pytest.fixture
def faults(monkeypatch):
    # The hooks of the test run would count our faults as theirs.
    made = Faults(now_s=lambda: 5.0)
    made.install()
    yield made
    made.uninstall()


def a_host(desk, build, faults, qtbot, panel_id="test.panel"):
    host = PanelHost(panel_id, "Map", build, desk, faults=faults)
    qtbot.addWidget(host)
    host.resize(200, 200)
    return host


@pytest.mark.qt_no_exception_capture
def test_a_panel_whose_timer_raises_is_paused(desk, faults, qtbot, caplog):
    host = a_host(desk, RaisingInTimer, faults, qtbot)
    host.show()

    qtbot.waitUntil(lambda: host.guard.paused)

    assert faults.count >= 3
    host.panel.timer.stop()
    caplog.clear()


@pytest.mark.qt_no_exception_capture
def test_a_panel_that_raises_while_painted_is_paused(desk, faults, qtbot, caplog):
    host = a_host(desk, RaisingInPaint, faults, qtbot)
    host.show()

    def paused():
        if not host.guard.paused:
            host.panel.update()
        return host.guard.paused

    qtbot.waitUntil(paused)

    assert not host.panel.isVisible()
    caplog.clear()


@pytest.mark.qt_no_exception_capture
def test_a_neighbour_of_the_same_plugin_is_not_blamed(desk, faults, qtbot, caplog):
    good = a_host(desk, Good, faults, qtbot, "test.good")
    bad = a_host(desk, RaisingInTimer, faults, qtbot)
    bad.show()

    qtbot.waitUntil(lambda: bad.guard.paused)
    bad.panel.timer.stop()

    assert not good.guard.paused
    caplog.clear()


def test_a_fault_of_the_shell_is_no_panels(desk, faults, qtbot, caplog):
    host = a_host(desk, Good, faults, qtbot)

    try:
        raise ValueError("not of any panel")
    except ValueError as error:
        for _ in range(5):
            faults.take(error)

    assert not host.guard.paused
    caplog.clear()


def test_a_function_of_a_panels_module_counts_for_the_panel(desk, faults, qtbot, caplog):
    host = a_host(desk, Good, faults, qtbot)

    try:
        raise_in_module()
    except ValueError as error:
        for _ in range(3):
            faults.take(error)

    assert host.guard.paused
    caplog.clear()


def test_code_whose_path_leads_nowhere_counts_for_its_module(desk, faults, qtbot, caplog):
    host = a_host(desk, Good, faults, qtbot)
    within: dict[str, Any] = {"__name__": Good.__module__}
    exec(compile("def fail():\n    raise ValueError('as installed')", "panels.py", "exec"), within)

    try:
        within["fail"]()
    except ValueError as error:
        for _ in range(3):
            faults.take(error)

    assert host.guard.paused
    caplog.clear()


def test_no_fault_is_swallowed_and_the_log_is_bounded(faults, caplog):
    with caplog.at_level(logging.ERROR):
        for number in range(1_000):
            faults.take(ValueError(number))

    assert faults.count == 1_000
    assert len(caplog.records) == LOGGED_PER_SECOND
    assert faults.unlogged == 1_000 - LOGGED_PER_SECOND
    caplog.clear()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_in_a_thread_is_counted(faults, caplog):
    def fail():
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

    assert faults.count == 1
    caplog.clear()


def test_the_hooks_are_given_back(monkeypatch):
    import sys

    before = sys.excepthook
    faults = Faults()
    faults.install()

    faults.uninstall()

    assert sys.excepthook is before
