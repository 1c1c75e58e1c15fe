"""Axes: where ticks stand in time and value, and which values a chart must show."""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from paser_command.api import HOUR, MINUTE, Instant, Limit

_STEPS: tuple[Instant, ...] = (
    *(minutes * MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * HOUR for hours in (1, 2, 3, 6, 12, 24, 48, 7 * 24)),
)
_COLUMNS: tuple[Instant, ...] = (
    *(hours * HOUR for hours in (24, 12, 8, 6, 4, 3, 2, 1)),
    *(minutes * MINUTE for minutes in (30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1)),
)
_LARGE, _THOUSAND, _SMALL = 1e6, 1e3, 1e-3
_LIMITS_ABOVE = 2
_HEADROOM = 0.08
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def asked_span(now: Instant, window: Instant, pixels: int) -> tuple[Instant, Instant, int]:
    """Return start, end and columns to ask for, so that no column is wider than a pixel.

    Columns of a minute and more are whole minutes or hours, as the journal has rollups of those,
    and stand still while the clock runs; the last one ends after `now`.
    """
    column = next((size for size in _COLUMNS if size * pixels <= window), None)
    if column is None:
        return now - window, now, pixels
    start, end = (now - window) // column * column, (now // column + 1) * column
    return start, end, (end - start) // column


def time_ticks(start: Instant, end: Instant, most: int, zone: tzinfo) -> list[Instant]:
    """Return at most `most` instants in the span that are round in the zone's own time."""
    span = end - start
    step = next((step for step in _STEPS if span // step <= most), _STEPS[-1])
    offset = (_EPOCH + timedelta(microseconds=start)).astimezone(zone).utcoffset() or timedelta()
    shift = offset // timedelta(microseconds=1)
    first = start + (-(start + shift)) % step
    return list(range(first, end + 1, step))


def value_step(low: float, high: float, most: int) -> float:
    """Return the round step (1, 2, 5 times a power of ten) that gives at most `most` ticks."""
    rough = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    return next((size * power for size in (1, 2, 5) if size * power >= rough), 10 * power)


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Return the round values between two others, at most `most` and one."""
    step = value_step(low, high, most)
    first = -(-low // step)
    return [(first + n) * step for n in range(int(high // step - first) + 1)]


def tick_digits(values: Sequence[float], step: float) -> tuple[int, int]:
    """Return the power of ten (0, or a multiple of 3) and the decimals that tell ticks apart."""
    largest = max(map(abs, values), default=0.0)
    place = math.floor(math.log10(step) + 1e-9)
    if (largest >= _LARGE and step >= _THOUSAND) or largest < _SMALL:
        return place // 3 * 3, 0
    return 0, max(0, -place)


def value_range(
    values: Sequence[float], limits: Iterable[Limit], *, from_zero: bool
) -> tuple[float, float]:
    """Return the lowest and highest value to show: the data, and the limits within sight.

    Limits below the data are shown as far as the next one; above it the next two.
    """
    low = min(values, default=0.0)
    high = max(values, default=0.0)
    levels = sorted(limit.value for limit in limits)
    above = [level for level in levels if level > high][:_LIMITS_ABOVE]
    reached = [level for level in levels if level <= high]
    shown = [low, high, *above, *reached]
    bottom, top = min(shown), max(shown)
    if from_zero and bottom >= 0:
        bottom = 0.0
    room = (top - bottom) or abs(top) or 1.0
    pad = 0.0 if from_zero and bottom == 0 else _HEADROOM * room
    return bottom - pad, top + _HEADROOM * room


def name_feet(
    values: Sequence[float], height: float, span: tuple[float, float], *, inside: bool
) -> list[float | None]:
    """Return where the names of limits stand: their feet, None for those that find no room.

    `values` rise; `height` is a name's, in the values' unit, as all is. A name stands beside its
    line, or `inside` the chart above it, else below it, where it covers no other limit's line. From
    the worst down: where two would overlap, the worse one is read, and the worst in any case.
    """
    low, high = span
    feet: list[float | None] = [None] * len(values)
    free_below = high
    for number in reversed(range(len(values))):
        value = values[number]
        floors = [values[number - 1] if inside and number else low]
        if number == len(values) - 1:
            floors.append(low)
        beside = min(max(value - height / 2, low), high - height)
        wanted = (value, value - height) if inside else (beside,)
        fitting = (foot for floor in floors for foot in wanted if floor <= foot)
        foot = next((foot for foot in fitting if foot + height <= free_below), None)
        feet[number] = foot
        if inside:
            free_below = min(free_below, value)
        if foot is not None:
            free_below = min(free_below, foot)
    return feet
