"""What an import says: kinds, reasons and counts in words."""

from collections.abc import Iterable, Mapping

from paser_command.language import Language
from paser_command.maps.vector.messages import Understood
from paser_command.maps.vector.shapes import Kind, Mend, Skip

KIND_WORDS = {
    Kind.POINT: "points: {n}",
    Kind.LINE: "lines: {n}",
    Kind.AREA: "areas: {n}",
}

SKIP_WORDS = {
    Skip.EMPTY: "without a geometry: {n}",
    Skip.NOT_FINITE: "with coordinates that are no numbers: {n}",
    Skip.OUTSIDE: "outside of where the coordinate system applies: {n}",
    Skip.BROKEN: "damaged: {n}",
    Skip.TOO_DEEP: "nested too deeply: {n}",
    Skip.TOO_LARGE: "with too many positions for one feature: {n}",
    Skip.CURVED: "with curves, which are not drawn here: {n}",
    Skip.NO_PLACE: "without coordinates: {n}",
    Skip.OVER_LIMIT: "beyond the number that a layer holds: {n}",
}

MEND_WORDS = {
    Mend.CROSSING: "areas that crossed themselves, made anew: {n}",
    Mend.VALUE: "values that did not fit their column, left empty: {n}",
    Mend.TEXT: "texts with characters that the encoding does not know: {n}",
    Mend.SPLIT: "features added for collections of several kinds: {n}",
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
