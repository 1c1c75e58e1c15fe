"""How a map is put together from its ground, its layers and its words, below and above."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from paser_command.records import Severity
from paser_command.session.frames import Selection
from paser_map.basemap import TOWNS_FROM_ZOOM, Basemap
from paser_map.labels import Label, Placed, Placer, town_label
from paser_map.layers import Layer, is_live, is_still
from paser_map.stack import Entry
from paser_map.view import MapView


def ground_steps(
    painter: QPainter,
    view: MapView,
    basemap: Basemap,
    entries: Sequence[Entry],
    selection: Selection,
) -> Generator[None, None, None]:
    """Draw the basemap and the still layers in pieces."""
    yield from basemap.steps(painter, view)
    for layer, opacity in entries:
        if is_still(layer):
            with _veiled(painter, view, opacity) as on:
                yield from layer.steps(on, view, _selected_in(layer, selection))


def draw_live(
    painter: QPainter, view: MapView, entries: Sequence[Entry], selection: Selection
) -> None:
    """Draw the layers that are not still."""
    for layer, opacity in entries:
        if is_live(layer):
            with _veiled(painter, view, opacity) as on:
                layer.draw(on, view, _selected_in(layer, selection))


def place_words(
    placer: Placer,
    view: MapView,
    basemap: Basemap,
    entries: Sequence[Entry],
    selection: Selection,
) -> list[Placed]:
    """Give what is picked its place first, then the towns, what presses, and the rest."""
    for layer, _ in entries:
        layer.block(view, placer)
    return placer.place(_wanted(view, basemap, entries, selection))


def _wanted(
    view: MapView, basemap: Basemap, entries: Sequence[Entry], selection: Selection
) -> Iterator[Label]:
    first: list[Label] = []
    rest: list[Label] = []
    for layer, _ in reversed(entries):
        selected = _selected_in(layer, selection)
        labels = layer.labels(view, selected)
        first += labels[:1] if selected else []
        rest += labels[1:] if selected else labels
    pressing = [label.needed and label.severity >= Severity.HIGH for label in rest]
    yield from first
    yield from _towns(view, basemap)
    yield from (label for label, presses in zip(rest, pressing, strict=True) if presses)
    yield from (label for label, presses in zip(rest, pressing, strict=True) if not presses)


def _towns(view: MapView, basemap: Basemap) -> list[Label]:
    if view.zoom < TOWNS_FROM_ZOOM:
        return []
    px, py = basemap.towns_on(view)
    shown = np.flatnonzero(view.seen(px, py)).tolist()
    towns = basemap.towns
    return [town_label(towns[one].name, float(px[one]), float(py[one])) for one in shown]


def _selected_in(layer: Layer, selection: Selection) -> str:
    return selection.key if layer.kind == selection.kind else ""


@contextmanager
def _veiled(painter: QPainter, view: MapView, opacity: float) -> Iterator[QPainter]:
    """Give a painter for a layer, what it draws being as opaque as is said, as a whole."""
    if opacity >= 1.0:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            yield painter
        finally:
            painter.restore()
        return
    dpr = painter.device().devicePixelRatioF()
    veil = QPixmap(round(view.width * dpr), round(view.height * dpr))
    veil.setDevicePixelRatio(dpr)
    veil.fill(Qt.GlobalColor.transparent)
    on = QPainter(veil)
    on.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield on
    finally:
        on.end()
    painter.setOpacity(opacity)
    painter.drawPixmap(QPointF(0, 0), veil)
    painter.setOpacity(1.0)
