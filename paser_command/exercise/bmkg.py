"""BMKG's earthquake lists and weather warnings, in the formats of its open data."""

from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from paser_command.exercise.asked import NOT_FOUND, Asked, BadQuestion, Reply, as_json
from paser_command.exercise.city import WIB, WITA, Warned
from paser_command.exercise.scenario import Place, QuakeInject
from paser_command.times import Instant, to_datetime

AREA = "Kalimantan Timur"
"""The area that all warnings are for: BMKG names the province and draws the rest."""

_LISTED = 15
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_XML = "application/xml"
_OFFICE = "BMKG - Stasiun Meteorologi Sultan Aji Muhammad Sulaiman Sepinggan Balikpapan"
_SENDER = "cuaca.ekstrem@bmkg.go.id"


def quakes(asked: Asked) -> Reply:
    """Answer `gempadirasakan.json`, the felt earthquakes, and `autogempa.json`, the newest one."""
    quakes = asked.city.quakes(asked.now)
    if asked.path == "gempadirasakan.json":
        listed = [_quake(at, quake) for at, quake in quakes[:_LISTED]]
        return as_json({"Infogempa": {"gempa": listed}})
    if asked.path == "autogempa.json" and quakes:
        at, quake = quakes[0]
        newest = _quake(at, quake)
        newest["Potensi"] = "Gempa ini dirasakan untuk diteruskan pada masyarakat"
        newest["Shakemap"] = f"{to_datetime(at).astimezone(WIB):%Y%m%d%H%M%S}.mmi.jpg"
        return as_json({"Infogempa": {"gempa": newest}})
    raise BadQuestion(*NOT_FOUND)


def warnings(asked: Asked) -> Reply:
    """Answer the RSS index of the warnings in force, and each warning as CAP 1.2."""
    warned = asked.city.warnings(asked.now)
    if asked.path in ("id", "id/rss.xml"):
        return Reply(_xml(_index(asked, warned)), "application/rss+xml")
    for warning in warned:
        if asked.path == f"id/{warning.code}_alert.xml":
            return Reply(_xml(_alert(warning)), _XML)
    raise BadQuestion(*NOT_FOUND)


def _quake(at: Instant, quake: QuakeInject) -> dict[str, str]:
    local = to_datetime(at).astimezone(WIB)
    return {
        "Tanggal": f"{local.day:02d} {_MONTHS[local.month - 1]} {local.year}",
        "Jam": f"{local:%H:%M:%S} WIB",
        "DateTime": to_datetime(at).isoformat(),
        "Coordinates": f"{quake.lat:.2f},{quake.lon:.2f}",
        "Magnitude": f"{quake.magnitude:.1f}",
        "Kedalaman": f"{quake.depth_km:.0f} km",
        "Lintang": f"{abs(quake.lat):.2f} {'LS' if quake.lat < 0 else 'LU'}",
        "Bujur": f"{abs(quake.lon):.2f} {'BB' if quake.lon < 0 else 'BT'}",
        "Wilayah": quake.region,
        "Dirasakan": quake.felt,
    }


def _index(asked: Asked, warned: list[Warned]) -> ElementTree.Element:
    """Build the index: what has expired or was replaced is no longer in it, as with BMKG's."""
    replaced = {warning.replaces.identifier for warning in warned if warning.replaces}
    listed = [
        warning
        for warning in reversed(warned)
        if warning.expires > asked.now and warning.identifier not in replaced
    ]
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    _texts(
        channel,
        title="Peringatan Dini Cuaca BMKG (LATIHAN)",
        link=f"{asked.base_url}/id",
        description="Peringatan dini cuaca wilayah Indonesia (LATIHAN)",
        language="id",
        lastBuildDate=_rfc1123(warned[-1].sent if warned else asked.city.began),
    )
    for warning in listed:
        item = ElementTree.SubElement(channel, "item")
        _texts(
            item,
            title=warning.inject.headline,
            link=f"{asked.base_url}/id/{warning.code}_alert.xml",
            description=warning.inject.description,
            author=f"{_SENDER} (BMKG)",
            category="Met",
            guid=warning.identifier,
            pubDate=_rfc1123(warning.sent),
        )
    return rss


def _alert(warning: Warned) -> ElementTree.Element:
    inject, replaced = warning.inject, warning.replaces
    alert = ElementTree.Element("alert", xmlns="urn:oasis:names:tc:emergency:cap:1.2")
    _texts(
        alert,
        identifier=warning.identifier,
        sender=_SENDER,
        sent=_local(warning.sent),
        status="Exercise",
        msgType="Update" if replaced else "Alert",
        scope="Public",
        note="LATIHAN",
    )
    if replaced:
        told = f"{_SENDER},{replaced.identifier},{_local(replaced.sent)}"
        _texts(alert, references=told)
    info = ElementTree.SubElement(alert, "info")
    _texts(
        info,
        language="id",
        category="Met",
        event=inject.event,
        urgency=inject.urgency,
        severity=inject.severity,
        certainty=inject.certainty,
    )
    code = ElementTree.SubElement(info, "eventCode")
    _texts(code, valueName="OET", value="OET-194")
    _texts(
        info,
        effective=_local(warning.sent),
        expires=_local(warning.expires),
        senderName=_OFFICE,
        headline=inject.headline,
        description=inject.description,
    )
    if inject.instruction:
        _texts(info, instruction=inject.instruction)
    area = ElementTree.SubElement(info, "area")
    _texts(area, areaDesc=AREA)
    for polygon in inject.polygons:
        _texts(area, polygon=_ring(polygon))
    return alert


def _ring(places: tuple[Place, ...]) -> str:
    """Return the places as CAP writes them: latitude first, closed."""
    closed = places if places[0] == places[-1] else (*places, places[0])
    return " ".join(f"{lat:.3f},{lon:.3f}" for lon, lat in closed)


def _texts(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, name).text = text


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _local(at: Instant) -> str:
    return _moment(at).isoformat()


def _rfc1123(at: Instant) -> str:
    return format_datetime(_moment(at))


def _moment(at: Instant) -> datetime:
    return to_datetime(at).astimezone(WITA)
