"""What the command line says of site files and journals, to people and to scripts."""

import os
import re
import sqlite3

import pytest

from paser_command import __version__
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.records import Alert, FeedHealth, FeedState, Position, Severity
from paser_command.times import HOUR, SECOND
from tests import processes
from tests.acts import command_of
from tests.command_line import SLOWEST_S, environment, run
from tests.patience import PROGRAM, patient
from tests.records import START, acknowledge, flood, level

HOSTILE = "Banjir\x1b[2J\n0 incidents \u202etxt \x9b31m"

SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "{url}"
[[feed]]
id = "gempa"
type = "bmkg.quakes"
url = "http://127.0.0.1:9/gempa.json"
"""


@pytest.fixture
def path(tmp_path, clock):
    """The file of a journal that a flood filled: the room came to know it a minute late."""
    path = tmp_path / "journal.sqlite"
    journal = open_journal(sqlite_url(path), REAL)
    writer = Writer(journal, clock)
    live = FeedHealth(feed="warga", key="warga", at=START, state=FeedState.LIVE, since=START)
    alert = Alert(
        feed="bmkg",
        key="bmkg/1",
        at=START,
        event="Hujan",
        headline="Hujan Lebat",
        severity=Severity.MEDIUM,
        effective=START,
        expires=START + HOUR,
    )
    unit = Position(feed="avl", key="avl/7", at=START, lon=116.2, lat=-1.9, name="Perahu 7")
    clock.instant = START + 60 * SECOND
    writer.append([flood(title=HOSTILE), level(2.5), live, alert, unit])
    clock.instant = START + 120 * SECOND
    writer.append([acknowledge("warga/1")])
    journal.close()
    return path


@pytest.fixture
def url(path):
    return sqlite_url(path)


def change(path, statement):
    """Change the journal behind the program's back."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()


def site(folder, text):
    file = folder / "site.toml"
    file.write_text(text)
    return str(file)


def test_the_version_is_told(tmp_path):
    assert run(tmp_path, "--version").out == f"paser-command {__version__}\n"
    assert run(tmp_path, "--version", "--json").json == {"version": __version__}


def test_a_good_site_file_is_in_order(tmp_path):
    file = site(tmp_path, SITE.format(url="sqlite+pysqlite:////var/journal.sqlite"))

    checked = run(tmp_path, "check", file)

    assert (checked.code, checked.errors) == (0, "")
    assert checked.out == f"{file}: in order (Kabupaten Paser, 1 feed)\n"
    assert run(tmp_path, "check", file, "--json").json == {
        "file": file,
        "mistakes": [],
        "warnings": [],
        "faults": [],
        "site": "Kabupaten Paser",
        "feeds": 1,
    }


MISTAKEN = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Grogot"
lon = "east"
lat = -190
[journal]
url = "sqlite:////var/journal.sqlite"
[[feed]]
id = "Gempa"
type = "bmkg.quake"
url = "ftp://127.0.0.1/"
interval_s = 0
colour = "red"
"""

MISTAKES = {
    "en": [
        "3: site.zone: Asia/Grogot is no time zone; write one such as Asia/Makassar",
        "4: site.lon: must be a number, and is a text",
        "5: site.lat: must be -90 to 90, and is -190",
        "7: journal.url: a journal's URL names its driver: write sqlite+pysqlite:",
        "9: feed[1].id: must be 1 to 40 of the characters a to z, 0 to 9 and -, and is Gempa",
        "10: feed[1].type: bmkg.quake is not known; did you mean bmkg.quakes? Allowed: bmkg",
        "11: feed[1].url: a feed's URL is http:// or https:// with a host, and has no blanks",
        "12: feed[1].interval_s: must be 0.1 to 86400, and is 0",
        "13: feed[1].colour: colour is not known",
    ],
    "id": [
        "3: site.zone: Asia/Grogot bukan zona waktu; tulis misalnya Asia/Makassar",
        "4: site.lon: harus berupa bilangan, tetapi berupa teks",
        "5: site.lat: harus -90 sampai 90, tetapi -190",
        "7: journal.url: URL jurnal menyebut penggeraknya: tulis sqlite+pysqlite: sebagai ganti ",
        "9: feed[1].id: harus berupa 1 sampai 40 tanda dari a sampai z, 0 sampai 9, dan -",
        "10: feed[1].type: bmkg.quake tidak dikenal; apakah maksudnya bmkg.quakes? Yang boleh: ",
        "11: feed[1].url: URL sumber diawali http:// atau https:// dengan nama host, tanpa spasi",
        "12: feed[1].interval_s: harus 0.1 sampai 86400, tetapi 0",
        "13: feed[1].colour: colour tidak dikenal",
    ],
}


@pytest.mark.parametrize("code", sorted(MISTAKES))
def test_every_mistake_of_a_site_file_is_told_at_once_with_its_line(tmp_path, code):
    file = site(tmp_path, MISTAKEN)

    checked = run(tmp_path, "check", file, PASER_LANGUAGE=code)

    assert (checked.code, checked.out) == (2, "")
    told = checked.errors.splitlines()
    assert len(told) == len(MISTAKES[code])
    for line, expected in zip(told, MISTAKES[code], strict=True):
        assert line.startswith(f"{file}:{expected}")


def test_a_script_gets_the_mistakes_as_json_too(tmp_path):
    file = site(tmp_path, MISTAKEN)

    checked = run(tmp_path, "check", file, "--json")

    assert checked.code == 2
    assert [one["line"] for one in checked.json["mistakes"]] == [3, 4, 5, 7, 9, 10, 11, 12, 13]
    assert checked.json["mistakes"][1] == {
        "line": 4,
        "key": "site.lon",
        "wrong": "must be a number, and is a text",
    }


def test_the_statistics_of_a_journal_have_their_keys(tmp_path, url):
    told = run(tmp_path, "journal", "stats", "--journal", url, "--json").json

    assert list(told) == ["records", "by_kind", "by_feed", "first", "last", "bytes"]
    assert told["records"] == 6
    assert told["by_kind"] == {
        "alert": 1,
        "command": 1,
        "health": 1,
        "observation": 1,
        "position": 1,
        "report": 1,
    }
    assert told["by_feed"] == {"avl": 1, "bmkg": 1, "console": 1, "muka-air": 1, "warga": 2}
    assert (told["first"], told["last"]) == ("2026-11-20T03:01:00Z", "2026-11-20T03:02:00Z")
    assert told["bytes"] > 0


def test_the_statistics_of_a_journal_are_lines_for_a_person(tmp_path, url):
    told = run(tmp_path, "journal", "stats", "--journal", url, PASER_LANGUAGE="id").out

    assert told.startswith(f"{url}: 6 rekaman, ")
    assert "diterima 2026-11-20T03:01:00Z sampai 2026-11-20T03:02:00Z" in told
    assert re.search(r"menurut jenis:\n  alert +1\n", told)


def test_an_empty_journal_has_statistics(tmp_path):
    url = sqlite_url(tmp_path / "empty.sqlite")
    open_journal(url, REAL).close()

    told = run(tmp_path, "journal", "stats", "--journal", url, "--json").json

    assert (told["records"], told["first"], told["last"]) == (0, None, None)


def test_a_sound_journal_verifies(tmp_path, url):
    verified = run(tmp_path, "journal", "verify", "--journal", url)

    assert (verified.code, verified.out) == (0, f"{url}: the journal is sound\n")
    assert run(tmp_path, "journal", "verify", "--journal", url, "--json").json == {
        "journal": url,
        "sound": True,
        "findings": [],
    }


def test_a_harmed_journal_does_not_verify(tmp_path, path, url):
    change(path, "UPDATE journal SET body = X'01ff' WHERE kind = 'command'")

    verified = run(tmp_path, "journal", "verify", "--journal", url, "--json")

    assert verified.code == 1
    assert not verified.json["sound"]
    found = {one["where"]: one["what"] for one in verified.json["findings"]}
    assert found["command 6"] == "breaks the audit chain: it was changed"
    spoken = run(tmp_path, "journal", "verify", "--journal", url, PASER_LANGUAGE="id")
    assert "command 6: memutus rantai audit: isinya telah diubah" in spoken.out


def test_a_journal_that_cannot_be_read_to_its_end_does_not_verify(tmp_path, path, url):
    change(path, "DROP TABLE audit")

    verified = run(tmp_path, "journal", "verify", "--journal", url, "--json")

    assert verified.code == 1
    assert "no such table: audit" in verified.json["findings"][-1]["what"]


def test_a_journal_of_a_newer_version_is_left_alone(tmp_path, path, url):
    change(path, "UPDATE alembic_version SET version_num = '9999'")
    change(path, "UPDATE meta SET value = '99' WHERE name = 'oldest_reader'")

    for command in ("picture", "journal stats", "journal verify"):
        ended = run(tmp_path, *command.split(), "--journal", url, "--json")

        assert (ended.code, ended.out) == (1, "")
        assert "was made by a newer version of this program: install that one" in ended.errors


def test_the_journal_of_a_site_is_found_by_its_file(tmp_path, url):
    file = site(tmp_path, SITE.format(url=url))

    named = run(tmp_path, "picture", "--config", file, "--json").json
    at_home = run(tmp_path, "picture", "--json").json

    assert len(named["incidents"]) == len(at_home["incidents"]) == 1


def test_the_picture_has_its_keys(tmp_path, url):
    told = run(tmp_path, "picture", "--journal", url, "--at", "2026-11-20T03:30:00Z", "--json").json

    keys = {"instant", "reading", "incidents", "alerts", "streams", "units", "feeds"}
    assert keys <= set(told)
    assert (told["instant"], told["reading"]) == ("2026-11-20T03:30:00Z", "known")
    assert not told["exercise"]
    assert told["incidents"][0]["acknowledged"]["who"] == "sari"
    assert told["streams"][0]["value"] == 2.5
    assert [part["key"] for key in ("alerts", "units", "feeds") for part in told[key]] == [
        "bmkg/1",
        "avl/7",
        "warga",
    ]


def test_the_picture_tells_what_operators_drew(tmp_path, path, url):
    journal = open_journal(url, REAL)
    fence = {
        "shape": "circle",
        "geometry": '{"type":"Point","coordinates":[116.19,-1.905]}',
        "radius_m": "500",
        "name": "Zona \u202eawas",
        "purpose": "geofence",
    }
    command = command_of("draw", "drawing/1", fence)
    Writer(journal, lambda: START).append([command])
    journal.close()

    told = run(tmp_path, "picture", "--journal", url, "--json").json["drawings"]
    spoken = run(tmp_path, "picture", "--journal", url, PASER_LANGUAGE="id").out

    assert [(d["key"], d["purpose"], d["radius_m"]) for d in told] == [
        ("drawing/1", "geofence", 500.0)
    ]
    assert "gambar    Zona \ufffdawas [pagar wilayah, lingkaran, oleh sari]" in spoken


def test_the_picture_tells_what_stands_on_the_screens_and_what_rules_did(tmp_path, path, url):
    journal = open_journal(url, REAL)
    shown = {
        "id": "banjir",
        "name": "Banjir",
        "reason": "rule banjir",
        "screens": '[{"display":"LG","page":"Dinding \u202e","panels":["map.map"]}]',
    }
    done = {"rule": "banjir", "thing": "incident warga/1", "did": "workspace banjir"}

    def write(verb, arguments):
        command = command_of(verb, "meja 2", arguments)
        Writer(journal, lambda: START).append([command])
        return command.key

    write("workspace", shown)
    act = write("automation", done)
    write("automation", {"undone": act})
    journal.close()

    told = run(tmp_path, "picture", "--journal", url, "--json").json
    spoken = run(tmp_path, "picture", "--journal", url, PASER_LANGUAGE="id").out

    assert told["screens"][0]["screens"][0]["panels"] == ["map.map"]
    assert told["automation"][0]["undone_by"] == "sari"
    assert "layar     meja 2: Banjir [oleh aturan banjir]; LG: Dinding \ufffd" in spoken
    assert "aturan    2026-11-20T03:00:00Z meja 2: banjir (incident warga/1)" in spoken
    assert "[dibatalkan oleh sari]" in spoken


@pytest.mark.parametrize(
    ("at", "reading", "incidents"),
    [
        ("2026-11-20T03:00:30Z", "known", 0),
        ("2026-11-20T03:00:30Z", "happened", 1),
        ("2026-11-20T11:01:30+08:00", "known", 1),
    ],
)
def test_the_past_is_read_as_known_or_as_happened(tmp_path, url, at, reading, incidents):
    told = run(tmp_path, "picture", "--json", "--journal", url, "--at", at, "--as", reading).json

    assert (told["reading"], len(told["incidents"])) == (reading, incidents)


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_no_text_of_a_record_reaches_the_terminal_raw(tmp_path, url, json):
    told = run(tmp_path, "picture", "--journal", url, *json).out

    assert "Banjir" in told
    assert all(sign.isprintable() or sign == "\n" for sign in told)
    assert not any(line.startswith("0 incidents") for line in told.splitlines())


def test_json_keeps_what_a_record_says(tmp_path, url):
    told = run(tmp_path, "picture", "--journal", url, "--json").json

    assert told["incidents"][0]["title"] == HOSTILE


def test_a_terminal_that_knows_ascii_alone_is_written_to(tmp_path, path, url):
    ascii_only = {"PYTHONIOENCODING": "ascii", "PASER_LANGUAGE": "id"}

    assert "Banjir\\ufffd" in run(tmp_path, "picture", "--journal", url, **ascii_only).out
    told = run(tmp_path, "picture", "--journal", url, "--json", **ascii_only).json
    assert told["incidents"][0]["title"] == HOSTILE


@pytest.mark.parametrize("harmed", [False, True])
def test_a_reader_that_goes_away_ends_it_quietly(tmp_path, path, url, harmed):
    if harmed:
        change(path, "DELETE FROM journal WHERE seq = 1")
    reading, writing = os.pipe()
    os.close(reading)

    ended = processes.run(
        [*PROGRAM, "journal", "verify", "--journal", url],
        env=environment(tmp_path),
        stdout=writing,
        timeout=patient(SLOWEST_S),
    )
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (int(harmed), "")
