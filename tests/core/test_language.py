"""Every word that is marked for the screen has its Indonesian, and no catalogue has a dead entry.

Marked are the texts given to `tr`, to a function along with `tr`, and to `Words`; the sentences of
errors; what a setting or a checked text is described as; what acts and verbs are called; why an act
was lost; those in the windows' mappings whose name ends in WORDS; the names that plugins give to
their panels and feeds, and the names of child processes.
"""

import ast
import builtins
import string
import tomllib
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from paser_command.errors import ConfigError, InputError, Mistake, Words
from paser_command.language import Language

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path.parent for path in (ROOT / "plugins/paser_plugins").glob("*/plugin.toml"))
KIT = {"map": ROOT / "ui/paser_map"}
"""Parts of the windows that speak with the words of the plugin that shows them."""

CODED = ("FeedError", "TransportError", "ParseError")
"""Errors whose first argument is a code; the words for it are the feed panel's."""

_WORDS_IN = {
    "Meta": ("title", "description"),
    "Act": ("words", "group"),
    "Verb": ("words",),
    "Lost": ("words",),
}
"""Calls whose arguments of these names are words."""

MAIN_SOURCES = [
    path
    for root in ("paser_command", "ui/paser_ui")
    for path in (ROOT / root).rglob("*.py")
    if not any(path.is_relative_to(folder) for folder in KIT.values())
]


def _literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_sentence(called):
    """Tell whether the call makes an error that is told in a sentence, not by a code."""
    return called.endswith("Error") and called not in CODED and not hasattr(builtins, called)


def _of_call(node):
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if node.args and getattr(node.args[0], "id", "") == "tr":
        yield from map(_literal, node.args[1:])
    if called == "counted":
        yield _literal(node.args[1])
    for word in node.keywords:
        if word.arg in _WORDS_IN.get(called, ()):
            yield _literal(word.value)
    if (called in ("tr", "Words", "ChildProcess") or _is_sentence(called)) and node.args:
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


def _shown(path):
    return (
        not {"paser_map", "paser_ui"}.isdisjoint(path.parts) or (path.parent / "panel.py").is_file()
    )


def marked(paths):
    """Return the texts that are marked in the sources, each with one place where it is."""
    found: dict[str, str] = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                texts = list(_of_call(node))
            elif isinstance(node, ast.Assign | ast.AnnAssign) and _shown(path):
                texts = list(_of_words(node))
            else:
                continue
            found |= {text: f"{path.name}:{node.lineno}" for text in texts if text}
    return found


def manifest_names(plugin):
    """Return the names that the plugin's manifest shows."""
    manifest = tomllib.loads((plugin / "plugin.toml").read_text(encoding="utf-8"))
    parts = [*manifest.get("panels", []), *manifest.get("feeds", [])]
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
    return dict(_by_text(message) for message in messages if message.id)


def _by_text(message):
    """Return a text and its translation; of a counted one the text for many, and all its forms."""
    if isinstance(message.id, str):
        return message.id, message.string
    return message.id[1], " ".join(message.string) if all(message.string) else ""


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


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('raise InputError("a sentence")', {"a sentence"}),
        ('raise errors.PaserError("a " "sentence")', {"a sentence"}),
        ('raise ParseError("not_json")', set()),
        ('raise ValueError("for us alone")', set()),
        ('WHY = {1: Words("a piece")}', {"a piece"}),
        ('Meta(pattern="^a$", description="a sign")', {"a sign"}),
        ('tr("yes" if sure else "no")', {"yes", "no"}),
        ('winds(tr, 1, "north", "south")', {"north", "south"}),
    ],
)
def test_what_a_person_reads_counts_as_marked(tmp_path, source, texts):
    path = tmp_path / "source.py"
    path.write_text(source)

    assert set(marked([path])) == texts


def test_words_in_an_error_are_translated_with_its_sentence():
    found = Words("a list of {size}", size=3)
    error = InputError("must be {expected}, and is {found}", expected=Words("a text"), found=found)

    assert str(error) == "must be a text, and is a list of 3"
    assert Language("id").error(error) == "harus berupa teks, tetapi berupa daftar berisi 3"


def test_each_mistake_of_a_file_is_translated():
    mistakes = [
        Mistake(3, "site.zone", InputError("{key} is missing", key="name")),
        Mistake(0, "", InputError("there is no such file")),
    ]

    told = Language("id").error(ConfigError("site.toml", mistakes))

    assert told == "site.toml: berkas itu tidak ada\nsite.toml:3: site.zone: name tidak ada"


def test_a_fact_may_have_any_name():
    error = InputError("{text} {template} {self}", text=1, template=2, self=3)

    assert Language("id").error(error) == str(error) == "1 2 3"


@pytest.mark.parametrize(
    ("code", "n", "said"),
    [
        ("en", 0, "0 reports"),
        ("en", 1, "1 report"),
        ("en", 1_200, "1,200 reports"),
        ("id", 1, "1 laporan"),
        ("id", 1_200, "1.200 laporan"),
    ],
)
def test_a_number_of_things_is_said_as_the_language_does(code, n, said):
    language = Language(code, catalogues=("paser_plugins.incidents", "paser_resources"))

    assert language.counted("{n} report", "{n} reports", n) == said


def test_a_language_has_as_many_forms_as_it_needs(tmp_path, monkeypatch):
    folder = tmp_path / "paser_slavic" / "i18n"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    (folder / "pl.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || '
        'n%100>=20) ? 1 : 2);\\n"\n\nmsgid "{n} report"\nmsgid_plural "{n} reports"\n'
        'msgstr[0] "{n} raport"\nmsgstr[1] "{n} raporty"\nmsgstr[2] "{n} raportów"\n'
    )
    monkeypatch.syspath_prepend(tmp_path)
    language = Language("pl", catalogues=("paser_slavic",))

    said = [language.counted("{n} report", "{n} reports", n) for n in (1, 3, 5)]

    assert said == ["1 raport", "3 raporty", "5 raportów"]
