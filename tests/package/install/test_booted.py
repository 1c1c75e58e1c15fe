"""The units do what they promise on a machine that systemd runs: started, confined, up again."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.package.install.booted import Booted, booted, made_bootable
from tests.package.install.conftest import NEXT
from tests.package.install.roots import until

COLLECTOR, CONSOLE = "paser-command-collector", "paser-command-console"
TITLE = "Paser Command · Kabupaten Paser"
VISIBLE = ("search", "--onlyvisible", "--class", "Paser Command")
MOST_EXPOSED = 2.0
"""Of 10, as `systemd-analyze security` counts; it calls what is below 2 well confined."""

SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "sqlite+pysqlite:////var/lib/paser-command/journal.sqlite"
"""


@pytest.fixture
def machine(installed) -> Iterator[Booted]:
    """A machine with the package, its site file, and a person of the group."""
    made_bootable(installed)
    (installed / "etc/paser-command/site.toml").write_text(SITE)
    with booted(installed) as running:
        yield running


def test_the_collector_is_confined_and_up_again_after_a_fall(machine, shelf):
    machine.systemctl("enable", "--now", COLLECTOR)
    first = machine.process_of(COLLECTOR)
    machine.systemctl("kill", "--signal=KILL", COLLECTOR)
    until(lambda: machine.process_of(COLLECTOR) not in (0, first))
    until(lambda: machine.systemctl("is-active", COLLECTOR, check=False).code == 0)

    sound = machine.run("systemd-analyze", "verify", "--man=no", f"{COLLECTOR}.service")
    told = machine.run("systemd-analyze", "security", "--no-pager", COLLECTOR, check=False)
    owner = machine.run("stat", "-c", "%U %G %a", "/var/lib/paser-command/journal.sqlite")

    assert sound.text == ""
    exposed = re.search(r"exposure level for \S+: ([\d.]+)", told.text)
    assert exposed is not None
    assert float(exposed[1]) <= MOST_EXPOSED
    loaded = machine.run("cat", f"/proc/{machine.process_of(COLLECTOR)}/maps")
    assert "libQt6" not in loaded
    assert owner.text.split() == ["paser-command", "paser-command", "660"]

    machine.root.serve(shelf["new"])
    machine.run("apt-get", "update")
    machine.run("apt-get", "--yes", "install", "paser-command")

    until(lambda: f"/versions/{NEXT}/" in program_of(machine, COLLECTOR))


def test_a_collector_that_hangs_is_ended_and_started_again(machine):
    drop_in = machine.root / f"etc/systemd/system/{COLLECTOR}.service.d/soon.conf"
    drop_in.parent.mkdir()
    drop_in.write_text("[Service]\nWatchdogSec=5\n")
    machine.systemctl("daemon-reload")
    machine.systemctl("enable", "--now", COLLECTOR)
    first = machine.process_of(COLLECTOR)

    machine.systemctl("kill", "--signal=STOP", COLLECTOR)

    until(lambda: machine.process_of(COLLECTOR) not in (0, first))


def test_the_console_comes_with_the_desktop_and_stays_until_somebody_closes_it(machine, display):
    machine.systemctl("enable", "--now", COLLECTOR)
    machine.persons("enable", CONSOLE)
    machine.persons("set-environment", f"DISPLAY={display}")
    assert machine.run("systemd-analyze", "verify", "--man=no", console_unit(machine)).text == ""

    machine.persons("start", "desk.target")
    until(lambda: shown(display))

    first = machine.process_of(CONSOLE, persons=True)
    machine.persons("kill", "--signal=SEGV", CONSOLE)
    until(lambda: machine.process_of(CONSOLE, persons=True) not in (0, first))
    until(lambda: shown(display))

    with window_manager(display):
        until(lambda: closed(display))
        until(lambda: machine.persons("is-active", CONSOLE, check=False).code != 0)
    assert machine.persons("show", "--property=Result", "--value", CONSOLE).text == "success\n"
    assert not shown(display)


def console_unit(machine: Booted) -> str:
    path = machine.persons("show", "--property=FragmentPath", "--value", CONSOLE).text.strip()
    assert path == f"/usr/lib/systemd/user/{CONSOLE}.service"
    return path


def program_of(machine: Booted, unit: str) -> str:
    process = machine.process_of(unit)
    return machine.run("readlink", f"/proc/{process}/exe", check=False).text


def shown(display: str) -> bool:
    """Tell whether the console's window is on the screen."""
    return TITLE in xdotool(display, *VISIBLE, "getwindowname")


def closed(display: str) -> bool:
    """Close the console's window by the key for that; tell whether it has gone."""
    xdotool(display, *VISIBLE, "windowactivate", "key", "alt+F4")
    return not shown(display)


def xdotool(display: str, *words: str) -> str:
    return subprocess.run(
        ["xdotool", *words], env={"DISPLAY": display}, capture_output=True, text=True
    ).stdout


@contextmanager
def window_manager(display: str) -> Iterator[None]:
    with subprocess.Popen(["openbox", "--sm-disable"], env={"DISPLAY": display}) as running:
        try:
            yield
        finally:
            running.terminate()
