"""The documents are true: what they name is there, and what they list is whole."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest

from paser_command.cli import main
from paser_command.errors import FeedError, ParseError, TransportError
from paser_command.language import Language
from paser_command.picture.drawings import DRAWING_VERBS
from paser_command.picture.incidents import ACKNOWLEDGE, NOTE
from paser_command.picture.screens import SCREEN_VERBS
from paser_command.records import FeedState, Severity
from paser_plugins.open311.categories import SEVERITIES
from tests.documents import DOCS, FENCE, PAGES, ROOT, SPAN, code_of, page_id, rows_of

GLOSSARY = DOCS / "glossary.md"

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
_TOP = ("paser_command", "ui", "plugins", "resources", "tests", "docs", "tools", "requirements")
_CORE_FOLDERS = ("feeds", "rules", "journal", "picture", "session", "exercise", "cli", "plugin")

every_page = pytest.mark.parametrize("page", PAGES, ids=page_id)


def help_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def commands(capsys: pytest.CaptureFixture[str]) -> dict[tuple[str, ...], set[str]]:
    """The options of each command, as its own --help tells them."""
    found: dict[tuple[str, ...], set[str]] = {}
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        words = waiting.pop()
        told = help_of(capsys, *words)
        found[words] = set(_OPTION.findall(told))
        _, _, listed = told.partition("positional arguments:\n")
        listed = listed.partition("\noptions:")[0]
        waiting += [(*words, name) for name in re.findall(r"^    ([a-z]+) ", listed, re.MULTILINE)]
    return found


def called(lines: list[str]) -> Iterator[list[str]]:
    """The words after `paser-command` wherever a document calls it."""
    for line in lines:
        match = re.match(r"(?:\S*/)?paser-command(?: (.*))?$", line.partition("  #")[0].strip())
        if match:
            yield (match.group(1) or "").split()


@every_page
def test_every_command_and_option_that_is_named_exists(page, capsys):
    known = commands(capsys)

    wrong = []
    for words in called(code_of(page)):
        command: tuple[str, ...] = ()
        while len(words) > len(command) and (*command, words[len(command)]) in known:
            command = (*command, words[len(command)])
        for word in words:
            if word.startswith("--") and word not in known[command]:
                wrong.append(" ".join(words))
        if words and not command and not words[0].startswith("--"):
            wrong.append(" ".join(words))

    assert wrong == []


@every_page
def test_options_named_by_themselves_exist(page, capsys):
    known = set(chain.from_iterable(commands(capsys).values()))

    alone = [span.split()[0] for span in code_of(page) if span.startswith("--")]

    assert [option for option in alone if option not in known] == []


def test_the_readme_names_every_command(capsys):
    named = {tuple(words) for words in called(code_of(ROOT / "README.md"))}

    missing = [
        command
        for command in commands(capsys)
        if not any(words[: len(command)] == command for words in named)
    ]

    assert [command for command in missing if command != ("journal",)] == []


@every_page
def test_every_make_target_that_is_named_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    named = {line.split()[1] for line in code_of(page) if re.match(r"make [a-z]", line)}

    assert named - targets == set()


def paths_in(page: Path) -> Iterator[str]:
    """The files and folders of this repository that a page names in code spans."""
    for span in SPAN.findall(FENCE.sub("", page.read_text())):
        if re.fullmatch(rf"(?:{'|'.join(_TOP)})/[\w./*-]*", span) and "NAME" not in span:
            yield span
        elif re.fullmatch(rf"(?:{'|'.join(_CORE_FOLDERS)})/(?:\w+\.py)?", span):
            yield f"paser_command/{span}"


@every_page
def test_every_file_and_folder_that_is_named_exists(page):
    wrong = [path for path in paths_in(page) if not list(ROOT.glob(path.rstrip("/")))]

    assert wrong == []


@every_page
def test_every_module_that_is_named_exists(page):
    spans = SPAN.findall(page.read_text())
    modules = [span for span in spans if re.fullmatch(r"paser_(?:command|ui)\.[a-z_]+", span)]

    entry_points = {"paser_command.plugins", "paser_command.console", "paser_command.start"}
    wrong = [name for name in modules if name not in entry_points and find_spec(name) is None]

    assert wrong == []


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@every_page
def test_every_link_between_documents_resolves(page):
    wrong = []
    for link in _LINK.findall(FENCE.sub("", page.read_text())):
        path, _, anchor = link.partition("#")
        if re.match(r"https?:", link):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            wrong.append(link)

    assert wrong == []


def test_every_page_is_linked_from_another():
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in _LINK.findall(page.read_text())
    }

    assert [page_id(page) for page in PAGES if page not in linked] == ["README.md"]


@pytest.mark.parametrize("page", sorted((DOCS / "adr").glob("*.md")), ids=page_id)
def test_every_decision_has_its_four_headings(page):
    text = page.read_text()

    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
        "Status",
        "Context",
        "Decision",
        "Consequences",
    ]
    assert text.startswith(f"# {page.name[:4]} ")


def strings_of(node: ast.expr, function: ast.AST) -> Iterator[str]:
    """The texts that an expression may be: a constant, either of two, or a name's."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from strings_of(node.body, function)
        yield from strings_of(node.orelse, function)
    elif isinstance(node, ast.Name):
        for part in ast.walk(function):
            if isinstance(part, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == node.id for target in part.targets
            ):
                yield from strings_of(part.value, function)


_CODES_AT = {
    **{kind.__name__: 0 for kind in (FeedError, TransportError, ParseError)},
    "_fail": 0,
    "say": 1,
}
"""What is called with a reason's code, and as which argument."""


def reasons_in_the_code() -> set[str]:
    found: set[str] = set()
    sources = [*(ROOT / "paser_command").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]
    for source in sources:
        tree = ast.parse(source.read_text())
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                at = _CODES_AT.get(name)
                if at is not None and len(call.args) > at:
                    if name == "say" and source.name != "runner.py":
                        continue
                    found.update(filter(None, strings_of(call.args[at], function)))
    return found


def test_the_glossary_lists_every_reason_that_the_code_gives():
    listed = {row[0] for row in rows_of(GLOSSARY, "Reasons")}

    given = reasons_in_the_code()
    assert {"timeout", "bad_value", "not_json", "no_answer", "plugin_fault"} <= given
    assert given - listed == set()


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Severities", [severity.name for severity in Severity]),
        ("States of a feed", [state.value for state in FeedState]),
        ("Commands", [ACKNOWLEDGE, NOTE, *DRAWING_VERBS, *SCREEN_VERBS]),
    ],
)
def test_the_glossary_lists_every_code(heading, codes):
    assert [row[0] for row in rows_of(GLOSSARY, heading)] == codes


def test_the_glossary_lists_every_category():
    listed = {row[0] for row in rows_of(GLOSSARY, "Categories of reports")}

    assert listed == set(SEVERITIES)


@pytest.mark.parametrize(
    ("heading", "package"),
    [
        ("Severities", "paser_resources"),
        ("Categories of reports", "paser_resources"),
        ("States of a feed", "paser_plugins.feeds"),
        ("Reasons", "paser_plugins.feeds"),
    ],
)
def test_the_glossary_says_what_the_screen_says(heading, package):
    indonesian = Language("id", catalogues=(package,))

    wrong = [row for row in rows_of(GLOSSARY, heading) if indonesian.tr(row[1]) != row[2]]

    assert wrong == []
