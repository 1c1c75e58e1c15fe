"""Any other thing in words: a unit, a feature of a layer, a drawing, what a plugin's part holds."""

from collections.abc import Iterator

from paser_command.api import Instant, Picture, Position, Selection, Summary
from paser_plugins.incidents.description import Description, Fact
from paser_plugins.incidents.places import place_text, when
from paser_ui.api import KIND_WORDS, PanelContext

_KM_H = 3.6
"""Kilometres an hour in a metre a second."""


def describe_thing(
    context: PanelContext, picture: Picture, selection: Selection, now: Instant
) -> Description | None:
    """Return what the thing's own part says of it; None where it is not in the picture."""
    for table, shown in picture.shown():
        if shown.kind == selection.kind and selection.key in picture.table(table):
            one = picture.summary(table, selection.key)
            thing = picture.table(table)[selection.key]
            kind = context.tr(KIND_WORDS.get(one.kind, shown.words))
            return Description(
                title=one.name or kind,
                tag=one.key,
                severity=one.severity,
                facts=(
                    Fact(context.tr("Kind"), one.what or kind),
                    *(_unit(context, thing) if isinstance(thing, Position) else ()),
                    *_place(context, one),
                    *_heard(context, one, now),
                ),
            )
    return None


def _unit(context: PanelContext, unit: Position) -> Iterator[Fact]:
    tr, language = context.tr, context.language
    if unit.status:
        yield Fact(tr("State"), unit.status[:120])
    if unit.speed_m_s is not None:
        yield Fact(tr("Speed"), f"{language.number(round(unit.speed_m_s * _KM_H))} {tr('km/h')}")
    if unit.course_deg is not None:
        yield Fact(tr("Heading"), f"{language.number(round(unit.course_deg) % 360)}°")


def _place(context: PanelContext, one: Summary) -> Iterator[Fact]:
    if one.lon is not None and one.lat is not None:
        yield Fact(context.tr("Where"), place_text(context.tr, "", one.lon, one.lat))


def _heard(context: PanelContext, one: Summary, now: Instant) -> Iterator[Fact]:
    if one.at:
        language = context.language
        age = context.tr("{age} ago", age=language.age(now - one.at))
        yield Fact(context.tr("Last heard"), f"{when(language, one.at, now)} · {age}")
