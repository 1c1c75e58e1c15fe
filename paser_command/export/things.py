"""What of a picture goes on a map that leaves the building, in words that anybody may read.

Left out whole: what citizens and operators wrote (reports' texts, notes). Telephone numbers and
mail addresses are masked wherever they stand. Streets and operators' names are there on demand.
"""

from collections.abc import Callable, Iterator, Mapping, Set

import msgspec

from paser_command.errors import Words
from paser_command.feeds.documents import clean_line
from paser_command.geo import Circle, Geometry, Ring, is_place
from paser_command.language import Language
from paser_command.personal import without_contacts
from paser_command.picture.drawing_change import DrawnColour, DrawnShape
from paser_command.picture.drawings import Drawing
from paser_command.picture.picture import Picture
from paser_command.picture.source_words import source_word
from paser_command.picture.values import is_stale, value_text
from paser_command.records import HOTSPOT, Alert, Feature, Severity, Stream
from paser_command.times import MINUTE, Instant

LONGEST = 160
"""How many characters of a text from outside are kept."""

LEVEL_UNIT = "m"
UNIT_STALE_AFTER = 5 * MINUTE

SEVERITIES: Mapping[Severity, Words] = {
    Severity.NONE: Words("Normal"),
    Severity.LOW: Words("Low"),
    Severity.MEDIUM: Words("Medium"),
    Severity.HIGH: Words("High"),
    Severity.CRITICAL: Words("Critical"),
}

CONFIDENCES: Mapping[Severity, Words] = {
    Severity.LOW: Words("Hotspot of low confidence"),
    Severity.MEDIUM: Words("Hotspot of nominal confidence"),
    Severity.HIGH: Words("Hotspot of high confidence"),
}
"""How sure a satellite was of a heat, by the severity that it came with."""

_WIDEST_M = 5_000_000.0
"""Past that a circle is no circle on the map any more."""


class Outline(msgspec.Struct, frozen=True):
    """Where a thing is: "point", "text", "line", "area" or "apart"; rings and circles in degrees.

    A text is its value at a point. Of areas "apart" each is filled; of an "area" every second ring
    is a hole.
    """

    kind: str
    rings: tuple[Ring, ...]
    circles: tuple[Circle, ...] = ()


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on the map at one moment, in clean text. Filled waits to be acknowledged.

    `ink` is the number of a drawing's colour from 1, 0 for the severity's.
    """

    layer: str
    key: str
    outline: Outline
    title: str
    lines: tuple[str, ...] = ()
    severity: Severity = Severity.NONE
    filled: bool = True
    stale: bool = False
    value: str = ""
    course_deg: float | None = None
    ink: int = 0


class Telling(msgspec.Struct, frozen=True):
    """How things are told: the picture's moment, the language, and if persons may be in it.

    `told` keeps what was said already: over a time span the same texts come again and again.
    """

    now: Instant
    language: Language
    personal: bool = False
    told: dict[str | Instant, str] = msgspec.field(default_factory=dict)

    def at(self, now: Instant) -> "Telling":
        """Return the same for another moment."""
        return msgspec.structs.replace(self, now=now)

    def clean(self, text: str) -> str:
        """Return a text from outside on one line, without controls, telephones and addresses."""
        if text not in self.told:
            # Cut last: a number that is cut in its middle is no number to the mask.
            line = clean_line(text, len(text))
            self.told[text] = (line if self.personal else without_contacts(line))[:LONGEST]
        return self.told[text]

    def moment(self, instant: Instant) -> str:
        """Return day and time as the language writes them."""
        if instant not in self.told:
            self.told[instant] = self.language.moment(instant)
        return self.told[instant]

    def severity(self, severity: Severity) -> str:
        """Return the severity's word."""
        return self.language.words(SEVERITIES[severity])


def things(picture: Picture, layers: Set[str], telling: Telling) -> Iterator[Thing]:
    """Give what the layers show of the picture, the lowest layer first."""
    for name, (_, make) in LAYERS.items():
        if name in layers:
            yield from make(picture, telling)


def _incidents(picture: Picture, telling: Telling) -> Iterator[Thing]:
    tr = telling.language.tr
    for incident in picture.incidents.values():
        if incident.closed or incident.lon is None or incident.lat is None:
            continue
        taken = incident.acknowledged
        state = tr("acknowledged") if taken else tr("not acknowledged")
        if taken and telling.personal:
            state = tr("acknowledged by {who}", who=telling.clean(taken.who))
        street = telling.clean(incident.place) if telling.personal else ""
        where = filter(None, (telling.clean(incident.district_name), street))
        yield Thing(
            layer="incidents",
            key=incident.key,
            outline=_point(incident.lon, incident.lat),
            title=telling.clean(incident.title),
            lines=(
                f"{telling.severity(incident.severity)} · {state}",
                *where,
                tr("since {moment}", moment=telling.moment(incident.began)),
            ),
            severity=incident.severity,
            filled=taken is None,
        )


def _levels(picture: Picture, telling: Telling) -> Iterator[Thing]:
    for stream in picture.streams.values():
        if stream.unit == LEVEL_UNIT:
            yield from _station("levels", stream, picture, telling)


def _stations(picture: Picture, telling: Telling) -> Iterator[Thing]:
    for stream in picture.streams.values():
        if stream.unit != LEVEL_UNIT:
            yield from _station("stations", stream, picture, telling)


def _station(layer: str, stream: Stream, picture: Picture, telling: Telling) -> Iterator[Thing]:
    if stream.lon is None or stream.lat is None or not is_place(stream.lon, stream.lat):
        return
    tr, language = telling.language.tr, telling.language
    latest, limit = picture.latest.get(stream.key), picture.limit_reached(stream.key)
    value, lines = "—", [tr("no value yet")]
    if latest:
        value = value_text(language, latest.value, telling.clean(stream.unit))
        lines = [f"{value} · {telling.moment(latest.at)}"]
    if limit:
        named = source_word(language, telling.clean(limit.name))
        lines.append(f"{telling.severity(limit.severity)} · {named}")
    stale = is_stale(picture, stream.key, telling.now)
    yield Thing(
        layer=layer,
        key=stream.key,
        outline=_point(stream.lon, stream.lat),
        title=telling.clean(stream.name),
        lines=(*lines, *((tr("late"),) if stale else ())),
        severity=limit.severity if limit else Severity.NONE,
        stale=stale,
        value=value,
    )


def _units(picture: Picture, telling: Telling) -> Iterator[Thing]:
    for unit in picture.units.values():
        status = telling.clean(unit.status)
        yield Thing(
            layer="units",
            key=unit.key,
            outline=_point(unit.lon, unit.lat),
            title=telling.clean(unit.name or unit.key),
            lines=tuple(filter(None, (status, telling.moment(unit.at)))),
            stale=telling.now - unit.at > UNIT_STALE_AFTER,
            course_deg=unit.course_deg,
        )


def _alerts(picture: Picture, telling: Telling) -> Iterator[Thing]:
    tr = telling.language.tr
    for alert in picture.alerts_in_force(telling.now):
        until = tr("until {moment}", moment=telling.moment(alert.expires))
        sender = telling.clean(alert.sender)
        yield Thing(
            layer="alerts",
            key=alert.key,
            outline=_areas(alert),
            title=telling.clean(alert.headline or alert.event),
            lines=(f"{telling.severity(alert.severity)} · {until}", *((sender,) if sender else ())),
            severity=alert.severity,
        )


def _features(picture: Picture, telling: Telling) -> Iterator[Thing]:
    for feature in _standing(picture, telling.now):
        if feature.layer != HOTSPOT:
            title = telling.clean(feature.name or feature.layer)
            yield _feature("features", feature, title, telling.clean(feature.layer))


def _hotspots(picture: Picture, telling: Telling) -> Iterator[Thing]:
    for feature in _standing(picture, telling.now):
        if feature.layer == HOTSPOT:
            words = CONFIDENCES.get(feature.severity, Words("Hotspot"))
            seen = telling.language.tr("seen {moment}", moment=telling.moment(feature.at))
            told = (telling.clean(feature.name), telling.clean(feature.district_name))
            title = telling.language.words(words)
            yield _feature("hotspots", feature, title, seen, *filter(None, told))


def _standing(picture: Picture, now: Instant) -> Iterator[Feature]:
    for feature in picture.features.values():
        if feature.geometry is not None and (feature.until is None or now < feature.until):
            yield feature


def _feature(layer: str, feature: Feature, title: str, *lines: str) -> Thing:
    geometry = feature.geometry or Geometry("point", ())
    return Thing(
        layer=layer,
        key=feature.key,
        outline=Outline(geometry.kind, _on_earth(geometry.rings)),
        title=title,
        lines=lines,
        severity=feature.severity,
    )


def _drawings(picture: Picture, telling: Telling) -> Iterator[Thing]:
    for drawing in picture.drawings.values():
        name = telling.clean(drawing.name)
        marks_place = drawing.shape in (DrawnShape.POINT, DrawnShape.TEXT)
        yield Thing(
            layer="drawings",
            key=drawing.key,
            outline=_drawn(drawing),
            title=name or telling.language.tr("Drawing"),
            lines=(telling.moment(drawing.changed_at),),
            value=name if marks_place else "",
            ink=list(DrawnColour).index(drawing.colour) + 1,
        )


def _drawn(drawing: Drawing) -> Outline:
    if drawing.shape is DrawnShape.CIRCLE:
        (lon, lat), *_ = drawing.places
        return Outline("apart", (), (Circle(lon, lat, drawing.radius_m),))
    return Outline(drawing.shape.value, _on_earth((drawing.places,)))


def _point(lon: float, lat: float) -> Outline:
    return Outline("point", _on_earth((((lon, lat),),)))


def _areas(alert: Alert) -> Outline:
    circles = (
        circle
        for circle in alert.circles
        if is_place(circle.lon, circle.lat) and 0 < circle.radius_m <= _WIDEST_M
    )
    return Outline("apart", _on_earth(alert.polygons), tuple(circles))


def _on_earth(rings: tuple[Ring, ...]) -> tuple[Ring, ...]:
    """Return the rings without positions that are nowhere."""
    good = (tuple(place for place in ring if is_place(*place)) for ring in rings)
    return tuple(ring for ring in good if ring)


def _others(picture: Picture, telling: Telling) -> Iterator[Thing]:
    """Give the things of tables that have no layer of their own here: those of plugins."""
    for table, shown in picture.shown():
        if not shown.exported:
            continue
        for key in picture.table(table):
            one = picture.summary(table, key)
            if one.over or one.lon is None or one.lat is None or not is_place(one.lon, one.lat):
                continue
            heading = telling.language.tr(shown.words)
            named = telling.clean(one.name) if telling.personal or not one.personal else ""
            yield Thing(
                layer="others",
                key=key,
                outline=_point(one.lon, one.lat),
                title=named or heading,
                lines=tuple(
                    filter(
                        None,
                        (heading if named else "", telling.moment(one.at) if one.at else ""),
                    )
                ),
                severity=one.severity,
            )


LAYERS: Mapping[str, tuple[Words, Callable[[Picture, Telling], Iterator[Thing]]]] = {
    "features": (Words("Layers"), _features),
    "drawings": (Words("Drawings"), _drawings),
    "alerts": (Words("Warnings"), _alerts),
    "stations": (Words("Stations"), _stations),
    "levels": (Words("Water level"), _levels),
    "hotspots": (Words("Hotspots"), _hotspots),
    "units": (Words("Units"), _units),
    "others": (Words("Others"), _others),
    "incidents": (Words("Incidents"), _incidents),
}
"""The layers by the map's names for them, the lowest first: their words, and their makers."""
