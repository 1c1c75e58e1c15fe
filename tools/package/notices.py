"""The copyright file of the package: whose work is inside, under which licence, word for word."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.package.contents import Part

_RULE = "=" * 78


def copyright_text(parts: Sequence[Part], root: Path) -> str:
    """Return Debian's copyright file: our licence, then every part's own words."""
    return "\n".join(_lines(parts, root)) + "\n"


def _lines(parts: Sequence[Part], root: Path) -> Iterator[str]:
    yield "Paser Command is Copyright 2026 The Paser Command maintainers."
    yield "Licensed under the Apache License, Version 2.0; on Debian systems its text is in"
    yield "/usr/share/common-licenses/Apache-2.0."
    yield from ("", (root / "NOTICE").read_text(encoding="utf-8").strip(), "")
    yield "The program brings these parts under /opt/paser-command:"
    yield ""
    for part in parts[1:]:
        yield f"  {part.name} {part.version}: {part.licence or 'see below'}"
    for part in parts[1:]:
        yield from ("", _RULE, f"{part.name} {part.version} ({part.licence or 'see below'})", _RULE)
        yield from (notice.rstrip() for notice in dict.fromkeys(part.notices))
