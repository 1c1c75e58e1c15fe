"""Promise: BMKG's documents become reports of earthquakes, as bad as they are for the site."""

import pytest

from paser_command.api import Severity, parse_time
from paser_plugins.bmkg.feed import parse_quakes, severity_of_quake
from tests.hostile.feeds import context_for, drained, feed_of, passed_by, polled
from tests.hostile.samples import AUTOGEMPA, QUAKES
from tests.hostile.server import HostileServer, Reply


def test_the_felt_quake_of_autogempa_is_one_report():
    with HostileServer() as server:
        context = context_for("bmkg", server.put("/autogempa.json", AUTOGEMPA))

        (quake,), fault = polled(feed_of("bmkg", context))

        context.http.close()
    assert fault is None
    assert quake.key == "f/20260216131530"
    assert quake.at == quake.began == parse_time("2026-02-16T06:15:30Z")
    assert (quake.lon, quake.lat) == (109.67, -6.89)
    assert (quake.category, quake.severity) == ("earthquake", Severity.LOW)
    assert quake.title == "Gempa M5,4 · Pusat gempa berada di darat 3 km BaratDaya Pekalongan"
    assert quake.text == (
        "Magnitudo: 5.4\nKedalaman: 10 km\nGempa ini dirasakan untuk diteruskan pada masyarakat\n"
        "Dirasakan: III Pekalongan, II Batang"
    )
    assert quake.place == "Pusat gempa berada di darat 3 km BaratDaya Pekalongan"


def test_a_quake_has_one_official_id_in_all_documents():
    (newest,) = parse_quakes(AUTOGEMPA, context_for("bmkg"))
    unmapped = AUTOGEMPA.replace(b"20260216131530.mmi.jpg", b"")
    (listed,) = parse_quakes(unmapped, context_for("bmkg"))

    assert newest.key != listed.key
    assert newest.official_id == listed.official_id == "bmkg:2026-02-16T06:15:30Z"


def test_a_list_gives_a_report_for_each_quake():
    near, far = parse_quakes(QUAKES, context_for("bmkg"))

    assert near.key == "f/1771222530000000@-1.20,117.90"
    assert near.title == "Gempa M5,6 · 89 km BaratLaut MAMUJU-SULBAR"
    assert near.severity == Severity.MEDIUM
    assert far.severity == Severity.NONE


def test_a_quake_outside_the_radius_counts_only_where_it_was_felt():
    here = context_for("bmkg", settings={"radius_km": 50.0})
    felt = QUAKES.replace(b'"Potensi":', b'"Dirasakan":"II Majene","Potensi":')

    assert {quake.severity for quake in parse_quakes(QUAKES, here)} == {Severity.NONE}
    assert {quake.severity for quake in parse_quakes(felt, here)} == {Severity.LOW}


@pytest.mark.parametrize(
    ("magnitude", "distance_km", "severity"),
    [
        (7.4, 250, Severity.CRITICAL),
        (6.0, 90, Severity.CRITICAL),
        (6.2, 200, Severity.HIGH),
        (5.0, 100, Severity.HIGH),
        (5.0, 101, Severity.MEDIUM),
        (3.9, 5, Severity.LOW),
    ],
)
def test_the_near_and_strong_are_worse(magnitude, distance_km, severity):
    assert severity_of_quake(magnitude, distance_km) == severity


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (b"-1.20,117.90", b"117.90,-1.20", "Coordinates"),
        (b"-1.20,117.90", b"", "Coordinates"),
        (b'"5.6"', b'"1e999"', "Magnitude"),
        (b'"5.6"', b'"56"', "Magnitude"),
        (b"2026-02-16T06:15:30+00:00", b"2026-02-16 13:15:30", "DateTime"),
        (b"2026-02-16T06:15:30+00:00", b"2199-02-16T06:15:30+00:00", "DateTime"),
    ],
)
def test_a_bad_quake_is_told_and_the_other_kept(old, new, where):
    context = context_for("bmkg")

    given, _ = drained(parse_quakes(QUAKES.replace(old, new), context))

    ((error, count, of),) = passed_by(context)
    assert (error.code, error.codes_facts) == ("bad_value", {"where": where, "item": 1})
    assert (count, of) == (1, 2)
    assert [quake.place for quake in given] == ["40 km TimurLaut SINABANG-ACEH"]


def test_an_unchanged_document_gives_nothing_but_a_broken_one_is_told_each_time():
    etag = (("ETag", '"1"'),)
    with HostileServer() as server:
        url = server.put("/q", Reply(QUAKES[:-3], headers=etag), Reply(QUAKES[:-3], headers=etag))
        context = context_for("bmkg", url)
        feed = feed_of("bmkg", context)

        assert polled(feed)[1] is not None
        assert polled(feed)[1] is not None
        server.put("/q", Reply(QUAKES, headers=etag), Reply(status=304))
        assert len(polled(feed)[0]) == 2
        assert polled(feed) == ([], None)

        assert server.asked[-1].headers["If-None-Match"] == '"1"'
        context.http.close()
