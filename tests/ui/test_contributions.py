"""A plugin's panel, layer and file stand beside ours; what fails in one costs that one alone."""

import logging
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from paser_command.export.exports import Exports
from paser_command.extensions import extensions
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.journal.writer import Writer
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import GROUP, Plugins, discover, load_object
from paser_command.records import Record
from paser_command.session.frames import Selection
from paser_command.session.session import Session
from paser_plugins.map.panel import MapPanel
from paser_ui.contributions import Contributions
from paser_ui.desk import Desk
from paser_ui.host_context import HostContext
from paser_ui.view import View
from tests import extension
from tests.conftest import SetClock
from tests.core.export.rooms import origin
from tests.plugins.panel_kit import frame
from tests.waiting import until

SHELTER = Selection("shelters.shelter", "pos/gor")


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugins]:
    extension.install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    yield discover([EntryPoint("shelters", "paser_shelters:plugin.toml", GROUP)])
    for name in [name for name in sys.modules if name.startswith(extension.PACKAGE)]:
        del sys.modules[name]


@pytest.fixture
def journal(plugins: Plugins, tmp_path: Path, clock: SetClock) -> Iterator[Journal]:
    """A journal with one shelter, which is full."""
    added = extensions(plugins)
    made = open_journal(sqlite_url(tmp_path / "j.sqlite"), REAL, model=added.model())
    values = {"kind": "shelters.shelter", "feed": "pos", "key": "pos/gor", "at": clock()}
    people = {"name": "GOR Sadurengas", "lon": 116.19, "lat": -1.9, "room": 400, "people": 400}
    full: Record = msgspec.convert(values | people, added.kinds[0].record)
    Writer(made, clock).append([full])
    yield made
    made.close()


@pytest.fixture
def desk(
    plugins: Plugins, journal: Journal, tmp_path: Path, clock: SetClock, qapp: object
) -> Iterator[Desk]:
    session = Session(journal, who="Sari", seat="meja 2", now=clock)
    maps = MapServices(tmp_path, exports=Exports(origin(journal)))
    added = Contributions(plugins).at
    yield Desk(session, maps=maps, language="id", zone="Asia/Makassar", contributions=added)
    maps.close()
    session.stop()


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot) -> Iterator[MapPanel]:
    """The map as a workspace shows it, at the journal's moment."""
    desk.session.start()
    until(lambda: bool(desk.session.drain() and desk.session.picture.table("shelters.shelters")))
    panel = MapPanel(HostContext("map", "paser_plugins.map", View(desk)))
    panel.resize(900, 700)
    panel.show()
    panel.render_frame(frame(desk.session.picture))
    yield panel
    panel.close()
    panel.deleteLater()


def test_a_panel_is_written_against_the_apis_alone(plugins: Plugins, desk: Desk):
    ((plugin, manifest),) = plugins.panels()

    panel = load_object(plugin, manifest.class_path)(HostContext("p", plugin.package, View(desk)))
    desk.session.start()
    until(lambda: bool(desk.session.drain() and desk.session.picture.table("shelters.shelters")))
    panel.render_frame(frame(desk.session.picture))

    assert panel._said.text() == "400"
    panel.deleteLater()


def test_a_layer_is_on_the_map_named_counted_and_described(shown: MapPanel):
    shown.sheets.open("layers")
    shown.canvas.show_place(116.19, -1.9, 13)

    hits = shown.canvas.hits(shown.canvas.width() / 2, shown.canvas.height() / 2)

    assert [Selection(hit.kind, hit.key) for hit in hits] == [SHELTER]
    assert shown.live.facts["shelters-layer"].number == 1
    assert shown._describe(SHELTER)[:2] == ("GOR Sadurengas", "Shelters")
    assert shown.layers[-1].id == "shelters-layer"
    assert "others" in shown._live_shown()


def test_a_workspace_remembers_that_a_plugins_layer_is_hidden(shown: MapPanel):
    shown._show_layer("shelters-layer", False)
    state = shown.save_state()
    shown._show_layer("shelters-layer", True)

    shown.restore_state(state)

    assert [layer.id for layer in shown.layers if not layer.visible] == ["shelters-layer"]
    assert "others" not in shown._live_shown()


@pytest.mark.parametrize("raised", [ValueError("wrong"), SystemExit(3)])
def test_a_layer_that_raises_is_named_in_the_tree_and_costs_nothing_else(
    shown: MapPanel,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    raised: BaseException,
):
    asked = []

    def fail(*_: object) -> None:
        asked.append(1)
        raise raised

    layer = shown._planned["shelters-layer"]
    broken = msgspec.structs.replace(layer._plan, make=fail)
    monkeypatch.setattr(layer, "_plan", broken)
    picture = shown._frame.picture if shown._frame else None
    assert picture is not None
    with caplog.at_level(logging.CRITICAL):
        for _ in range(5):
            shown.live.forget()
            shown.render_frame(frame(picture))

    assert len(asked) == 3
    assert layer.failed
    shown.canvas.show_place(116.19, -1.9, 13)
    assert not shown.canvas.hits(shown.canvas.width() / 2, shown.canvas.height() / 2)
    shown.sheets.open("layers")
    shown._show_tree()
    assert "Plugin lapisan ini gagal" in _row(shown)


def _row(shown: MapPanel) -> str:
    """Return the second line of the last row of the tree."""
    rows = shown.tree.rows
    item = rows.topLevelItem(rows.topLevelItemCount() - 1)
    assert item is not None
    return " ".join(str(item.data(0, role)) for role in range(256, 262))


def test_a_file_is_offered_and_made_of_the_clocks_moment(shown: MapPanel, tmp_path: Path):
    shown.sheets.open("export")
    form = shown._exporting._form
    assert form is not None
    kinds = form._choices["kind"]
    assert kinds.itemText(kinds.count() - 1) == "Shelters (CSV)"
    kinds.setCurrentIndex(kinds.count() - 1)
    wanted = form.asked()
    assert wanted.suffix == "csv"
    assert not form._title.isVisibleTo(form)

    form.wanted.emit(wanted, tmp_path / "shelters.csv")
    until(lambda: (tmp_path / "shelters.csv").is_file())

    assert (tmp_path / "shelters.csv").read_text().splitlines()[1:] == ["GOR Sadurengas;400;400"]


@pytest.mark.parametrize("raised", [ValueError("wrong"), SystemExit(3)])
def test_a_file_that_its_plugin_cannot_make_is_told_and_not_written(
    shown: MapPanel, tmp_path: Path, qtbot: QtBot, raised: BaseException
):
    def fail(*_: object) -> bytes:
        raise raised

    shown.sheets.open("export")
    form = shown._exporting._form
    assert form is not None
    form._choices["kind"].setCurrentIndex(form._choices["kind"].count() - 1)
    wanted = form.asked()
    assert wanted.planned is not None
    plan = msgspec.structs.replace(wanted.planned.plan, make=fail)
    broken = msgspec.structs.replace(wanted, planned=wanted.planned._replace(plan=plan))

    form.wanted.emit(broken, tmp_path / "shelters.csv")
    qtbot.waitUntil(lambda: bool(form._told.text()))

    assert form._told.text() == "plugin gagal membuat berkas; catatan program memuat sebabnya"
    assert not (tmp_path / "shelters.csv").exists()


def test_what_cannot_be_loaded_is_left_out_and_named(
    plugins: Plugins, caplog: pytest.LogCaptureFixture
):
    (plugin,) = plugins.found
    layers = (msgspec.structs.replace(plugin.manifest.layers[0], object="layers:NOTHING"),)
    wrong = msgspec.structs.replace(plugin.manifest, layers=layers)

    with caplog.at_level(logging.ERROR):
        found = Contributions(Plugins((msgspec.structs.replace(plugin, manifest=wrong),))).at(
            "layers"
        )

    assert found == ()
    assert "shelters.layer is left out" in caplog.text
