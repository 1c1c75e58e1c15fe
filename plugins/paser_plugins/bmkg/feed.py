"""Reports of earthquakes from BMKG's autogempa, gempaterkini and gempadirasakan documents."""

from collections.abc import Iterator

import msgspec

from paser_command.api import (
    DAY,
    FeedContext,
    ParseError,
    Report,
    Severity,
    clean_line,
    clean_text,
    decode_json,
    decode_part,
    distance_m,
    instant,
    iso,
    number,
    place,
    readable,
)

# Weakest magnitude, greatest distance in km, severity: the first line that fits counts.
_SEVERITIES = (
    (7.0, 300.0, Severity.CRITICAL),
    (6.0, 100.0, Severity.CRITICAL),
    (7.0, 1000.0, Severity.HIGH),
    (6.0, 300.0, Severity.HIGH),
    (5.0, 100.0, Severity.HIGH),
    (6.0, 1000.0, Severity.MEDIUM),
    (5.0, 300.0, Severity.MEDIUM),
    (4.0, 100.0, Severity.MEDIUM),
)


class _Quake(msgspec.Struct, rename="pascal"):
    date_time: str
    coordinates: str
    magnitude: str
    wilayah: str
    kedalaman: str | None = ""
    potensi: str | None = ""
    dirasakan: str | None = ""
    shakemap: str | None = ""


class _Quakes(msgspec.Struct):
    gempa: msgspec.Raw


class _Document(msgspec.Struct, rename="pascal"):
    infogempa: _Quakes


_document = msgspec.json.Decoder(_Document)
_list = msgspec.json.Decoder(list[msgspec.Raw])
_quake = msgspec.json.Decoder(_Quake)


class QuakeFeed:
    """Polls one of BMKG's documents of earthquakes."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context

    def poll(self) -> Iterator[Report]:
        """Give the quakes of the document, where it has changed."""
        answer = self._context.http.get(self._context.url)
        if not answer.unchanged:
            yield from parse_quakes(answer.body, self._context)
            self._context.http.accept(answer)


def parse_quakes(body: bytes, context: FeedContext) -> Iterator[Report]:
    """Give a report for each quake of a list that can be read, or of the one; else ParseError."""
    gempa = decode_json(body, _document).infogempa.gempa
    if bytes(gempa)[:1] != b"[":
        yield _report(decode_part(gempa, _quake), context)
        return
    quakes: list[msgspec.Raw] = decode_part(gempa, _list)
    yield from readable(
        quakes,
        lambda quake: _report(decode_part(quake, _quake), context),
        context.passed_over,
    )


def severity_of_quake(magnitude: float, distance_km: float) -> Severity:
    """Return how bad a quake is for the site: by its magnitude, and the distance to the epicentre.

    A coarse table to sort by, not a computed intensity.
    """
    for weakest, farthest_km, severity in _SEVERITIES:
        if magnitude >= weakest and distance_km <= farthest_km:
            return severity
    return Severity.LOW


def _report(quake: _Quake, context: FeedContext) -> Report:
    lat_text, _, lon_text = quake.coordinates.partition(",")
    lon, lat = place(
        number(lon_text, "Coordinates"), number(lat_text, "Coordinates"), "Coordinates"
    )
    magnitude = number(quake.magnitude, "Magnitude")
    if not -2.0 <= magnitude <= 10.0:
        raise ParseError("bad_value", where="Magnitude")
    at = instant(quake.date_time, "DateTime", latest=context.now() + DAY)
    where, felt = clean_line(quake.wilayah), clean_line(quake.dirasakan)
    # BMKG gives no identifier; the name of the shake map stands for the quake, where there is one.
    own = clean_line(quake.shakemap).split(".")[0]
    return Report(
        feed=context.feed,
        key=context.key(own or f"{at}@{lat:.2f},{lon:.2f}"),
        at=at,
        began=at,
        category="earthquake",
        severity=_severity(magnitude, lon, lat, bool(felt), context),
        title=clean_line(f"Gempa M{magnitude:.1f} · {where}".replace(".", ",", 1)),
        text=clean_text(_text(quake, felt)),
        lon=lon,
        lat=lat,
        place=where,
        official_id=f"bmkg:{iso(at)}",  # BMKG names a quake by its origin time, in each document
    )


def _severity(
    magnitude: float, lon: float, lat: float, felt: bool, context: FeedContext
) -> Severity:
    site_lon, site_lat = context.lon, context.lat
    distance_km = distance_m(site_lon, site_lat, lon, lat) / 1000
    if distance_km > float(context.settings["radius_km"]):
        return Severity.LOW if felt else Severity.NONE
    return severity_of_quake(magnitude, distance_km)


def _text(quake: _Quake, felt: str) -> str:
    lines = (
        f"Magnitudo: {clean_line(quake.magnitude)}",
        f"Kedalaman: {clean_line(quake.kedalaman)}" if quake.kedalaman else "",
        clean_line(quake.potensi),
        f"Dirasakan: {felt}" if felt else "",
    )
    return "\n".join(line for line in lines if line)
