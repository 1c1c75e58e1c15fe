"""A date and time as a person types it, in the site's own time."""

import re
from datetime import UTC, datetime, tzinfo

from paser_command.times import Instant, from_datetime, to_datetime

_YEAR_FIRST = r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"
_DAY_FIRST = r"(?P<d2>\d\d?)[-/.](?P<m2>\d\d?)[-/.](?P<y2>\d{4})"
_TIME = r"(?P<hour>\d\d?)[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?"
_BOTH = re.compile(rf"(?:{_YEAR_FIRST}|{_DAY_FIRST})?(?:(?:^|[ T]+){_TIME})?", re.ASCII)


def typed(instant: Instant, zone: tzinfo) -> str:
    """Return the instant as it may be typed: 23-11-2026 14:03."""
    return f"{to_datetime(instant).astimezone(zone):%d-%m-%Y %H:%M}"


def moment_of(text: str, now: Instant, zone: tzinfo) -> Instant | None:
    """Return the instant of what was typed; None where it is no date and time.

    23-11-2026 14:03, 23/11/2026 14.03.20 or 2026-11-23 14:03; a day alone is its beginning, a time
    alone is one of the day of `now`. Of an hour that a change of the clocks repeats, the first.
    """
    text = text.strip()
    found = _BOTH.fullmatch(text)
    if not text or found is None:
        return None
    part = found.groupdict()
    today = to_datetime(now).astimezone(zone)
    year, month, day = (part[name] or part[f"{name}2"] for name in "ymd")
    hour, minute, second = (int(part[name] or 0) for name in ("hour", "minute", "second"))
    try:
        local = datetime(
            int(year or today.year),
            int(month or today.month),
            int(day or today.day),
            *(hour, minute, second),
            tzinfo=zone,
        )
        return from_datetime(local.astimezone(UTC))
    except (ValueError, OverflowError):
        return None
