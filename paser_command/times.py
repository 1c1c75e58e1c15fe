"""Instants: whole microseconds since 1970 UTC, and how they are read and written at the edges."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

Instant = int
Now = Callable[[], Instant]

MICROSECOND: Instant = 1
MILLISECOND: Instant = 1_000
SECOND: Instant = 1_000_000
MINUTE: Instant = 60 * SECOND
HOUR: Instant = 60 * MINUTE
DAY: Instant = 24 * HOUR

AHEAD: Instant = 2 * SECOND
"""How far a source's clock may be ahead before its stamp is not believed."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_LAST: Instant = (_LATEST - _EPOCH) // timedelta(microseconds=1)
_NOT_AN_INSTANT = "an instant is RFC 3339 with a zone, such as 2026-11-20T03:00:00Z"
_LEAP_SECOND = 60
_RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?\s?([Zz]|[+-]\d\d:?\d\d)?"
)


def now() -> Instant:
    """Return the system clock's instant."""
    return time.time_ns() // 1_000


def from_datetime(moment: datetime) -> Instant:
    """Return the instant of an aware datetime between 1900 and 2200; ValueError otherwise."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    if not _EARLIEST <= moment <= _LATEST:
        raise ValueError("a time outside 1900 to 2200")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def to_datetime(instant: Instant) -> datetime:
    """Return the instant as an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=instant)


def parse(text: str, zone: timezone | None = None) -> Instant:
    """Return the instant of an RFC 3339 text; ValueError where it is none.

    A text without a zone is taken only where the feed's own `zone` is given: guessing is refused.
    The leap second :60 counts as the second after :59.
    """
    match = _RFC3339.fullmatch(text.strip())
    if match is None:
        raise ValueError(_NOT_AN_INSTANT)
    date, minute, second, fraction, offset = match.groups()
    seconds = int(second[1:]) if second else 0
    parts = int(fraction[1:7].ljust(6, "0")) if fraction else 0
    found = _minute(date, minute, offset or "", zone) + seconds * SECOND + parts
    if seconds > _LEAP_SECOND or found > _LAST:
        raise ValueError(_NOT_AN_INSTANT)
    return found


@lru_cache(maxsize=4_096)
def _minute(date: str, minute: str, offset: str, zone: timezone | None) -> Instant:
    """Return the instant at which a minute begins: what comes together shares a few of them."""
    moment = datetime.fromisoformat(f"{date}T{minute}{offset.upper()}")
    if moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=zone)
    return from_datetime(moment)


def iso(instant: Instant) -> str:
    """Return the instant as RFC 3339 in UTC with microseconds only where it has them."""
    moment = to_datetime(instant)
    timespec = "microseconds" if instant % SECOND else "seconds"
    return moment.isoformat(timespec=timespec).replace("+00:00", "Z")


def floor(instant: Instant, step: Instant) -> Instant:
    """Return the last whole multiple of `step` at or before the instant."""
    return instant - instant % step


def is_ahead(at: Instant, received: Instant) -> bool:
    """Tell whether a stamp lies beyond its receipt by more than clocks may differ.

    `received` is 0 before the journal's writer has stamped the record: then it is not ahead.
    """
    return bool(received) and at > received + AHEAD


def effective_at(at: Instant, received: Instant) -> Instant:
    """Return when a thing counts as true: `at`, or its receipt where the stamp is ahead of that."""
    return received if is_ahead(at, received) else at


def follows(at: Instant, received: Instant, before_at: Instant, before_received: Instant) -> bool:
    """Tell whether a value takes the place of the one before it: by `at`, alike counts too.

    Where the stamp before was ahead, nobody knows when that value was true: any later one whose
    stamp can be believed takes its place, so that a stamp of the future hides nothing.
    """
    if is_ahead(before_at, before_received):
        return not is_ahead(at, received) or (received, at) >= (before_received, before_at)
    return effective_at(at, received) >= before_at
