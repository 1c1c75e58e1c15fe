"""The way that a unit has gone: a value, which needs no journal."""

import msgspec
import numpy as np
from numpy.typing import NDArray


class Trail(msgspec.Struct, frozen=True):
    """Where a unit was: `at` (n,) int64 instants in order, `lon` and `lat` (n,) degrees."""

    at: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
