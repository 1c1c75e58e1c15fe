"""The room's displays stay awake: the desktop is asked for it, and the X server reset by and by."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.journeys.room import display
from tests.patience import patient
from tests.processes import run, running

ARGV = [sys.executable, "-m", "tests.ui.wall.awake_run"]


def wanted(*programs):
    if missing := [name for name in programs if shutil.which(name) is None]:
        if os.environ.get("CI"):
            pytest.fail(f"{missing} missing")
        pytest.skip(f"{missing} missing (Debian: xvfb dbus-bin dbus-daemon)")


@pytest.fixture
def bus():
    """A desktop's bus, with a reader of all that is said on it."""
    wanted("dbus-daemon", "dbus-monitor")
    argv = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with running(argv, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        told = ["dbus-monitor", "--address", address]
        with running(told, stdout=subprocess.PIPE, text=True) as monitor:
            assert monitor.stdout is not None
            monitor.stdout.readline()
            yield address, monitor.stdout


def test_the_desktop_is_asked_not_to_save_the_screen(bus):
    address, heard = bus
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}

    with running(ARGV, env=environment, stdin=subprocess.PIPE) as console:
        asked = next(line for line in heard if "member=Inhibit" in line)
        who, why = heard.readline(), heard.readline()
        console.communicate(b"\n")

    assert "org.freedesktop.ScreenSaver" in asked
    assert "paser-command" in who
    assert why.strip().startswith("string")


def test_an_x_server_is_reset_at_once_and_again_until_it_is_stopped():
    wanted("Xvfb")
    with display("640x480x24") as number:
        environment = {
            **os.environ,
            "DISPLAY": number,
            "QT_QPA_PLATFORM": "xcb",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        done = run(ARGV, env=environment, told="\n", timeout=patient(120))

    began, ended = done.stdout.split("\n")[:2]
    stopped, after = ended.split()[1:3]
    assert began == "began 1"
    assert int(stopped) > 2
    assert after == stopped
    assert ended.endswith("False")
