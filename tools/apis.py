"""The apis of plugins, written down: names, signatures, fields. `make check` fails on a change.

`python -m tools.apis` compares them with `docs/api/`; `--write` writes them down anew, for a change
that is meant. It is read from the source, so that every version of Python says the same.
"""

import ast
import enum
import importlib
import inspect
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import TypeVar

FOLDER = Path(__file__).parents[1] / "docs" / "api"
MODULES = ("paser_command.api", "paser_map.api", "paser_ui.api")

_Node = TypeVar("_Node", bound=ast.stmt)


def described(module: ModuleType) -> str:
    """Return all that a plugin may write against, a line for each name and member."""
    lines = [line for name in module.__all__ for line in _of(name, getattr(module, name))]
    return "\n".join(lines) + "\n"


def _of(name: str, thing: object) -> Iterator[str]:
    if isinstance(thing, ModuleType):
        yield f"{name}: module"
        for inner in sorted(n for n in vars(thing) if not n.startswith("_")):
            if getattr(vars(thing)[inner], "__module__", None) == thing.__name__:
                yield from (f"    {line}" for line in _of(inner, vars(thing)[inner]))
    elif inspect.isclass(thing) and thing.__module__.startswith("paser_"):
        yield from _of_class(name, thing)
    elif inspect.isfunction(function := inspect.unwrap(thing)):  # type: ignore[arg-type]
        yield _signature(name, _parsed(function, ast.FunctionDef))
    elif inspect.isclass(thing):
        yield f"{name} = {thing.__name__}"
    else:
        yield f"{name}: {type(thing).__name__}"


def _of_class(name: str, kind: type) -> Iterator[str]:
    node = _parsed(kind, ast.ClassDef)
    bases = ", ".join(ast.unparse(base) for base in (*node.bases, *node.keywords))
    yield f"class {name}({bases})" if bases else f"class {name}"
    for member in node.body:
        yield from (f"    {line}" for line in _of_member(member, issubclass(kind, enum.Enum)))


def _of_member(member: ast.stmt, of_enum: bool) -> Iterator[str]:
    match member:
        case ast.FunctionDef(name=name) if _is_for_plugins(name):
            marks = "".join(f"@{ast.unparse(mark)} " for mark in member.decorator_list)
            yield marks + _signature(name, member)
        case ast.AnnAssign(target=ast.Name(id=name)) if not name.startswith("_"):
            yield ast.unparse(member)
        case ast.Assign(targets=[ast.Name(id=name)]) if not name.startswith("_"):
            yield ast.unparse(member) if of_enum else name


def _is_for_plugins(method: str) -> bool:
    """Tell whether plugins call it: neither ours alone nor Qt's, whose names are in camelCase."""
    return method == "__init__" or (not method.startswith("_") and method.islower())


def _signature(name: str, node: ast.FunctionDef) -> str:
    returned = f" -> {ast.unparse(node.returns)}" if node.returns is not None else ""
    return f"{name}({ast.unparse(node.args)}){returned}"


def _parsed(thing: object, kind: type[_Node]) -> _Node:
    node = ast.parse(dedent(inspect.getsource(thing))).body[0]  # type: ignore[arg-type]
    assert isinstance(node, kind), thing
    return node


def main() -> int:
    """Compare, or write; return how many apis are not as they were written down."""
    changed = 0
    for name in MODULES:
        path = FOLDER / f"{name.removesuffix('.api')}.txt"
        now = described(importlib.import_module(name))
        if "--write" in sys.argv:
            path.write_text(now, encoding="utf-8")
            continue
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        if now != before:
            changed += 1
            lines = unified_diff(
                before.splitlines(), now.splitlines(), f"docs/api/{path.name}", name, lineterm=""
            )
            print("\n".join(lines))
    if changed:
        print("An api that plugins are written against has changed. If that is meant, say so in")
        print("CHANGELOG.md and write it down by: .venv/bin/python -m tools.apis --write")
    return changed


if __name__ == "__main__":
    sys.exit(main())
