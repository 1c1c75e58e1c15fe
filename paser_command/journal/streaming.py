"""Long answers of the database, some rows at a time."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Executable


def streamed(connection: Connection, asked: Executable, at_once: int = 1_000) -> Iterator[Any]:
    """Give the rows; the cursor is closed at the end, or when whoever asked stops before."""
    with connection.execute(asked, execution_options={"yield_per": at_once}) as result:
        yield from result
