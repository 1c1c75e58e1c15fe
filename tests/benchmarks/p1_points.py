"""P1: a million live points, and ten million, moved and zoomed at every scale, beside QGIS."""

import time
from statistics import median, quantiles

import numpy as np
from numpy.typing import NDArray

from paser_map.canvas import MapCanvas
from paser_map.points import PointLayer
from tests.benchmarks import frames
from tests.benchmarks.figures import Figure
from tests.benchmarks.peers import ask_qgis

MILLION = 1_000_000
LON, LAT = 116.19, -1.9
TOWNS = 12
CHANGED_A_SECOND = 0.01
FRAMES_A_SECOND, FRAMES_A_CHANGE = 60, 6
GOAL_MS, GOAL_P95_MS, GOAL_P99_MS = 16.7, 25.0, 33.0
LEAST_RATIO = 75.0
MOST_GROWTH = 1.5


def measure() -> dict[str, Figure]:
    """Return the slowest scale's median frame of a million points, and of ten million."""
    one, ten = points(MILLION), points(10 * MILLION)
    ours = _scales(one)
    longest = max(median(of) for of in ours.values())
    zoom = frames.SCALES["regency"]
    theirs = ask_qgis.frame_ms(one, frames.box_of(LON, LAT, zoom), frames.WIDTH, frames.HEIGHT)
    larger = _scales(ten)
    growth = max(median(larger[name]) / median(ours[name]) for name in ours)
    at_large = max(median(of) for of in larger.values())
    return {
        "P1": Figure(
            what="a frame of 1,000,000 live points, the slowest scale's median",
            value=longest,
            unit="ms",
            goal=GOAL_MS,
            part="paint",
            also={
                "the slowest scale's p95, ms": (_worst(ours, 95), GOAL_P95_MS),
                "the slowest scale's p99, ms": (_worst(ours, 99), GOAL_P99_MS),
            },
            peers=_beside(theirs, longest),
            seen=_seen(ours),
            also_holds=theirs is None or theirs / longest >= LEAST_RATIO,
        ),
        "P1b": Figure(
            what="10,000,000 points: the slowest scale's median, of that of 1,000,000",
            value=at_large / longest,
            unit="times",
            goal=MOST_GROWTH,
            seen={"most growth at one scale": growth, **_seen(larger)},
        ),
    }


def points(count: int) -> NDArray[np.float64]:
    """Return (n, 3): half of them anywhere in the regency, half in towns; five severities."""
    rng = np.random.default_rng(2026)
    places = np.empty((count, 3))
    places[:, 0] = LON + rng.uniform(-0.6, 0.6, count)
    places[:, 1] = LAT + rng.uniform(-0.6, 0.6, count)
    half = count // 2
    town = rng.integers(0, TOWNS, half)
    places[:half, :2] = (LON, LAT) + rng.uniform(-0.5, 0.5, (TOWNS, 2))[town]
    places[:half, :2] += rng.normal(0, 0.02, (half, 2))
    places[:, 2] = rng.integers(0, 5, count)
    return places


def _scales(places: NDArray[np.float64]) -> dict[str, list[float]]:
    with frames.shown_canvas() as canvas:
        open_ = np.random.default_rng(1).random(len(places)) < 0.5
        layer = PointLayer.of_columns("feature", places[:, 0], places[:, 1], places[:, 2], open_)
        canvas.set_layer("points", layer, ["bench"])
        changing = Changing(canvas, layer, len(places))
        while not layer.poll():
            time.sleep(0.05)
        return {
            name: frames.frames_ms(canvas, LON, LAT, zoom, changing)
            for name, zoom in frames.SCALES.items()
        }


class Changing:
    """Gives points another severity and state, ten times a second, as often as a panel is drawn."""

    def __init__(self, canvas: MapCanvas, layer: PointLayer, count: int) -> None:
        self._canvas, self._layer = canvas, layer
        self._count = count
        self._rng = np.random.default_rng(3)
        self._frames = 0

    def __call__(self) -> None:
        self._frames += 1
        if self._frames % FRAMES_A_CHANGE:
            return
        due = round(self._count * CHANGED_A_SECOND * FRAMES_A_CHANGE / FRAMES_A_SECOND)
        rows = np.unique(self._rng.integers(0, self._count, due))
        severity = self._rng.integers(0, 5, len(rows))
        self._layer.set_state(rows, severity, self._rng.random(len(rows)) < 0.5)
        self._canvas.touch("points")


def _beside(theirs: float | None, ours: float) -> dict[str, dict[str, float]]:
    if theirs is None:
        print("QGIS is not installed: no figure beside ours")
        return {}
    return {"QGIS": {"ms a frame at regency scale": theirs, "ratio to our slowest": theirs / ours}}


def _seen(scales: dict[str, list[float]]) -> dict[str, float | str]:
    return {f"{name}: median / p95 / p99 ms": _spread(of) for name, of in scales.items()}


def _worst(scales: dict[str, list[float]], percent: int) -> float:
    return max(quantiles(of, n=100)[percent - 1] for of in scales.values())


def _spread(of: list[float]) -> str:
    cuts = quantiles(of, n=100)
    return f"{median(of):.1f} / {cuts[94]:.1f} / {cuts[98]:.1f}"
