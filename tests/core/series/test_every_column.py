"""Each column of a chart has its exact low and high at their own times, as known at the moment.

The answer is compared with one that is worked out from the records that were sent, one by one, by
plain Python: no SQL, no rollup, no array.
"""

import itertools
from bisect import bisect_right
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paser_command.journal.series import series
from paser_command.journal.verify import verify
from paser_command.journal.writer import Writer
from paser_command.times import DAY, HOUR, MINUTE, SECOND
from tests.records import START, level

CADENCES = (SECOND // 3, SECOND, 7 * SECOND, MINUTE, 10 * MINUTE, 35 * MINUTE)
names = itertools.count()


class Sent(NamedTuple):
    """A number and the batch that brought it."""

    at: int
    value: float
    batch: int


@st.composite
def histories(draw):
    """Draw what was sent about a stream: a cadence with gaps, late rows, corrections."""
    cadence = draw(st.sampled_from(CADENCES))
    size = draw(st.sampled_from([1e-9, 1.0, 1e9]))
    began = START - draw(st.integers(0, 2 * HOUR))
    count = draw(st.integers(1, 400))
    random = Random(draw(st.integers(0, 1_000_000)))
    gap_from = random.randrange(count)
    gap_to = gap_from + random.choice([0, 0, 3, count // 3])
    a_batch = random.choice([1, 5, 60])
    sent = []
    for n in range(count):
        if gap_from <= n < gap_to and random.random() < 0.9:
            continue
        value = random.randint(-9, 9) * size / 7
        late = random.choice([0] * 12 + [1, 4, 1000])
        sent.append(Sent(began + n * cadence, value, n // a_batch + late))
        if random.random() < 0.03:
            sent.append(Sent(began + n * cadence, -9 * size, n // a_batch + random.choice([0, 2])))
    return sorted(sent, key=lambda one: one.batch), cadence * count


@st.composite
def questions(draw, length):
    """Draw a span about as long as what was sent, columns, and how many batches were known."""
    shift = draw(st.integers(-length, length)) // draw(st.sampled_from([1, 4, 1000]))
    span = draw(st.sampled_from([length // 2, length, 3 * length, HOUR, DAY, 30 * DAY]))
    columns = draw(st.integers(1, 40))
    return START - HOUR + shift, max(1, span), columns, draw(st.floats(0, 1))


def write(journal, clock, stream, sent):
    """Write the batches in turn; return when each was received."""
    writer = Writer(journal, clock)
    received = []
    for _, rows in itertools.groupby(sent, key=lambda one: one.batch):
        clock.instant += MINUTE
        appended = writer.append([level(one.value, one.at, stream) for one in rows])
        received.append(appended.received)
    return received


def worked_out(rows, start, end, columns):
    """Return of each column with rows its low and high with their times, its first and last."""
    words = {}
    for one in rows:
        if start <= one.at <= end:
            words[one.at] = one.value
    starts = [start + -(-n * max(1, end - start) // columns) for n in range(columns)]
    found: dict[int, list[tuple[int, float]]] = {}
    for at in sorted(words):
        found.setdefault(bisect_right(starts, at) - 1, []).append((at, words[at]))
    return {column: extremes(points) for column, points in found.items()}


def extremes(points):
    low = min(points, key=lambda point: (point[1], point[0]))
    high = max(points, key=lambda point: (point[1], -point[0]))
    return low, high, points[0], points[-1]


@pytest.mark.parametrize("few", [True, False])
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_low_and_high_of_each_column_are_those_of_the_rows(journal, clock, monkeypatch, few, data):
    monkeypatch.setattr("paser_command.journal.series.RAW_ROWS_A_COLUMN", 8 if few else 0)
    sent, length = data.draw(histories())
    stream = f"muka-air/{next(names)}"
    received = write(journal, clock, stream, sent)
    batches = [list(rows) for _, rows in itertools.groupby(sent, key=lambda one: one.batch)]

    for _ in range(4):
        start, span, columns, part = data.draw(questions(length))
        known_batches = round(part * len(batches))
        known = received[known_batches - 1] if known_batches else START - DAY
        rows = list(itertools.chain.from_iterable(batches[:known_batches]))
        points = series(journal, stream, start, start + span, columns, known)

        expected = worked_out(rows, start, start + span, columns)
        shown = [Sent(at, value, 0) for at, value in zip(points.at, points.value, strict=True)]
        assert worked_out(shown, start, start + span, columns) == expected
        assert len(shown) <= 4 * columns
        assert list(points.at) == sorted(set(points.at.tolist()))


def test_after_all_of_it_the_rollups_are_sound(journal, clock):
    sent = [Sent(START + n * SECOND, n % 7, n // 50 + (n % 90 == 0)) for n in range(400)]
    write(journal, clock, "muka-air/a", sorted(sent, key=lambda one: one.batch))

    assert not list(verify(journal))
