"""What is drawn of a series: points up to now, breaks where data is missing, bars for rain."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from paser_command.api import SECOND, Instant, Observation, Series

_LONGEST_GAP = 3
"""After so many missed intervals the line breaks: what nobody measured is not drawn."""


class Curve(msgspec.Struct, frozen=True):
    """Points of a chart: `x` (n,) seconds before the right edge, `y` (n,), `joined` (n,) int32.

    `joined[i]` is 1 where point i is connected with the next.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    joined: NDArray[np.int32]


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

    `edge` is the moment at the chart's right edge.
    What lies after `end` is left out: in a replay it has not happened yet.
    """
    at = series.at if series else np.empty(0, np.int64)
    value = series.value if series else np.empty(0, np.float64)
    seen = (at >= start) & (at <= end)
    at, value = at[seen], value[seen]
    if latest and start <= latest.at <= end and (at.size == 0 or latest.at > at[-1]):
        at, value = np.append(at, latest.at), np.append(value, latest.value)
    longest_s = max(_LONGEST_GAP * interval_s, 2 * column_s)
    joined = np.ones(at.size, np.int32)
    if at.size:
        joined[:-1] = np.diff(at) <= longest_s * SECOND
        joined[-1] = 0
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
