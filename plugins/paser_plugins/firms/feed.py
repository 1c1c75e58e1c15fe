"""Hotspots from the area API of NASA FIRMS: a table of detections for each instrument.

The address is BASE/MAP_KEY/SOURCE/WEST,SOUTH,EAST,NORTH/DAYS; the answer is CSV, for VIIRS with
`confidence` low, nominal or high, for MODIS with 0 to 100. `acq_time` is HHMM in UTC and may have
lost its leading zeros. The key is a secret: it is in no error and in no log of ours.
"""

from collections.abc import Iterator
from urllib.parse import quote

from paser_command.api import (
    HOUR,
    Feature,
    FeedContext,
    FeedError,
    Geometry,
    Instant,
    ParseError,
    Severity,
    clean_line,
    decode_csv,
    instant,
    iso,
    number,
    place,
    readable,
)

LAYER = "hotspot"
SHOWN: Instant = 48 * HOUR
"""A hotspot is gone so long after the satellite saw it."""

NEEDED = ("latitude", "longitude", "acq_date", "acq_time", "satellite", "confidence", "frp")
TOLD = ("satellite", "instrument", "confidence", "frp", "daynight", "version")

_DAYS = 2
_SEVERITIES = {
    "low": Severity.LOW,
    "l": Severity.LOW,
    "nominal": Severity.MEDIUM,
    "n": Severity.MEDIUM,
    "high": Severity.HIGH,
    "h": Severity.HIGH,
}
_MODIS_NOMINAL, _MODIS_HIGH = 30.0, 80.0
"""From these confidences on FIRMS calls a detection of MODIS nominal, and high."""


class HotspotFeed:
    """Polls each source in turn; one that fails does not keep the others away."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context
        named = str(context.settings["sources"]).split(",")
        self._sources = [source.strip() for source in named if source.strip()]

    def poll(self) -> Iterator[Feature]:
        """Give the hotspots of the last two days."""
        first: FeedError | None = None
        failed = 0
        for source in self._sources:
            try:
                yield from self._hotspots(source)
            except FeedError as error:
                first = first or error
                failed += 1
        if first is None:
            return
        if failed == len(self._sources):
            raise first
        self._context.passed_over(first, failed, len(self._sources))

    def _hotspots(self, source: str) -> Iterator[Feature]:
        answer = self._context.http.get(self._address(source))
        if answer.unchanged:
            return
        yield from parse_hotspots(answer.body, source, self._context)
        self._context.http.accept(answer)

    def _address(self, source: str) -> str:
        context = self._context
        reach = float(context.settings["reach_deg"])
        west, east = max(-180.0, context.lon - reach), min(180.0, context.lon + reach)
        south, north = max(-90.0, context.lat - reach), min(90.0, context.lat + reach)
        box = f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}"
        key = quote(str(context.settings["map_key"]), safe="")
        return f"{context.url.rstrip('/')}/{key}/{quote(source, safe='')}/{box}/{_DAYS}"


def parse_hotspots(body: bytes, source: str, context: FeedContext) -> Iterator[Feature]:
    """Give the hotspots that can be read and are not over."""
    if b"MAP_KEY" in body[:200]:
        raise ParseError("wrong_shape", where="MAP_KEY")
    rows = decode_csv(body, NEEDED, context.passed_over)
    yield from readable(rows, lambda row: _hotspot(row, source, context), context.passed_over)


def _hotspot(row: dict[str, str], source: str, context: FeedContext) -> Feature | None:
    at = _acquired(row, context.now() + HOUR)
    if at + SHOWN <= context.now():
        return None
    lon, lat = place(
        number(row["longitude"], "longitude"), number(row["latitude"], "latitude"), "longitude"
    )
    number(row["frp"], "frp")
    return Feature(
        feed=context.feed,
        key=context.key(f"{clean_line(source, 40)}:{iso(at)[:16]}:{lat:.5f}:{lon:.5f}"),
        at=at,
        layer=LAYER,
        name=clean_line(f"{row.get('instrument', '')} {row['satellite']}"),
        geometry=Geometry("point", (((lon, lat),),)),
        severity=_severity(row["confidence"]),
        properties={name: clean_line(row[name], 80) for name in TOLD if row.get(name)},
        until=at + SHOWN,
    )


def _acquired(row: dict[str, str], latest: Instant) -> Instant:
    clock = row["acq_time"].strip().zfill(4)
    return instant(f"{row['acq_date'].strip()}T{clock[:2]}:{clock[2:]}:00Z", "acq_time", latest)


def _severity(confidence: str) -> Severity:
    """Return low for low confidence, medium for nominal, high for high."""
    word = confidence.strip().casefold()
    if word in _SEVERITIES:
        return _SEVERITIES[word]
    percent = number(word, "confidence")
    if percent >= _MODIS_HIGH:
        return Severity.HIGH
    return Severity.MEDIUM if percent >= _MODIS_NOMINAL else Severity.LOW
