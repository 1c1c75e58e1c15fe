"""What an import says: kinds, reasons and counts in words."""

from collections.abc import Iterable, Mapping

from paser_command.language import Language
from paser_command.maps.vector.messages import Understood
from paser_command.maps.vector.shapes import Kind, Mend, Skip

KIND_WORDS = {
    Kind.POINT: "{n} points",
    Kind.LINE: "{n} lines",
    Kind.AREA: "{n} areas",
}

SKIP_WORDS = {
    Skip.EMPTY: "{n} without a geometry",
    Skip.NOT_FINITE: "{n} with coordinates that are no numbers",
    Skip.OUTSIDE: "{n} outside of where the coordinate system applies",
    Skip.BROKEN: "{n} damaged",
    Skip.TOO_DEEP: "{n} nested too deeply",
    Skip.TOO_LARGE: "{n} with too many positions for one feature",
    Skip.CURVED: "{n} with curves, which are not drawn here",
    Skip.NO_PLACE: "{n} lines without coordinates",
    Skip.OVER_LIMIT: "{n} beyond the number that a layer holds",
}

MEND_WORDS = {
    Mend.CROSSING: "{n} areas crossed themselves: made anew",
    Mend.VALUE: "{n} values did not fit their column: left empty",
    Mend.TEXT: "{n} texts hold signs that the encoding does not know",
    Mend.SPLIT: "{n} features added for collections of several kinds",
}

_SYSTEM_WORDS = {
    "given": "as you chose",
    "file": "as the file says",
    "assumed": "assumed: the numbers look like degrees",
    "missing": "the file does not tell: choose it",
}


def counts_text(language: Language, counts: Mapping[Kind, int]) -> str:
    """Return how many features of each kind there are."""
    told = (language.tr(KIND_WORDS[kind], n=language.number(n)) for kind, n in counts.items())
    return " · ".join(told) or language.tr("nothing that can be drawn")


def skipped_lines(language: Language, skipped: Mapping[str, int]) -> list[str]:
    """Return a line for each reason why something was left out."""
    return list(_lines(language, ((SKIP_WORDS[Skip(why)], n) for why, n in skipped.items())))


def mended_lines(language: Language, mended: Mapping[str, int]) -> list[str]:
    """Return a line for each thing that was mended."""
    return list(_lines(language, ((MEND_WORDS[Mend(what)], n) for what, n in mended.items())))


def system_text(language: Language, understood: Understood) -> str:
    """Return how the coordinate system came to be known, and what it is called."""
    how = language.tr(_SYSTEM_WORDS[understood.system_from])
    return f"{understood.system_name} ({how})" if understood.system_name else how


def _lines(language: Language, told: Iterable[tuple[str, int]]) -> Iterable[str]:
    return (language.tr(words, n=language.number(n)) for words, n in told)
