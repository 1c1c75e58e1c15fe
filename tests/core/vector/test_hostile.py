"""Promise: whatever a file holds, reading it ends with what is good in it, or with one sentence."""

import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paser_command.maps.vector import archive
from paser_command.maps.vector.wkb import nests_deeper
from tests.core.vector.taken import Taken
from tests.vector_files import (
    HOLED,
    POINT,
    SQUARE,
    geojson,
    geopackage,
    gp,
    kml,
    shape_file,
    zipped,
)

PLACEMARK = "<Placemark><name>x</name><Point><coordinates>116,-2</coordinates></Point></Placemark>"
GOOD = '{"type":"Feature","geometry":{"type":"Point","coordinates":[116,-2]},"properties":{}}'


def written(path: Path, body: str | bytes) -> Path:
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def collection(*features: str) -> str:
    return f'{{"type":"FeatureCollection","features":[{",".join((GOOD, *features))}]}}'


def feature(geometry: str) -> str:
    return f'{{"type":"Feature","properties":{{}},"geometry":{geometry}}}'


def nested(depth: int) -> str:
    begin = '{"type":"GeometryCollection","geometries":['
    return begin * depth + '{"type":"Point","coordinates":[1,1]}' + "]}" * depth


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        ('{"type":"Point","coordinates":[NaN,1]}', "broken"),
        ('{"type":"Point","coordinates":[-Infinity,1]}', "broken"),
        ('{"type":"Point","coordinates":[1e999,1]}', "not_finite"),
        ('{"type":"Point","coordinates":[200000,9]}', "outside"),
        ('{"type":"Point","coordinates":[1e308,-1e308]}', "outside"),
        (  # Crosses itself, too far out for GEOS to mend.
            '{"type":"Polygon","coordinates":[[[0,-2],[1,-2],[1e156,-1],[0,-1],[1e156,-2],[0,-2]]]}',
            "outside",
        ),
        ('{"type":"Point","coordinates":[]}', "empty"),
        ('{"type":"Point","coordinates":["a","b"]}', "broken"),
        ('{"type":"Point"}', "broken"),
        ('{"type":"Nothing","coordinates":[1,2]}', "broken"),
        ("null", "empty"),
        ('{"type":"Polygon","coordinates":[]}', "empty"),
        ('{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}', "broken"),
        ('{"type":"Polygon","coordinates":[[[0,0],[0,0],[0,0],[0,0]]]}', "empty"),
        ('{"type":"LineString","coordinates":[[0,0]]}', "broken"),
        ('{"type":"GeometryCollection","geometries":[]}', "empty"),
        (nested(9), "too_deep"),
        (nested(100), "too_deep"),
    ],
    ids=lambda value: value[:50],
)
def test_a_bad_geometry_is_left_out_and_counted(tmp_path, geometry, why):
    taken = Taken(written(tmp_path / "a.geojson", collection(feature(geometry))))

    assert taken.skipped == {why: 1}
    assert len(taken.kinds) == 1


def test_collections_of_eight_levels_are_taken(tmp_path):
    taken = Taken(written(tmp_path / "a.geojson", collection(feature(nested(8)))))

    assert len(taken.kinds) == 2


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("a.geojson", b"", "is empty"),
        ("a.geojson", b"{", "no whole JSON"),
        ("a.geojson", b'{"type":"Topology"', "no whole JSON"),
        ("a.geojson", b"{}", "no features"),
        ("a.geojson", b'{"features":' + b"[" * 100_000, "nested too deeply"),
        ("a.geojson", collection(feature(nested(50_000))).encode(), "nested too deeply"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[\xff\xfe]}', "no whole JSON"),
        ("a.gpkg", b"SQLite format 3\0" + b"\0" * 500, "no sound GeoPackage"),
        ("a.gpkg", b"hello", "no format that is known"),
        ("a.shp", b"\0" * 20, "no sound shapefile"),
        ("a.zip", b"PK\3\4 and then nothing", "no sound zip"),
        ("a.kmz", b"not a zip", "no sound zip"),
        ("a.kml", b"<kml><Document>", "no whole XML"),
        ("a.kml", b"<html></html>", "no KML"),
        ("a.kml", b"<a/>" * 2, "no KML"),
        ("a.kml", b"<kml>" + b"<Folder>" * 200, "nested too deeply"),
        ("a.csv", b"\0\1\2\3,\0", "is no text"),
        ("a.csv", b"a,b\n1,2\n", "choose them"),
        ("a.csv", b",".join(b"x" for _ in range(2_000)), "more than 1000 columns"),
        ("a.bin", b"\x7fELF", "no format that is known"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path, name, body, told):
    taken = Taken(written(tmp_path / name, body))

    assert told in taken.sentence
    assert name in taken.sentence
    assert taken.kinds == []


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "there is no file" in Taken(tmp_path / "none.gpkg").sentence


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_no_dtd_is_read(tmp_path, head):
    taken = Taken(kml(tmp_path / "a.kml", PLACEMARK, head))

    assert "DTD" in taken.sentence


def test_deep_collections_of_kml_are_left_out(tmp_path):
    deep = "<MultiGeometry>" * 12 + "<Point><coordinates>1,1</coordinates></Point>"
    deep += "</MultiGeometry>" * 12
    taken = Taken(kml(tmp_path / "a.kml", f"<Placemark>{deep}</Placemark>{PLACEMARK}"))

    assert taken.skipped == {"empty": 1, "too_deep": 1} or taken.skipped == {"too_deep": 1}
    assert len(taken.kinds) == 1


def deep_wkb(depth: int, kind: int) -> bytes:
    return struct.pack("<BII", 1, kind, 1) * depth + bytes(shapely.to_wkb(POINT))


@pytest.mark.parametrize("kind", [4, 6, 7, 1007, 0x80000007, 9, 12])
def test_deep_wkb_never_gets_to_the_parser(tmp_path, kind):
    bodies = [(gp(deep_wkb(200_000, kind)), "deep"), (POINT, "good")]
    taken = Taken(geopackage(tmp_path / "a.gpkg", {"t": bodies}, 4326))

    assert taken.skipped == {"too_deep": 1}
    assert taken.texts("nama") == ["good"]


def test_every_sound_geometry_is_shallow():
    many = shapely.MultiPolygon([shapely.box(n, 0, n + 0.5, 1) for n in range(50)])
    shapes = [POINT, SQUARE, HOLED, many, shapely.GeometryCollection([many, POINT, HOLED])]

    for shape in (*shapes, *shapely.force_3d(shapes)):
        for flavour in ("iso", "extended"):
            for order in (0, 1):
                body = shapely.to_wkb(shape, flavor=flavour, byte_order=order, output_dimension=3)
                assert not nests_deeper(body, 2)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"GP",
        b"XX\0\1\0\0\0\0" + shapely.to_wkb(SQUARE),
        gp(b""),
        gp(shapely.to_wkb(SQUARE)[:50]),
        gp(struct.pack("<BII", 1, 2, 0xFFFFFFF0)),
        gp(struct.pack("<BII", 1, 3, 0xFFFFFFF0)),
        gp(struct.pack("<BII", 1, 6, 0xFFFFFFF0)),
        gp(struct.pack("<BI", 1, 99)),
        b"GP\0\xff\0\0\0\0" + shapely.to_wkb(SQUARE),
    ],
    ids=range(10),
)
def test_a_broken_geometry_of_a_geopackage_is_left_out(tmp_path, body):
    taken = Taken(geopackage(tmp_path / "a.gpkg", {"t": [(body, "bad"), (POINT, "good")]}, 4326))

    assert taken.skipped == {"broken": 1}
    assert taken.texts("nama") == ["good"]


def test_numbers_that_are_none_are_left_out_of_a_geopackage(tmp_path):
    bad = [shapely.Point(np.nan, 1), shapely.LineString([(0, 0), (np.inf, 1)]), None]
    rows = [*((each, "bad") for each in bad), (POINT, "good")]
    taken = Taken(geopackage(tmp_path / "a.gpkg", {"t": rows}, 4326))

    assert taken.texts("nama") == ["good"]
    assert sum(taken.skipped.values()) == 3


def test_a_shapefile_that_breaks_off_gives_what_stands_before(tmp_path):
    path = shape_file(tmp_path, [SQUARE] * 10, list("abcdefghij"))
    path.write_bytes(path.read_bytes()[:700])

    taken = Taken(path)

    assert 0 < len(taken.kinds) < 10
    assert taken.skipped == {"broken": 10 - len(taken.kinds)}


def test_counts_that_a_shapefile_lies_about_take_no_memory(tmp_path):
    path = shape_file(tmp_path, [SQUARE], ["a"])
    body = bytearray(path.read_bytes())
    body[144:152] = struct.pack("<ii", 1, 0x7FFFFFF0)
    path.write_bytes(bytes(body))

    taken = Taken(path)

    assert taken.kinds == []
    assert taken.sentence or taken.skipped


def test_a_shapefile_gives_what_stands_before_a_shape_of_no_known_kind(tmp_path):
    path = shape_file(tmp_path, [SQUARE] * 3, list("abc"))
    body = path.read_bytes()
    at = body.rindex(struct.pack("<id", 5, 116.0))  # The kind, and the box that follows it.
    path.write_bytes(body[:at] + struct.pack("<i", 2) + body[at + 4 :])

    taken = Taken(path)

    assert taken.texts("nama") == ["a", "b"]
    assert taken.skipped == {"broken": 1}


@pytest.mark.parametrize(
    ("x", "why"), [(1e155, "outside"), (float("nan"), "not_finite")], ids=["far", "not a number"]
)
def test_an_area_with_holes_that_lies_nowhere_is_left_out_of_a_shapefile(tmp_path, x, why):
    path = shape_file(tmp_path, [HOLED, SQUARE], ["a", "b"])
    body = path.read_bytes()
    path.write_bytes(body.replace(struct.pack("<d", 116.7), struct.pack("<d", x)))

    taken = Taken(path)

    assert taken.texts("nama") == ["b"]
    assert taken.skipped == {why: 1}


def test_lines_of_another_width_are_counted(tmp_path):
    path = written(tmp_path / "a.csv", "lon,lat\n116,-2\n116\n1,2,3\n\nx,y\n,\n1e999,2\n")

    assert Taken(path).skipped == {"broken": 2, "no_place": 2, "not_finite": 1}


def test_a_bomb_in_an_archive_is_not_unpacked(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.shp": b"\0" * 200_000_000})

    assert "far more than it holds" in Taken(path).sentence


def test_a_bomb_of_many_entries_is_not_opened(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        for number in range(archive.MOST_ENTRIES + 1):
            file.writestr(f"{number}.shp", b"")

    assert "entries" in Taken(tmp_path / "a.zip").sentence


def test_nothing_of_an_archive_is_written_to_the_disk(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    path = shape_file(inside, [SQUARE], ["a"])
    files = {f"../../up/{each.name}": each.read_bytes() for each in path.parent.iterdir()}
    archive_path = zipped(tmp_path / "a.zip", files)
    before = sorted(tmp_path.rglob("*"))

    taken = Taken(archive_path)

    assert len(taken.kinds) == 1
    assert sorted(tmp_path.rglob("*")) == before
    assert not (tmp_path.parent.parent / "up").exists()


def test_a_locked_archive_is_told(tmp_path):
    path = zipped(tmp_path / "a.kmz", {"doc.kml": b"<kml/>" * 9})
    body = bytearray(path.read_bytes())
    body[6] |= 1
    body[body.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(bytes(body))

    assert "password" in Taken(path).sentence


def test_a_line_of_a_million_positions_is_taken(tmp_path):
    turn = np.linspace(0, 60, 1_000_000)
    line = shapely.LineString(np.column_stack((116 + turn / 100, np.sin(turn))))
    taken = Taken(geopackage(tmp_path / "a.gpkg", {"t": [(line, "panjang")]}, 4326))

    assert len(taken.shapes.coords) == 1_000_000


def test_odd_attributes_become_short_plain_values(tmp_path):
    odd = {"a": [1, 2], "b": {"x": 1}, "c": True, "d": "x" * 5_000, "e": 10**30, "f": "\ud800"}
    path = tmp_path / "a.geojson"
    path.write_text(
        json.dumps(
            {
                **json.loads(collection()),
                "features": [
                    {
                        "type": "Feature",
                        "geometry": {"type": "Point", "coordinates": [1, 1]},
                        "properties": odd,
                    }
                ],
            }
        )
    )

    taken = Taken(path)

    if not taken.sentence:
        assert len(taken.texts("d")[0]) == 1_000 if "d" in taken.shapes.fields else True


def test_a_column_whose_values_change_their_kind_keeps_the_first(tmp_path):
    rows = [{"n": 1}] * 600 + [{"n": "dua"}] * 3
    taken = Taken(geojson(tmp_path / "a.geojson", [POINT] * 603, rows))

    assert taken.mended == {"value": 3}
    assert taken.texts("n")[-4:] == ["1", "", "", ""]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_damage_to_a_file_is_more_than_a_sentence(tmp_path, data):
    makers = {
        "a.geojson": lambda path: geojson(path, [SQUARE, POINT, HOLED], [{"n": 1}] * 3),
        "a.gpkg": lambda path: geopackage(path, {"t": [(HOLED, "x"), (POINT, "y")]}, 32750),
        "a.kml": lambda path: kml(path, PLACEMARK * 3),
        "wilayah.shp": lambda path: shape_file(path.parent, [SQUARE, HOLED], ["a", "b"]),
    }
    name = data.draw(st.sampled_from(sorted(makers)))
    path = tmp_path / name
    path.unlink(missing_ok=True)
    makers[name](path)
    body = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(body[: data.draw(st.integers(1, len(body)))]))

    taken = Taken(path)

    assert (taken.done is None) == bool(taken.sentence)
    for chunk in taken.chunks:
        assert np.isfinite(chunk.coords).all()
