"""One good answer of each feed, in the bytes its backend sends, and how it is read."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from paser_command.api import decode_xml
from paser_command.records import AnyRecord
from paser_plugins.bmkg.feed import parse_quakes
from paser_plugins.cap.alert import parse_alert
from paser_plugins.cap.index import parse_index
from paser_plugins.firms.feed import parse_hotspots
from paser_plugins.geojson.feed import parse_features
from paser_plugins.geojson.positions import parse_positions
from paser_plugins.open311.feed import parse_requests
from paser_plugins.sensorthings.observations import parse_observations
from paser_plugins.sensorthings.streams import parse_streams
from tests.hostile.feeds import context_for

AUTOGEMPA = b"""{"Infogempa":{"gempa":{"Tanggal":"16 Feb 2026","Jam":"13:15:30 WIB",
"DateTime":"2026-02-16T06:15:30+00:00","Coordinates":"-6.89,109.67","Lintang":"6.89 LS",
"Bujur":"109.67 BT","Magnitude":"5.4","Kedalaman":"10 km",
"Wilayah":"Pusat gempa berada di darat 3 km BaratDaya Pekalongan",
"Potensi":"Gempa ini dirasakan untuk diteruskan pada masyarakat",
"Dirasakan":"III Pekalongan, II Batang","Shakemap":"20260216131530.mmi.jpg"}}}"""

QUAKES = b"""{"Infogempa":{"gempa":[
{"Tanggal":"16 Feb 2026","Jam":"13:15:30 WIB","DateTime":"2026-02-16T06:15:30+00:00",
"Coordinates":"-1.20,117.90","Lintang":"1.20 LS","Bujur":"117.90 BT","Magnitude":"5.6",
"Kedalaman":"12 km","Wilayah":"89 km BaratLaut MAMUJU-SULBAR","Potensi":"Tidak berpotensi tsunami"},
{"Tanggal":"15 Feb 2026","Jam":"01:00:00 WIB","DateTime":"2026-02-14T18:00:00+00:00",
"Coordinates":"2.10,96.40","Lintang":"2.10 LU","Bujur":"96.40 BT","Magnitude":"6.1",
"Kedalaman":"30 km","Wilayah":"40 km TimurLaut SINABANG-ACEH",
"Potensi":"Tidak berpotensi tsunami"}]}}"""

INDEX = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Peringatan Dini Cuaca</title>
<atom:link href="https://www.bmkg.go.id/alerts/nowcast/id/rss.xml" rel="self"/>
<lastBuildDate>Mon, 16 Feb 2026 16:36:00 UTC</lastBuildDate><item>
<title>Hujan Lebat disertai Petir di Kalimantan Timur</title><link>/alert.xml</link>
<description>Tanah Grogot, Kuaro</description><author>cuaca.ekstrem@bmkg.go.id (BMKG)</author>
<category>Met</category><guid>2.49.0.1.360.0.2026.02.16.16.36.004</guid>
<pubDate>Mon, 16 Feb 2026 23:36:00 +0700</pubDate></item></channel></rss>"""

ALERT = b"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>2.49.0.1.360.0.2026.02.16.16.36.004</identifier>
<sender>cuaca.ekstrem@bmkg.go.id</sender><sent>2026-02-16T22:50:00+07:00</sent>
<status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info>
<language>id</language><category>Met</category><event>Hujan Lebat dan Petir</event>
<urgency>Immediate</urgency><severity>Moderate</severity><certainty>Observed</certainty>
<eventCode><valueName>OET</valueName><value>OET-194</value></eventCode>
<effective>2026-02-16T22:50:00+07:00</effective><expires>2026-02-17T01:50:00+07:00</expires>
<senderName>BMKG</senderName><headline>Hujan Lebat disertai Petir di Kalimantan Timur</headline>
<description>Potensi hujan lebat di Tanah Grogot &amp; Kuaro.</description>
<web>https://nowcasting.bmkg.go.id/infografis/CKT/2026/02/16/infografis.jpg</web>
<area><areaDesc>Kalimantan Timur</areaDesc>
<polygon>-1.800,116.100 -1.900,116.300 -2.000,116.100 -1.800,116.100</polygon>
<polygon>-1.400,116.200 -1.500,116.400 -1.600,116.200 -1.400,116.200</polygon>
<circle>-1.91,116.19 12.5</circle></area></info></alert>"""

REQUESTS = b"""[{"service_request_id":"638344","status":"open","status_notes":null,
"service_name":"Banjir","service_code":"006","description":"Air setinggi lutut di Jl. RA Kartini",
"agency_responsible":"BPBD","requested_datetime":"2026-11-20T09:37:38+08:00",
"updated_datetime":"2026-11-20T10:11:00+08:00","expected_datetime":"",
"address":"Jl. RA Kartini, Tanah Grogot","lat":-1.9081,"long":116.1934,"media_url":null},
{"service_request_id":638349,"status":"closed","status_notes":"Sudah diperbaiki",
"service_name":"Lampu jalan padam","service_code":"PJU","description":"",
"requested_datetime":"2026-11-19T20:00:00+08:00","updated_datetime":"",
"address":"Simpang Kuaro","lat":"","long":""}]"""

DATASTREAMS = b"""{"@iot.count":2,"value":[
{"@iot.id":1,"@iot.selfLink":"http://h/v1.1/Datastreams(1)","name":"Muka air Kandilo",
"observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
"unitOfMeasurement":{"name":"metre","symbol":"m","definition":"ucum:m"},
"properties":{"interval_s":300,"limits":[{"name":"Siaga 2","value":2.7,"severity":"high"},
{"name":"Siaga 3","value":2.2,"severity":2}]},
"Thing":{"@iot.id":1,"name":"Kandilo, Tanah Grogot","Locations":[{"encodingType":
"application/geo+json","location":{"type":"Point","coordinates":[116.19,-1.905,4.0]}}]}},
{"@iot.id":"b2","name":"Hujan","unitOfMeasurement":{"name":null,"symbol":null,"definition":null},
"Thing":{"name":"Kuaro","Locations":[{"location":{"type":"Feature","properties":{},
"geometry":{"type":"Point","coordinates":[116.12,-1.87]}}}]}}]}"""

OBSERVATIONS = b"""{"value":[
{"@iot.id":101,"phenomenonTime":"2026-11-20T02:50:00Z","resultTime":null,"result":2.31,
"Datastream":{"@iot.id":1}},
{"@iot.id":102,"phenomenonTime":"2026-11-20T02:50:00Z","resultTime":null,"result":12,
"Datastream":{"@iot.id":"b2"}},
{"@iot.id":103,"phenomenonTime":"2026-11-20T02:50:00.000Z/2026-11-20T02:55:00.000Z",
"resultTime":null,"result":2.34,"Datastream":{"@iot.id":1}}]}"""

FEATURES = b"""{"type":"FeatureCollection","features":[
{"type":"Feature","id":"jl-1","properties":{"name":"Jl. Kesuma Bangsa","severity":"tinggi",
"depth_cm":40,"closed":true,"since":null,"tags":["a"]},
"geometry":{"type":"LineString","coordinates":[[116.19,-1.90],[116.20,-1.91,3.5]]}},
{"type":"Feature","properties":{"name":"Genangan"},"geometry":{"type":"MultiPolygon",
"coordinates":[[[[116.1,-1.9],[116.2,-1.9],[116.2,-1.8],[116.1,-1.9]],
[[116.15,-1.88],[116.18,-1.88],[116.18,-1.86],[116.15,-1.88]]],
[[[116.3,-1.5],[116.4,-1.5],[116.4,-1.4],[116.3,-1.5]]]]}}]}"""


UNITS = b"""{"type":"FeatureCollection","features":[
{"type":"Feature","id":"perahu-2","properties":{"name":"Perahu BPBD 2","status":"evakuasi",
"time":"2026-11-20T02:59:50Z","speed_m_s":3.5,"course_deg":271.0},
"geometry":{"type":"Point","coordinates":[116.1934,-1.9055]}},
{"type":"Feature","id":7,"properties":{"name":"Ambulans","time":"2026-11-20T10:59:00+08:00",
"speed_m_s":null},"geometry":{"type":"Point","coordinates":[116.2,-1.91,3.0]}}]}"""

HOTSPOTS = b"""latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,\
confidence,version,bright_ti5,frp,daynight
-1.70012,116.30450,341.20,0.42,0.36,2026-11-20,145,Suomi-NPP,VIIRS,nominal,2.0NRT,290.30,15.20,D
-1.70420,116.30912,325.60,0.42,0.36,2026-11-19,1832,Suomi-NPP,VIIRS,high,2.0NRT,288.10,4.10,N
"""

ROADS = {"layer": "roads"}
FIRMS = {"map_key": "k", "sources": "V"}


class Sample(NamedTuple):
    """A good answer at `path`, what else the feed asks for, and the keys that it gives.

    `number` is one of its numbers; `parse` reads the bytes as the feed does.
    """

    plugin: str
    path: str
    good: bytes
    keys: frozenset[str]
    number: bytes
    parse: Callable[[bytes], Iterable[AnyRecord]]
    url: str = ""
    others: tuple[tuple[str, bytes], ...] = ()
    settings: Mapping[str, str] = {}

    @property
    def is_xml(self) -> bool:
        return self.good.startswith(b"<")

    @property
    def is_csv(self) -> bool:
        return self.plugin == "firms"


def _alerts(body: bytes) -> Iterable[AnyRecord]:
    return parse_alert(decode_xml(body), context_for("cap"))


def _entries(body: bytes) -> Iterable[AnyRecord]:
    parse_index(decode_xml(body), "http://127.0.0.1/", context_for("cap").passed_over)
    return ()


SAMPLES = {
    "bmkg": Sample(
        "bmkg", "/autogempa.json", AUTOGEMPA, frozenset({"f/20260216131530"}), b"5.4",
        lambda body: parse_quakes(body, context_for("bmkg")),
    ),
    "cap index": Sample(
        "cap", "/rss.xml", INDEX, frozenset({"f/2.49.0.1.360.0.2026.02.16.16.36.004"}), b"",
        _entries, others=(("/alert.xml", ALERT),),
    ),
    "cap alert": Sample(
        "cap", "/alert.xml", ALERT, frozenset({"f/2.49.0.1.360.0.2026.02.16.16.36.004"}),
        b"116.300", _alerts, url="/rss.xml", others=(("/rss.xml", INDEX),),
    ),
    "open311": Sample(
        "open311", "/requests.json", REQUESTS, frozenset({"f/638344", "f/638349"}), b"-1.9081",
        lambda body: parse_requests(body, context_for("open311"), {}).reports,
    ),
    "datastreams": Sample(
        "sensorthings", "/v1.1/Datastreams", DATASTREAMS, frozenset({"f/1", "f/b2"}), b"116.12",
        lambda body: parse_streams(body, context_for("sensorthings")).streams,
        url="/v1.1", others=(("/v1.1/Observations", b'{"value":[]}'),),
    ),
    "observations": Sample(
        "sensorthings", "/v1.1/Observations", OBSERVATIONS, frozenset({"f/1", "f/b2"}), b"2.31",
        lambda body: parse_observations(body, context_for("sensorthings")).observations,
        url="/v1.1", others=(("/v1.1/Datastreams", DATASTREAMS),),
    ),
    "geojson": Sample(
        "geojson", "/roads.geojson", FEATURES, frozenset({"f/jl-1", "f/955894f57cd8433b"}),
        b"-1.90", lambda body: parse_features(body, context_for("geojson", settings=ROADS)).records,
        settings=ROADS,
    ),
    "positions": Sample(
        "geojson.positions", "/units.geojson", UNITS, frozenset({"f/perahu-2", "f/7"}),
        b"-1.9055", lambda body: parse_positions(body, context_for("geojson.positions")),
    ),
    "firms": Sample(
        "firms", "/api/k/V/115.1900,-2.9100,117.1900,-0.9100/2", HOTSPOTS,
        frozenset({"f/V:2026-11-20T01:45:-1.70012:116.30450"}), b"116.30450",
        lambda body: parse_hotspots(body, "V", context_for("firms", settings=FIRMS)),
        url="/api", settings=FIRMS,
    ),
}  # fmt: skip
