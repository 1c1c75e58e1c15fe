"""The journal's end as the next batch needs it, asked in one question under the write lock."""

from functools import cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Connection, Select, func, literal_column, select

from paser_command.errors import JournalError
from paser_command.journal.batches import genesis
from paser_command.journal.schema import FORMAT, SEQUENCED, audit, batch, meta, segment
from paser_command.times import Instant


class Ending(msgspec.Struct, frozen=True):
    """The last number, when it was received, the last digests, and the segment that is open.

    `segment` is None where none is open. `server_now` is the database server's time, None on a
    file.
    """

    seq: int
    received: Instant
    digest: bytes
    audit: bytes
    segment: int | None
    segment_received: Instant
    server_now: Instant | None


def ending(connection: Connection, *, shared: bool) -> Ending:
    """Return where the journal ends.

    JournalError where only a newer program may write it.
    """
    row = connection.execute(_question(shared)).one()
    _refuse_older_writers(row.oldest_writer)
    is_open = row.segment_last is None and row.segment is not None
    return Ending(
        seq=max(row.last_seq or 0, *(row[place] or 0 for place in _LASTS)),
        received=row.received or 0,
        digest=row.digest or genesis(row.epoch or ""),
        audit=row.audit or b"",
        segment=row.segment if is_open else None,
        segment_received=row.segment_received or 0,
        server_now=row.server_now,
    )


_LASTS = tuple(range(len(SEQUENCED)))
"""Where the tables' own last numbers stand in the answer: no number is given twice."""

_SERVER_NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"


@cache
def _question(shared: bool) -> Select[Any]:
    def last(column: Any, of: Any) -> Any:
        return select(column).order_by(of.desc()).limit(1).scalar_subquery()

    def fact(name: str) -> Any:
        return select(meta.c.value).where(meta.c.name == name).scalar_subquery()

    lasts = (select(func.max(table.c.seq)).scalar_subquery() for table in SEQUENCED)
    b, s = batch.c, segment.c
    now = literal_column(_SERVER_NOW if shared else "NULL", BigInteger)
    return select(
        *(one.label(f"last_{number}") for number, one in enumerate(lasts)),
        last(b.last_seq, b.first_seq).label("last_seq"),
        last(b.received, b.first_seq).label("received"),
        last(b.digest, b.first_seq).label("digest"),
        last(audit.c.hash, audit.c.seq).label("audit"),
        last(s.first_seq, s.first_seq).label("segment"),
        last(s.last_seq, s.first_seq).label("segment_last"),
        last(s.first_received, s.first_seq).label("segment_received"),
        fact("epoch").label("epoch"),
        fact("oldest_writer").label("oldest_writer"),
        now.label("server_now"),
    )


def level(fact: str | None) -> int:
    """Return the format level that a fact of the journal states, 0 where it states none."""
    return int(fact) if fact is not None and fact.isascii() and fact.isdigit() else 0


def _refuse_older_writers(oldest: str | None) -> None:
    if level(oldest) > FORMAT:
        raise JournalError(
            "this journal is written by a newer version of this program: install that one; "
            "until then it can only be read"
        )
