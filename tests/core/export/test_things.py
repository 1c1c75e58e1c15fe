"""A map that leaves the building tells what happens where, and of persons only what was asked."""

import msgspec
import pytest

from paser_command.export.things import LAYERS, LONGEST, Telling, things
from paser_command.language import Language
from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_command.times import HOUR, MINUTE
from tests.core.export.rooms import (
    LATER,
    RIVER,
    afternoon,
    alert,
    drawing,
    evening,
    health,
    road,
    stream,
    unit,
)
from tests.records import START, acknowledge, flood, level


def told(*records, now=START, layers=frozenset(LAYERS), personal=False, code="id"):
    """Return what is told of the records by layer."""
    picture = Picture()
    picture.apply_all(msgspec.structs.replace(record, received=record.at) for record in records)
    telling = Telling(now, Language(code), personal)
    return {thing.layer: thing for thing in things(picture, layers, telling)}


def words(found):
    """Return all that somebody can read."""
    return "\n".join(
        text for thing in found.values() for text in (thing.title, thing.value, *thing.lines)
    )


def test_each_kind_of_thing_is_there_in_its_layer():
    assert list(told(*afternoon())) == [
        "features",
        "drawings",
        "alerts",
        "levels",
        "units",
        "incidents",
    ]


def test_only_the_layers_that_are_wanted_are_told():
    assert list(told(*afternoon(), layers={"units"})) == ["units"]


def test_an_incident_says_how_bad_it_is_and_if_anybody_saw_to_it():
    before = told(*afternoon())
    after = told(*afternoon(), *evening(), health("muka-air", at=LATER), now=LATER)

    assert before["incidents"].lines == ("Tinggi · belum diakui", "sejak 20 Nov 11.00.00")
    assert before["incidents"].filled
    assert not told(flood(), acknowledge("warga/1"))["incidents"].filled
    assert after["levels"].lines == ("3,40 m · 20 Nov 11.30.00", "Kritis · Siaga 1")
    assert after["levels"].severity is Severity.CRITICAL


def test_what_is_over_or_nowhere_is_not_there():
    nowhere = flood("warga/9", lon=None, lat=None)

    assert told(flood(closed=True), nowhere, stream(lon=None)) == {}
    assert told(alert(), now=START + 2 * HOUR) == {}


def test_a_value_that_nobody_renews_is_stale():
    late = told(stream(), level(2.1), now=START + HOUR)["levels"]

    assert (late.stale, late.lines[-1]) == (True, "terlambat")
    assert not told(unit(), now=START + MINUTE)["units"].stale
    assert told(unit(), now=START + HOUR)["units"].stale


def test_a_hotspot_has_a_layer_of_its_own_until_it_is_gone():
    hotspot = road(
        "firms/1", layer="hotspot", name="NOAA-20", severity=Severity.HIGH, until=START + HOUR
    )

    found = told(hotspot)

    assert list(found) == ["hotspots"]
    assert found["hotspots"].title == "Titik panas, kepercayaan tinggi"
    assert found["hotspots"].lines[0].startswith("terlihat ")
    assert "NOAA-20" in found["hotspots"].lines
    assert told(hotspot, now=START + HOUR) == {}


def test_what_citizens_and_operators_wrote_stays_in_the_building():
    written = flood(text="Nama saya Budi", place="Jl. Melati 12"), acknowledge("warga/1")

    found = words(told(*written, drawing(name="Dapur umum")))

    for secret in ("Budi", "Melati", "sari", "rahasia"):
        assert secret not in found


def test_streets_and_who_saw_to_it_are_there_on_demand():
    found = words(told(flood(place="Jl. Melati 12"), acknowledge("warga/1"), personal=True))

    assert "Jl. Melati 12" in found
    assert "diakui sari" in found


@pytest.mark.parametrize(
    "number",
    ["0812-3456-7890", "+62 812 3456 7890", "6281234567890", "(0543) 21010", "budi.s@contoh.id"],
)
def test_telephone_numbers_and_addresses_of_mail_are_masked(number):
    title = told(flood(title=f"Banjir, hubungi {number} segera"))["incidents"].title

    assert title == "Banjir, hubungi ••• segera"


def test_a_number_at_the_edge_of_what_is_told_is_masked_before_it_is_cut():
    title = told(flood(title=f"{'x' * (LONGEST - 8)} 0812-3456-7890"))["incidents"].title

    assert "0812" not in title


@pytest.mark.parametrize(
    "text",
    ["Jl. Negara km 12", "M 5,2 10 km", "RT 03/RW 07", "2026-11-20", "08.00-09.30", "Rp62.500.000"],
)
def test_other_numbers_stay(text):
    assert told(flood(title=text))["incidents"].title == text


def test_no_control_or_bidi_sign_is_in_a_text():
    found = told(flood(title="a\u202eb\x00c\x1b[31m\nd"))["incidents"]

    assert found.title == "abc[31m d"


def test_positions_that_are_nowhere_are_left_out():
    bad = alert(polygons=(((999.0, 0.0), (116.0, -1.0), (float("nan"), 0.0)),), circles=())

    assert told(bad)["alerts"].outline.rings == (((116.0, -1.0),),)


def test_all_is_told_in_the_language_that_was_asked_for():
    assert "not acknowledged" in words(told(flood(), code="en"))
    assert told(stream(), level(3.4), code="en")["levels"].value == "3.40 m"
    assert RIVER not in words(told(stream(), level(3.4)))
