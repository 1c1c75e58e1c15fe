"""The index of points finds and counts exactly what a plain pass over all points does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paser_map import point_index
from paser_map.morton import BITS, fixed, interleaved, metres, separated
from paser_map.point_index import GONE, PointIndex
from paser_map.projection import HALF_M
from paser_map.pyramid import CATEGORIES, SIDE_BITS

ROWS = 400
STEPS = 1 << BITS


class Plain:
    """The same as the index by a plain pass: columns, and a look at each of them."""

    def __init__(self):
        self.across = np.zeros(ROWS, np.uint64)
        self.down = np.zeros(ROWS, np.uint64)
        self.category = np.full(ROWS, GONE, np.uint8)

    def rows_in(self, west, north, east, south):
        inside = (self.across >= west) & (self.across <= east)
        inside &= (self.down >= north) & (self.down <= south)
        return set(np.flatnonzero(inside & (self.category != GONE)).tolist())

    def cells(self, zoom, tile):
        """Return of each cell how many it holds, the worst, how many of the last two categories."""
        codes = interleaved(self.across, self.down)
        there = (codes >> np.uint64(2 * (BITS - zoom)) == tile) if zoom else np.ones(ROWS, bool)
        there &= self.category != GONE
        cells = codes[there] >> np.uint64(2 * (BITS - zoom - SIDE_BITS))
        cells &= np.uint64((1 << 2 * SIDE_BITS) - 1)
        found: dict[int, list[int]] = {}
        for cell, category in zip(cells.tolist(), self.category[there].tolist(), strict=True):
            found.setdefault(cell, []).append(category)
        return {
            cell: (len(of), max(of), of.count(CATEGORIES - 2), of.count(CATEGORIES - 1))
            for cell, of in found.items()
        }


def cells_of(index, zoom, tile):
    cells = index.cells(zoom, tile)
    of = zip(cells.totals.tolist(), cells.worst.tolist(), *cells.alarming.T.tolist(), strict=True)
    assert (np.diff(cells.places) > 0).all()
    return dict(zip(cells.places.tolist(), of, strict=True))


def places(rng, count):
    """Half of them crowd about a few places, so that squares hold many at every zoom."""
    anywhere = rng.integers(0, STEPS, count)
    crowd = 3_000_000_000 + rng.integers(0, 4, count) * 40 + rng.integers(0, 9, count)
    return np.where(rng.random(count) < 0.5, anywhere, crowd).astype(np.uint64)


def put(index, plain, rng, rows):
    across, down = places(rng, len(rows)), places(rng, len(rows))
    category = rng.integers(0, CATEGORIES, len(rows)).astype(np.uint8)
    index.put(rows, interleaved(across, down), category)
    plain.across[rows], plain.down[rows], plain.category[rows] = across, down, category


def stay(index, plain, rng, rows):
    rows = rows[plain.category[rows] != GONE]
    category = rng.integers(0, CATEGORIES, len(rows)).astype(np.uint8)
    index.set_categories(rows, category)
    plain.category[rows] = category


def drop(index, plain, _rng, rows):
    index.drop(rows)
    plain.category[rows] = GONE


def settle(index, _plain, _rng, _rows):
    if index._merging is not None:
        index._merging.result()
    index.settle()


def assert_same(index, plain, rng):
    for side in (1, 50, 1 << 20, 1 << 30, STEPS - 1):
        west, north = rng.integers(0, STEPS - side, 2).tolist()
        for box in (
            (west, north, west + side, north + side),
            (2_999_999_990, 2_999_999_990, 2_999_999_990 + side % (1 << 30), 3_000_000_050),
        ):
            assert set(index.rows_in(*box).tolist()) == plain.rows_in(*box)
            assert index.count_about(*box) >= len(plain.rows_in(*box))
    crowded = int(interleaved(*(np.array([3_000_000_000], np.uint64),) * 2)[0])
    for zoom in (0, 1, 5, 11, 18):
        tile = crowded >> 2 * (BITS - zoom)
        assert cells_of(index, zoom, tile) == plain.cells(zoom, tile)
    assert index.totals().tolist() == [
        np.count_nonzero(plain.category == category) for category in range(CATEGORIES)
    ]


@pytest.mark.parametrize("threaded", [False, True])
@given(
    seed=st.integers(0, 2**32),
    acts=st.lists(st.sampled_from([put, put, stay, drop, settle]), min_size=1, max_size=12),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_it_knows_what_a_plain_pass_knows(threaded, seed, acts):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(point_index, "_FEWEST_FRESH", 30)
        patched.setattr(point_index, "_AT_ONCE", 60 if threaded else 10_000)
        rng = np.random.default_rng(seed)
        index, plain = PointIndex(), Plain()
        index.reserve(ROWS)

        for act in acts:
            act(index, plain, rng, rng.choice(ROWS, rng.integers(1, ROWS // 2), replace=False))
        for _ in range(3):
            settle(index, plain, rng, None)

        assert_same(index, plain, rng)


def test_many_new_points_are_there_once_the_thread_has_put_them_in_order():
    count = point_index._AT_ONCE + 1
    index = PointIndex()
    index.reserve(count)
    rng = np.random.default_rng(1)
    codes = interleaved(places(rng, count), places(rng, count))

    index.put(np.arange(count), codes, np.zeros(count, np.uint8))
    index.set_categories(np.arange(10), np.full(10, 4, np.uint8))
    settle(index, None, None, None)

    assert not index.settle()
    assert index.totals().tolist() == [count - 10, 0, 0, 0, 10, 0, 0]


def test_what_moves_while_a_thread_puts_it_in_order_is_counted_where_it_is(monkeypatch):
    monkeypatch.setattr(point_index, "_FEWEST_FRESH", 30)
    monkeypatch.setattr(point_index, "_AT_ONCE", 60)
    index, plain, rng = PointIndex(), Plain(), np.random.default_rng(5)
    index.reserve(ROWS)
    rows = np.arange(200)

    put(index, plain, rng, rows)
    put(index, plain, rng, rows[:20])
    drop(index, plain, rng, rows[20:30])
    settle(index, plain, rng, rows)
    stay(index, plain, rng, rows)

    assert_same(index, plain, rng)


def test_places_survive_as_steps_of_less_than_a_centimetre():
    x = np.linspace(-HALF_M, HALF_M, 1001)
    y = np.linspace(HALF_M, -HALF_M, 1001)

    back_x, back_y = metres(*separated(interleaved(*fixed(x, y))))

    assert np.abs(back_x - x).max() < 0.01
    assert np.abs(back_y - y).max() < 0.01


def test_the_order_goes_by_squares():
    across, down = np.meshgrid(np.arange(4, dtype=np.uint64), np.arange(4, dtype=np.uint64))

    codes = interleaved(across, down)

    assert codes.tolist() == [[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]
