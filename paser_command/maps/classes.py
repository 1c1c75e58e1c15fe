"""Class breaks: where to cut a field's numbers so that a map of them tells something."""

from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MOST_BINS = 512
"""So many different values are weighed one by one; more are first brought together."""


class Method(StrEnum):
    """How the breaks are found."""

    EQUAL = "equal"
    QUANTILE = "quantile"
    NATURAL = "natural"


def breaks(values: NDArray[Any], method: Method, classes: int) -> tuple[float, ...]:
    """Return at most `classes` - 1 breaks, rising, each above the least number.

    A break is the least number of the class above it, as in `ClassRule`. What is not finite is left
    aside; numbers that are all alike have no break.

    EQUAL cuts the range into equal lengths. QUANTILE puts equally many into each class (numpy's
    "linear" quantiles, type 7 of Hyndman and Fan 1996). NATURAL makes the classes' sums of squared
    deviations least (Fisher 1958; known in cartography as Jenks): exactly, up to 512 different
    numbers.
    """
    known = values[np.isfinite(values)].astype(np.float64)
    if not len(known) or classes < 2:
        return ()
    if method is Method.EQUAL:
        cuts = np.linspace(known.min(), known.max(), classes + 1)[1:-1]
    elif method is Method.QUANTILE:
        cuts = np.quantile(known, np.arange(1, classes) / classes)
    else:
        cuts = _natural(known, classes)
    return tuple(np.unique(cuts[cuts > known.min()]).tolist())


def _natural(values: NDArray[np.float64], classes: int) -> NDArray[np.float64]:
    value, weight = _binned(values)
    classes = min(classes, len(value))
    centred = value - value.mean()
    terms = np.stack((weight, weight * centred, weight * centred**2))
    count_to, sum_to, square_to = np.pad(np.cumsum(terms, axis=1), ((0, 0), (1, 0)))

    def deviations(end: int) -> NDArray[np.float64]:
        """Return the squared deviations of the classes from each start to `end`, both in it."""
        count = count_to[end + 1] - count_to[: end + 1]
        total = sum_to[end + 1] - sum_to[: end + 1]
        squared = square_to[end + 1] - square_to[: end + 1]
        return np.asarray(squared - total**2 / count)

    inner = [deviations(end) for end in range(len(value))]
    cost = np.array([row[0] for row in inner])
    begins = np.zeros((classes, len(value)), int)
    for step in range(1, classes):
        cost = _one_more(cost, inner, begins[step])
    return value[_firsts(begins, len(value) - 1)]


def _one_more(
    cost: NDArray[np.float64], inner: list[NDArray[np.float64]], begins: NDArray[np.int_]
) -> NDArray[np.float64]:
    """Return the least cost up to each value with a class more; write where the last one begins."""
    more = cost.copy()
    for end in range(1, len(cost)):
        totals = cost[:end] + inner[end][1:]
        begins[end] = int(np.argmin(totals)) + 1
        more[end] = totals[begins[end] - 1]
    return more


def _firsts(begins: NDArray[np.int_], end: int) -> list[int]:
    """Return the first value of each class but the lowest, from the last class back."""
    firsts: list[int] = []
    for row in begins[:0:-1]:
        if end < 1:
            break
        firsts.append(int(row[end]))
        end = firsts[-1] - 1
    return firsts


def _binned(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return values, rising, and how often each is there; many are brought together by rank."""
    value, count = np.unique(values, return_counts=True)
    if len(value) > _MOST_BINS:
        edges = np.linspace(0, len(value), _MOST_BINS + 1).astype(int)[:-1]
        value, count = value[edges], np.add.reduceat(count, edges)
    return value, count.astype(np.float64)
