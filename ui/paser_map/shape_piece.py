"""A piece of a file's features on the map: positions, boxes, and questions about single ones."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from paser_command.maps.vector.shapes import Kind, Shapes
from paser_map.morton import fixed, interleaved
from paser_map.projection import FloatArray, to_map

IntArray = NDArray[np.int64]
MapBox = tuple[float, float, float, float]
"""West, south, east, north in metres on the map."""

BLOCK = 128
"""Steps of a long ring that have a box together."""


class Piece:
    """Some thousands of features. Positions are metres on the map, boxes (n, 4) likewise."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self.kinds = shapes.kinds
        self.rings, self.features = shapes.rings, shapes.features
        self.x, self.y = to_map(shapes.coords[:, 0], shapes.coords[:, 1])
        self.starts: IntArray = self.rings[self.features]
        """Where each feature begins in the positions, and the end of the last."""
        self.boxes = _boxes(self.x, self.y, self.starts)
        self.box: MapBox = _whole(self.boxes)
        self._order = _near_by_near(self.boxes)
        self._blocks: dict[int, FloatArray] = {}

    def meeting(self, box: MapBox) -> IntArray:
        """Return the features whose boxes meet a box, those near one another together.

        It is the order in which they are drawn.
        """
        west, south, east, north = box
        if not (
            self.box[0] <= east
            and self.box[2] >= west
            and self.box[1] <= north
            and self.box[3] >= south
        ):
            return np.zeros(0, np.int64)
        boxes = self.boxes
        meets = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
        meets &= (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        return self._order[meets[self._order]]

    def rings_of(self, index: int) -> list[int]:
        """Return the numbers of a feature's rings."""
        return list(range(int(self.features[index]), int(self.features[index + 1])))

    def ring(self, ring: int) -> tuple[FloatArray, FloatArray]:
        """Return a ring's positions."""
        start, end = int(self.rings[ring]), int(self.rings[ring + 1])
        return self.x[start:end], self.y[start:end]

    def contains(self, index: int, x: float, y: float) -> bool:
        """Tell whether an area holds the place: its rings wind about it (Sunday 2001)."""
        winding = 0
        for ring in self.rings_of(index):
            xs, ys = self.ring(ring)
            above = ys > y
            crossing = np.flatnonzero(above[:-1] != above[1:])
            x0, y0, x1, y1 = xs[crossing], ys[crossing], xs[crossing + 1], ys[crossing + 1]
            left = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
            up = y1 > y0
            winding += int((up & (left > 0)).sum()) - int((~up & (left < 0)).sum())
        return winding != 0

    def distance(self, index: int, x: float, y: float, within: float) -> float:
        """Return how far a feature's lines or points are from a place; infinity beyond `within`."""
        least = np.inf
        for ring in self.rings_of(index):
            xs, ys = self.ring(ring)
            if len(xs) == 1:
                least = min(least, float(np.hypot(xs[0] - x, ys[0] - y)))
                continue
            for start, end in self._near(ring, (x - within, y - within, x + within, y + within)):
                least = min(least, _to_steps(xs[start:end] - x, ys[start:end] - y))
        return least if least <= within else np.inf

    def inner_place(self, index: int) -> tuple[float, float]:
        """Return a place on a feature for its name: for an area the middle of a width across it."""
        west, south, east, north = self.boxes[index].tolist()
        start, end = int(self.starts[index]), int(self.starts[index + 1])
        if self.kinds[index] != Kind.AREA:
            middle = (start + end) // 2
            return float(self.x[middle]), float(self.y[middle])
        y = (south + north) / 2
        met = [_crossings(*self.ring(ring), y) for ring in self.rings_of(index)]
        across = np.sort(np.concatenate(met))
        if len(across) < 2:
            return (west + east) / 2, y
        widths = np.diff(across[: len(across) // 2 * 2])[::2]
        widest = 2 * int(np.argmax(widths))
        return float(across[widest] + across[widest + 1]) / 2, y

    def clipped_line(self, ring: int, box: MapBox) -> list[tuple[FloatArray, FloatArray]]:
        """Return the parts of a long line that may be seen in the box."""
        xs, ys = self.ring(ring)
        return [(xs[start:end], ys[start:end]) for start, end in self._near(ring, box)]

    def clipped_area(self, ring: int, box: MapBox) -> tuple[FloatArray, FloatArray]:
        """Return a ring that looks the same inside the box, with little outside of it.

        What lies wholly on one side of the box is replaced by straight steps on that side.
        """
        xs, ys = self.ring(ring)
        if len(xs) <= 2 * BLOCK:
            return xs, ys
        blocks = self._blocks_of(ring)
        west, south, east, north = box
        aside = (blocks[:, 2] < west) | (blocks[:, 0] > east)
        aside |= (blocks[:, 3] < south) | (blocks[:, 1] > north)
        kept = np.repeat(~aside, BLOCK)[: len(xs)]
        kept = np.append(kept, np.ones(len(xs) - len(kept), bool))
        kept[::BLOCK] = kept[-1] = True
        return xs[kept], ys[kept]

    def _near(self, ring: int, box: MapBox) -> Iterable[tuple[int, int]]:
        """Give the runs of positions of a ring whose steps may meet a box."""
        count = int(self.rings[ring + 1] - self.rings[ring])
        if count <= 2 * BLOCK:
            return [(0, count)]
        blocks = self._blocks_of(ring)
        west, south, east, north = box
        meets = (blocks[:, 0] <= east) & (blocks[:, 2] >= west)
        meets &= (blocks[:, 1] <= north) & (blocks[:, 3] >= south)
        edges = np.flatnonzero(np.diff(meets.astype(np.int8), prepend=0, append=0))
        return [
            (start * BLOCK, min(end * BLOCK + 1, count))
            for start, end in edges.reshape(-1, 2).tolist()
        ]

    def _blocks_of(self, ring: int) -> FloatArray:
        """Return the boxes of a long ring's steps, block by block."""
        found = self._blocks.get(ring)
        if found is None:
            xs, ys = self.ring(ring)
            starts = np.arange(0, len(xs), BLOCK)
            found = _boxes(xs, ys, np.append(starts, len(xs)))
            # The step to the next block's first position belongs to the block before.
            joint_x, joint_y = xs[starts[1:]], ys[starts[1:]]
            found[:-1, 0] = np.minimum(found[:-1, 0], joint_x)
            found[:-1, 1] = np.minimum(found[:-1, 1], joint_y)
            found[:-1, 2] = np.maximum(found[:-1, 2], joint_x)
            found[:-1, 3] = np.maximum(found[:-1, 3], joint_y)
            self._blocks[ring] = found
        return found


def ranges(starts: IntArray, ends: IntArray) -> IntArray:
    """Return the whole numbers from each start up to its end, one run after the other."""
    lengths = ends - starts
    begins = np.cumsum(lengths) - lengths
    return np.repeat(starts - begins, lengths) + np.arange(int(lengths.sum()))


def _boxes(x: FloatArray, y: FloatArray, starts: IntArray) -> FloatArray:
    if len(starts) < 2:
        return np.zeros((0, 4))
    begins = starts[:-1]
    return np.column_stack(
        (
            np.minimum.reduceat(x, begins),
            np.minimum.reduceat(y, begins),
            np.maximum.reduceat(x, begins),
            np.maximum.reduceat(y, begins),
        )
    )


def _near_by_near(boxes: FloatArray) -> IntArray:
    """Return the features along Morton's curve: paths of neighbours are filled faster."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return np.argsort(interleaved(*fixed(x, y)), kind="stable")


def _whole(boxes: FloatArray) -> MapBox:
    if not len(boxes):
        return (np.inf, np.inf, -np.inf, -np.inf)
    low, high = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    return low[0], low[1], high[0], high[1]


def _crossings(xs: FloatArray, ys: FloatArray, y: float) -> FloatArray:
    """Return where a ring crosses a parallel."""
    above = ys > y
    at = np.flatnonzero(above[:-1] != above[1:])
    share = (y - ys[at]) / (ys[at + 1] - ys[at])
    crossed: FloatArray = xs[at] + share * (xs[at + 1] - xs[at])
    return crossed


def _to_steps(xs: FloatArray, ys: FloatArray) -> float:
    """Return the distance of the origin from the steps between positions."""
    dx, dy = np.diff(xs), np.diff(ys)
    length = dx * dx + dy * dy
    along = -(xs[:-1] * dx + ys[:-1] * dy)
    share = np.clip(np.divide(along, length, out=np.zeros_like(length), where=length > 0), 0, 1)
    return float(np.hypot(xs[:-1] + share * dx, ys[:-1] + share * dy).min(initial=np.inf))


def bounds(pieces: Iterable[Piece]) -> MapBox | None:
    """Return the box of all pieces; None where they hold nothing."""
    boxes = [piece.box for piece in pieces if len(piece.kinds)]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
