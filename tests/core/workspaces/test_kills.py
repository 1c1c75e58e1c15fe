"""Whatever ends a save, the file says what it said before or what it was to say: never neither."""

import os
import random
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from paser_command.errors import PaserError
from paser_command.workspaces.files import load
from paser_command.workspaces.store import WorkspaceStore
from tests.core.workspaces.saver import version

ROOT = Path(__file__).parents[3]
KILLS = 100
PANELS = 20


@contextmanager
def saver(folder, writer="one"):
    """A process that saves without pause and says how often it has."""
    command = [sys.executable, "-m", "tests.core.workspaces.saver", str(folder), writer]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    process = subprocess.Popen(
        [*command, str(PANELS)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def saved(process):
    """Wait for its next save, and return how many it made."""
    return int(process.stdout.readline())


def seen(folder, chance):
    """Watch the folder until something in it is as chance wants it: a half-written file or so."""
    wanted = chance.choice([".new", ".bak", ".toml"])
    least = chance.choice([0, 1, 4096])
    for _ in range(20_000):
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    if entry.name.endswith(wanted) and entry.stat().st_size >= least:
                        return
                except FileNotFoundError:
                    continue


def test_a_hundred_kills_leave_old_or_new(tmp_path):
    folder = tmp_path / "workspaces"
    chance = random.Random(4)
    survived = []

    for _ in range(KILLS):
        with saver(folder) as process:
            least = saved(process)
            for _ in range(chance.randint(0, 3)):
                least = saved(process)
            seen(folder, chance)
            process.kill()
            process.wait()
            rest = process.stdout.read().split()
        last = int(rest[-1]) if rest else least
        found = load(folder / "a.toml")
        assert found in (version("one", last - 1, PANELS), version("one", last, PANELS))
        load(folder / "a.toml.bak")
        survived.append(found)
        store = WorkspaceStore(folder, ())
        assert [(one.id, one.fault) for one in store.list()] == [("a", None)]

    assert len(survived) == KILLS


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
