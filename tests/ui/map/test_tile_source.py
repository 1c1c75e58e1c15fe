"""Promise: a source of tiles is added by hand or as its server says, tried, and never nameless."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from paser_command.language import Language
from paser_command.maps.definition import LayerDefinition, TileSource
from paser_command.maps.tiles.service import TileService
from paser_map.tile_form import service_of
from paser_map.tile_source import TileSourceDialog
from tests.core.tiles.test_addresses import WMTS
from tests.hostile.server import HostileServer, Reply, hanging
from tests.tiles import write_mbtiles

CATALOGUES = ("paser_resources", "paser_plugins.map")
HOSTILE = "&lt;b&gt;x&lt;/b&gt; &lt;img src=/dev/zero&gt;" + "y" * 5_000


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


@pytest.fixture
def service(tmp_path: Path) -> Iterator[TileService]:
    service = TileService(tmp_path / "tiles")
    yield service
    service.close()


@pytest.fixture(params=["id", "en"])
def language(request) -> Language:
    return Language(request.param, catalogues=CATALOGUES)


def opened(qtbot, service, language=None, layer=None) -> TileSourceDialog:
    dialog = TileSourceDialog(service, language or Language("en"), layer)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def asked(qtbot, dialog: TileSourceDialog, address: str) -> None:
    dialog.form.address.setText(address)
    qtbot.mouseClick(dialog.form.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.form.layer.count() > 0)


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("https://a.example/{z}/{x}/{y}.png", "xyz"),
        ("https://a.example/wmts/1.0.0/WMTSCapabilities.xml", "wmts"),
        ("https://a.example/geoserver/wms?", "wms"),
        ("https://a.example/cgi-bin/mapserv?map=/a.map", "wms"),
        ("https://a.example/ows?service=WMTS", "wmts"),
        ("/media/usb/Paser.MBTiles", "mbtiles"),
        ("C:\\peta\\a.pmtiles", "pmtiles"),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_kind_is_guessed_from_the_address(address, service):
    assert service_of(address) == service


def test_what_is_lacking_is_said_until_nothing_is(qtbot, service, language):
    dialog = opened(qtbot, service, language)
    told = [dialog.told]

    for field, text in (
        (dialog.form.address, "http://127.0.0.1/{z}"),
        (dialog.form.address, "http://127.0.0.1/{z}/{x}/{y}"),
        (dialog.form.name, "Citra"),
        (dialog.form.attribution, "BIG"),
    ):
        field.setText(text)
        told.append(dialog.told)

    assert len(set(told)) == 5
    assert told[-1] == ""
    assert dialog.add.isEnabled()


def test_no_layer_is_added_without_saying_whose_it_is(qtbot, service):
    dialog = opened(qtbot, service)
    dialog.form.address.setText("http://127.0.0.1/{z}/{x}/{-y}")
    dialog.form.name.setText("Citra")

    dialog.form.attribution.setText("   ")

    assert not dialog.add.isEnabled()
    assert dialog.told == "say whose data it is: the map always shows it"
    assert dialog.test.isEnabled()


def test_a_server_says_what_it_has_and_the_form_is_filled(qtbot, service, server):
    address = server.put("/wmts", WMTS.replace("{resource}", "").encode())
    dialog = opened(qtbot, service)

    asked(qtbot, dialog, address)

    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    assert chosen.args == [
        LayerDefinition(
            id="tiles",
            name="Jalan",
            attribution="Badan Peta",
            source=TileSource(
                service="wmts",
                address=address,
                layer="road",
                matrix_set="own",
                style="plain",
                format="image/png",
            ),
        )
    ]
    assert not dialog.isVisible()


def test_a_server_that_hangs_can_be_left(qtbot, service, server):
    dialog = opened(qtbot, service)
    dialog.form.address.setText(server.put("/wms", hanging()))
    words = dialog.form.ask.text()

    qtbot.mouseClick(dialog.form.ask, Qt.MouseButton.LeftButton)
    assert "being asked" in dialog.told
    qtbot.mouseClick(dialog.form.ask, Qt.MouseButton.LeftButton)

    assert dialog.form.ask.text() == words
    assert "being asked" not in dialog.told


def test_what_a_server_refuses_is_said(qtbot, service, server):
    dialog = opened(qtbot, service)
    dialog.form.address.setText(server.put("/wms", Reply(b"no", status=401)))

    qtbot.mouseClick(dialog.form.ask, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "answers with error 401" in dialog.told)


def test_another_address_forgets_what_the_first_server_had(qtbot, service, server):
    address = server.put("/wmts", WMTS.replace("{resource}", "").encode())
    dialog = opened(qtbot, service)
    asked(qtbot, dialog, address)

    dialog.form.address.setText(server.url + "/other/wmts")

    assert dialog.form.layer.count() == 0
    assert not dialog.add.isEnabled()


def test_names_from_a_server_are_plain_and_short(qtbot, service, server):
    body = WMTS.replace("{resource}", "").replace("Jalan", HOSTILE).replace("Badan Peta", HOSTILE)
    dialog = opened(qtbot, service)

    asked(qtbot, dialog, server.put("/wmts", body.encode()))

    assert dialog.form.name.text().startswith("<b>x</b> <img")
    assert len(dialog.form.name.text()) <= 120
    assert len(dialog.form.attribution.text()) <= 120


def test_an_archive_is_tried_and_says_whose_it_is(qtbot, service, tmp_path):
    path = write_mbtiles(tmp_path / "Citra.mbtiles", range(3), format="png", attribution="BIG 2024")
    dialog = opened(qtbot, service)
    dialog.form.set_file(str(path))

    qtbot.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.preview.text == "All tiles of this view are here")

    assert (dialog.form.name.text(), dialog.form.attribution.text()) == ("Citra", "BIG 2024")
    assert dialog.add.isEnabled()


def test_a_source_that_fails_says_why_where_it_is_tried(qtbot, service, server):
    dialog = opened(qtbot, service)
    dialog.form.address.setText(server.url + "/{z}/{x}/{y}")
    server.next_reply = lambda _path: Reply(b"<html></html>")

    qtbot.mouseClick(dialog.test, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "answers with a web page" in dialog.preview.text)


def test_what_a_person_wrote_stays(qtbot, service, tmp_path):
    path = write_mbtiles(tmp_path / "a.mbtiles", range(1), format="png", attribution="BIG")
    dialog = opened(qtbot, service)
    dialog.form.set_file(str(path))
    dialog.form.attribution.setText("Dinas PU")

    qtbot.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.preview.text == "All tiles of this view are here")

    assert dialog.form.attribution.text() == "Dinas PU"


def test_what_is_edited_comes_back_as_it_was(qtbot, service):
    layer = LayerDefinition(
        id="citra-2",
        name="Citra",
        group="Dasar",
        opacity=0.4,
        attribution="BIG",
        source=TileSource(
            service="wms",
            address="http://127.0.0.1/wms",
            layer="a",
            matrix_set="EPSG:4326",
            style="s",
            format="image/jpeg",
            version="1.1.1",
            least_level=3,
            most_level=12,
        ),
    )
    dialog = opened(qtbot, service, layer=layer)

    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)

    assert chosen.args == [layer]


def test_all_of_it_is_reached_by_keys_and_named(qtbot, service, language):
    dialog = opened(qtbot, service, language)
    dialog.form.address.setText("http://127.0.0.1/{z}/{x}/{y}")
    dialog.form.name.setText("Citra")
    dialog.form.attribution.setText("BIG")
    reached = set()

    for _ in range(20):
        widget = dialog.focusWidget()
        reached.add(widget.objectName())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)

    wanted = {
        one.objectName()
        for kind in (QLineEdit, QPushButton)
        for one in dialog.findChildren(kind)
        if one.objectName().startswith("tiles.") and one.isVisible()
    }
    assert wanted <= reached
    assert all(
        field.accessibleName()
        for field in (dialog.form.address, dialog.form.name, dialog.form.attribution)
    )
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_closed_dialog_lets_go_of_its_source(qtbot, service, server):
    dialog = opened(qtbot, service)
    dialog.form.address.setText(server.url + "/{z}/{x}/{y}")
    qtbot.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(service._stores) == 1)

    dialog.reject()

    qtbot.waitUntil(lambda: not service._stores)
