"""The operators' manual as it is delivered with the program, in the languages of the screen."""

from functools import cache
from importlib.resources import files


@cache
def operators_manual(code: str) -> str:
    """Return the manual as Markdown, in a language of the screen by its code."""
    page = files("paser_resources").joinpath("manual", f"operator.{code}.md")
    return page.read_text(encoding="utf-8")
