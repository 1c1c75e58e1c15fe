"""One CAP 1.2 alert as a record (OASIS CAP-v1.2-os)."""

from collections.abc import Callable, Iterator
from typing import TypeVar
from xml.etree.ElementTree import Element

from paser_command.api import (
    DAY,
    HOUR,
    Alert,
    Circle,
    FeedContext,
    ParseError,
    PassedOver,
    Ring,
    Severity,
    clean_line,
    clean_text,
    closed_ring,
    instant,
    number,
    place,
    readable,
)

T = TypeVar("T")

IN_FORCE = 3 * HOUR
"""How long an alert that names no end is in force: what BMKG's short-range warnings are."""

_SEVERITIES = {
    "Extreme": Severity.CRITICAL,
    "Severe": Severity.HIGH,
    "Moderate": Severity.MEDIUM,
}
_TELLING = ("Alert", "Update", "Cancel")


def parse_alert(root: Element, context: FeedContext, title: str = "") -> Iterator[Alert]:
    """Give the alert, unless it is a test, an acknowledgement or of another area.

    `title` is the index's own. One bad polygon takes no warning away: a pair of it that cannot be
    read is passed over, or all of it, and the alert comes without.
    """
    if root.tag != "alert":
        raise ParseError("wrong_shape", where="/")
    statuses = ("Actual", "Exercise") if context.exercise else ("Actual",)
    told = _line(root, "status") in statuses and _line(root, "msgType") in _TELLING
    info = _chosen(root.findall("info"), str(context.settings["language"]))
    if not told or not _concerns(info, title, str(context.settings["area"])):
        return
    polygons = _shapes(info, "polygon", lambda one: _polygon(one, context.passed_over), context)
    circles = _shapes(info, "circle", _circle, context)
    sent = instant(root.findtext("sent"), "sent", latest=context.now() + DAY)
    effective = instant(info.findtext("effective") or root.findtext("sent"), "effective")
    expires = info.findtext("expires")
    yield Alert(
        feed=context.feed,
        key=context.key(_required(root, "identifier")),
        at=sent,
        event=_line(info, "event"),
        headline=_line(info, "headline") or _line(info, "event"),
        severity=_SEVERITIES.get(_line(info, "severity"), Severity.LOW),
        effective=effective,
        expires=instant(expires, "expires") if expires else effective + IN_FORCE,
        description=clean_text(info.findtext("description")),
        instruction=clean_text(info.findtext("instruction")),
        msg_type=_line(root, "msgType"),
        status=_line(root, "status"),
        urgency=_line(info, "urgency") or "Unknown",
        certainty=_line(info, "certainty") or "Unknown",
        sender=_line(info, "senderName") or _line(root, "sender"),
        area=clean_line("; ".join(_areas(info)), 1000),
        polygons=polygons,
        circles=circles,
        references=tuple(context.key(own) for own in _references(root)),
        web=_web(info),
    )


def _shapes(
    info: Element, name: str, make: Callable[[Element], T], context: FeedContext
) -> tuple[T, ...]:
    """Return the shapes of all areas; one that is empty is none, and no fault."""
    told = [one for one in info.iterfind(f"area/{name}") if (one.text or "").strip()]
    try:
        return tuple(readable(told, make, context.passed_over))
    except ParseError as none_of_them:
        context.passed_over(none_of_them, len(told), len(told))
        return ()


def _chosen(infos: list[Element], language: str) -> Element:
    """Return the information in the language, else the first; an empty one for a bare Cancel."""
    wanted = language.casefold()
    for info in infos:
        if _line(info, "language").casefold().startswith(wanted):
            return info
    return infos[0] if infos else Element("info")


def _concerns(info: Element, title: str, area: str) -> bool:
    # A Cancel may leave its area out; it names what it takes back.
    words = (title, _line(info, "headline"), *_areas(info), "" if len(info) else area)
    return any(area.casefold() in text.casefold() for text in words)


def _areas(info: Element) -> list[str]:
    return [clean_line(area.text) for area in info.iterfind("area/areaDesc")]


def _references(root: Element) -> list[str]:
    """Return the identifiers in "sender,identifier,sent sender,identifier,sent"."""
    triples = (reference.split(",") for reference in _line(root, "references", 10_000).split())
    return [triple[1] for triple in triples if len(triple) == 3]


def _polygon(element: Element, passed_over: PassedOver) -> Ring:
    """Return the ring of "lat,lon lat,lon ...", without a pair that is written wrong.

    A pair that is no place on the earth is another matter: the ring would be another one.
    """
    pairs = (element.text or "").split()
    numbers = list(readable(pairs, _pair, passed_over))
    return closed_ring((place(lon, lat, "polygon") for lat, lon in numbers), "polygon")


def _pair(text: str) -> tuple[float, float]:
    lat, _, lon = text.partition(",")
    return number(lat, "polygon"), number(lon, "polygon")


def _circle(element: Element) -> Circle:
    centre, _, radius_km = (element.text or "").strip().partition(" ")
    lat, _, lon = centre.partition(",")
    radius_m = 1000 * number(radius_km, "circle")
    if not 0 <= radius_m <= 20_000_000:
        raise ParseError("bad_value", where="circle")
    return Circle(*place(number(lon, "circle"), number(lat, "circle"), "circle"), radius_m)


def _web(info: Element) -> str:
    address = _line(info, "web", 2000)
    return address if address.startswith(("http://", "https://")) else ""


def _line(element: Element, tag: str, length: int = 200) -> str:
    return clean_line(element.findtext(tag), length)


def _required(element: Element, tag: str) -> str:
    if text := _line(element, tag):
        return text
    raise ParseError("bad_value", where=tag)
