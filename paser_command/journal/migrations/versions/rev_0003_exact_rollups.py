"""Rollups with the times of their first, low and high, and with what tells when to read the rows.

What stands in a journal already gets `in_order` 0: charts read the rows of these spans. A program
of format level 2 may still read the journal, and writes nothing into it any more.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, and name the oldest writer."""
    for table in ("rollup_minute", "rollup_hour"):
        for name in ("first", "first_at", "low_at", "high_at", "last_seq", "in_order"):
            op.add_column(
                table, sa.Column(name, _kind_of(name), nullable=False, server_default="0")
            )
    op.execute("UPDATE meta SET value = '3' WHERE name = 'oldest_writer'")


def _kind_of(name: str) -> sa.types.TypeEngine[Any]:
    if name == "first":
        return sa.Double()
    return sa.SmallInteger() if name == "in_order" else sa.BigInteger()
