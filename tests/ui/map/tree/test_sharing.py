"""Layer definitions come from files and go into files beside the window's own work."""

import pytest
from PySide6.QtWidgets import QWidget

from paser_command.language import Language
from paser_command.maps.definition import FileSource, LayerDefinition
from paser_command.maps.layer_files import load
from paser_command.maps.services import MapServices
from paser_map.tree.sharing import Sharing

CATALOGUES = ("paser_plugins.map", "paser_resources")
LAYERS = (LayerDefinition(id="desa", name="Desa", source=FileSource(path="/d")),)


@pytest.fixture
def sharing(qtbot, tmp_path):
    window, services = QWidget(), MapServices(tmp_path)
    qtbot.addWidget(window)
    yield Sharing(window, services, lambda: Language("id", catalogues=CATALOGUES))
    services.close()


def test_what_was_given_is_taken_again(qtbot, sharing, tmp_path):
    with qtbot.waitSignal(sharing.told) as told:
        sharing.give(tmp_path / "siaga", LAYERS)
    with qtbot.waitSignal(sharing.read) as read:
        sharing.take(tmp_path / "siaga.paserlayers")

    assert told.args == ["Ditulis: siaga.paserlayers"]
    assert load(tmp_path / "siaga.paserlayers") == LAYERS
    assert read.args == [LAYERS]


def test_a_wrong_file_is_told_and_gives_nothing(qtbot, sharing, tmp_path):
    wrong = tmp_path / "x.paserlayers"
    wrong.write_text('{"version": 1, "layers": 5}')

    with qtbot.assertNotEmitted(sharing.read), qtbot.waitSignal(sharing.told) as told:
        sharing.take(wrong)

    assert told.args == [f"{wrong}: layers: harus berupa daftar, tetapi berupa bilangan bulat"]


def test_where_nothing_can_be_written_it_is_told(qtbot, sharing, tmp_path):
    with qtbot.waitSignal(sharing.told) as told:
        sharing.give(tmp_path / "away" / "x", LAYERS)

    assert "x.paserlayers" in told.args[0]
