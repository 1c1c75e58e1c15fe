"""Points of one kind on the map, at any number: a symbol each, or a picture of how many.

The severest is on top, and what is alarming stays a symbol however many there are.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from paser_command.records import Severity
from paser_map import sprites
from paser_map.density import ALARMING, SEVERITIES, Density
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.morton import fixed, interleaved, metres
from paser_map.piles import Piles, no_piles, piles
from paser_map.point_index import PointIndex, Rows
from paser_map.point_names import Given, Names, Numbered
from paser_map.projection import FloatArray, to_map
from paser_map.recent import Recent
from paser_map.stamps import Stamps
from paser_map.view import MapView
from paser_ui.theme.symbols import SEVERITY_WORDS, draw_symbol
from paser_ui.theme.tokens import DARK

FEW = 12_000
"""So many in the view are drawn one by one."""

_SIZES_PX = ((300, 16), (3_000, 11))
_SMALLEST_PX = 8
_PICKED_PX = 16
_CLUSTER_PX = 14
_MOST_PILED = 3_000
"""So many in the view may be told in piles; more are small, and a picture by themselves."""

_MARGIN_PX = 16.0
_ROOM_PX = 4.0
"""Between a symbol and words beside it."""
_MOST_HITS = 100
_MOST_VIEWS = 2
"""What is drawn is wider than what words are placed in."""


class Marker(NamedTuple):
    """A thing at a place in degrees. Filled is what nobody has acknowledged."""

    key: str
    name: str
    lon: float
    lat: float
    severity: Severity
    filled: bool


class _Seen(NamedTuple):
    """What of the points a view shows, the topmost last: pixels and rows."""

    px: FloatArray
    py: FloatArray
    rows: Rows


class PointLayer:
    """Points in columns that are changed in place. What is nowhere on the map is not drawn."""

    still = False

    def __init__(self, kind: str, markers: Iterable[Marker] = ()) -> None:
        self.kind = kind
        self._index = PointIndex()
        self._density = Density(self._index)
        self._given = Given()
        self._names: Names = self._given
        self._filled = np.zeros(0, bool)
        self._seen_in: dict[MapView, _Seen | None] = {}
        self.put(markers)

    @classmethod
    def of_columns(
        cls, kind: str, lon: ArrayLike, lat: ArrayLike, severity: ArrayLike, filled: ArrayLike
    ) -> "PointLayer":
        """Return a layer of points whose keys are the numbers of their rows."""
        layer = cls(kind)
        layer._names = Numbered(np.size(lon))
        layer._place(np.arange(np.size(lon)), lon, lat, severity, filled)
        return layer

    def put(self, markers: Iterable[Marker]) -> None:
        """Add points, or replace those of the same key."""
        latest = {marker.key: marker for marker in markers}
        if not latest:
            return
        known = list(latest.values())
        self._place(
            np.array([self._given.put(marker.key, marker.name) for marker in known], np.intp),
            [marker.lon for marker in known],
            [marker.lat for marker in known],
            [marker.severity for marker in known],
            [marker.filled for marker in known],
        )

    def drop(self, keys: Iterable[str]) -> None:
        """Take the points of these keys away; others are left aside."""
        known = {self._names.row(key) for key in keys} - {None}
        rows = np.array(sorted(row for row in known if row is not None), np.intp)
        self._mark(rows)
        self._index.drop(rows)

    def set_state(self, rows: Rows, severity: ArrayLike, filled: ArrayLike) -> None:
        """Give points where they are another severity; each row is named once."""
        self._filled[rows] = filled
        self._index.set_categories(rows, _categories(severity, filled))
        self._density.mark(self._index.codes(rows))
        if any(self._seen_in.values()):
            self._seen_in.clear()

    def draw(self, painter: QPainter, view: MapView, selected: str) -> None:
        dpr = painter.device().devicePixelRatioF()
        self.poll()
        seen = self._seen(view)
        if seen is None:
            # Pictures that are scaled are drawn four times as slowly where edges are smoothed.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._density.draw(painter, view)
            self._draw_clusters(painter, view, dpr)
        else:
            self._draw_symbols(painter, view, seen)
        self._draw_selected(painter, view, selected)

    def poll(self) -> bool:
        """Take in what was put in order meanwhile; True where there is more to draw."""
        settled = self._index.settle()
        if settled:
            self._density.mark_all()
            self._seen_in.clear()
        return settled or self._density.unfinished

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        near = self._near(view, px, py, max(tolerance_px, _PICKED_PX / 2))
        return [Hit(self.kind, self._names.key(row)) for row in near[::-1][:_MOST_HITS].tolist()]

    def block(self, view: MapView, placer: Placer) -> None:
        seen = self._seen(view)
        if seen is None:
            return
        placer.block_points(seen.px, seen.py, _size_px(len(seen.rows)) / 2 + _ROOM_PX)
        found = _piles(seen, view)
        for top, count in zip(found.tops.tolist(), found.counts.tolist(), strict=True):
            badge = QRectF(QPointF(), sprites.badge_size(sprites.short_count(count)))
            badge.moveCenter(QPointF(seen.px[top], seen.py[top]))
            placer.block_badge(badge)

    def labels(self, view: MapView, selected: str) -> list[Label]:
        row = self._there(selected)
        if row is None:
            return []
        px, py = self._pixel(view, row)
        name = self._names.name(row)
        return [Label(name, px, py, 15.0, DARK.text, needed=True, leader=True)]

    def place_of(self, key: str) -> tuple[float, float] | None:
        row = self._there(key)
        if row is None:
            return None
        x, y = metres(*self._index.places(np.array([row])))
        return float(x[0]), float(y[0])

    def legend(self, tr: Words) -> list[Swatch]:
        """Return the severities that there are, the worst first, and what outlined ones are."""
        there = {SEVERITIES[category] for category in np.flatnonzero(self._index.totals())}
        found = [_swatch(tr, severity) for severity in reversed(Severity) if severity in there]
        return [*found, *(_taken_swatch(tr, filled) for filled in (True, False) if found)]

    def _place(
        self, rows: Rows, lon: ArrayLike, lat: ArrayLike, severity: ArrayLike, filled: ArrayLike
    ) -> None:
        more = len(self._names) - len(self._filled)
        if more > 0:
            self._filled = np.append(self._filled, np.zeros(max(more, len(self._filled)), bool))
        self._index.reserve(len(self._names))
        x, y = to_map(lon, lat)
        good = np.isfinite(x)
        self._mark(rows)
        self._index.drop(rows[~good])
        rows = rows[good]
        self._filled[rows] = np.asarray(filled)[good]
        codes = interleaved(*fixed(x[good], y[good]))
        categories = _categories(np.asarray(severity)[good], np.asarray(filled)[good])
        self._index.put(rows, codes, categories)
        self._mark(rows)

    def _mark(self, rows: Rows) -> None:
        self._seen_in.clear()
        self._density.mark(self._index.codes(rows))

    def _seen(self, view: MapView) -> _Seen | None:
        """Return what the view shows, None where it is too much to be drawn one by one."""
        if view not in self._seen_in:
            right, foot = view.width + _MARGIN_PX, view.height + _MARGIN_PX
            box = _steps(view, -_MARGIN_PX, -_MARGIN_PX, right, foot)
            many = self._index.count_about(*box) > FEW
            while len(self._seen_in) >= _MOST_VIEWS:
                self._seen_in.pop(next(iter(self._seen_in)))
            self._seen_in[view] = None if many else self._in_order(view, self._index.rows_in(*box))
        return self._seen_in[view]

    def _in_order(self, view: MapView, rows: Rows) -> _Seen:
        order = np.lexsort((rows, self._filled[rows], _severities(self._index.categories(rows))))
        rows = rows[order]
        px, py = view.to_screen(*metres(*self._index.places(rows)))
        return _Seen(px, py, rows)

    def _near(self, view: MapView, px: float, py: float, reach: float) -> Rows:
        box = _steps(view, px - reach, py - reach, px + reach, py + reach)
        near = self._in_order(view, self._index.rows_in(*box))
        return near.rows[np.hypot(near.px - px, near.py - py) <= reach]

    def _draw_symbols(self, painter: QPainter, view: MapView, seen: _Seen) -> None:
        """Draw each symbol and each pile, the worst last and on top."""
        dpr = painter.device().devicePixelRatioF()
        size_px = _size_px(len(seen.rows))
        look = _severities(self._index.categories(seen.rows)) * 2 + self._filled[seen.rows]
        found = _piles(seen, view)
        alone = found.alone
        alone = alone[_apart(seen.px[alone], seen.py[alone], look[alone], size_px)]
        sheet = Stamps(view, dpr)
        for one in np.unique(look).tolist():
            severity, filled = Severity(one // 2), bool(one % 2)
            own = alone[look[alone] == one]
            symbol = sprites.symbol(severity, size_px, dpr, filled=filled)
            sheet.put(symbol, seen.px[own], seen.py[own])
            of_look = look[found.tops] == one
            for top, count in zip(found.tops[of_look], found.counts[of_look], strict=True):
                text = sprites.short_count(int(count))
                badge = sprites.badge(severity, text, dpr, filled=filled)
                sheet.put(badge, seen.px[[top]], seen.py[[top]])
        sheet.draw(painter)

    def _draw_clusters(self, painter: QPainter, view: MapView, dpr: float) -> None:
        clusters = list(self._density.clusters(view))
        for severity in (Severity.HIGH, Severity.CRITICAL):
            for px, py, cluster in clusters:
                if cluster.severity is severity:
                    stamp, half_width, half_height = _stamp(severity, cluster.many, dpr)
                    painter.drawPixmap(QPointF(px - half_width, py - half_height), stamp)

    def _draw_selected(self, painter: QPainter, view: MapView, selected: str) -> None:
        row = self._there(selected)
        if row is None:
            return
        centre = QPointF(*self._pixel(view, row))
        severity = SEVERITIES[int(self._index.categories(np.array([row]))[0])]
        draw_symbol(
            painter, severity, centre, _PICKED_PX, bool(self._filled[row]), DARK.severity(severity)
        )
        draw_ring(painter, centre, _PICKED_PX * 0.5 + 5)

    def _there(self, key: str) -> int | None:
        row = self._names.row(key)
        return None if row is None or self._index.is_gone(row) else row

    def _pixel(self, view: MapView, row: int) -> tuple[float, float]:
        px, py = view.to_screen(*metres(*self._index.places(np.array([row]))))
        return float(px[0]), float(py[0])


def _piles(seen: _Seen, view: MapView) -> Piles:
    told = len(seen.rows) <= _MOST_PILED
    return piles(seen.px, seen.py, view) if told else no_piles(len(seen.rows))


def draw_ring(painter: QPainter, centre: QPointF, radius_px: float) -> None:
    """Draw the ring of what is selected."""
    painter.setPen(QPen(DARK.selection, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius_px, radius_px)


def _categories(severity: ArrayLike, filled: ArrayLike) -> NDArray[np.uint8]:
    """Return severities as categories: what is high or worse, and open, is alarming."""
    severities = np.asarray(severity, np.uint8)
    alarming = np.asarray(filled, bool) & (severities >= Severity.HIGH)
    return np.where(alarming, severities + (ALARMING - Severity.HIGH), severities).astype(np.uint8)


def _severities(categories: NDArray[np.uint8]) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = _SEVERITY_OF[categories]
    return found


def _steps(
    view: MapView, left: float, top: float, right: float, foot: float
) -> tuple[int, int, int, int]:
    """Return a box of pixels in steps of `morton.fixed`: west, north, east, south."""
    west, north = view.to_map(left, top)
    east, south = view.to_map(right, foot)
    across, down = fixed(np.array([west, east]), np.array([north, south]))
    return int(across[0]), int(down[0]), int(across[1]), int(down[1])


def _swatch(tr: Words, severity: Severity) -> Swatch:
    def draw(painter: QPainter, box: QRectF) -> None:
        size_px = min(box.width(), box.height())
        draw_symbol(painter, severity, box.center(), size_px, True, DARK.severity(severity))

    return Swatch(f"{tr('Incident')}: {tr(SEVERITY_WORDS[severity])}", draw)


def _taken_swatch(tr: Words, filled: bool) -> Swatch:
    def draw(painter: QPainter, box: QRectF) -> None:
        size_px = min(box.width(), box.height()) - 4
        draw_symbol(painter, Severity.LOW, box.center(), size_px, filled, DARK.text_2)

    return Swatch(tr("Filled: not acknowledged") if filled else tr("Outlined: acknowledged"), draw)


@Recent
def _stamp(severity: Severity, many: int, dpr: float) -> tuple[QPixmap, float, float]:
    """Return the picture of a cluster, and half its width and height."""
    if many == 1:
        stamp = sprites.symbol(severity, _CLUSTER_PX, dpr, filled=True)
    else:
        stamp = sprites.badge(severity, sprites.short_count(many), dpr)
    size = stamp.deviceIndependentSize()
    return stamp, size.width() / 2, size.height() / 2


def _size_px(count: int) -> int:
    return next((size for most, size in _SIZES_PX if count <= most), _SMALLEST_PX)


def _apart(px: FloatArray, py: FloatArray, look: NDArray[np.uint8], size_px: int) -> Rows:
    """Return which symbols to draw: of equal ones on the same pixel only the last."""
    if not len(px):
        return np.zeros(0, np.intp)
    grain = max(1, size_px // 5)
    cell = (px // grain).astype(np.int64) << 34 | ((py // grain).astype(np.int64) + 64) << 8 | look
    _, last = np.unique(cell[::-1], return_index=True)
    return np.sort(len(px) - 1 - last)


_SEVERITY_OF = np.array(SEVERITIES, np.uint8)
