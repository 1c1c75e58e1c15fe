"""P12, the map's share: what a frame costs when there is ten times as much to show."""

from statistics import median

from paser_map.canvas import MapCanvas
from tests.benchmarks import frames
from tests.benchmarks.figures import Figure
from tests.benchmarks.p2_map import AREAS, LABELS, LAT, LON, SYMBOLS, ZOOM, Scene

TIMES = 10
GOAL = 1.5
ROUNDS = 3


def measure() -> dict[str, Figure]:
    """Return the larger growth of a frame: by ten times the things, by ten times the layers."""
    things, layers, plain = [], [], []
    for _ in range(ROUNDS):
        plain.append(_frame_ms(1, 1))
        things.append(_frame_ms(TIMES, 1))
        layers.append(_frame_ms(1, TIMES))
    by_things, by_layers = median(things) / median(plain), median(layers) / median(plain)
    return {
        "P12": Figure(
            what="a map's frame with ten times the things, or layers, of that with one",
            value=max(by_things, by_layers),
            unit="times",
            goal=GOAL,
            seen={
                "with ten times the things": by_things,
                "with ten times the layers": by_layers,
                "ms with one": median(plain),
            },
        )
    }


def _frame_ms(things: int, layers: int) -> float:
    with frames.shown_canvas() as canvas:
        for part in range(layers):
            _put(canvas, part, things * TIMES // layers)
        return median(frames.frames_ms(canvas, LON, LAT, ZOOM))


def _put(canvas: MapCanvas, part: int, tenths: int) -> None:
    """Put layers with so many tenths of P2's scene on the canvas."""
    scene = Scene(
        symbols=SYMBOLS * tenths // TIMES,
        areas=AREAS * tenths // TIMES,
        labels=LABELS * tenths // TIMES,
    )
    canvas.set_layer(f"alerts {part}", scene.warnings(), ["bench"])
    canvas.set_layer(f"levels {part}", scene.gauges(), ["bench"])
    canvas.set_layer(f"incidents {part}", scene.incidents(), ["bench"])
