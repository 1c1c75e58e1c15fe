"""What the pointer's box says of a thing on the map: plain text, the title first."""

from collections.abc import Callable, Mapping

from paser_command.api import Frame, Selection, shown_name
from paser_map.api import drawing_lines
from paser_plugins.map.heat import describe_hotspot
from paser_plugins.map.layers import station_value
from paser_plugins.map.tally import HOTSPOTS
from paser_ui.api import SEVERITY_WORDS, PanelContext, source_word

Lines = tuple[str, ...]


def describe(selection: Selection, frame: Frame, context: PanelContext) -> Lines:
    """Return the lines for a thing; none where it has gone."""
    lines = _KINDS.get(selection.kind)
    return lines(selection.key, frame, context) if lines else _other(selection, frame, context)


def _other(selection: Selection, frame: Frame, context: PanelContext) -> Lines:
    """Return the lines for a thing of a plugin's: what it says of itself."""
    picture = frame.picture
    for table, shown in picture.shown():
        if shown.kind == selection.kind and selection.key in picture.table(table):
            one = picture.summary(table, selection.key)
            heading = context.tr(shown.words)
            age = context.tr("{age} ago", age=context.language.age(frame.now - one.at))
            told = (one.name, heading if one.name else "", one.what, age if one.at else "")
            return tuple(filter(None, told)) or (heading,)
    return ()


def _incident(key: str, frame: Frame, context: PanelContext) -> Lines:
    incident = frame.picture.incidents.get(key)
    if incident is None:
        return ()
    state = "acknowledged" if incident.acknowledged else "not acknowledged"
    age = context.language.age(frame.now - incident.began)
    severity = context.tr(SEVERITY_WORDS[incident.severity])
    reports = context.language.counted("{n} report", "{n} reports", len(incident.reports))
    lines = (
        f"{severity} · {context.tr(state)}",
        f"{reports} · {context.tr('{age} ago', age=age)}",
    )
    return (incident.title, *((incident.place,) if incident.place else ()), *lines)


def _stream(key: str, frame: Frame, context: PanelContext) -> Lines:
    stream = frame.picture.streams.get(key)
    if stream is None:
        return ()
    latest = frame.picture.latest.get(key)
    if latest is None:
        return (shown_name(stream.name, stream.key), context.tr("no value yet"))
    age = context.language.age(frame.now - latest.at)
    value = station_value(frame, stream, context.language).split(" · ")[0]
    line = f"{value} · {context.tr('{age} ago', age=age)}"
    limit = frame.picture.limit_reached(key)
    if limit is None:
        return (shown_name(stream.name, stream.key), line)
    severity = context.tr(SEVERITY_WORDS[limit.severity])
    name = source_word(context.language, limit.name)
    return (shown_name(stream.name, stream.key), line, f"{severity} · {name}")


def _alert(key: str, frame: Frame, context: PanelContext) -> Lines:
    alert = frame.picture.alerts.get(key)
    if alert is None:
        return ()
    until = context.tr("until {moment}", moment=context.language.moment(alert.expires))
    severity = context.tr(SEVERITY_WORDS[alert.severity])
    return (alert.headline or alert.event, f"{severity} · {until}", alert.sender)


def _unit(key: str, frame: Frame, context: PanelContext) -> Lines:
    unit = frame.picture.units.get(key)
    if unit is None:
        return ()
    age = context.tr("{age} ago", age=context.language.age(frame.now - unit.at))
    return (unit.name or unit.key, f"{unit.status} · {age}" if unit.status else age)


def _feature(key: str, frame: Frame, context: PanelContext) -> Lines:
    feature = frame.picture.features.get(key)
    if feature is None:
        return ()
    if feature.layer == HOTSPOTS:
        return describe_hotspot(feature, frame, context)
    return (feature.name or feature.layer, feature.layer)


def _drawing(key: str, frame: Frame, context: PanelContext) -> Lines:
    drawing = frame.picture.drawings.get(key)
    return drawing_lines(context.language, drawing) if drawing else ()


_KINDS: Mapping[str, Callable[[str, Frame, PanelContext], Lines]] = {
    "incident": _incident,
    "stream": _stream,
    "alert": _alert,
    "unit": _unit,
    "feature": _feature,
    "drawing": _drawing,
}
