"""The yardstick: how much slower this machine is now than the one for which the goals are set.

Four parts, each of fixed work: `loop` (Python in a function), `numpy` (sort and count), `sqlite`
(the bare loop of P4) and `paint` (QPainter filling and stamping). 1.0 is a machine whose bare loop
writes 300,000 rows a second; 3.4 is one that needs 3.4 times as long. A figure's time is divided by
its part. The constants never change: figures of years are compared by them.
"""

import time
from collections.abc import Callable
from statistics import median
from typing import Literal

import msgspec

from tests.benchmarks.apart import apart

Part = Literal["loop", "numpy", "sqlite", "paint"]

ROUNDS = 5
"""Of the three short parts, whose median counts; the bare loop is long enough for one."""

ROWS_A_SECOND = 300_000.0
LOOP_S = 0.079
NUMPY_S = 0.053
PAINT_S = 0.119
"""Set once, on a machine whose bare loop wrote 116,000 rows a second (medians of 16 rounds: 0.205,
0.139 and 0.309 s), each by that ratio of 2.6."""


PARTS: tuple[Part, ...] = ("loop", "numpy", "sqlite", "paint")


class Yardstick(msgspec.Struct, frozen=True):
    """How many times longer each part takes than on the machine of the goals."""

    loop: float
    numpy: float
    sqlite: float
    paint: float

    def of(self, part: Part) -> float:
        """Return one part."""
        return self.by_name()[part]

    def by_name(self) -> dict[str, float]:
        """Return all parts."""
        parts: dict[str, float] = msgspec.structs.asdict(self)
        return parts

    def between(self, other: "Yardstick") -> "Yardstick":
        """Return the middle of two: that of what was measured between them."""
        return Yardstick(*((self.of(part) + other.of(part)) / 2 for part in PARTS))


def yardstick() -> Yardstick:
    """Measure the machine as it is now, in a process of its own."""
    measured = apart(_measure, Yardstick)
    assert measured is not None
    return measured


def _measure() -> Yardstick:
    from tests.benchmarks.bare_sqlite import bare_rows_a_second

    return Yardstick(
        loop=_median_s(_loop()) / LOOP_S,
        numpy=_median_s(_numpy()) / NUMPY_S,
        sqlite=ROWS_A_SECOND / bare_rows_a_second(),
        paint=_median_s(_paint()) / PAINT_S,
    )


def _median_s(work: Callable[[], object]) -> float:
    """Return the median of rounds, after one that is not counted."""
    work()
    taken_s = []
    for _ in range(ROUNDS):
        began_s = time.perf_counter()
        work()
        taken_s.append(time.perf_counter() - began_s)
    return median(taken_s)


def _loop() -> Callable[[], object]:
    def work() -> int:
        state, counted = 1, dict.fromkeys(range(64), 0)
        for turn in range(500_000):
            state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF
            counted[state >> 25] += turn & 1
        return sum(counted.values())

    return work


def _numpy() -> Callable[[], object]:
    import numpy as np

    values = np.random.default_rng(2026).random(4_000_000)

    def work() -> int:
        ordered = np.sort(values)
        return int(np.bincount((ordered * 4096).astype(np.intp)).max())

    return work


def _paint() -> Callable[[], object]:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

    format_ = QImage.Format.Format_ARGB32_Premultiplied
    page, stamp = QImage(1920, 1080, format_), QImage(16, 16, format_)
    stamp.fill(QColor(255, 128, 0, 160))
    places = [QPointF(turn * 389 % 1900, turn * 211 % 1060) for turn in range(10_000)]
    areas = [QPolygonF(places[first : first + 40]) for first in range(0, 120, 40)]

    def work() -> None:
        page.fill(0)
        painter = QPainter(page)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(0, 128, 255, 120))
        for area in areas:
            painter.drawPolygon(area)
        for place in places:
            painter.drawImage(place, stamp)
        painter.end()

    return work
