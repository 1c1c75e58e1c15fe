"""What FIRMS tells of heat on the ground is on the map with its time, and the key stays secret."""

import logging
from collections.abc import Iterator

import pytest

from paser_command.errors import FeedError, ParseError
from paser_command.records import Severity
from paser_command.times import HOUR, parse
from paser_plugins.firms.feed import parse_hotspots
from tests.hostile.feeds import context_for, feed_of, passed_by, polled
from tests.hostile.server import HostileServer, Reply

VIIRS = """\
latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,\
version,bright_ti5,frp,daynight
-1.70012,116.30450,341.20,0.42,0.36,2026-11-20,145,Suomi-NPP,VIIRS,nominal,2.0NRT,290.30,15.20,D
-1.70420,116.30912,325.60,0.42,0.36,2026-11-19,1832,Suomi-NPP,VIIRS,high,2.0NRT,288.10,4.10,N
"""
MODIS = """\
latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,\
version,bright_t31,frp,daynight
-1.7031,116.3055,318.9,1.1,1.0,2026-11-20,0210,Terra,MODIS,{confidence},6.1NRT,295.1,20.4,D
"""
KEY = "0123456789abcdef0123456789abcdef"
SETTINGS = {"map_key": KEY, "sources": "VIIRS_SNPP_NRT"}


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


def read(body: str):
    context = context_for("firms")
    hotspots = list(parse_hotspots(body.encode(), "VIIRS", context))
    assert passed_by(context) == []
    return hotspots


def test_a_detection_is_a_point_with_the_time_that_the_satellite_saw_it():
    early, late = read(VIIRS)

    assert early.at == parse("2026-11-20T01:45:00Z")
    assert late.at == parse("2026-11-19T18:32:00Z")
    assert early.layer == "hotspot"
    assert early.geometry is not None
    assert early.geometry.rings == (((116.3045, -1.70012),),)
    assert early.properties["frp"] == "15.20"
    assert early.properties["daynight"] == "D"
    assert early.name == "VIIRS Suomi-NPP"


def test_a_hotspot_is_gone_after_two_days():
    (early, _) = read(VIIRS)

    assert early.until == early.at + 48 * HOUR
    assert read(VIIRS.replace("2026-11-20,145", "2026-11-18,0259"))[0].at == parse(
        "2026-11-19T18:32:00Z"
    )


@pytest.mark.parametrize(
    ("confidence", "severity"),
    [("l", Severity.LOW), ("nominal", Severity.MEDIUM), ("high", Severity.HIGH)],
)
def test_the_confidence_of_viirs_is_the_severity(confidence, severity):
    assert read(VIIRS.replace("nominal", confidence))[0].severity is severity


@pytest.mark.parametrize(
    ("confidence", "severity"),
    [(0, Severity.LOW), (29, Severity.LOW), (30, Severity.MEDIUM), (80, Severity.HIGH)],
)
def test_the_confidence_of_modis_is_the_severity(confidence, severity):
    assert read(MODIS.format(confidence=confidence))[0].severity is severity


def test_the_same_detection_has_the_same_key_and_another_has_another():
    keys = [hotspot.key for hotspot in read(VIIRS)]

    assert keys == [hotspot.key for hotspot in read(VIIRS.replace("15.20", "15.9"))]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("-1.70012", "91", "longitude"),
        ("15.20", "nan", "frp"),
        (",145,", ",2460,", "acq_time"),
        (",145,", ",-100,", "acq_time"),
        ("2026-11-20", "2027-11-20", "acq_time"),
        ("nominal", "sure", "confidence"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_taken(old, new, where):
    body = VIIRS.replace(old, new)

    context = context_for("firms")

    hotspots = list(parse_hotspots(body.encode(), "VIIRS", context))

    assert len(hotspots) == 1
    ((error, count, of),) = passed_by(context)
    assert (error.code, error.codes_facts["where"]) == ("bad_value", where)
    assert (count, of) == (1, 2)


def test_a_row_that_is_too_short_is_passed_over():
    context = context_for("firms")

    hotspots = list(parse_hotspots((VIIRS + "1,2,3\n").encode(), "VIIRS", context))

    assert len(hotspots) == 2
    assert passed_by(context)[0][0].codes_facts == {"where": "line 4", "item": 3}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("Invalid MAP_KEY.", "MAP_KEY"),
        (VIIRS.replace("acq_time", "time"), "acq_time"),
        (VIIRS + '"-1.7', "line 4"),
    ],
)
def test_what_is_no_table_of_firms_is_told(body, where):
    with pytest.raises(ParseError) as caught:
        list(parse_hotspots(body.encode(), "VIIRS", context_for("firms")))

    assert (caught.value.code, caught.value.codes_facts) == ("wrong_shape", {"where": where})


def test_each_source_is_asked_for_the_box_around_the_site(server):
    path = f"/api/area/csv/{KEY}/{{}}/115.1900,-2.9100,117.1900,-0.9100/2"
    server.put(path.format("A"), Reply(status=500))
    server.put(path.format("B"), VIIRS.encode())
    settings = {**SETTINGS, "sources": "A, B"}
    context = context_for("firms", server.url + "/api/area/csv/", settings=settings)

    records, fault = polled(feed_of("firms", context))

    assert len(records) == 2
    assert fault.code == "http_status"


@pytest.mark.parametrize("answer", [Reply(status=403), Reply(b"Invalid MAP_KEY."), None])
def test_the_key_is_in_no_error_and_no_log(server, answer, caplog):
    caplog.set_level(logging.INFO)
    url = "http://127.0.0.1:9/api" if answer is None else server.url + "/api"
    if answer:
        server.put(f"/api/{KEY}/VIIRS_SNPP_NRT/115.1900,-2.9100,117.1900,-0.9100/2", answer)

    _, fault = polled(feed_of("firms", context_for("firms", url, settings=SETTINGS)))

    assert isinstance(fault, FeedError)
    assert KEY not in str(fault)
    assert KEY not in caplog.text
