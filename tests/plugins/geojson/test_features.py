"""Promise: a layer is what its document says: features come, change, and go."""

import pytest

from paser_command.api import Feature, Geometry, ParseError, Severity, Snapshot
from paser_plugins.geojson.feed import parse_features
from tests.hostile.feeds import NOW, context_for, feed_of, passed_by
from tests.hostile.samples import FEATURES
from tests.hostile.server import HostileServer, Reply

ROADS = {"layer": "roads"}


def shape_of(geometry: bytes) -> Geometry | None:
    body = b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":%s}]}' % geometry
    context = context_for("geojson", settings=ROADS)
    (feature,) = parse_features(body, context).records
    assert passed_by(context) == []
    assert isinstance(feature, Feature)
    return feature.geometry


def collection(*features: str, more: str = "") -> bytes:
    return f'{{"type":"FeatureCollection"{more},"features":[{",".join(features)}]}}'.encode()


def point(own: str, lon: float = 116.1) -> str:
    return (
        f'{{"type":"Feature",{own}"properties":{{"name":"{lon}"}},'
        f'"geometry":{{"type":"Point","coordinates":[{lon},-1.9]}}}}'
    )


def test_a_feature_comes_with_its_properties_as_texts():
    context = context_for("geojson", settings=ROADS)

    road, flood = parse_features(FEATURES, context).records

    assert passed_by(context) == []
    assert isinstance(road, Feature)
    assert isinstance(flood, Feature)
    assert (road.key, road.layer, road.at) == ("f/jl-1", "roads", NOW)
    assert (road.name, road.severity) == ("Jl. Kesuma Bangsa", Severity.HIGH)
    assert road.geometry == Geometry("line", (((116.19, -1.90), (116.20, -1.91)),))
    assert road.properties == {
        "name": "Jl. Kesuma Bangsa",
        "severity": "tinggi",
        "depth_cm": "40",
        "closed": "True",
        "tags": '["a"]',
    }
    assert flood.geometry is not None
    assert (flood.geometry.kind, len(flood.geometry.rings)) == ("area", 3)


@pytest.mark.parametrize(
    ("geometry", "kind", "rings"),
    [
        (b'{"type":"Point","coordinates":[116,-1]}', "point", (((116, -1),),)),
        (b'{"type":"MultiPoint","coordinates":[[1,2],[3,4,5]]}', "point", (((1, 2),), ((3, 4),))),
        (b'{"type":"LineString","coordinates":[[1,2],[3,4]]}', "line", (((1, 2), (3, 4)),)),
        (b'{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}', "line", (((1, 2), (3, 4)),)),
        (
            b'{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}',
            "area",
            (((0, 0), (1, 0), (1, 1), (0, 0)),),
        ),
    ],
)
def test_geometries_are_ours(geometry, kind, rings):
    assert shape_of(geometry) == Geometry(kind, rings)


@pytest.mark.parametrize(
    "geometry",
    [
        b'{"type":"Point","coordinates":[516000,9800000]}',
        b'{"type":"Point","coordinates":[116]}',
        b'{"type":"Point","coordinates":[]}',
        b'{"type":"MultiPoint","coordinates":[]}',
        b'{"type":"LineString","coordinates":[[1,2]]}',
        b'{"type":"MultiLineString","coordinates":[]}',
        b'{"type":"Polygon","coordinates":[]}',
        b'{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}',
        b'{"type":"Polygon","coordinates":[[0,0],[1,1]]}',
        b'{"type":"GeometryCollection","geometries":[]}',
        b'{"type":"Circle","coordinates":[1,2]}',
        b'{"coordinates":[1,2]}',
        b"[1,2]",
    ],
)
def test_what_is_no_geometry_is_a_fault(geometry):
    context = context_for("geojson", settings=ROADS)
    body = FEATURES.replace(b"\n{", b'\n{"type":"Feature","geometry":%s},{' % geometry, 1)

    layer = parse_features(body, context)

    assert len(layer.records) == 2
    assert [(count, of) for _, count, of in passed_by(context)] == [(1, 3)]
    assert not layer.whole


def test_the_layer_is_whole_as_its_document_is_and_unchanged_it_says_nothing():
    etag = (("ETag", '"1"'),)
    with HostileServer() as server:
        url = server.put("/l", Reply(FEATURES, headers=etag), Reply(status=304))
        context = context_for("geojson", url, settings=ROADS)
        feed = feed_of("geojson", context)

        (layer,), nothing = list(feed.poll()), list(feed.poll())

        context.http.close()
    assert isinstance(layer, Snapshot)
    assert (len(layer.records), layer.whole, nothing) == (2, True, [])


def test_a_feature_that_cannot_be_read_stays_by_its_id():
    context = context_for("geojson", settings=ROADS)
    bad = '{"type":"Feature","id":99,"properties":{},"geometry":{"type":"Circle"}}'

    layer = parse_features(collection(bad, point('"id":1,')), context)

    assert [feature.key for feature in layer.records] == ["f/1"]
    assert (layer.whole, set(layer.kept)) == (True, {"f/99"})


@pytest.mark.parametrize(
    "more",
    [
        ',"exceededTransferLimit":true',
        ',"properties":{"exceededTransferLimit":true}',
        ',"links":[{"rel":"self","href":"a"},{"rel":"next","href":"b"}]',
    ],
)
def test_a_document_that_says_there_is_more_is_not_whole(more):
    layer = parse_features(
        collection(point('"id":1,'), more=more), context_for("geojson", settings=ROADS)
    )

    assert not layer.whole


@pytest.mark.parametrize(
    "more", ["", ',"exceededTransferLimit":false', ',"links":[],"properties":7']
)
def test_other_documents_are_whole(more):
    layer = parse_features(
        collection(point('"id":1,'), more=more), context_for("geojson", settings=ROADS)
    )

    assert layer.whole


def test_a_document_of_which_nothing_can_be_read_is_a_fault():
    broken = FEATURES.replace(b"116.20,-1.91", b"999,0").replace(b"[116.3,-1.5]", b"[999,0]")

    with pytest.raises(ParseError, match="bad_value"):
        parse_features(broken, context_for("geojson", settings=ROADS))


def test_two_features_without_id_and_place_are_two():
    def bare(name: str) -> str:
        return f'{{"type":"Feature","geometry":null,"properties":{{"name":"{name}"}}}}'

    def keys(*names: str) -> list[str]:
        body = collection(*map(bare, names))
        context = context_for("geojson", settings=ROADS)
        return [feature.key for feature in parse_features(body, context).records]

    assert len(set(keys("a", "b"))) == 2
    assert set(keys("a", "b")) == set(keys("b", "a"))
    assert len(set(keys("a", "a"))) == 2


def test_two_without_id_in_one_place_are_two_and_one_alone_has_its_place_for_a_key():
    here = point("").replace("116.1", "116.5", 1)
    context = context_for("geojson", settings=ROADS)

    (alone,) = parse_features(collection(point("")), context).records
    both = parse_features(collection(point(""), here), context).records

    assert len({feature.key for feature in both}) == 2
    (moved,) = parse_features(collection(point("").replace('"116.1"', '"baru"')), context).records
    assert moved.key == alone.key


def test_of_a_collection_of_geometries_what_covers_most_is_taken():
    shape = shape_of(
        b'{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},'
        b'{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}]}'
    )

    assert shape == Geometry("area", (((0, 0), (1, 0), (1, 1), (0, 0)),))


def test_a_property_may_be_the_id_else_the_geometry_is():
    body = FEATURES.replace(b'"id":"jl-1",', b"")
    by_name = context_for("geojson", settings={**ROADS, "id_property": "name"})

    named = parse_features(body, by_name).records
    first, second = (
        parse_features(body, context_for("geojson", settings=ROADS)).records for _ in range(2)
    )

    assert [feature.key for feature in named] == ["f/Jl. Kesuma Bangsa", "f/Genangan"]
    assert first == second
    assert first[0].key != first[1].key
