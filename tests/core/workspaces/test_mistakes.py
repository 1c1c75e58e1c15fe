"""A workspace file that is not as it should be is refused with line and reason, never worse."""

import os
import random
import string
from importlib.resources import files
from pathlib import Path

import pytest

from paser_command.errors import ConfigError
from paser_command.language import Language
from paser_command.toml_file import SIZE_LIMIT
from paser_command.workspaces.files import load

GOOD = """\
format = 1
name = "Banjir"
locked = false

[[page]]
name = "Meja"
place = 2
display = { maker = "Dell", model = "U2720Q", serial = "7", width_mm = 600, height_mm = 340 }
window = "free"
at = [0, 0, 800, 600]
own_time = true
layout = { across = [
  { tabs = ["map", "list"], current = "map" },
  { down = [{ tabs = ["charts"] }, {}], shares = [60, 40] },
], shares = [60, 40] }

[[page.float]]
at = [10, 10, 400, 300]
layout = { tabs = ["feeds"] }

[panel.map]
type = "map.map"
title = "Peta"
pinned = ["area"]

[panel.map.state]
lon = 116.16

[panel.list]
type = "incidents.incidents"

[panel.charts]
type = "charts.series"

[panel.feeds]
type = "feeds.health"
"""

# What is replaced in the good file, by what, the mistake's line, its key, and what is said.
EDITS = [
    ("format = 1", "", 1, "", "format is missing"),
    ("format = 1", "format = 2", 1, "format", "version 2, this program knows up to 1"),
    ("format = 1", "format = 0", 1, "format", "must be at least 1, and is 0"),
    ("format = 1", 'format = "1"', 1, "format", "must be a whole number, and is a text"),
    ('name = "Banjir"', 'name = ""', 2, "name", "needs at least 1, and has 0"),
    ('name = "Banjir"', f'name = "{"x" * 81}"', 2, "name", "takes at most 80, and has 81"),
    ('name = "Banjir"', "name = 7", 2, "name", "must be a text, and is a whole number"),
    ('name = "Banjir"', 'nane = "Banjir"', 2, "nane", "nane is not known; did you mean name?"),
    ('name = "Banjir"', 'name = "Banjir', 2, "", "this is not TOML"),
    ("locked = false", "locked = 0", 3, "locked", "must be true or false"),
    ("locked = false", "lokced = false", 3, "lokced", "did you mean locked?"),
    ("locked = false", "locked = no", 3, "", "this is not TOML"),
    ("[[page]]", "[page]", 5, "page", "must be a list, and is a table"),
    ('name = "Meja"', f'name = "{"x" * 121}"', 6, "page[1].name", "takes at most 120"),
    ("place = 2", "place = 0", 7, "page[1].place", "must be 1 to 20, and is 0"),
    ("place = 2", "place = 21", 7, "page[1].place", "must be 1 to 20, and is 21"),
    ("place = 2", "place = 1.5", 7, "page[1].place", "must be a whole number, and is a number"),
    ("place = 2", "plaec = 2", 7, "page[1].plaec", "did you mean place?"),
    ("serial =", "seral =", 8, "page[1].display.seral", "did you mean serial?"),
    ("width_mm = 600", 'width_mm = "600"', 8, "page[1].display.width_mm", "a whole number"),
    ('"free"', '"fre"', 9, "page[1].window", "fre is not known; did you mean free?"),
    ("at = [0, 0, 800, 600]", "at = [0, 0, 800]", 10, "page[1].at", "a list of 4, and is a list"),
    ("800, 600]", "800, 0]", 10, "page[1].at", "at least one pixel wide and high"),
    ("800, 600]", "800, 600000]", 10, "page[1].at[4]", "must be -100000 to 100000"),
    ("own_time = true", 'own_time = "yes"', 11, "page[1].own_time", "must be true or false"),
    ("layout = { across", "layuot = { across", 12, "page[1].layuot", "did you mean layout?"),
    ("layout = { across", "layout = { accross", 12, "page[1].layout.accross", "mean across?"),
    ('"map", "list"]', '"map", "lits"]', 13, "page[1].layout.across[1].tabs[2]", "no panel lits"),
    ('"map", "list"]', '"map", "map"]', 13, "page[1].layout.across[1].tabs[2]", "already"),
    ('"map", "list"]', '"map", 7]', 13, "page[1].layout.across[1].tabs[2]", "must be a text"),
    ('"map", "list"]', '"map", "A B"]', 13, "page[1].layout.across[1].tabs[2]", "is A B"),
    ('current = "map"', 'current = "x"', 13, "page[1].layout.across[1].current", "none of the"),
    ("[60, 40] },\n", "[60] },\n", 14, "page[1].layout.across[2].shares", "2 parts and 1 shares"),
    ("[60, 40] },\n", "[nan, 1] },\n", 14, "page[1].layout.across[2].shares[1]", "finite"),
    ("[60, 40] },\n", "[inf, 1] },\n", 14, "page[1].layout.across[2].shares[1]", "finite"),
    ("[60, 40] },\n", "[0, 1] },\n", 14, "page[1].layout.across[2].shares[1]", "more than 0"),
    ("[60, 40] },\n", "[-1, 1] },\n", 14, "page[1].layout.across[2].shares[1]", "more than 0"),
    ("[60, 40] },\n", "[2e6, 1] },\n", 14, "page[1].layout.across[2].shares[1]", "at most"),
    ('[{ tabs = ["charts"] }', '["charts"', 14, "page[1].layout.across[2].down[1]", "a table"),
    ('["charts"] }, {}]', '["charts"] }]', 14, "page[1].layout.across[2].shares", "1 parts"),
    ("], shares = [60, 40] }", '], tabs = ["x"] }', 14, "page[1].layout.across[2]", "tabs + down"),
    ("[10, 10, 400, 300]", "[]", 18, "page[1].float[1].at", "must be a list of 4"),
    ('tabs = ["feeds"]', "tabs = []", 17, "page[1].float[1]", "needs a panel"),
    ('tabs = ["feeds"]', 'tabs = ["map"]', 19, "page[1].float[1].layout.tabs[1]", "already"),
    ("[panel.map]", '[panel."A B"]', 21, 'panel."A B"', "1 to 60 of the characters"),
    ("[panel.map]", f"[panel.{'m' * 61}]", 21, f"panel.{'m' * 61}", "1 to 60 of the characters"),
    ("[panel.map]", "[panels.map]", 21, "panels", "did you mean panel?"),
    ('"map.map"', '"map"', 22, "panel.map.type", "a plugin's id, a point"),
    ('type = "map.map"', "", 21, "panel.map", "type is missing"),
    ('"map.map"', '"map.map"\ntype = "a.b"', 23, "", "this is not TOML"),
    ('pinned = ["area"]', 'pinned = ["aera"]', 24, "panel.map.pinned[1]", "did you mean area?"),
    ('pinned = ["area"]', 'pinned = "area"', 24, "panel.map.pinned", "must be a list"),
    ("lon = 116.16", "lon = [1]", 27, "panel.map.state.lon", "and is a list"),
    ("lon = 116.16", "lon = nan", 27, "panel.map.state.lon", "number"),
    ("lon = 116.16", f"lon = {2**63}", 27, "panel.map.state.lon", "number"),
    ("lon = 116.16", "lon = 2026-11-20", 27, "panel.map.state.lon", "a date"),
    ("[panel.list]", "[panel.map]", 29, "", "this is not TOML"),
]


def refused(path):
    """Return what is said of a file: each mistake has a line or tells of the whole file."""
    with pytest.raises(ConfigError) as caught:
        load(path)
    return [(one.line, one.where, str(one.error)) for one in caught.value.mistakes]


def taken_or_refused(path):
    """Return the workspace or its mistakes; nothing else can come of a file."""
    try:
        return load(path)
    except ConfigError as error:
        return error.mistakes


@pytest.fixture
def path(tmp_path):
    return tmp_path / "banjir.toml"


def test_the_good_file_is_good(path):
    path.write_text(GOOD)

    assert load(path).name == "Banjir"


@pytest.mark.parametrize(("old", "new", "line", "where", "said"), EDITS)
def test_an_edit_that_went_wrong_is_told_with_its_line(path, old, new, line, where, said):
    assert GOOD.count(old) >= 1
    path.write_text(GOOD.replace(old, new, 1))

    told = refused(path)

    assert any((one, key) == (line, where) and said in text for one, key, text in told), told


@pytest.mark.parametrize(("old", "new"), [edit[:2] for edit in EDITS])
def test_an_edit_that_went_wrong_is_told_in_both_languages(path, old, new):
    path.write_text(GOOD.replace(old, new, 1))

    with pytest.raises(ConfigError) as caught:
        load(path)

    english, indonesian = (Language(code).error(caught.value) for code in ("en", "id"))
    assert english.splitlines() != indonesian.splitlines()
    assert "{" not in indonesian
    places = [
        [line.partition(": ")[0] for line in told.splitlines()] for told in (english, indonesian)
    ]
    assert places[0] == places[1]


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(path):
    edited = GOOD.replace("place = 2", "place = 0").replace('"free"', '"fre"')
    path.write_text(edited.replace("locked = false", "locked = 1"))

    told = refused(path)

    assert [line for line, _, _ in told] == [3, 7, 9]


def test_a_newer_file_is_told_by_that_alone(path):
    path.write_text('format = 9\nnew_key = 1\n[what]\nname = "x"\n')

    assert refused(path) == [
        (
            1,
            "format",
            "this file is of version 9, this program knows up to 1: install a newer one",
        )
    ]


def _workspace_files():
    return sorted(Path(str(files("paser_resources"))).glob("workspaces/*.toml"))


def test_a_file_cut_anywhere_is_whole_or_refused(path):
    for body in (GOOD.encode(), *(one.read_bytes() for one in _workspace_files())):
        for size in range(0, len(body), 23):
            path.write_bytes(body[:size])
            assert taken_or_refused(path)


def test_a_file_torn_at_any_place_is_whole_or_refused(path):
    chance = random.Random(4)
    for body in (GOOD.encode(), *(one.read_bytes() for one in _workspace_files())):
        for start in range(0, len(body), 200):
            torn = body[:start] + chance.randbytes(40) + body[start + 40 :]
            path.write_bytes(torn)
            assert refused(path)
            path.write_bytes(body[:start] + bytes(40) + body[start + 40 :])
            assert refused(path)


def test_random_edits_are_taken_or_refused(path):
    chance = random.Random(5)
    signs = string.punctuation + " \n\t0aé"
    for _ in range(400):
        text = list(GOOD)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 3)] = chance.choice(signs)
        path.write_text("".join(text))
        assert taken_or_refused(path)


BOMBS = {
    "parts": 'format=1\nname="x"\n[[page]]\nlayout=' + "{across=[" * 150 + "]}" * 150,
    "more parts": 'format=1\nname="x"\n[[page]]\nlayout=' + "{across=[" * 190 + "]}" * 190,
    "lists": "a = " + "[" * 100_000,
    "tables": "a = " + "{a=" * 50_000,
    "closed lists": "a = " + "[" * 5_000 + "]" * 5_000,
    "dotted keys": ".".join("a" * 2_000) + " = 1",
    "a state of lists": GOOD.replace("lon = 116.16", "lon = " + "[" * 180 + "]" * 180),
    "digits": "format = " + "9" * 5_000,
    "panels": GOOD + "".join(f'[panel.p{n}]\ntype = "a.b"\n' for n in range(101)),
    "pages": GOOD + "[[page]]\n" * 20,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(path, name):
    path.write_text(BOMBS[name])

    assert refused(path)


def test_a_file_that_just_fits_is_read_and_one_byte_more_is_refused(path):
    head = (GOOD + "# ").encode()
    path.write_bytes(head + b"x" * (SIZE_LIMIT - len(head)))
    assert load(path).name == "Banjir"

    path.write_bytes(head + b"x" * (SIZE_LIMIT - len(head) + 1))
    assert refused(path) == [(0, "", "the file is larger than 1 MiB")]


@pytest.mark.parametrize(
    ("encoding", "line"), [("utf-16", 1), ("utf-32", 1), ("latin-1", 2), ("cp1252", 2)]
)
def test_another_encoding_is_told(path, encoding, line):
    path.write_bytes(GOOD.replace("Banjir", "Banjir é").encode(encoding))

    assert refused(path) == [(line, "", "the file is not UTF-8 text")]


def test_windows_line_ends_and_a_mark_of_the_byte_order_are_taken(path):
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert load(path).name == "Banjir"


@pytest.mark.parametrize("body", [b"", b"\x00" * 4096, b"\xff\xfe", b"PK\x03\x04", b"{}", b"# x"])
def test_what_is_no_workspace_at_all_is_refused(path, body):
    path.write_bytes(body)

    assert refused(path)


def test_no_file_and_a_folder_are_told_apart(path, tmp_path):
    assert refused(path) == [(0, "", "there is no such file")]
    assert refused(tmp_path) == [(0, "", "this is a folder, not a file")]


def test_a_file_that_is_closed_to_us_is_told(path):
    path.write_text(GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("nothing is closed to root")
    assert refused(path)[0][2].startswith("the file cannot be read")
