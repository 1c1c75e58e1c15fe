"""The operators' manual names every key of the console, and no key that does nothing."""

import re
from pathlib import Path

import pytest

MANUAL = Path(__file__).parents[2] / "docs/manual"

_ON_PAPER = {
    "Return": "Enter",
    "Escape": "Esc",
    "Left": "←",
    "Right": "→",
    "PgUp": "Page Up",
    "PgDown": "Page Down",
}


def keys_in_the_manual(language, heading):
    text = (MANUAL / f"operator.{language}.md").read_text()
    section = text[text.index(f"## {heading}\n") :].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \|", section, re.MULTILINE)[1:]
    return {key for row in rows for key in re.split(r" (?:dan|atau|and|or) ", row)}


def on_paper(key):
    return "+".join(_ON_PAPER.get(part, part) for part in re.split(r"\+(?!$)", key))


def of_numbers(key):
    return re.fullmatch(r"Ctrl\+\d", key) is not None


@pytest.mark.parametrize(
    ("language", "heading", "space"), [("id", "Tombol", "Spasi"), ("en", "Keys", "Space")]
)
def test_the_manual_has_every_key_of_the_console(open_front, language, heading, space):
    acts = open_front().acts

    told = keys_in_the_manual(language, heading) - {"Tab"}
    numbered = {key for key in told if key.startswith("Ctrl+1 ")}
    keys = {on_paper(key) for act in acts if not act.scope for key in act.keys}

    assert len(numbered) == 1
    assert {key.replace(space, "Space") for key in told - numbered} == {
        key for key in keys if not of_numbers(key)
    }
