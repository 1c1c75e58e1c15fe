"""Each format gives the features that were written: kinds, rings, positions and attributes."""

import json

import numpy as np
import pytest
import shapely

from paser_command.maps.vector.shapes import Kind
from tests.core.vector.taken import Taken
from tests.vector_files import (
    HOLED,
    LINE,
    POINT,
    SQUARE,
    geojson,
    geopackage,
    kml,
    shape_file,
    zipped,
)

ALL = [SQUARE, HOLED, LINE, POINT]
NAMES = ["Kotak", "Berlubang", "Jalan", "Tanah Grogot"]


def rows():
    return [{"nama": name, "n": number} for number, name in enumerate(NAMES)]


def assert_like_all(taken):
    assert taken.kinds == [Kind.AREA, Kind.AREA, Kind.LINE, Kind.POINT]
    assert taken.texts("nama") == NAMES
    assert taken.skipped == {}
    for index, wanted in enumerate(ALL):
        assert_same_places(taken.shapes.places_of(index), wanted)


def assert_same_places(rings, wanted):
    assert sum(map(len, rings)) == shapely.get_num_coordinates(wanted)
    made = np.concatenate(rings)
    there = shapely.get_coordinates(wanted)
    assert np.allclose(np.sort(made, axis=0), np.sort(there, axis=0), atol=1e-9)


def test_a_collection_of_geojson(tmp_path):
    taken = Taken(geojson(tmp_path / "a.geojson", ALL, rows()))

    assert_like_all(taken)
    assert taken.texts("n") == ["0", "1", "2", "3"]
    assert taken.understood.system_from == "assumed"


def test_a_feature_of_geojson_a_line(tmp_path):
    path = tmp_path / "a.geojsonl"
    lines = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(each), "properties": row}
        for each, row in zip(ALL, rows(), strict=True)
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n")

    assert_like_all(Taken(path))


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_single_geometry_of_geojson(tmp_path, wrapped):
    geometry = shapely.geometry.mapping(SQUARE)
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(
            {"type": "Feature", "geometry": geometry, "properties": {}} if wrapped else geometry
        )
    )

    assert Taken(path).kinds == [Kind.AREA]


def test_a_geopackage_with_two_tables(tmp_path):
    both = {"desa": list(zip(ALL, NAMES, strict=True)), 'aneh "nama"; DROP': [(POINT, "x")]}
    path = geopackage(tmp_path / "a.gpkg", both, 4326)

    first, second = Taken(path), Taken(path, table='aneh "nama"; DROP')

    assert_like_all(first)
    assert [(table.name, table.count) for table in first.understood.tables] == [
        ("desa", 4),
        ('aneh "nama"; DROP', 1),
    ]
    assert second.texts("nama") == ["x"]


def test_a_shapefile_in_a_folder_and_in_an_archive(tmp_path):
    both = shapely.union_all([SQUARE, shapely.box(117, -2, 118, -1)])
    path = shape_file(tmp_path, [SQUARE, HOLED, both], ["Kotak", "Lubang", "Dua"])
    files = {f"peta/{file.name}": file.read_bytes() for file in tmp_path.iterdir()}
    archive = zipped(tmp_path / "a.zip", files)

    for taken in (Taken(path), Taken(tmp_path), Taken(archive)):
        assert taken.kinds == [Kind.AREA] * 3
        assert taken.texts("nama") == ["Kotak", "Lubang", "Dua"]
        assert taken.texts("luas") == ["0.5", "1.5", "2.5"]
        assert taken.shapes.begins.tolist() == [True, True, False, True, True]
        assert_same_places(taken.shapes.places_of(1), HOLED)
        assert taken.understood.system == "EPSG:4326"


def test_placemarks_of_kml_and_kmz(tmp_path):
    path = kml(
        tmp_path / "a.kml",
        "<Folder><Placemark><name>Titik</name><ExtendedData><Data name='kode'><value>64.01</value>"
        "</Data></ExtendedData><Point><coordinates>116.19,-1.91,30</coordinates></Point></Placemark>"
        "</Folder><Placemark><name>Daerah</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        "116,-2 117,-2 117,-1 116,-2</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark>",
    )
    archive = zipped(tmp_path / "a.kmz", {"doc.kml": path.read_bytes(), "files/x.png": b""})

    for taken in (Taken(path), Taken(archive)):
        assert taken.kinds == [Kind.POINT, Kind.AREA]
        assert taken.texts("name") == ["Titik", "Daerah"]
        assert taken.texts("kode") == ["64.01", ""]
        assert taken.shapes.coords[0].tolist() == [116.19, -1.91]


def test_kinds_in_one_collection_become_features_of_their_own(tmp_path):
    mixed = shapely.GeometryCollection([POINT, SQUARE, shapely.GeometryCollection([LINE])])
    taken = Taken(geojson(tmp_path / "a.geojson", [mixed, POINT], [{"nama": "A"}, {"nama": "B"}]))

    assert taken.kinds == [Kind.POINT, Kind.LINE, Kind.AREA, Kind.POINT]
    assert taken.texts("nama") == ["A", "A", "A", "B"]
    assert taken.mended == {"split": 2}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("nama;bujur;lintang\nKandilo é;116,19;-1,91\n", "cp1252"),
        ("nama,lon,lat\nKandilo é,116.19,-1.91\n", "utf-8"),
        ("nama\tX\tY\nKandilo é\t116.19\t-1.91\n", "utf-16"),
        ('"nama"|"Longitude"|"Latitude"\n"Kandilo é"|"116.19"|"-1.91"\n', "utf-8-sig"),
    ],
)
def test_a_table_is_understood_whatever_wrote_it(tmp_path, text, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))

    taken = Taken(path)

    assert taken.texts("nama") == ["Kandilo é"]
    assert taken.shapes.coords.tolist() == [[116.19, -1.91]]
    assert taken.understood.encoding == encoding


def test_codes_with_leading_zeros_stay_texts(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("kode,lon,lat\n0064,116,-2\n0065,117,-2\n")

    assert Taken(path).texts("kode") == ["0064", "0065"]


def test_columns_of_another_name_are_chosen(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n116.5,-2.5,x\n")

    unchosen, chosen = Taken(path), Taken(path, x_field="a", y_field="b")

    assert "choose them" in unchosen.sentence
    assert unchosen.understood.columns == ("a", "b", "c")
    assert chosen.shapes.coords.tolist() == [[116.5, -2.5]]


def test_the_encoding_of_a_dbf_is_found_and_can_be_set_right(tmp_path):
    path = shape_file(tmp_path, [SQUARE], ["Désa"], encoding="cp1252", cpg=False)

    assert Taken(path).texts("nama") == ["Désa"]
    wrong = Taken(path, encoding="utf-8")
    assert wrong.texts("nama") == ["D\N{REPLACEMENT CHARACTER}sa"]
    assert wrong.mended == {"text": 1}


def test_outer_rings_turn_left_and_holes_right(tmp_path):
    taken = Taken(geojson(tmp_path / "a.geojson", [HOLED.reverse()], [{}]))

    outer, hole = (shapely.LinearRing(ring) for ring in taken.shapes.places_of(0))
    assert outer.is_ccw
    assert not hole.is_ccw


def test_an_area_that_crosses_itself_is_made_anew(tmp_path):
    bow_tie = shapely.Polygon([(116, -2), (117, -1), (117, -2), (116, -1)])
    taken = Taken(geojson(tmp_path / "a.geojson", [bow_tie], [{"nama": "x"}]))

    assert taken.mended == {"crossing": 1}
    assert taken.shapes.begins.tolist() == [True, True]


def test_a_large_file_comes_in_pieces_whose_numbers_go_on(tmp_path):
    points = [(shapely.Point(116 + n * 1e-5, -2), str(n)) for n in range(9_000)]
    taken = Taken(geopackage(tmp_path / "a.gpkg", {"t": points}, 4326))

    firsts = [chunk.first for chunk in taken.chunks]
    assert len(firsts) > 2
    assert firsts == np.cumsum([0, *(len(chunk.kinds) for chunk in taken.chunks[:-1])]).tolist()
    assert taken.texts("nama") == [str(n) for n in range(9_000)]
    assert taken.left_over == []
