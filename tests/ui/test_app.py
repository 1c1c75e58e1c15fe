"""The console starts on a real journal, survives its panels, and ends cleanly when told to."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QImageReader

from paser_command.workspaces.files import load
from paser_ui.settings import VERSION
from paser_ui.theme.tokens import LIGHT
from tests.patience import patient
from tests.processes import start
from tests.ui.fronts import HOME

ROOT = Path(__file__).parents[2]
SLOWEST_S = 30
CLEAN_S = 3


def console(folder, *arguments):
    return start(
        (sys.executable, "-m", "tests.ui.console_run", str(folder), *arguments),
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process):
    out, err = process.communicate(timeout=patient(SLOWEST_S))
    return process.returncode, out, err


def saved(folder):
    """Return the workspace that was saved."""
    return load(folder / f"home/workspaces/{HOME}.toml")


def until(process, met):
    """Wait until it is so, while the console runs."""
    end = time.monotonic() + patient(SLOWEST_S)
    while not met():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)


def started(process):
    """Wait until the console has a child, which it starts last before it shows itself."""
    tasks = Path(f"/proc/{process.pid}/task")
    until(process, lambda: any(task.read_text().strip() for task in tasks.glob("*/children")))


def test_it_runs_for_as_long_as_it_is_told_and_takes_its_picture(tmp_path):
    code, out, err = ended(console(tmp_path, "--for", "1.5", "--shots", "--collector"))

    assert code == 0, err
    paths = out.split()
    assert [Path(path).parent for path in paths] == [tmp_path / "shots"]
    image = QImage(paths[0])
    assert (image.width(), image.height()) == (1920, 1080)


def test_a_floating_panel_is_pictured_and_keeps_nothing_from_ending(tmp_path):
    panels = ("--panel", "Good", "--panel", "Slow", "--float", "good")

    code, out, err = ended(console(tmp_path, "--for", "2", "--shots", *panels))

    assert code == 0, err
    assert len(out.split()) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_three_seconds(tmp_path, number):
    process = console(tmp_path, "--collector")
    started(process)
    # A console that was only just started may still be importing.
    time.sleep(1.0)
    began = time.monotonic()

    process.send_signal(number)
    code, _out, err = ended(process)

    assert code == 0, err
    assert time.monotonic() - began < patient(CLEAN_S)


def test_panels_that_fail_in_every_way_do_not_end_it(tmp_path):
    panels = (
        "Good",
        "RaisingInPaint",
        "RaisingInTimer",
        "Raising",
        "Unbuildable",
        "Slow",
        "Absent",
    )
    chosen = [word for name in panels for word in ("--panel", name)]

    code, _out, err = ended(console(tmp_path, "--for", "3", *chosen))

    assert code == 0, err
    assert saved(tmp_path).panels["good"].state["frames"] > 1
    assert "cannot paint" in err
    assert "KeyError: 'tick'" in err
    assert "Segmentation" not in err


def test_the_language_is_kept_from_one_start_to_the_next(tmp_path):
    ended(console(tmp_path, "--for", "0.5", "--language", "en"))

    ended(console(tmp_path, "--for", "0.5"))

    assert json.loads((tmp_path / "home/settings.json").read_text())["language"] == "en"


def test_the_collector_begins_when_the_city_answers(tmp_path):
    code, _out, err = ended(console(tmp_path, "--for", "2", "--city"))

    assert code == 0, err
    assert (tmp_path / "found").read_text() == "True"


def test_what_was_changed_outlives_a_console_that_is_killed(tmp_path):
    panels = ("--panel", "Good", "--panel", "Slow")
    settings = tmp_path / "home/settings.json"
    process = console(tmp_path, "--language", "en", *panels, "--float", "good")
    until(process, settings.is_file)
    until(
        process,
        lambda: (
            (tmp_path / f"home/workspaces/{HOME}.toml").is_file()
            and saved(tmp_path).pages[0].floating
        ),
    )
    process.kill()
    ended(process)

    code, out, err = ended(console(tmp_path, "--for", "2", "--shots", *panels))

    assert code == 0, err
    assert json.loads(settings.read_text())["language"] == "en"
    assert len(out.split()) == 2, "the floating panel is not shown"


def test_a_panel_that_is_away_keeps_its_place(tmp_path):
    ended(console(tmp_path, "--for", "0.5", "--panel", "Good", "--panel", "Slow"))

    code, _out, err = ended(console(tmp_path, "--for", "0.5", "--panel", "Good"))

    assert code == 0, err
    assert set(saved(tmp_path).panels) == {"good", "slow"}
    assert "no plugin has the panel incidents.slow" in err


def test_settings_that_are_torn_do_not_keep_it_from_starting(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/settings.json").write_text('{"version": 1, "lang')

    code, _out, err = ended(console(tmp_path, "--for", "0.5"))

    assert code == 0, err
    assert "left aside" in err
    assert json.loads((tmp_path / "home/settings.json").read_text())["version"] == VERSION


def settings(folder, **values):
    """Write a person's settings, as the console finds them."""
    home = folder / "home"
    home.mkdir()
    (home / "settings.json").write_text(json.dumps({"version": VERSION, **values}))
    return home / "settings.json"


def large_picture(path):
    """Read a picture that is larger than the program takes, whatever limit another test left."""
    limit = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(64)
    image = QImage(path)
    QImageReader.setAllocationLimit(limit)
    return image


def test_the_theme_and_the_scale_of_a_person_are_there_from_the_start(tmp_path):
    settings(tmp_path, theme="light", scale=150)

    code, out, err = ended(console(tmp_path, "--for", "1.5", "--shots"))

    assert code == 0, err
    image = large_picture(out.split()[0])
    assert image.width() == 1920 * 1.5
    assert image.pixelColor(1, image.height() // 2) == LIGHT.ground


def test_own_keys_are_kept_also_those_of_acts_that_are_away_and_a_damaged_one_is_told(tmp_path):
    own = {"clock.play": "F9", "plugin.away": "F8", "clock.live": "Ctrl+"}
    file = settings(tmp_path, keys=own)

    code, _out, err = ended(console(tmp_path, "--for", "1.5"))

    assert code == 0, err
    assert json.loads(file.read_text())["keys"] == own
    assert "Ctrl+ as the key of clock.live" in err
