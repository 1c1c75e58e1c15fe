"""Which stretch of time the timeline shows, and where an instant lies in it."""

import msgspec

from paser_command.times import DAY, HOUR, MINUTE, Instant, floor

LENGTHS: tuple[Instant, ...] = (15 * MINUTE, HOUR, 6 * HOUR, DAY)
_LEAD = 4
"""A cursor before the latest stretch has one part in so many of the stretch to its right."""

_TICKS: tuple[Instant, ...] = (
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
)


class Span(msgspec.Struct, frozen=True):
    """From `start` up to `end`."""

    start: Instant
    end: Instant

    def part(self, instant: Instant) -> float:
        """Return where the instant lies: 0.0 at the start, 1.0 at the end."""
        return (instant - self.start) / (self.end - self.start)

    def instant(self, part: float) -> Instant:
        """Return the instant at the part, within the span."""
        inside = min(1.0, max(0.0, part))
        return self.start + round(inside * (self.end - self.start))

    def ticks(self, most: int) -> list[Instant]:
        """Return whole hours or minutes to write below, at most so many."""
        length = self.end - self.start
        step = next((tick for tick in _TICKS if length / tick <= most), _TICKS[-1])
        first = floor(self.start + step - 1, step)
        return list(range(first, self.end, step))


def span_of(cursor: Instant, latest: Instant, length: Instant) -> Span:
    """Return the stretch that ends at the latest moment, moved back where the cursor needs it.

    It moves by whole quarters of itself, so that the bars stand still while the cursor moves.
    """
    quarter = length // _LEAD
    end = floor(latest, MINUTE) + MINUTE
    while cursor < end - length:
        behind = end - length - cursor
        end -= max(quarter, floor(behind, quarter))
    return Span(end - length, end)
