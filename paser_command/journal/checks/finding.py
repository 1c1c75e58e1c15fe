"""What is wrong with a journal, in words of ours."""

import msgspec

from paser_command.errors import Words


class Finding(msgspec.Struct, frozen=True):
    """Something that is wrong: where, and what in words of ours."""

    where: str
    what: Words


def numbered(first: int, last: int) -> str:
    """Return how a stretch of records is named."""
    return f"record {first}" if first == last else f"records {first} to {last}"
