"""What is wrong on the command line is told in one line, in the terminal's language."""

import os
import re

import pytest

from paser_command.cli.options import parsed
from paser_command.cli.output import language
from paser_command.errors import InputError
from tests.command_line import run

SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "sqlite+pysqlite:////x.sqlite"
"""

WRONG = [
    ("nothing", 2, "nothing is not known. Allowed: check, collect, diagnose, exercise, export, "),
    ("colect", 2, "colect is not known; did you mean collect?"),
    (
        "journal",
        2,
        "stats|verify|head|repair|quarantine|room|grants is missing; "
        "see paser-command journal --help",
    ),
    ("journal stat", 2, "stat is not known; did you mean stats?"),
    ("check", 2, "FILE is missing; see paser-command check --help"),
    ("check a b", 2, "b is not understood"),
    ("check --nonsense a", 2, "--nonsense is not understood"),
    ("collect", 2, "collect needs the site file: --config FILE"),
    ("collect --config", 2, "--config needs a value"),
    ("collect --config x --for 0", 2, "--for: must be a number above 0 and below 1000000"),
    ("collect --config x --for soon", 2, "and is soon"),
    ("collect --config x --for nan", 2, "and is nan"),
    ("exercise flood", 2, "flood is not known. Allowed: banjir-kandilo"),
    ("exercise banjir", 2, "did you mean banjir-kandilo?"),
    ("exercise banjir-kandilo --port 70000", 2, "--port: must be a whole number from 0 to 65535"),
    ("exercise banjir-kandilo --began now", 2, "--began: must be a time with its zone"),
    ("--exercise flood --for 1", 2, "flood is not known. Allowed: banjir-kandilo"),
    ("--exercise banjir-kandilo --config x", 2, "give --exercise or --config, not both"),
    (
        "--exercise banjir-kandilo --for 1 --screenshot {home}/text/x",
        2,
        "--screenshot: the folder ",
    ),
    ("--speed 3", 2, "--speed is for an exercise: give --exercise NAME"),
    ("--speed 0", 2, "--speed: must be a number above 0"),
    ("--language jv", 2, "--language: jv is not known. Allowed: en, id"),
    ("", 2, "there is no site file yet: try --exercise banjir-kandilo"),
    ("picture", 2, "there is no journal here: name one by --journal URL or --config FILE"),
    ("picture --at 2026-11-20T03:00:00", 2, "--at: must be a time with its zone"),
    ("picture --at 2026-13-20T03:00:00Z", 2, "--at: must be a time with its zone"),
    ("picture --at 1500-01-01T00:00:00Z", 2, "from 1900 to 2200"),
    ("picture --as kown", 2, "--as: kown is not known; did you mean known?"),
    ("picture --speed 3", 2, "--speed 3 is not understood"),
    ("--speed 3 picture", 2, "--speed means nothing to this command"),
    ("picture --journal a --config b", 2, "give --journal or --config, not both"),
    ("picture --journal {home}/none.sqlite", 2, "is no database URL; write sqlite+pysqlite:"),
    ("picture --journal sqlite:///{home}/none.sqlite", 2, "sqlite is not a driver of ours"),
    ("picture --journal sqlite+pysqlite://", 2, "a journal is a file"),
    ("picture --journal sqlite+pysqlite:///{home}/none.sqlite", 1, "there is no journal at "),
    ("picture --journal sqlite+pysqlite:///{home}", 1, "the file cannot be opened"),
    ("picture --journal sqlite+pysqlite:///{home}/text", 1, "this file is not a journal"),
    ("picture --journal sqlite+pysqlite:///{home}/empty", 1, "there is no journal at "),
    ("picture --journal postgresql+psycopg://u:geheim@127.0.0.1:1/x", 1, "Connection refused"),
    ("picture --journal postgresql+psycopg://u:geheim@127.0.0.1:z/x", 2, "is no database URL"),
    ("picture --journal postgresql://u:geheim@h/x", 2, "postgresql is not a driver of ours"),
]


@pytest.mark.parametrize(("given", "code", "words"), WRONG)
def test_what_is_wrong_is_told_in_one_line_and_nothing_else(tmp_path, given, code, words):
    (tmp_path / "text").write_text("not a database\n" * 100)
    (tmp_path / "empty").touch()

    ended = run(tmp_path, *given.format(home=tmp_path).split())

    assert (ended.code, ended.out) == (code, "")
    assert ended.errors.startswith("paser-command: ")
    assert ended.errors.count("\n") == 1
    assert words in ended.errors
    assert "geheim" not in ended.errors


def test_an_error_is_told_in_the_language_of_the_terminal(tmp_path):
    told = run(tmp_path, "picture", "--at", "kemarin", LANG="id_ID.UTF-8").errors

    assert told.startswith("paser-command: --at: harus waktu dengan zonanya dari 1900 sampai 2200")


@pytest.mark.parametrize(
    ("set_to", "code"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "id_ID.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "id_ID.UTF-8", "LC_MESSAGES": "C"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": ""}, "id"),
        ({"LC_ALL": "id_ID.UTF-8", "PASER_LANGUAGE": "en"}, "en"),
        ({"PASER_LANGUAGE": "ID"}, "id"),
    ],
)
def test_the_language_is_the_one_that_was_chosen_else_the_locales(monkeypatch, set_to, code):
    for name in ("PASER_LANGUAGE", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)

    assert language().code == code


@pytest.mark.parametrize(
    "given",
    [
        "--json journal stats --journal u",
        "journal --json stats --journal u",
        "journal stats --json --journal u",
        "--journal u --json journal stats",
        "journal --journal u stats --json",
        "picture --json --journal u",
        "--json --journal u picture",
    ],
)
def test_what_all_commands_know_stands_before_or_after_them(given):
    options = parsed(given.split())

    assert (options.json, options.journal) == (True, "u")


def test_json_is_not_asked_for_by_itself():
    assert not parsed(["journal", "stats"]).json
    assert not parsed([]).json


def test_no_option_may_be_shortened():
    with pytest.raises(InputError, match="--exer=x is not understood"):
        parsed(["--exer=x"])


@pytest.mark.parametrize("given", ["--exercise banjir-kandilo --for 1", "collect --config {site}"])
def test_a_home_that_cannot_be_written_is_told(tmp_path, given):
    (tmp_path / "file").touch()
    file = tmp_path / "site.toml"
    file.write_text(SITE)

    ended = run(tmp_path / "file" / "home", *given.format(site=file).split())

    assert (ended.code, ended.out) == (1, "")
    assert re.fullmatch(
        r"paser-command: the folder .*/file/home cannot be written: Not a directory; "
        r"name another one in PASER_COMMAND_HOME\n",
        ended.errors,
    )


def test_a_folder_is_no_site_file(tmp_path):
    for command in ("check", "collect --config", "picture --config"):
        ended = run(tmp_path, *command.split(), str(tmp_path))

        assert (ended.code, ended.out) == (2, "")
        assert ended.errors == f"{tmp_path}: this is a folder, not a file\n"


@pytest.mark.parametrize(
    ("option", "name", "words"),
    [
        ("--who", os.fsdecode(b"Sari \xff"), "--who: the name is not UTF-8: type it anew"),
        ("--seat", os.fsdecode(b"\xe9"), "--seat: the name is not UTF-8: type it anew"),
        ("--who", "\u200b", "--who: the name needs letters, and no control characters"),
        ("--who", "Sari\n", "--who: the name needs letters, and no control characters"),
        ("--seat", "x" * 101, "--seat: the name has 101 characters: shorten it to 100"),
    ],
)
def test_a_name_that_no_journal_can_hold_is_refused_at_the_door(tmp_path, option, name, words):
    ended = run(tmp_path, option, name, "--for", "1")

    assert ended.code == 2
    assert ended.errors.strip() == f"paser-command: {words}"


def test_an_exercise_that_is_none_is_told_with_those_that_are(tmp_path):
    ended = run(tmp_path, "--exercise", "nope")

    assert ended.code == 2
    assert "nope" in ended.errors
    assert "banjir-kandilo, karhutla" in ended.errors
