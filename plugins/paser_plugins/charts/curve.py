"""What is drawn of a series: points up to now, breaks where data is missing, bars for rain."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from paser_command.api import SECOND, Instant, Observation, Series

_LONGEST_GAP = 3
"""After so many missed intervals the line breaks: what nobody measured is not drawn.

But never within a column's width: nobody can see that.
"""
_ENOUGH = 8
"""From so many distances on, the data says itself how often a number comes."""


class Curve(msgspec.Struct, frozen=True):
    """Points of a chart: `x` (n,) seconds before the right edge, `y` (n,), `joined` (n,) int32.

    `joined[i]` is 1 where point i is connected with the next.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    joined: NDArray[np.int32]

    @property
    def lone(self) -> NDArray[np.bool_]:
        """Return which points (n,) no line touches."""
        touched = self.joined.astype(np.bool_)
        touched[1:] |= touched[:-1].copy()
        return np.logical_not(touched)


def curve_of(
    series: Series | None,
    latest: Observation | None,
    *,
    start: Instant,
    end: Instant,
    edge: Instant,
    interval_s: float,
    column_s: float,
) -> Curve:
    """Return the series between the instants, with the newest value at its end.

    `edge` is the moment at the chart's right edge. What lies after `end` is left out: in a replay
    it has not happened yet.
    """
    at = series.at if series else np.empty(0, np.int64)
    value = series.value if series else np.empty(0, np.float64)
    seen = (at >= start) & (at <= end)
    at, value = at[seen], value[seen]
    apart = np.diff(at)
    if latest and start <= latest.at <= end:
        if at.size and latest.at == at[-1]:
            value[-1] = latest.value
        elif at.size == 0 or latest.at > at[-1]:
            if series and at.size:
                # Between the answer and the newest value nothing is known, and no gap is told.
                apart = np.append(apart, min(latest.at, series.known) - at[-1])
            at, value = np.append(at, latest.at), np.append(value, latest.value)
    interval = interval_s * SECOND
    if apart.size >= _ENOUGH:
        # Stations may tell a shorter interval than theirs is.
        interval = max(interval, float(np.median(apart)))
    longest = max(_LONGEST_GAP * interval, column_s * SECOND)
    if series:
        longest = max(longest, series.step)
    joined = np.zeros(at.size, np.int32)
    joined[:-1] = apart <= longest
    x = np.asarray((at - edge) / SECOND, np.float64)
    return Curve(x, value, joined)


def bars_of(curve: Curve, end: Instant, width_s: float) -> Curve:
    """Return the curve as bars of a width: the highest value of each, `x` its middle.

    Bars begin at whole multiples of their width, so that they stand still while the clock runs.
    """
    if curve.x.size == 0:
        return curve
    # A value tells of the time before it: one on a boundary belongs to the bar that ends there.
    shift_s = end / SECOND % width_s
    slots = np.ceil((curve.x + shift_s) / width_s).astype(np.int64) - 1
    slot, first = np.unique(slots, return_index=True)
    highest = np.maximum.reduceat(curve.y, first)
    middle = np.asarray((slot + 0.5) * width_s - shift_s, dtype=np.float64)
    return Curve(middle, highest, np.zeros(slot.size, np.int32))
