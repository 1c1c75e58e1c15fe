"""The index over a part of a table: apart, as its options load both engines' dialects at once.

Migrations need it, and what compares a journal with its schema; nobody who reads or writes does.
"""

from sqlalchemy import Index, text

from paser_command.journal.schema import journal

# A command that is sent again after a doubtful end is one command.
Index(
    "journal_command",
    journal.c.key,
    unique=True,
    sqlite_where=text("kind = 'command'"),
    postgresql_where=text("kind = 'command'"),
)
