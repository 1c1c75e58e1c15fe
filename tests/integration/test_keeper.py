"""A console that hangs, falls or is killed is on the screen again, as it was, and says so."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paser_command.config import JournalSettings, Site, SiteConfig, site_toml
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.times import now
from paser_command.whole_file import write_whole
from paser_command.workspaces.definition import FORMAT, Node, Page, PanelSpec, Workspace
from paser_command.workspaces.files import load, text_of
from tests.command_line import environment
from tests.patience import patient
from tests.processes import end, start
from tests.records import acknowledge, flood

BACK_WITHIN_S = 10.0
ENDS_WITHIN_S = 3.0
LONGEST_WAIT_S = 60.0
ROUNDS = 2

STRANGER = """\
[plugin]
id = "stranger"
name = "The stranger"
version = "1"
api = 1

[[panels]]
id = "stranger.panel"
name = "The stranger's panel"
class = "panel:Falling"
"""

FALLING = """\
import faulthandler

from paser_ui.api import Panel


class Falling(Panel):
    def __init__(self, context):
        super().__init__(context)
        faulthandler._sigsegv()
"""

Told = dict[str, Any]


class Kept:
    """A keeper, and what the consoles tell that it keeps."""

    def __init__(self, folder: Path, *arguments: str, **changes: str) -> None:
        self.home = folder / "home"
        self.errors = folder / "errors"
        with self.errors.open("ab") as errors:
            self.process = start(
                [sys.executable, "-m", "tests.integration.kept_console", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment(self.home, **changes),
                text=True,
            )
        self._told: Told | None = None
        self._changed = threading.Condition()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def __enter__(self) -> "Kept":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.process.kill()
            self.process.wait()
            self._reading.join(patient(LONGEST_WAIT_S))
            assert not self._reading.is_alive(), "a console outlived its keeper"
        finally:
            end(self.process)
            assert self.process.stdin is not None
            self.process.stdin.close()

    def until(self, met: Callable[[Told], object]) -> Told:
        """Wait until a console tells that; return what it told."""
        with self._changed:
            held = self._changed.wait_for(
                lambda: self._told is not None and met(self._told), patient(LONGEST_WAIT_S)
            )
            assert held, (self._told, self.errors.read_text())
            assert self._told is not None
            return self._told

    def say(self, line: str) -> None:
        """Have the console do something."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def another(self, before: Told) -> Told:
        """Wait for the next console that has data; return what it tells."""
        return self.until(lambda told: told["pid"] != before["pid"] and told["waiting"])

    def reports(self) -> list[str]:
        """Return the files that tell of hangs and falls."""
        return [path.read_text() for path in sorted((self.home / "log").glob("console-*.txt"))]

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                if not line.endswith("\n"):
                    continue
                with self._changed:
                    self._told = json.loads(line)
                    self._changed.notify_all()


@pytest.fixture
def site(tmp_path):
    """A site without feeds, whose journal knows three incidents, one of them acknowledged."""
    url = sqlite_url(tmp_path / "journal.sqlite")
    journal = open_journal(url, REAL)
    writer = Writer(journal, now)
    writer.append([flood(key=f"warga/{number}") for number in range(1, 4)])
    writer.append([acknowledge("warga/2")])
    journal.close()
    config = SiteConfig(
        site=Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91),
        journal=JournalSettings(url=url),
    )
    file = tmp_path / "site.toml"
    file.write_text(site_toml(config))
    return ("--config", str(file), "--language", "en")


@pytest.fixture
def kept(tmp_path, site):
    with Kept(tmp_path, *site) as running:
        yield running


def until(met: Callable[[], object]) -> None:
    end_s = time.monotonic() + patient(LONGEST_WAIT_S)
    while not met():
        assert time.monotonic() < end_s, "it never came to that"
        time.sleep(0.05)


def remembered(kept: Kept, met: Callable[[Told], object]) -> None:
    """Wait until the settings on the disk are so."""
    file = kept.home / "settings.json"
    until(lambda: file.is_file() and met(json.loads(file.read_text())))


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    told = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for line in told for child in line.split()]


def speaks_to(pid: int, address: str) -> bool:
    """Tell whether the process knows the service manager's address."""
    return address.encode() in Path(f"/proc/{pid}/environ").read_bytes()


def gone(pid: int) -> bool:
    """Tell whether the process is no more, or only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_window_that_stands_for_six_seconds_leaves_its_stacks_and_goes_on(kept):
    before = kept.until(lambda told: told["settled"] and told["waiting"])

    kept.say("block 6")
    until(lambda: "the console answers again" in kept.errors.read_text())
    after = kept.until(lambda told: told["pid"])

    assert after["pid"] == before["pid"]
    [report] = kept.reports()
    assert "in block" in report
    assert "Thread" in report


@pytest.mark.parametrize("standing", ["block 20", "hold"])
def test_a_window_that_stands_for_twenty_seconds_is_started_again(kept, standing):
    before = kept.until(lambda told: told["settled"] and told["waiting"])

    kept.say(standing)
    after = kept.another(before)

    [report] = kept.reports()
    assert f"in {standing.split()[0]}" in report
    assert gone(before["pid"])
    [line] = after["banner"]
    assert line.startswith("the console fell (it did not answer for 15 s) and was started again")
    assert line.endswith(".txt")


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_killed_console_is_back_as_it_was_within_ten_seconds(kept, round_):
    chance = random.Random(20261125 + round_)
    shown = kept.until(lambda told: told["waiting"])
    picked = chance.choice(shown["waiting"])
    kept.say(f"select {picked}")
    kept.say("float charts")
    before = kept.until(lambda told: told["floating"] and told["selected"] == picked)
    remembered(kept, lambda saved: saved["selection"]["key"] == picked)
    until(lambda: floated(kept.home))
    # Two: a third one in a minute would start safe mode.
    for _ in range(2):
        _pause(chance)
        killed_s = time.monotonic()
        os.kill(before["pid"], signal.SIGKILL)

        after = kept.another(before)

        assert time.monotonic() - killed_s <= patient(BACK_WITHIN_S)
        assert "by the signal 9" in after["banner"][0]
        for what in ("panels", "floating", "selected", "waiting"):
            assert after[what] == before[what], what
        before = after


def _pause(chance: random.Random) -> None:
    """Let a random time pass: the moment of the kill is what is tried here."""
    time.sleep(chance.uniform(0.0, 1.0))


def stranger(folder: Path) -> str:
    """Install a stranger's plugin whose panel makes the console fall; return where."""
    package, info = folder / "plugins/stranger", folder / "plugins/stranger-1.dist-info"
    for made in (package, info):
        made.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "plugin.toml").write_text(STRANGER)
    (package / "panel.py").write_text(FALLING)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1\n")
    point = "[paser_command.plugins]\nstranger = stranger:plugin.toml\n"
    (info / "entry_points.txt").write_text(point)
    return f"{folder / 'plugins'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"


def floated(home: Path) -> bool:
    """Tell whether the file of the workspace has a panel in a window of its own."""
    path = home / "workspaces/ruang-siaga.toml"
    return path.is_file() and any(page.floating for page in load(path).pages)


def show_strangers(home: Path) -> None:
    """Have the workspace show the stranger's panel."""
    page = Page(layout=Node(tabs=("strange",)))
    panels = {"strange": PanelSpec(type="stranger.panel")}
    whole = Workspace(format=FORMAT, name="War room", panels=panels, pages=(page,))
    write_whole(home / "workspaces/ruang-siaga.toml", text_of(whole).encode())


def test_three_falls_start_safe_mode_which_says_what_it_leaves_off(tmp_path, site):
    show_strangers(tmp_path / "home")
    with Kept(tmp_path, *site, PYTHONPATH=stranger(tmp_path)) as kept:
        shown = kept.until(lambda told: told["waiting"])

        assert shown["safe"]
        assert "strange" not in shown["panels"]
        assert (
            "Safe mode. Left off: the remembered layout, automation, panels of The stranger."
        ) in shown["banner"]
        assert len(kept.reports()) == 3
        assert all("Segmentation fault" in report for report in kept.reports())
        [told] = [line for line in shown["banner"] if "fall" in line]
        assert told.startswith(
            "the panel The stranger's panel of the plugin The stranger made the console fall"
        )

        kept.say("normal")
        again = kept.another(shown)

        assert again["safe"], "it falls as before, and the minute is not over"
        assert len(kept.reports()) == 4


def test_safe_mode_leaves_what_is_remembered_as_it_is(tmp_path, site):
    with Kept(tmp_path, *site) as kept:
        shown = kept.until(lambda told: told["waiting"])
        kept.say("float charts")
        kept.until(lambda told: told["floating"])
        until(lambda: floated(tmp_path / "home"))
        kept.say("close")
        assert kept.process.wait(patient(LONGEST_WAIT_S)) == 0

    with Kept(tmp_path, *site, "--safe-mode") as kept:
        safe = kept.until(lambda told: told["waiting"])
        assert (safe["safe"], safe["floating"]) == (True, [])
        assert safe["panels"] == shown["panels"]

        kept.say("normal")
        normal = kept.until(lambda told: told["pid"] != safe["pid"] and told["floating"])

        assert not normal["safe"]
        assert (tmp_path / "home/settings.json.bak").exists()


def test_a_console_that_ends_without_a_word_has_fallen(kept):
    before = kept.until(lambda told: told["waiting"])

    kept.say("exit 0")
    after = kept.another(before)

    assert "with the exit code 0" in after["banner"][0]


def test_a_window_that_is_closed_is_the_end(kept):
    kept.until(lambda told: told["waiting"])

    kept.say("close")

    assert kept.process.wait(patient(LONGEST_WAIT_S)) == 0
    assert kept.reports() == []
    assert kept.errors.read_text() == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_keeper_ends_the_console_cleanly(kept, number):
    told = kept.until(lambda told: told["waiting"])
    began_s = time.monotonic()

    kept.process.send_signal(number)
    code = kept.process.wait(patient(LONGEST_WAIT_S))

    assert code == 0
    assert time.monotonic() - began_s <= patient(ENDS_WITHIN_S)
    assert gone(told["pid"])
    assert kept.reports() == []


def test_a_console_that_hangs_is_killed_when_it_was_to_end(kept):
    told = kept.until(lambda told: told["settled"])
    kept.say("hold")
    until(lambda: kept.reports())

    kept.process.terminate()

    assert kept.process.wait(patient(LONGEST_WAIT_S)) == 128 + signal.SIGKILL
    assert gone(told["pid"])
    assert kept.errors.read_text().endswith("the console was to end and did not: it was killed\n")


def test_a_console_ends_with_its_keeper(kept):
    told = kept.until(lambda told: told["waiting"])

    kept.process.kill()

    until(lambda: gone(told["pid"]))
    assert kept.reports() == []


def test_wrong_input_is_told_once_and_not_tried_again(tmp_path):
    with Kept(tmp_path, "--config", str(tmp_path / "none.toml")) as kept:
        code = kept.process.wait(patient(LONGEST_WAIT_S))

    assert code == 2
    assert kept.errors.read_text().count("\n") == 1
    assert kept.reports() == []


def test_a_display_that_has_gone_is_told_once_and_not_tried_again(tmp_path, site):
    gone_display = {"DISPLAY": ":8097", "QT_QPA_PLATFORM": "xcb"}
    with Kept(tmp_path, *site, **gone_display) as kept:
        code = kept.process.wait(patient(LONGEST_WAIT_S))

    assert code == 2
    assert "the display :8097 does not answer" in kept.errors.read_text()
    assert kept.reports() == []


def test_a_service_manager_hears_nothing_while_the_windows_loop_stands(tmp_path, site):
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notified:
        notified.bind(address)
        notified.settimeout(patient(LONGEST_WAIT_S))
        with Kept(tmp_path, *site, NOTIFY_SOCKET=address) as kept:
            assert notified.recv(100) == b"READY=1\nWATCHDOG=1"
            told = kept.until(lambda told: told["waiting"])
            assert not [pid for pid in children(told["pid"]) if speaks_to(pid, address)]

            kept.say("block 4")
            longest_s, heard_s = 0.0, time.monotonic()
            while longest_s < 3.0:
                assert notified.recv(100) == b"READY=1\nWATCHDOG=1"
                longest_s, heard_s = time.monotonic() - heard_s, time.monotonic()
