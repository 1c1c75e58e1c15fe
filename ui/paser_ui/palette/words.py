"""The words of what the palette finds."""

from paser_command.language import Language
from paser_command.picture.summary import Summary
from paser_ui.acts.act import Act
from paser_ui.finding.words import KIND_WORDS

ACT, PANEL, WORKSPACE = "act", "panel", "workspace"
_PREFIXES = {"panel.focus.": PANEL, "workspace.show.": WORKSPACE}

KINDS = (ACT, PANEL, WORKSPACE)
"""The kinds of what an act can be."""

_KIND_WORDS = {PANEL: "Panel", WORKSPACE: "Workspace", **KIND_WORDS}


def kind_of(act: Act) -> str:
    """Return what an act is to who looks for it: a panel and a workspace go by their own names."""
    return next((kind for head, kind in _PREFIXES.items() if act.id.startswith(head)), ACT)


def findable_act(act: Act, language: Language) -> Summary:
    """Return the act to be found by its words, in English too, and by its group's."""
    group = language.tr(act.group)
    name = language.tr(act.words)
    return Summary(kind=kind_of(act), key=act.id, name=name, words=f"{group} {act.words}", what="")


def detail(found: Summary, language: Language, *, group: str = "", age: str = "") -> str:
    """Return the quieter line: what kind of thing it is, where, and how old."""
    word = _KIND_WORDS.get(found.what or found.kind)
    told = [language.tr(word) if word else group, found.district]
    if age:
        told.append(language.tr("{age} ago", age=age))
    return " · ".join(part for part in told if part)
