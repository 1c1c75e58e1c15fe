"""The moments of a time span, and the pictures at them, as the journal has them."""

from collections.abc import Callable, Iterator, Sequence

from paser_command.errors import InputError
from paser_command.journal.reader import Reader
from paser_command.picture.picture import Picture
from paser_command.times import DAY, HOUR, MINUTE, SECOND, Instant

MOST_MOMENTS = 121

_STEPS = (
    *(seconds * SECOND for seconds in (10, 30)),
    *(minutes * MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * HOUR for hours in (1, 2, 3, 6, 12)),
)


def moments(start: Instant, end: Instant) -> tuple[Instant, ...]:
    """Return the start, moments in even steps that people count in, and the end.

    InputError where the end comes before the start.
    """
    span = end - start
    if span < 0:
        raise InputError("the time span ends before it begins: choose a later end")
    most = MOST_MOMENTS - 1
    whole_days = -(-span // (most * DAY)) * DAY
    step = next((step for step in _STEPS if span <= most * step), whole_days)
    return (*range(start, end, step), end)


def pictures(
    reader: Reader, at: Sequence[Instant], went_on: Callable[[float], None]
) -> Iterator[tuple[Instant, Picture]]:
    """Give the picture as known at each of the moments, which rise. It is one picture that grows.

    `went_on` is told how much of the way is done, from 0 to 1, and may raise to end it.
    """
    picture, seq = reader.picture(at[0])
    for number, moment in enumerate(at):
        page = reader.read(seq, moment)
        while page.count:
            went_on(number / len(at))
            picture.apply_all(page.records)
            seq = page.seq
            page = reader.read(seq, moment)
        went_on(number / len(at))
        yield moment, picture
