"""A file is read in a process of its own, which streams, ends when told, and may die."""

import gc
import os
import signal
import sys
import time
from pathlib import Path

import pytest
import shapely

from paser_command.cli.exercises import program
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.reading import Reading
from tests.patience import patient
from tests.vector_files import POINT, SQUARE, geojson, geopackage

LONGEST_S = 60.0


def until(condition):
    end_s = time.monotonic() + patient(LONGEST_S)
    while not condition():
        assert time.monotonic() < end_s
        time.sleep(0.002)


def reading(path, argv=None, **source):
    return Reading(FileSource(path=str(path), **source), argv or program())


def child_of_reading():
    """Return the process ids of the children that read layers."""
    own = os.getpid()
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            if parent == own and b"layer" in stat.with_name("cmdline").read_bytes().split(b"\0"):
                found.append(int(stat.parent.name))
        except (OSError, ValueError):
            continue
    return found


@pytest.fixture
def many(tmp_path):
    """Return a file whose reading takes a while."""
    squares = [
        (shapely.box(116 + n * 1e-6, -2, 117, -1).segmentize(0.02), str(n)) for n in range(20_000)
    ]
    return geopackage(tmp_path / "many.gpkg", {"t": squares}, 4326)


def test_a_reading_gives_what_the_file_holds(tmp_path):
    read = reading(geojson(tmp_path / "a.geojson", [SQUARE, POINT], [{"nama": "a"}] * 2))
    until(lambda: read.ended)

    (shapes,) = read.poll()

    assert read.complete
    assert read.share == 1.0
    assert read.understood is not None
    assert read.understood.format == "GeoJSON"
    assert shapes.kinds.tolist() == [2, 0]
    assert read.error is None


def test_what_is_given_gets_to_the_file(tmp_path):
    path = tmp_path / "-a b.csv"
    path.write_text("timur;utara;nama\n410000;9788000;é\n", encoding="cp1252")
    read = reading(
        path, crs="EPSG:32750", encoding="cp1252", x_field="timur", y_field="utara", table=""
    )
    until(lambda: read.ended)

    assert read.error is None
    assert read.poll()[0].coords[0] == pytest.approx([116.19, -1.917], abs=0.01)


def test_an_error_of_the_file_is_the_readings_error(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text("{}")
    read = reading(path)
    until(lambda: read.ended)

    assert "no GeoJSON" in str(read.error)
    assert not read.complete


def test_the_first_features_come_before_the_last_are_read(many):
    read = reading(many)
    until(lambda: read.waiting)

    assert not read.ended
    assert 0 < read.share < 1
    read.cancel()
    until(lambda: read.ended)


def test_a_cancelled_reading_ends_its_process_and_is_no_error(many):
    read = reading(many)
    until(lambda: read.waiting)

    read.cancel()

    until(lambda: read.ended)
    assert not child_of_reading()
    assert read.error is None
    assert not read.complete


def test_a_killed_process_is_one_error(many):
    read = reading(many)
    until(lambda: read.waiting)

    for pid in child_of_reading():
        os.kill(pid, signal.SIGKILL)

    until(lambda: read.ended)
    assert "ended the program that read it" in str(read.error)
    assert not read.complete


def test_nothing_is_left_in_the_temporary_folder(many, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    read = reading(many)
    until(lambda: read.waiting)
    pieces = read.poll()
    read.cancel()

    until(lambda: read.ended)

    assert list((tmp_path / "tmp").iterdir()) == []
    assert pieces[0].coords[0].tolist()


def test_features_stay_readable_after_the_reading_is_gone(tmp_path):
    read = reading(geojson(tmp_path / "a.geojson", [SQUARE], [{"nama": "Kotak"}]))
    until(lambda: read.ended)
    (shapes,) = read.poll()
    read = None
    gc.collect()

    assert shapes.fields["nama"][0] == "Kotak"
    assert float(shapes.coords[:, 0].max()) == 116.2


def test_a_process_that_talks_nonsense_is_one_error(tmp_path):
    (tmp_path / "a.json").write_text("{}")
    read = reading(tmp_path / "a.json", [sys.executable, "-c", "print('hello')", "--"])
    until(lambda: read.ended)

    assert "ended the program that read it" in str(read.error)


def test_a_program_that_cannot_be_started_is_one_error(tmp_path):
    read = reading(tmp_path / "a.json", [str(tmp_path / "nothing")])
    until(lambda: read.ended)

    assert "ended the program that read it" in str(read.error)


def test_a_process_without_memory_says_so(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_bytes(b"{")
    os.truncate(path, 900 << 20)
    starve = (
        "import sys, resource; from paser_command.maps.vector import streaming;"
        "streaming.MOST_MEMORY = 600 << 20;"
        "from paser_command.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    read = reading(path, [sys.executable, "-c", starve])
    until(lambda: read.ended)

    assert "needs more memory" in str(read.error)
