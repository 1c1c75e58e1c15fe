"""`export map` makes the file that the map panel makes, for a script."""

import pytest

from tests.command_line import run
from tests.core.export.rooms import LATER, afternoon, evening, room
from tests.records import START

AT = "2026-11-20T03:30:00Z"


@pytest.fixture
def url(tmp_path):
    journal = room(tmp_path, (START, afternoon()), (LATER, evening()))
    where = journal.where
    journal.close()
    return where


def test_a_script_gets_the_file_and_its_path(tmp_path, url):
    path = tmp_path / "map.html"
    options = ("--from", "2026-11-20T03:00:00Z", "--at", AT, "--title", "Pagi", "--language", "id")

    told = run(tmp_path, "export", "map", str(path), "--journal", url, "--json", *options).json

    assert told == {"file": str(path)}
    html = path.read_text(encoding="utf-8")
    assert "<title>Pagi</title>" in html
    assert "Jumat, 20 November 2026 · 11.00.00 WITA" in html
    assert "Jl. RM Noto Sunardi 12" not in html


def test_streets_are_there_on_demand(tmp_path, url):
    path = tmp_path / "map.html"

    said = run(tmp_path, "export", "map", str(path), "--journal", url, "--at", AT, "--personal")

    assert said.out == f"Saved: {path}\n"
    assert "Jl. RM Noto Sunardi 12" in path.read_text(encoding="utf-8")


def test_a_place_that_is_none_is_wrong_input(tmp_path, url):
    path = tmp_path / "nowhere" / "map.html"

    said = run(tmp_path, "export", "map", str(path), "--journal", url, "--at", AT)

    assert said.code == 2
    assert f"there is no folder {path.parent}: choose another" in said.errors
