"""An incident explains itself in the language of the screen."""

import pytest

from paser_command.api import HOUR, MINUTE, SECOND, FeedState, Link, Position, Selection, Severity
from paser_plugins.incidents.describe_incident import MOST_PASSAGES, describe_incident
from paser_plugins.incidents.describe_other import describe_alert, describe_stream
from paser_plugins.incidents.describe_thing import describe_thing
from paser_plugins.incidents.passages import BLOCK, blocks
from paser_plugins.incidents.words import headline, running, second_line
from paser_ui.api import category_word
from tests.plugins.panel_kit import (
    NOW,
    FakeContext,
    acknowledge,
    alert,
    health,
    level,
    note,
    picture_of,
    report,
    risen,
)

CATEGORIES = [
    "flood",
    "landslide",
    "fire",
    "forest_fire",
    "earthquake",
    "haze",
    "storm",
    "accident",
    "tree",
    "streetlight",
    "road",
    "medical",
    "security",
    "waste",
    "water",
    "other",
]


def told(picture, code="id"):
    context = FakeContext("incidents", code)
    incident = next(iter(picture.incidents.values()))
    return describe_incident(context, picture, incident, NOW)


def facts(description):
    return {fact.label: fact.value for fact in description.facts}


def other(describe, picture, thing, code="id"):
    return describe(FakeContext("incidents", code), picture, thing, NOW)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (161 * SECOND, "2 mnt"),
        (72 * MINUTE + 30 * SECOND, "1 jam 12"),
        (-SECOND, "0 dtk"),
        (50 * HOUR, "2 hr"),
    ],
)
def test_an_age_runs_as_on_the_wall(span, text):
    assert running(FakeContext("incidents").language, span) == text


def test_an_age_has_a_unit_in_english_too():
    language = FakeContext("incidents", "en").language

    assert running(language, 161 * SECOND) == "2 min"
    assert running(language, 3 * HOUR + 33 * MINUTE) == "3 h 33"


@pytest.mark.parametrize("code", CATEGORIES)
def test_each_category_has_an_indonesian_word(code):
    assert category_word(FakeContext("incidents").tr, code) != code


def test_an_incident_says_why_where_since_when_and_who():
    picture = picture_of(
        report("a", key="112/1", severity=Severity.LOW),
        report("a", key="112/2", severity=Severity.CRITICAL),
        acknowledge("a"),
        health("112", FeedState.LATE),
    )

    fact = facts(told(picture))

    assert fact["Mengapa"] == "2 laporan; terparah: Kritis, 112/2"
    assert fact["Lokasi"] == "Tanah Grogot · 1°54′22″ LS 116°11′35″ BT".replace(
        " LS ", "\xa0LS\xa0"
    ).replace(" BT", "\xa0BT")
    assert fact["Diketahui"] == "14.00.46 (2 mnt)"
    assert fact["Diakui oleh"] == "Sari, meja 2 · 14.02.27"
    assert fact["Sumber"] == "112 (sekarang terlambat)"


@pytest.mark.parametrize(
    ("code", "schematic", "words"),
    [
        ("id", False, "Kecamatan Tanah Grogot (64.01.04)"),
        ("id", True, "Kecamatan Tanah Grogot (64.01.04, skematis)"),
        ("en", True, "Tanah Grogot district (64.01.04, schematic)"),
    ],
)
def test_an_incident_says_its_district_and_whether_that_is_schematic(code, schematic, words):
    tag = {"district": "64.01.04", "district_name": "Tanah Grogot", "schematic": schematic}

    fact = facts(told(picture_of(report("a", **tag)), code))

    assert fact["Lokasi" if code == "id" else "Where"].endswith(f" · {words}")


@pytest.mark.parametrize(
    ("code", "metres", "apart", "words"),
    [
        ("en", 1_200.0, 14 * MINUTE, "joined: 1.2 km and 14 min from Gempa M5,1 (gempa)"),
        (
            "id",
            1_200.0,
            14 * MINUTE,
            "digabung: berjarak 1,2 km dan selisih 14 mnt dari Gempa M5,1 (gempa)",
        ),
        ("en", 340.4, 5 * SECOND, "joined: 340 m and 5 s from Gempa M5,1 (gempa)"),
        ("en", None, HOUR, "joined: 1 h from Gempa M5,1 (gempa)"),
    ],
)
def test_a_report_says_why_it_was_joined(code, metres, apart, words):
    quake = report("q", feed="gempa", key="gempa/1", title="Gempa M5,1")
    call = report("q", key="112/1", link=Link("near", "gempa/1", metres, apart))

    heads = [passage.head for passage in told(picture_of(quake, call), code).passages]

    assert [head.endswith(f" · {words}") for head in heads] == [False, True]


def test_a_report_says_that_it_has_the_official_id_of_another_that_is_gone():
    twin = report("q", link=Link("same_id", "gempa/1", None, 0))

    (passage,) = told(picture_of(twin), "en").passages

    assert passage.head.endswith("joined: the same official id as gempa/1 (gempa)")


def test_reports_acts_and_notes_stand_in_the_order_in_which_they_came():
    picture = picture_of(
        report("a", key="112/2", received=NOW - 50 * SECOND, text="second"),
        report("a", key="112/1", received=NOW - 90 * SECOND, text="first"),
        acknowledge("a", NOW - 60 * SECOND),
        note("a", "boat sent", NOW - 20 * SECOND),
    )

    passages = told(picture).passages

    assert [passage.text for passage in passages] == ["first", "", "second", "boat sent"]


def test_of_very_many_texts_the_newest_are_shown_and_the_rest_is_counted():
    reports = [
        report("a", key=f"112/{number}", received=NOW - SECOND * (1000 - number), text=f"{number}")
        for number in range(MOST_PASSAGES + 7)
    ]

    passages = told(picture_of(*reports)).passages

    assert passages[0].head == "7 isian sebelumnya tidak ditampilkan"
    assert (passages[1].text, len(passages)) == ("7", MOST_PASSAGES + 1)


def test_a_warning_says_where_until_when_what_to_do_and_from_whom():
    warning = alert()
    picture = picture_of(warning, health("bmkg-cap", source="cap.alerts"))

    context = FakeContext("incidents")
    context.attributions["cap.alerts"] = "BMKG"

    description = describe_alert(context, picture, warning, NOW)

    fact = facts(description)
    assert fact["Keadaan"] == "berlaku, sisa 1 jam 30"
    assert fact["Wilayah"] == "Tanah Grogot, Kuaro, Long Ikis"
    assert fact["Pengirim"] == "BMKG Stasiun Balikpapan · BMKG · bmkg-cap"
    assert description.passages[1].text == "Jauhi bantaran sungai."


def test_a_withdrawn_warning_says_so():
    warning = alert()
    cancel = alert(key="other", msg_type="Cancel", references=(warning.key,))

    description = other(describe_alert, picture_of(warning, cancel), warning)

    assert facts(description)["Keadaan"] == "dicabut atau diganti"


def test_a_station_tells_value_limit_and_that_it_is_late():
    picture = picture_of(level("kandilo", 3.42, age=10 * MINUTE), health("sungai"))

    description = other(describe_stream, picture, picture.streams["sungai/kandilo"], "en")

    fact = facts(description)
    assert fact["Value"] == "3.42 m"
    assert fact["Age"] == "10 min · 13:53:27, late"
    assert fact["Reached"] == "Alert 1 · 3.20 m · Critical"
    assert fact["Feed"] == "sungai · live"


def test_an_endless_line_is_cut_into_blocks_without_losing_a_letter():
    text = "banjir " * 3_000

    parts = list(blocks(text))

    assert "".join(parts) == text
    assert max(map(len, parts)) <= BLOCK


def test_a_row_names_the_place_unless_its_title_does():
    place = "Jl. Sunardi, Tanah Grogot"
    picture = picture_of(
        report("a", title="Banjir", place=place),
        report("b", title="Banjir di Jl. Sunardi", place=place),
        report("c", title="Banjir", place=""),
    )

    lines = [headline(incident).line for incident in picture.incidents.values()]

    assert lines == ["Banjir, Jl. Sunardi, Tanah Grogot", "Banjir di Jl. Sunardi", "Banjir"]


def test_a_row_counts_the_reports_of_each_feed():
    picture = picture_of(
        report("a", key="warga/1"), report("a", key="112/1"), report("a", key="112/2")
    )

    line = second_line(FakeContext("incidents").language, picture.incidents["a"])

    assert line == "3 laporan · 2× 112, 1× warga"


def test_a_station_s_alarm_is_filled_until_somebody_took_it():
    told = [*level("kandilo", 3.42), risen()]
    taken = picture_of(*told, acknowledge("limit/sungai/kandilo", NOW))
    key = "sungai/kandilo"

    assert not other(describe_stream, picture_of(*told), picture_of(*told).streams[key], "en").taken
    assert other(describe_stream, taken, taken.streams[key], "en").taken


def test_a_unit_tells_state_speed_heading_place_and_when_it_was_heard():
    unit = Position(
        feed="satuan",
        key="satuan/damkar-1",
        at=NOW - 40 * SECOND,
        name="Damkar 1",
        status="menuju lokasi",
        lon=116.2,
        lat=-1.9,
        speed_m_s=12.5,
        course_deg=359.8,
    )
    context, picked = FakeContext("incidents", "en"), Selection("unit", unit.key)

    description = describe_thing(context, picture_of(unit), picked, NOW)

    assert description is not None
    assert description.title == "Damkar 1"
    assert facts(description) == {
        "Kind": "Unit",
        "State": "menuju lokasi",
        "Speed": "45 km/h",
        "Heading": "0°",
        "Where": "1°54′00″\N{NO-BREAK SPACE}S\N{NO-BREAK SPACE}116°12′00″\N{NO-BREAK SPACE}E",
        "Last heard": "14:02:47 · 40 s ago",
    }
    assert describe_thing(context, picture_of(), picked, NOW) is None
