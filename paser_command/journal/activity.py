"""How much came into the journal when: what the timeline asks."""

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from paser_command.journal import schema
from paser_command.journal.engine import told
from paser_command.journal.store import Journal
from paser_command.records import Severity
from paser_command.times import MINUTE, Instant, floor


class Activity(msgspec.Struct, frozen=True):
    """How many records came in each step of a span: `counts` is (n, 5), a column a Severity."""

    start: Instant
    end: Instant
    step: Instant
    counts: NDArray[np.int64]


def activity(store: Journal, start: Instant, end: Instant, step: Instant = MINUTE) -> Activity:
    """Return how many records of which severity came in each step; the step is whole minutes."""
    start = floor(start, step)
    steps = max(1, -(-(end - start) // step))
    table = schema.activity.c
    # Numbers and feed health come all the time; what is counted is what people look for.
    counted = (
        select(table.minute, table.severity, func.sum(table.count))
        .where(table.minute >= start, table.minute < end)
        .group_by(table.minute, table.severity)
    )
    counts = np.zeros((steps, len(Severity)), np.int64)
    with told(store.engine), store.engine.connect() as connection:
        for minute, severity, count in connection.execute(counted):
            counts[(minute - start) // step, severity] += int(count)
    return Activity(start, end, step, counts)
