"""Whatever ends a save, the file says what it said before or what it was to say: never neither."""

import os
import random
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from paser_command.errors import PaserError
from paser_command.workspaces.files import load
from paser_command.workspaces.store import WorkspaceStore
from tests.core.workspaces.saver import version
from tests.processes import running

ROOT = Path(__file__).parents[3]
PANELS = 20


@contextmanager
def saver(folder, writer="one", lines=0):
    """A process that saves without pause and says how often it has; see there for `lines`."""
    told = [str(folder), writer, str(PANELS), str(lines)]
    command = [sys.executable, "-m", "tests.core.workspaces.saver", *told]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    with running(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield process


def saved(process):
    """Wait for its next save, and return how many it made."""
    return int(process.stdout.readline())


def seen(folder, wanted):
    """Watch the folder until there is a file whose name ends as wanted."""
    for _ in range(2_000):
        with os.scandir(folder) as entries:
            if any(entry.name.endswith(wanted) for entry in entries):
                return


def killed_from_outside(folder, chance):
    """Kill one that saves when a file of a certain name is seen; return how many saves it made."""
    with saver(folder) as process:
        least = [saved(process) for _ in range(chance.randint(1, 4))][-1]
        seen(folder, chance.choice([".new", ".bak"]))
        process.kill()
        process.wait()
        rest = process.stdout.read().split()
    return int(rest[-1]) if rest else least


def killed_at_a_line(folder, chance):
    """Have one killed at a line of the code that writes; return how many saves it made."""
    with saver(folder, lines=chance.randint(1, 90)) as process:
        told = process.stdout.read().split()
        assert process.wait() == -signal.SIGKILL
    return int(told[-1])


@pytest.mark.parametrize(("killed", "kills"), [(killed_at_a_line, 70), (killed_from_outside, 30)])
def test_a_hundred_kills_leave_old_or_new(tmp_path, killed, kills):
    folder = tmp_path / "workspaces"
    chance = random.Random(4)

    for _ in range(kills):
        count = killed(folder, chance)

        possible = [version("one", number, PANELS) for number in (count - 1, count)]
        assert load(folder / "a.toml") in possible
        if (folder / "a.toml.bak").exists():
            load(folder / "a.toml.bak")
        store = WorkspaceStore(folder, ())
        assert [(one.id, one.fault) for one in store.list()] == [("a", None)]


def test_a_reader_never_sees_half_of_two_who_save_at_once(tmp_path):
    folder = tmp_path / "workspaces"
    with saver(folder, "one") as one, saver(folder, "two") as two:
        counts = [saved(process) for process in (one, two, one, two)][2:]
        writers = set()
        while min(counts) < 20:
            workspace = load(folder / "a.toml")
            writer, number = workspace.name.split()
            assert workspace == version(writer, int(number), PANELS)
            writers.add(writer)
            load(folder / "a.toml.bak")
            counts = [saved(one), saved(two)]
        assert (one.poll(), two.poll()) == (None, None)

    assert writers


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 256 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("a disk of its own can only be mounted by root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk):
    """Write until not one byte more fits."""
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 1024):
            pass


def test_a_full_disk_leaves_the_old_one(small_disk):
    store = WorkspaceStore(small_disk / "workspaces", ())
    store.save("a", version("one", 1, PANELS))
    fill(small_disk)

    with pytest.raises(PaserError, match="cannot be written: No space left on device"):
        store.save("a", version("one", 2, PANELS))

    assert store.load("a").workspace == version("one", 1, PANELS)
    assert store.load("a").notice is None
    left = sorted(path.name for path in (small_disk / "workspaces").iterdir())
    assert left == ["a.toml", "a.toml.bak"]

    (small_disk / "filler").unlink()
    store.save("a", version("one", 3, PANELS))
    assert store.load("a").workspace == version("one", 3, PANELS)


def test_a_disk_that_fills_up_while_saving_leaves_the_last_that_fitted(small_disk):
    store = WorkspaceStore(small_disk / "workspaces", ())
    (small_disk / "filler").write_bytes(b"x" * 200 * 1024)
    kept = []

    def save(panels):
        store.save("a", version("one", panels, panels))
        kept.append(panels)

    with pytest.raises(PaserError, match="No space left"):
        list(map(save, range(1, 100)))

    assert kept
    assert store.load("a").workspace == version("one", kept[-1], kept[-1])


def test_what_a_killed_one_left_is_no_workspace(tmp_path):
    store = WorkspaceStore(tmp_path, ())
    store.save("a", version("one", 1, 2))
    shutil.copy(tmp_path / "a.toml", tmp_path / ".a.toml.7.new")
    shutil.copy(tmp_path / "a.toml", tmp_path / ".a.toml.bak.7.new")

    assert [one.id for one in store.list()] == ["a"]
