"""Symbols that lie on one another are told as one with their number, and none is lost."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from paser_command.records import Severity
from paser_map import sprites
from paser_map.labels import Label, Placer, town_label
from paser_map.piles import LEAST, SIDE_PX, piles
from paser_map.points import Marker, PointLayer
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK


def view(zoom=9.0, lon=116.19):
    return MapView.of_place(lon, -1.9, zoom, 640, 480)


def at(shown, px, py):
    """Return markers at pixels of a view, the first one critical."""
    places = [shown.to_degrees(x, y) for x, y in zip(px, py, strict=True)]
    return [
        Marker(str(row), f"no {row}", lon, lat, Severity.LOW if row else Severity.CRITICAL, True)
        for row, (lon, lat) in enumerate(places)
    ]


def test_every_point_is_alone_or_counted_in_a_pile():
    rng = np.random.default_rng(5)
    px, py = rng.normal(320, 60, 2_000), rng.normal(240, 60, 2_000)

    found = piles(px, py, view())

    assert len(found.alone) + found.counts.sum() == 2_000
    assert (found.counts >= LEAST).all()
    assert not set(found.alone.tolist()) & set(found.tops.tolist())


def test_the_topmost_of_a_pile_is_the_last():
    px = np.full(LEAST + 2, 100.0)

    found = piles(px, px, view())

    assert (found.tops.tolist(), found.counts.tolist()) == ([LEAST + 1], [LEAST + 2])


def test_a_pile_stays_what_it_is_while_the_map_is_moved():
    rng = np.random.default_rng(6)
    px, py = rng.uniform(0, 200, 500), rng.uniform(0, 200, 500)
    shown = view()
    moved = shown.panned(37.4, -12.6)
    there_px, there_py = moved.to_screen(*shown.to_map(px, py))

    found, again = piles(px, py, shown), piles(there_px, there_py, moved)

    assert found.tops.tolist() == again.tops.tolist()
    assert found.counts.tolist() == again.counts.tolist()


@pytest.mark.parametrize("count", [LEAST, 40])
def test_a_click_on_a_pile_finds_the_worst_in_it_first(qapp, count):
    shown = view()
    spread = np.linspace(0, SIDE_PX / 3, count)
    layer = PointLayer("incident", at(shown, 300 + spread, 200 + spread))
    seen = layer._seen(shown)
    assert seen is not None
    found = piles(seen.px, seen.py, shown)

    hits = layer.hits(shown, float(seen.px[found.tops[-1]]), float(seen.py[found.tops[-1]]), 8.0)

    assert hits[0].key == "0"


@pytest.mark.parametrize("text", ["Tanah Grogot", "2,55 m"])
def test_no_word_covers_the_number_of_a_pile(qapp, text):
    shown = view()
    layer = PointLayer("incident", at(shown, np.full(120, 300.0), np.full(120, 200.0)))
    number = QRectF(QPointF(), sprites.badge_size("120"))
    number.moveCenter(QPointF(300, 200))
    placer = Placer(shown)
    layer.block(shown, placer)
    # With symbols everywhere about it, what is needed goes over one rather than nowhere.
    spread = np.linspace(150, 450, 80)
    placer.block_points(np.repeat(spread, 80), np.tile(spread - 100, 80), 4.0)

    placed = placer.place([Label(text, x, 200, 7.0, DARK.text, needed=True) for x in (270, 330)])

    assert placed
    assert not any(one.box.intersects(number) for one in placed)


def test_the_name_of_a_town_under_a_pile_stands_off(qapp):
    shown = view()
    layer = PointLayer("incident", at(shown, np.full(9, 300.0), np.full(9, 200.0)))
    placer = Placer(shown)
    layer.block(shown, placer)

    (name,) = placer.place([town_label("Tanah Grogot", 303, 201)])

    assert name.leader is not None
