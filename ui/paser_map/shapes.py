"""A file's features on the map: any number of points, lines and areas, styled by rule."""

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from paser_command.geo import Box
from paser_command.maps.definition import Style
from paser_command.maps.styles import Key, Looks, keys, looks
from paser_command.maps.vector.reading import Reading
from paser_command.maps.vector.shapes import Kind, Shapes, Texts, name_field, value_text
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.projection import FloatArray, to_degrees
from paser_map.shape_drawing import (
    THIN_PX,
    Crowd,
    Sample,
    draw_features,
    draw_sample,
    draw_selected,
)
from paser_map.shape_paths import places, seen_box
from paser_map.shape_piece import IntArray, MapBox, Piece, bounds
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

_PIECES_A_POLL = 2
_GROWTH = 1.5
"""By how much more there must be for another picture of a file that is still being read."""

_FEATURES_A_STEP = 128
_POSITIONS_A_STEP = 20_000
_MOST_WIDE = 400
"""Features whose lines are as wide as the style says."""

_MOST_LABELS = 120
_MOST_TRIED = 400
"""Features under the pointer whose form is looked at."""

_MOST_HITS = 50
_MOST_BLOCKED = 3_000
_LINES_DESCRIBED = 12
_LONGEST_VALUE = 120

_Found = tuple[Piece, int]


class ShapeLayer:
    """The features of one file. `kind` is the selection's kind of them, of this layer alone.

    Features come from the `reading`, or through `add`. `style` is how they look. A feature's key is
    its number in the file. One that is not `worded` says no word of the file on the map.
    """

    still = True

    def __init__(self, kind: str, style: Style, reading: Reading | None = None) -> None:
        self.kind = kind
        self.worded = True
        self.reading = reading
        self._style = style
        self._pieces: list[Piece] = []
        self._boxes: FloatArray = np.zeros((0, 4))
        self._looks: dict[Piece, Looks] = {}
        self._sizes: dict[Piece, FloatArray] = {}
        self._all_in = reading is None
        self._shown = 0
        self._drawn = False

    @property
    def style(self) -> Style:
        """How the features look."""
        return self._style

    @property
    def settled(self) -> bool:
        """Whether all that the reading had is in."""
        return self._all_in

    @property
    def box(self) -> Box | None:
        """The box of all features in degrees; None where there are none."""
        found = bounds(self._pieces)
        if found is None:
            return None
        (west, east), (south, north) = to_degrees([found[0], found[2]], [found[1], found[3]])
        return Box(float(west), float(south), float(east), float(north))

    def counts(self) -> dict[Kind, int]:
        """Return how many features of each kind there are by now."""
        totals = np.zeros(len(Kind), int)
        for piece in self._pieces:
            totals += np.bincount(piece.kinds, minlength=len(Kind))
        return {kind: int(totals[kind]) for kind in Kind if totals[kind]}

    def fields(self) -> list[str]:
        """Return the names of the attributes."""
        return list(dict.fromkeys(name for piece in self._pieces for name in piece.shapes.fields))

    def number_fields(self) -> list[str]:
        """Return the names of the attributes that are numbers."""
        pieces = [piece.shapes.fields for piece in self._pieces]
        worded = {n for fields in pieces for n, one in fields.items() if isinstance(one, Texts)}
        return [name for name in self.fields() if name not in worded]

    def column(self, name: str) -> NDArray[np.object_] | FloatArray:
        """Return an attribute of all features: numbers, or an object array of texts."""
        columns = [_column(piece.shapes, name) for piece in self._pieces]
        if any(column.dtype == object for column in columns):
            return np.concatenate([column.astype(object) for column in columns])
        return np.concatenate([np.zeros(0), *columns])

    def restyle(self, style: Style) -> None:
        """Draw the features in another way from now on."""
        if style != self._style:
            self._style = style
            self._looks.clear()
            self._sizes.clear()

    def add(self, shapes: Shapes) -> None:
        """Take in features, in the file's order."""
        if len(shapes.kinds):
            self._pieces.append(Piece(shapes))
            self._boxes = np.array([piece.box for piece in self._pieces])

    def poll(self) -> bool:
        """Take in what the reading has."""
        if self.reading is None or self._all_in:
            return False
        if self._pieces and not self._drawn:
            # The first picture waits for nothing more.
            return False
        ended = self.reading.ended
        came = self.reading.poll(_PIECES_A_POLL)
        for shapes in came:
            self.add(shapes)
        if came or not ended:
            return self._is_worth_drawing()
        # Sizes go from the least to the most of all that there is.
        self._all_in = True
        self._sizes.clear()
        return len(self._pieces) > self._shown or bool(self._style.size_field)

    def steps(self, painter: QPainter, view: MapView, selected: str) -> Iterator[None]:
        """Draw the features piece by piece, the file's last on top."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        crowd, box = Crowd(view), seen_box(view)
        seen: list[tuple[Piece, IntArray]] = []
        for piece in self._meeting(box):
            seen.append((piece, piece.meeting(box)))
            yield
        style = self._drawn_style(sum(len(indices) for _, indices in seen))
        for piece, found in seen:
            for indices in _portions(piece, found):
                how = self._looks_of(piece)
                yield from draw_features(painter, view, piece, indices, how, style, crowd)
        self._drawn = True
        if (picked := self._found(selected)) is not None:
            size_px = float(self._looks_of(picked[0]).size_px[picked[1]])
            draw_selected(painter, view, *picked, size_px)
            yield

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        """Return the features at the pixel: areas that hold it, lines and points near it."""
        x, y = view.to_map(px, py)
        reach = self._most_size_px() / 2
        within = max(tolerance_px, reach) * view.metres_per_px
        box = (x - within, y - within, x + within, y + within)
        found: list[Hit] = []
        tried = 0
        for piece in reversed(self._meeting(box)):
            for index in piece.meeting(box)[::-1].tolist():
                tried += 1
                if self._is_at(piece, index, x, y, view, tolerance_px):
                    found.append(Hit(self.kind, str(piece.shapes.first + index)))
                if tried >= _MOST_TRIED or len(found) >= _MOST_HITS:
                    return found
        return found

    def block(self, view: MapView, placer: Placer) -> None:
        """Keep labels off points, where they are few."""
        for piece in self._meeting(seen_box(view)):
            points = piece.meeting(seen_box(view))
            points = points[piece.kinds[points] == Kind.POINT]
            if 0 < len(points) <= _MOST_BLOCKED:
                px, py, _ = places(piece, points, view)
                inside = view.seen(px, py)
                placer.block_points(px[inside], py[inside], self._style.size_px / 2)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        """Return the values of the label's field, the largest features first."""
        if not self.worded:
            return []
        picked = self._found(selected)
        wanted: list[_Found] = [picked] if picked else []
        if self._style.label_field and view.zoom >= self._style.label_from_zoom:
            wanted += [found for found in self._largest(seen_box(view)) if found != picked]
        return [
            label
            for found in wanted[:_MOST_LABELS]
            if (label := self._label(view, *found, picked=found == picked)) is not None
        ]

    def place_of(self, key: str) -> tuple[float, float] | None:
        """Return a place on the feature, in metres on the map."""
        found = self._found(key)
        return found[0].inner_place(found[1]) if found else None

    def legend(self, tr: Words) -> list[Swatch]:
        """Return an entry for each look that the style's rule has."""
        kinds = set(self.counts())
        if not kinds or not self.worded:
            return []
        field = self._style.rule.field if self._style.rule else ""
        return [
            Swatch(
                _meaning(key, field, tr),
                partial(draw_sample, look=Sample(kinds, key.colour, self._style)),
            )
            for key in keys(self._style)
            if field
        ]

    def sample(self) -> Swatch:
        """Return what the features look like where there is no rule, without a text."""
        return Swatch(
            "",
            partial(draw_sample, look=Sample(set(self.counts()), self._style.colour, self._style)),
        )

    def describe(self, key: str) -> tuple[str, ...]:
        """Return what is known of a feature: its name, then its attributes as plain text."""
        found = self._found(key)
        if found is None:
            return ()
        piece, index = found
        fields = piece.shapes.fields
        name = self._name_field(piece)
        told = [
            f"{field}: {value[:_LONGEST_VALUE]}"
            for field, column in fields.items()
            if field != name and (value := value_text(column, index))
        ]
        title = value_text(fields[name], index)[:_LONGEST_VALUE] if name in fields else ""
        return (title or f"#{int(key) + 1}", *told[:_LINES_DESCRIBED])

    def names(self, start: int, most: int) -> list[str]:
        """Return the names of features from a number on, as far as they came; "" for none."""
        names: list[str] = []
        for piece in self._pieces:
            first = max(0, start + len(names) - piece.shapes.first)
            last = min(len(piece.kinds), first + most - len(names))
            name = self._name_field(piece)
            if name in piece.shapes.fields:
                column = piece.shapes.fields[name]
                names += [value_text(column, index) for index in range(first, last)]
            else:
                names += [""] * max(0, last - first)
        return names

    def _is_worth_drawing(self) -> bool:
        """Tell whether so much came that all is drawn anew: few pictures while a file grows."""
        count = len(self._pieces)
        if not count or count < self._shown * _GROWTH:
            return False
        self._shown = count
        return True

    def _drawn_style(self, seen: int) -> Style:
        """Return the style; with thin lines where so many features are seen."""
        if seen <= _MOST_WIDE:
            return self._style
        thin_px = min(self._style.line_px, THIN_PX)
        return msgspec.structs.replace(self._style, line_px=thin_px)

    def _name_field(self, piece: Piece) -> str:
        return self._style.label_field or name_field(piece.shapes.fields)

    def _meeting(self, box: MapBox) -> list[Piece]:
        boxes = self._boxes
        meets = (boxes[:, 0] <= box[2]) & (boxes[:, 2] >= box[0])
        meets &= (boxes[:, 1] <= box[3]) & (boxes[:, 3] >= box[1])
        return [self._pieces[number] for number in np.flatnonzero(meets).tolist()]

    def _found(self, key: str) -> _Found | None:
        if not key.isdecimal():
            return None
        number = int(key)
        for piece in self._pieces:
            if 0 <= number - piece.shapes.first < len(piece.kinds):
                return piece, number - piece.shapes.first
        return None

    def _is_at(
        self, piece: Piece, index: int, x: float, y: float, view: MapView, tolerance_px: float
    ) -> bool:
        kind = piece.kinds[index]
        if kind == Kind.AREA:
            return piece.contains(index, x, y)
        reach_px = tolerance_px
        if kind == Kind.POINT:
            reach_px = max(reach_px, float(self._looks_of(piece).size_px[index]) / 2)
        within = reach_px * view.metres_per_px
        return piece.distance(index, x, y, within) <= within

    def _most_size_px(self) -> float:
        style = self._style
        return max(style.size_px, style.most_size_px) if style.size_field else style.size_px

    def _looks_of(self, piece: Piece) -> Looks:
        """Return how a piece's features look; worked out when it is first drawn."""
        found = self._looks.get(piece)
        if found is None:
            rule = self._style.rule
            wanted = {rule.field} if rule else set()
            fields = {
                name: _column(piece.shapes, name) for name in wanted & set(piece.shapes.fields)
            }
            found = self._looks[piece] = looks(self._style, fields, len(piece.kinds))
        if self._style.size_field and self._all_in:
            return found._replace(size_px=self._sizes_of(piece))
        return found

    def _sizes_of(self, piece: Piece) -> FloatArray:
        if piece not in self._sizes:
            field = self._style.size_field
            everything = {field: self.column(field)}
            total = len(everything[field])
            sizes = looks(self._style, everything, total).size_px
            ends = np.cumsum([len(each.kinds) for each in self._pieces])
            parts = np.split(sizes, ends[:-1])
            self._sizes = dict(zip(self._pieces, parts, strict=True))
        return self._sizes[piece]

    def _largest(self, box: MapBox) -> list[_Found]:
        """Return the features of the box that are largest on the map."""
        found: list[tuple[float, Piece, int]] = []
        for piece in self._meeting(box):
            indices = piece.meeting(box)
            boxes = piece.boxes[indices]
            sizes = (boxes[:, 2] - boxes[:, 0]) + (boxes[:, 3] - boxes[:, 1])
            first = np.argsort(-sizes, kind="stable")[:_MOST_LABELS]
            found += [
                (size, piece, index)
                for size, index in zip(sizes[first].tolist(), indices[first].tolist(), strict=True)
            ]
        found.sort(key=lambda each: -each[0])
        return [(piece, index) for _, piece, index in found[:_MOST_LABELS]]

    def _label(self, view: MapView, piece: Piece, index: int, *, picked: bool) -> Label | None:
        column = piece.shapes.fields.get(self._name_field(piece))
        text = value_text(column, index) if column is not None else ""
        if not text:
            return None
        x, y = piece.inner_place(index)
        px, py = view.to_screen(np.array([x]), np.array([y]))
        if not view.seen(px, py)[0]:
            return None
        point = piece.kinds[index] == Kind.POINT
        gap_px = self._style.size_px / 2 + 3 if point else 3.0
        colour = DARK.text if picked else DARK.text_2
        return Label(text, float(px[0]), float(py[0]), gap_px, colour, needed=picked)


def _portions(piece: Piece, indices: IntArray) -> Iterator[IntArray]:
    """Give the features in runs of about as many positions as a step may take."""
    positions = np.cumsum(piece.starts[indices + 1] - piece.starts[indices])
    begin = 0
    while begin < len(indices):
        done = int(positions[begin - 1]) if begin else 0
        end = int(np.searchsorted(positions, done + _POSITIONS_A_STEP, side="right"))
        end = min(max(end, begin + 1), begin + _FEATURES_A_STEP)
        yield indices[begin:end]
        begin = end


def _column(shapes: Shapes, name: str) -> NDArray[np.object_] | FloatArray:
    column = shapes.fields.get(name)
    if isinstance(column, Texts):
        return _objects(column.all())
    return np.full(len(shapes.kinds), np.nan) if column is None else column


def _objects(values: Sequence[str]) -> NDArray[np.object_]:
    found = np.empty(len(values), object)
    found[:] = values
    return found


def _meaning(key: Key, field: str, tr: Words) -> str:
    if key.value is not None:
        return f"{field}: {key.value}"
    if key.low is None and key.high is None:
        return tr("{field}: other", field=field)
    if key.low is None:
        return f"{field} < {key.high:g}"
    if key.high is None:
        return f"{field} ≥ {key.low:g}"
    return f"{field} {key.low:g} – {key.high:g}"
