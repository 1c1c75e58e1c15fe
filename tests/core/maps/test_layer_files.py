"""Layer definitions go to another room and come back the same; a wrong file is told apart."""

import os
from pathlib import Path

import msgspec
import pytest

from paser_command.errors import ConfigError, InputError, PaserError
from paser_command.language import Language
from paser_command.maps.definition import (
    CategoryRule,
    ClassRule,
    FileSource,
    LayerDefinition,
    LiveSource,
    Style,
    TileSource,
)
from paser_command.maps.layer_files import LARGEST_BYTES, VERSION, decode, encode, load, save
from paser_command.maps.services import MapServices

LAYERS = (
    LayerDefinition(id="incidents", source=LiveSource("incidents"), opacity=0.5, hours=6.0),
    LayerDefinition(
        id="desa",
        name="Batas desa — é 村",
        group="Batas",
        source=FileSource(path="/srv/peta/desa.gpkg", table="desa", crs="EPSG:32750"),
        attribution="BIG",
        least_zoom=8.0,
        style=Style(
            rule=ClassRule(field="jiwa", breaks=(100.0, 5e3), colours=("#2f4553", "#648294", "")),
            label_field="nama",
            size_field="jiwa",
        ),
    ),
    LayerDefinition(
        id="citra",
        name="Citra",
        visible=False,
        source=TileSource(service="xyz", address="https://tiles.example/{z}/{x}/{y}.png"),
        style=Style(rule=CategoryRule(field="jenis", colours={"jalan": "#7ea296"})),
    ),
)


def layer(**changes):
    """Return a good file layer as plain values, changed."""
    return {"id": "a", "name": "A", "source": {"type": "file", "path": "/a.csv"}} | changes


def body(*layers, **changes):
    return msgspec.json.encode({"version": VERSION, "layers": list(layers)} | changes)


def mistakes(content):
    """Return what is said about the file, a line each."""
    with pytest.raises(ConfigError) as refused:
        decode(content, "x.paserlayers")
    return [line.removeprefix("x.paserlayers: ") for line in str(refused.value).splitlines()]


def test_what_was_written_is_read_the_same(tmp_path):
    path = tmp_path / "Peta ruang siaga.paserlayers"

    save(path, LAYERS)

    assert load(path) == LAYERS
    assert os.listdir(tmp_path) == [path.name]


def test_the_text_of_a_workspace_is_read_the_same():
    assert decode(encode(LAYERS), "settings") == LAYERS


def test_every_mistake_is_told_with_its_place():
    wrong = layer(
        id="Bad id!",
        opacity=1.5,
        colour="red",
        source={"type": "tiles", "service": "ftp", "address": ""},
        style={"colour": "red", "rule": {"type": "classes", "field": "x", "breaks": "no"}},
    )

    assert sorted(mistakes(body(wrong, "nothing", layer()))) == [
        "layers[1].colour: colour is not known. Allowed: attribution, group, hours, id, "
        "least_zoom, most_zoom, name, opacity, source, style, visible",
        "layers[1].id: must be 1 to 60 small letters, digits and hyphens, such as desa-2, "
        "and is Bad id!",
        "layers[1].opacity: must be 0.0 to 1.0, and is 1.5",
        "layers[1].source.address: needs at least 1, and has 0",
        "layers[1].source.service: ftp is not known. Allowed: mbtiles, pmtiles, wms, wmts, xyz",
        "layers[1].style.colour: must be a colour such as #8fa3b5, or nothing, and is red",
        "layers[1].style.rule.breaks: must be a list, and is a text",
        "layers[1].style.rule: colours is missing",
        "layers[2]: must be a table, and is a text",
    ]


def test_what_the_types_cannot_tell_is_told_too():
    tiles = {"type": "tiles", "service": "xyz", "address": "file:///etc/passwd"}
    rule = {"type": "classes", "field": "x", "breaks": [3, 1], "colours": ["#000000"]}
    found = mistakes(
        body(
            layer(least_zoom=9, most_zoom=8),
            layer(id="b", source=tiles | {"least_level": 5, "most_level": 2}),
            layer(id="c", style={"rule": rule}),
            layer(id="d", source={"type": "live", "part": "units"}),
            layer(id="e", name=" "),
            layer(),
        )
    )

    assert found == [
        "layers[1].least_zoom: must be at most most_zoom (8.0), and is 9.0",
        "layers[2].source.least_level: must be at most most_level (2), and is 5",
        "layers[2].source.address: must be an address that begins with http:// or https://",
        "layers[2].source.address: lacks {z}, {x}, {y}",
        "layers[3].style.rule.breaks: must rise from each to the next",
        "layers[3].style.rule.colours: must be 3, one more than the breaks, and are 1",
        "layers[4].id: must be the part's own name, units",
        "layers[5].name: must not be empty",
        "layers[6].id: a is there twice; each layer has its own",
    ]


def test_mistakes_are_told_in_indonesian():
    with pytest.raises(ConfigError) as refused:
        decode(body(layer(id="?"), layer(name="")), "x")

    assert Language("id").error(refused.value).splitlines() == [
        "x: layers[1].id: harus berupa 1 sampai 60 huruf kecil, angka, dan tanda hubung, "
        "misalnya desa-2, tetapi ?",
        "x: layers[2].name: tidak boleh kosong",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04 a zip",
        b"[" * 200_000,
        b'{"version": 1, "layers": [{"name": "\xc3\x28"}]}',
        b'{"version": 1, "layers": [' + b'{"a":' * 100_000,
        b'{"version": 1, "layers": NaN}',
        b" " * (LARGEST_BYTES + 1),
        b"null",
        b"[]",
        b'{"version": "1", "layers": []}',
        b'{"version": 1e999, "layers": []}',
        body(*(layer(id=f"a{number}") for number in range(501))),
        body(layer(hours=0)),
        body(layer(hours=10**30)),
        body(layer(name="x" * 121)),
        body(layer(source={"type": "live"})),
        body(layer(source={"type": "shell", "path": "x"})),
        body(layer(style={"colour": "#12345g"})),
        body(layer(style={"colour": "#123456\n"})),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(content):
    with pytest.raises(InputError, match=r"x\.paserlayers"):
        decode(content, "x.paserlayers")


def test_a_file_of_a_newer_program_is_refused_as_such():
    with pytest.raises(InputError, match="version 2, this program knows up to 1"):
        decode(body(version=2, palette="new"), "x")


def test_nothing_may_stand_for_no_rule_and_no_filter():
    (read,) = decode(body(layer(hours=None, style={"rule": None})), "x")

    assert read.hours is None
    assert read.style.rule is None


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path, tmp_path / "pipe", tmp_path / "away"):
        with pytest.raises(InputError, match=str(path)):
            load(path)


def test_where_it_cannot_be_written_the_old_file_stays(tmp_path):
    path = tmp_path / "a.paserlayers"
    save(path, LAYERS)
    # A folder of the name of what is written first: nobody can write into it, not even root.
    (tmp_path / f"a.paserlayers.{os.getpid()}.new").mkdir()

    with pytest.raises(PaserError, match="cannot be written"):
        save(path, LAYERS[:1])

    assert load(path) == LAYERS


def test_the_services_read_and_write_elsewhere(tmp_path):
    services = MapServices(tmp_path)

    services.write_layers(tmp_path / "a.paserlayers", LAYERS).result(30)
    read = services.read_layers(tmp_path / "a.paserlayers").result(30)
    fault = services.read_layers(Path("/nowhere")).exception(30)
    services.close()

    assert read == LAYERS
    assert isinstance(fault, InputError)
