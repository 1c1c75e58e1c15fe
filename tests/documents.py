"""The documents as the tests read them: pages, their code, their tables."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MANUAL = DOCS / "manual"
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
        *DOCS.rglob("*.md"),
    ]
)

FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")


def page_id(page: Path) -> str:
    """The name of a page in a test's name."""
    return str(page.relative_to(ROOT))


def code_of(page: Path) -> list[str]:
    """Every line of code in a page: spans in the text, and the lines of its blocks."""
    text = page.read_text()
    blocks = [line for _, block in FENCE.findall(text) for line in block.splitlines()]
    return [*SPAN.findall(FENCE.sub("", text)), *(line.strip() for line in blocks)]


def blocks_of(page: Path, kind: str) -> list[str]:
    """The blocks of code of one kind, such as "toml"."""
    return [block for named, block in FENCE.findall(page.read_text()) if named == kind]


def rows_of(page: Path, heading: str) -> list[list[str]]:
    """The cells of the tables below a heading, without the tables' own heads."""
    _, _, below = page.read_text().partition(f"\n## {heading}\n")
    assert below, f"{page.name} has no heading {heading}"
    lines = below.partition("\n## ")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    heads = {number - 1 for number, row in enumerate(cells) if set("".join(row)) <= {"-"}}
    ruled = {number + 1 for number in heads}
    return [row for number, row in enumerate(cells) if number not in heads | ruled]
