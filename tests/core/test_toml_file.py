"""A TOML file becomes values of our kinds, or every mistake in it is told, each with its line."""

import string
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paser_command.errors import ConfigError
from paser_command.toml_file import SIZE_LIMIT, TomlFile, key_words, load_toml
from paser_command.toml_lines import key_lines


class Leaf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=8)]
    size: Annotated[float, msgspec.Meta(ge=0, le=10)] = 1.0
    colour: Literal["red", "green"] = "red"
    code: Annotated[str, msgspec.Meta(pattern="^[a-z]+$", description="small letters")] = "a"


class Oak(msgspec.Struct, frozen=True, tag_field="type", tag="oak", forbid_unknown_fields=True):
    rings: int


class Elm(msgspec.Struct, frozen=True, tag_field="type", tag="elm", forbid_unknown_fields=True):
    healthy: bool = True


class Garden(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    leaf: tuple[Leaf, ...] = ()
    tree: tuple[Oak | Elm, ...] = ()
    place: tuple[float, float] | None = None
    notes: dict[str, str | int] = {}
    wet: bool = False


def mistakes(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        TomlFile("garden.toml", text, Garden).value()
    return [(one.line, one.where, str(one.error)) for one in caught.value.mistakes]


def test_a_good_file_becomes_its_value(tmp_path: Path):
    path = tmp_path / "garden.toml"
    path.write_text(
        '\ufeffplace = [116, 1.5]\r\n[[leaf]]\r\nname = "a"\r\n'
        '[[tree]]\r\ntype="oak"\r\nrings=3\r\n'
    )

    garden = load_toml(path, Garden)

    assert garden == Garden(leaf=(Leaf("a"),), tree=(Oak(3),), place=(116.0, 1.5))


MISTAKES = {
    "wett = true": (1, "wett", "did you mean wet?"),
    "\n\nzzz = 1": (3, "zzz", "Allowed: leaf, notes, place, tree, wet"),
    "wet = 1": (1, "wet", "must be true or false, and is a whole number"),
    "place = [1.0]": (1, "place", "must be a list of 2, and is a list of 1"),
    "place = [1.0,\n true]": (2, "place[2]", "must be a number, and is true or false"),
    'place = ["a", 1]': (1, "place[1]", "must be a number, and is a text"),
    "leaf = 3": (1, "leaf", "must be a list, and is a whole number"),
    "leaf = [\n 3]": (2, "leaf[1]", "must be a table, and is a whole number"),
    "# x\n[[leaf]]\nsize = 1": (2, "leaf[1]", "name is missing"),
    '[[leaf]]\nname = "a"\n[[leaf]]\nname = ""': (4, "leaf[2].name", "needs at least 1"),
    '[[leaf]]\nname = "much too long"': (2, "leaf[1].name", "takes at most 8, and has 13"),
    '[[leaf]]\nname = "a"\nsize = 11': (3, "leaf[1].size", "must be 0 to 10, and is 11"),
    '[[leaf]]\nname = "a"\nsize = nan': (3, "leaf[1].size", "must be a finite number"),
    '[[leaf]]\nname = "a"\ncolour = "gren"': (3, "leaf[1].colour", "did you mean green?"),
    '[[leaf]]\nname = "a"\ncode = "A1"': (3, "leaf[1].code", "must be small letters, and is A1"),
    "[[tree]]\nrings = 1": (1, "tree[1]", "type is missing; it is one of"),
    '[[tree]]\ntype = "ork"': (2, "tree[1].type", "did you mean oak?"),
    '[[tree]]\ntype = "oak"\nrings = 1.5': (3, "tree[1].rings", "must be a whole number"),
    f'[[tree]]\ntype = "oak"\nrings = {2**70}': (3, "tree[1].rings", "below 2^63"),
    "[notes]\nb = 2\na = 1.5": (3, "notes.a", "must be a text or a whole number"),
    'notes = {b = 1, "a b" = true}': (1, 'notes."a b"', "and is true or false"),
    "wet = 1979-05-27": (1, "wet", "and is a date"),
    "wet = \n": (1, "", "this is not TOML: Invalid value"),
    "a = 1\nwet = [": (2, "", "this is not TOML"),
    "a = 1\na = 2": (2, "", "Cannot overwrite a value"),
    "a = " + "9" * 5000: (0, "", "this is not TOML"),
    "a = " + "[" * 100_000: (0, "", "too deeply nested"),
}


@pytest.mark.parametrize("text", MISTAKES, ids=lambda text: text[:40])
def test_a_mistake_is_told_with_its_line_its_key_and_what_is_allowed(text: str):
    line, where, words = MISTAKES[text]

    told = mistakes(text)

    assert [(one[0], one[1]) for one in told] == [(line, where)]
    assert words in told[0][2]


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines():
    text = '[[leaf]]\ncolour = "blue"\nsize = -1\n[[tree]]\ntype = "elm"\nhealthy = 2\nsick = 1\n'

    lines = [(line, where) for line, where, _ in mistakes(text)]

    assert lines == [
        (1, "leaf[1]"),
        (2, "leaf[1].colour"),
        (3, "leaf[1].size"),
        (6, "tree[1].healthy"),
        (7, "tree[1].sick"),
    ]


def test_parts_without_a_mistake_are_given_though_others_have_some():
    file = TomlFile("g", '[[leaf]]\nname = 1\n[[leaf]]\nname = "b"\n', Garden)

    assert list(file.parts(Leaf)) == [(("leaf", 1), Leaf("b"))]


CONFUSING = r'''
title = """
[not]
a = 1 \"""
"""  # and here
other = \'\'\'
[[neither]]\'\'\'
ends = """one quote more""""
"quoted.key" . "\u0061b" = [ 1, # one ] }
  [2, "]"], { x = "}", y.z = 1 },
]
[a.b]
c = "# no comment"
[[a.list]]
d = 1
[[a.list]]
d = { e = 2 }
[a.list.under]
f = 1979-05-27T07:32:00Z
[[a.list.inner]]
g = ""
[[a.list.inner]]
'g' = ''
'''.replace("\\'", "'")


def test_strings_arrays_and_headers_do_not_confuse_the_lines():
    tomllib.loads(CONFUSING)

    lines = {key_words(path): line for path, line in key_lines(CONFUSING).items()}

    assert lines == {
        "title": 2,
        "other": 6,
        "ends": 8,
        '"quoted.key"': 9,
        '"quoted.key".ab': 9,
        '"quoted.key".ab[1]': 9,
        '"quoted.key".ab[2]': 10,
        '"quoted.key".ab[2][1]': 10,
        '"quoted.key".ab[2][2]': 10,
        '"quoted.key".ab[3]': 10,
        '"quoted.key".ab[3].x': 10,
        '"quoted.key".ab[3].y': 10,
        '"quoted.key".ab[3].y.z': 10,
        "a": 12,
        "a.b": 12,
        "a.b.c": 13,
        "a.list": 14,
        "a.list[1]": 14,
        "a.list[1].d": 15,
        "a.list[2]": 16,
        "a.list[2].d": 17,
        "a.list[2].d.e": 17,
        "a.list[2].under": 18,
        "a.list[2].under.f": 19,
        "a.list[2].inner": 20,
        "a.list[2].inner[1]": 20,
        "a.list[2].inner[1].g": 21,
        "a.list[2].inner[2]": 22,
        "a.list[2].inner[2].g": 23,
    }


@given(st.text(alphabet=string.ascii_lowercase[:3] + "[]{}=.,\"'\\#\n 1", max_size=60))
def test_whatever_tomllib_takes_has_a_line_for_every_key(text: str):
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    lines = key_lines(text)

    assert set(_paths(tree)) <= set(lines)


def _paths(value: object, where: tuple[str | int, ...] = ()):
    if not isinstance(value, dict | list):
        return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*where, key)
        yield from _paths(item, (*where, key))


def test_a_file_that_cannot_be_read_is_one_clear_mistake(tmp_path: Path):
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"a = 1\nb = '\xe9'\n")
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (SIZE_LIMIT + 1))

    told = {}
    for path in (tmp_path / "none.toml", tmp_path, latin, large):
        with pytest.raises(ConfigError) as caught:
            load_toml(path, Garden)
        told[path.name] = str(caught.value)

    assert told["none.toml"] == f"{tmp_path}/none.toml: there is no such file"
    assert told[tmp_path.name] == f"{tmp_path}: this is a folder, not a file"
    assert told["latin.toml"] == f"{latin}:2: the file is not UTF-8 text"
    assert told["large.toml"] == f"{large}: the file is larger than 1 MiB"


class Twig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    twigs: tuple["Twig", ...] = ()


def test_what_is_nested_deeper_than_a_kind_can_be_walked_is_a_mistake():
    def grown(tree):
        for _ in range(2_000):
            tree = {"twigs": [tree]}
        return tree

    with pytest.raises(ConfigError, match="too deeply nested"):
        TomlFile("twigs.toml", "", Twig, grown)


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    leaves: dict[Annotated[str, msgspec.Meta(pattern="^[a-z]+$", description="letters")], int] = {}


def test_a_key_that_is_none_is_told_with_its_line():
    with pytest.raises(ConfigError) as caught:
        TomlFile("named.toml", '[leaves]\na = 1\n"B 2" = 1\n', Named).value()

    assert str(caught.value) == 'named.toml:3: leaves."B 2": must be letters, and is B 2'


def test_a_number_of_several_kinds_is_told_when_it_is_none():
    with pytest.raises(ConfigError, match="must be a number below 2"):
        TomlFile("garden.toml", f"[notes]\na = {2**70}\n", Garden).value()
