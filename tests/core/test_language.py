"""Every word that is marked for the screen has its Indonesian, and no catalogue has a dead entry.

Marked are the texts given to `tr`, those in the windows' mappings whose name ends in WORDS, the
names that plugins give to their panels, and the names of child processes.
"""

import ast
import string
import tomllib
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path.parent for path in (ROOT / "plugins/paser_plugins").glob("*/plugin.toml"))
KIT = {"map": ROOT / "ui/paser_ui/map"}
"""Parts of the windows that speak with the words of the plugin that shows them."""

MAIN_SOURCES = [
    path
    for root in ("paser_command", "ui/paser_ui")
    for path in (ROOT / root).rglob("*.py")
    if not any(path.is_relative_to(folder) for folder in KIT.values())
]


def _literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _of_call(node):
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called in ("tr", "ChildProcess") and node.args:
        yield _literal(node.args[0])
        if isinstance(node.args[0], ast.IfExp):
            yield _literal(node.args[0].body)
            yield _literal(node.args[0].orelse)


def _of_words(node):
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if any(isinstance(t, ast.Name) and t.id.endswith("WORDS") for t in targets) and node.value:
        values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
        for value in values:
            yield from (_literal(part) for part in ast.walk(value))


def marked(paths):
    """Return the texts that are marked in the sources, each with one place where it is."""
    found = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            texts = ()
            if isinstance(node, ast.Call):
                texts = _of_call(node)
            elif isinstance(node, ast.Assign | ast.AnnAssign) and "paser_command" not in path.parts:
                texts = _of_words(node)
            found |= {text: f"{path.name}:{node.lineno}" for text in texts if text}
    return found


def manifest_names(plugin):
    """Return the names that the plugin's manifest shows."""
    manifest = tomllib.loads((plugin / "plugin.toml").read_text(encoding="utf-8"))
    parts = manifest.get("panels", [])
    return {part["name"]: "plugin.toml" for part in parts}


def marked_in(plugin):
    """Return what a plugin says, in its own sources and in the part of the windows it shows."""
    kit = KIT[plugin.name].rglob("*.py") if plugin.name in KIT else ()
    return marked([*plugin.rglob("*.py"), *kit]) | manifest_names(plugin)


def entries(folder):
    """Return the catalogue of a package's folder by English text."""
    path = folder / "i18n/id.po"
    if not path.is_file():
        return {}
    messages = read_po(BytesIO(path.read_bytes()), locale="id")
    return {message.id: message.string for message in messages if message.id}


def _facts(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


MAIN = entries(Path(str(files("paser_resources"))))


def test_every_word_of_ours_is_translated():
    missing = {text: place for text, place in marked(MAIN_SOURCES).items() if not MAIN.get(text)}

    assert missing == {}


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_every_word_of_a_plugin_is_translated(plugin):
    words = MAIN | entries(plugin)
    used = marked_in(plugin)

    assert {text: place for text, place in used.items() if not words.get(text)} == {}


def test_no_entry_of_ours_is_dead():
    used = marked(MAIN_SOURCES)
    for plugin in PLUGINS:
        used |= marked_in(plugin)

    assert [text for text in MAIN if text not in used] == []


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_no_entry_of_a_plugin_is_dead(plugin):
    used = marked_in(plugin) | marked(MAIN_SOURCES)

    assert [text for text in entries(plugin) if text not in used] == []


@pytest.mark.parametrize("folder", [ROOT / "resources/paser_resources", *PLUGINS])
def test_a_translation_names_the_same_facts(folder):
    wrong = {text: said for text, said in entries(folder).items() if _facts(text) != _facts(said)}

    assert wrong == {}
