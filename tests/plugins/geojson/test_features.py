"""Promise: a layer is what its document says: features come, change, and go."""

import pytest

from paser_command.api import Geometry, Severity
from paser_plugins.geojson.feed import parse_features
from tests.hostile.feeds import NOW, context_for, feed_of, polled
from tests.hostile.samples import FEATURES
from tests.hostile.server import HostileServer, Reply

ROADS = {"layer": "roads"}
EMPTY = b'{"type":"FeatureCollection","features":[]}'


def shape_of(geometry: bytes) -> Geometry | None:
    body = b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":%s}]}' % geometry
    features, fault = parse_features(body, context_for("geojson", settings=ROADS))
    if fault:
        raise fault
    return features[0].geometry


def test_a_feature_comes_with_its_properties_as_texts():
    (road, flood), fault = parse_features(FEATURES, context_for("geojson", settings=ROADS))

    assert fault is None
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
    features, fault = parse_features(
        FEATURES.replace(b"\n{", b'\n{"type":"Feature","geometry":%s},{' % geometry, 1),
        context_for("geojson", settings=ROADS),
    )

    assert len(features) == 2
    assert fault is not None


def test_a_feature_is_told_when_it_comes_changes_and_goes():
    changed = FEATURES.replace(b"tinggi", b"kritis")
    with HostileServer() as server:
        url = server.put("/l", *map(Reply, (FEATURES, FEATURES, changed, EMPTY, FEATURES)))
        context = context_for("geojson", url, settings=ROADS)
        feed = feed_of("geojson", context)

        came, same, change, went, back = (polled(feed) for _ in range(5))

        context.http.close()
    assert len(came[0]) == len(back[0]) == 2
    assert same == ([], None)
    assert [(f.key, f.severity) for f in change[0]] == [("f/jl-1", Severity.CRITICAL)]
    assert all(feature.gone for feature in went[0])
    assert {feature.key for feature in went[0]} == {feature.key for feature in came[0]}


def test_a_document_with_a_fault_takes_nothing_away():
    broken = FEATURES.replace(b'"id":"jl-1"', b'"id":"jl-2"').replace(b"116.20,-1.91", b"999,0")
    with HostileServer() as server:
        url = server.put("/l", Reply(FEATURES), Reply(broken), Reply(broken[:-9]), Reply(FEATURES))
        context = context_for("geojson", url, settings=ROADS)
        feed = feed_of("geojson", context)

        polled(feed)
        (partly, fault), (nothing, _), good = (polled(feed) for _ in range(3))

        context.http.close()
    assert fault.code == "bad_value"
    assert partly == nothing == []
    assert good == ([], None)


def test_a_property_may_be_the_id_else_the_geometry_is():
    body = FEATURES.replace(b'"id":"jl-1",', b"")
    by_name = context_for("geojson", settings={**ROADS, "id_property": "name"})

    named, _ = parse_features(body, by_name)
    first, second = (
        parse_features(body, context_for("geojson", settings=ROADS))[0] for _ in range(2)
    )

    assert [feature.key for feature in named] == ["f/Jl. Kesuma Bangsa", "f/Genangan"]
    assert first == second
    assert first[0].key != first[1].key
