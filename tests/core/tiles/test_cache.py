"""Promise: kept tiles stay within the quota, whole, and a disk that fails does no harm."""

import errno
import logging
import os
import signal
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest

from paser_command.maps.tiles.cache import Kept, TileCache
from tests.processes import running

SIZE = 10_000


def kept(body: bytes = b"tile", asked: int = 1_000_000) -> Kept:
    return Kept(asked, 60.0, "http://127.0.0.1/1", '"e"', "yesterday", body)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_kept_is_there(tmp_path):
    TileCache(tmp_path, 10**6).put("a", kept(b"body"))

    again = TileCache(tmp_path, 10**6).get("a")

    assert again == kept(b"body")
    assert again.fresh_until() == 61_000_000
    assert TileCache(tmp_path, 10**6).get("b") is None


def test_no_address_stands_on_the_disk(tmp_path):
    TileCache(tmp_path, 10**6).put("http://127.0.0.1/1?key=canary", kept())

    (path,) = files(tmp_path)
    assert "canary" not in str(path)
    assert b"canary" not in path.read_bytes()


def test_the_quota_holds_and_what_was_used_least_lately_goes_first(tmp_path):
    cache = TileCache(tmp_path, 50 * SIZE)
    for number in range(40):
        cache.put(str(number), kept(bytes(SIZE)))
    for number, path in enumerate(
        sorted(files(tmp_path), key=lambda path: path.stat().st_mtime_ns)
    ):
        os.utime(path, (1_000_000 + number, 1_000_000 + number))

    assert cache.get("0") is not None
    for number in range(40, 80):
        cache.put(str(number), kept(bytes(SIZE)))

    total = sum(path.stat().st_size for path in files(tmp_path))
    assert total <= 56 * SIZE  # looked through each time that a tenth of the quota was written
    assert cache.get("0") is not None
    assert cache.get("1") is None
    assert cache.get("79") is not None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-3],
        lambda data: data[:6],
        lambda data: b"",
        lambda data: data[:-1] + bytes((data[-1] ^ 1,)),
        lambda data: b"XXXX" + data[4:],
        lambda data: b"<html>" * 100,
    ],
)
def test_a_damaged_tile_is_thrown_away(tmp_path, damage):
    cache = TileCache(tmp_path, 10**6)
    cache.put("a", kept())
    (path,) = files(tmp_path)
    path.write_bytes(damage(path.read_bytes()))

    assert cache.get("a") is None

    assert files(tmp_path) == []


def test_what_is_whole_and_not_ours_is_thrown_away(tmp_path):
    cache = TileCache(tmp_path, 10**6)
    cache.put("a", kept())
    (path,) = files(tmp_path)
    body = b"\xc1"
    path.write_bytes(b"PCT1" + zlib.crc32(body).to_bytes(4, "big") + body)

    assert cache.get("a") is None


def test_a_full_disk_is_told_once_and_nothing_else_happens(tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    cache = TileCache(tmp_path, 10**6)
    cache.put("old", kept())
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        write(path, data[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        for number in range(5):
            cache.put(str(number), kept())

    assert [one.levelname for one in caplog.records] == ["WARNING"]
    assert len(files(tmp_path)) == 1
    assert cache.get("old") is not None
    cache.put("new", kept())
    assert [one.levelname for one in caplog.records] == ["WARNING", "INFO"]


def test_a_folder_that_cannot_be_written_is_no_cache(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = TileCache(tmp_path / "file", 10**6)

    cache.put("a", kept())

    assert cache.get("a") is None


WRITER = """
import sys
from pathlib import Path
from paser_command.maps.tiles.cache import Kept, TileCache
cache = TileCache(Path(sys.argv[1]), 300_000)
print("ready", flush=True)
number = 0
while True:
    cache.put(str(number % 50), Kept(1, 60.0, "u", "", "", bytes((number % 50,)) * 20_000))
    number += 1
"""


@pytest.mark.parametrize("kill", range(3))
def test_a_process_that_is_killed_leaves_whole_tiles_only(tmp_path, kill):
    with running([sys.executable, "-c", WRITER, tmp_path], stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        while len(files(tmp_path)) < 5 + kill:
            pass
        child.send_signal(signal.SIGKILL)

    sizes = [path.stat().st_size for path in files(tmp_path) if path.suffix == ".tile"]
    assert set(sizes) == {max(sizes)}
    assert max(sizes) > 20_000


def test_what_a_killed_process_left_is_swept_away(tmp_path):
    left = tmp_path / "ab" / "ab.123-4.part"
    left.parent.mkdir()
    left.write_bytes(b"half")
    os.utime(left, (1, 1))

    TileCache(tmp_path, 10**6).put("a", kept())

    assert not left.exists()


def test_several_consoles_share_a_folder(tmp_path):
    faults: list[BaseException] = []

    def use(seed: int) -> None:
        cache = TileCache(tmp_path, 20 * SIZE)
        try:
            for step in range(300):
                number = str((step * 7 + seed) % 40)
                cache.put(number, kept(bytes((int(number),)) * SIZE))
                found = cache.get(str((step * 3 + seed) % 40))
                assert found is None or found.body == found.body[:1] * SIZE
        except BaseException as fault:  # noqa: BLE001 # told to the test's own thread
            faults.append(fault)

    threads = [threading.Thread(target=use, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 25 * SIZE
