"""Detections of satellites as the area API of NASA FIRMS tells them: CSV, for any key."""

from collections.abc import Mapping

from paser_command.exercise.asked import NOT_FOUND, Asked, BadQuestion, Reply
from paser_command.exercise.city import Detection
from paser_command.geo import Box
from paser_command.times import DAY, Instant, floor, to_datetime

_VIIRS = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,"
    "version,bright_ti5,frp,daynight"
)
_MODIS = _VIIRS.replace("bright_ti4", "brightness").replace("bright_ti5", "bright_t31")
_SATELLITES: Mapping[str, tuple[str, str]] = {
    "VIIRS_SNPP_NRT": ("Suomi-NPP", "VIIRS"),
    "VIIRS_NOAA20_NRT": ("NOAA-20", "VIIRS"),
    "VIIRS_NOAA21_NRT": ("NOAA-21", "VIIRS"),
    "MODIS_NRT": ("Terra", "MODIS"),
}
_MODIS_PERCENT = {"low": "21", "nominal": "56", "high": "91"}
_MOST_DAYS = 5
_DAY_HOURS = range(6, 18)
_EAST_HOURS = 8


def detections(asked: Asked) -> Reply:
    """Answer KEY/SOURCE/WEST,SOUTH,EAST,NORTH/DAYS: the days up to today, as UTC counts them."""
    match asked.path.split("/"):
        case [_, source, box, days] if source in _SATELLITES and days.isascii() and days.isdigit():
            inside, since = _box(box), _since(asked.now, int(days))
        case _:
            raise BadQuestion(*NOT_FOUND)
    rows = [
        _row(seen)
        for seen in asked.city.detections(asked.now)
        if seen.inject.source == source and seen.at >= since and _is_in(inside, seen)
    ]
    header = _MODIS if source.startswith("MODIS") else _VIIRS
    return Reply("\n".join((header, *rows, "")).encode(), "text/csv")


def _box(text: str) -> Box:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError as cause:
        raise BadQuestion(400, "Invalid area.") from cause
    return Box(west, south, east, north)


def _since(now: Instant, days: int) -> Instant:
    if not 1 <= days <= _MOST_DAYS:
        raise BadQuestion(400, f"Invalid day range. Expects [1..{_MOST_DAYS}].")
    return floor(now, DAY) - (days - 1) * DAY


def _is_in(box: Box, seen: Detection) -> bool:
    return box.west <= seen.lon <= box.east and box.south <= seen.lat <= box.north


def _row(seen: Detection) -> str:
    satellite, instrument = _SATELLITES[seen.inject.source]
    moment = to_datetime(seen.at)
    confidence = seen.inject.confidence
    values = (
        f"{seen.lat:.5f}",
        f"{seen.lon:.5f}",
        f"{310 + 2 * min(seen.frp_mw, 28):.2f}",
        "0.42,0.36",
        f"{moment:%Y-%m-%d}",
        str(int(f"{moment:%H%M}")),
        satellite,
        instrument,
        _MODIS_PERCENT[confidence] if instrument == "MODIS" else confidence,
        "2.0NRT",
        "291.40",
        f"{seen.frp_mw:.2f}",
        "D" if (moment.hour + _EAST_HOURS) % 24 in _DAY_HOURS else "N",
    )
    return ",".join(values)
