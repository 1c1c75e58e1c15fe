"""What plugins are written against: written down, and cheap to import."""

import sys

import pytest

import paser_command.api
from tests.patience import patient
from tests.processes import run
from tools import apis


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """The apis as they are written down, in a folder of the test's own."""
    for path in apis.FOLDER.iterdir():
        (tmp_path / path.name).write_text(path.read_text())
    monkeypatch.setattr(apis, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["apis"])
    return tmp_path


def test_the_apis_are_as_they_were_written_down(copied, capsys):
    assert apis.main() == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("paser_ui", "    render_frame(self, frame: Frame) -> None"),
        ("paser_map", "class MapCanvas(QWidget)"),
        ("paser_command", "    received: Instant = 0"),
    ],
)
def test_a_change_of_a_name_a_signature_or_a_field_is_told(copied, capsys, module, line):
    path = copied / f"{module}.txt"
    before = path.read_text()
    assert line in before.splitlines()
    path.write_text(before.replace(line, f"{line} CHANGED", 1))

    assert apis.main() == 1
    told = capsys.readouterr().out
    assert f"-{line} CHANGED" in told
    assert "CHANGELOG.md" in told


def test_what_every_panel_needs_loads_no_map_no_database_and_no_client():
    heavy = ("paser_map", "sqlalchemy", "requests", "urllib3", "shapely", "pyqtgraph", "folium")
    code = f"""
import sys
import paser_ui.api
print([name for name in {heavy} if name in sys.modules])
"""
    ran = run([sys.executable, "-c", code], timeout=patient(60))

    assert ran.stderr == ""
    assert ran.stdout.strip() == "[]"


def test_a_feed_finds_its_client_in_the_api():
    assert paser_command.api.Http.__module__ == "paser_command.feeds.http"
