"""The tables are those that this program makes: no trigger, no index missing, nothing besides."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, text

from paser_command.errors import Words
from paser_command.journal.checks.finding import Finding
from paser_command.journal.schema import REVISION, metadata

_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master"

_POSTGRESQL_EXTRAS = {
    "trigger": "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE NOT tgisinternal AND n.nspname = current_schema()",
    "rule": "SELECT rulename FROM pg_rules WHERE schemaname = current_schema()",
    "view": "SELECT viewname FROM pg_views WHERE schemaname = current_schema()",
}

_POSTGRESQL_COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
    WHERE table_schema = current_schema()
"""

_POSTGRESQL_INDEXES = """
    SELECT c.relname FROM pg_index JOIN pg_class c ON c.oid = indexrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE indisvalid AND n.nspname = current_schema()
"""


def check_tables(connection: Connection, *, shared: bool) -> Iterator[Finding]:
    """Give what differs from the schema; that of a newer program is not ours to judge."""
    if connection.execute(text("SELECT version_num FROM alembic_version")).scalar() != REVISION:
        return
    yield from _on_server(connection) if shared else _in_file(connection)


def _in_file(connection: Connection) -> Iterator[Finding]:
    found = {(row[0], row[1]): tuple(row) for row in connection.execute(text(_SQLITE))}
    expected = _expected()
    for key in sorted(found.keys() | expected.keys(), key=str):
        kind, name = key
        where = f"{kind} {name}"
        if key not in expected:
            yield Finding(where, Words("was put into the journal from outside"))
        elif key not in found:
            yield Finding(where, Words("is missing"))
        elif found[key] != expected[key]:
            yield Finding(where, Words("is not as this program makes it"))


@cache
def _expected() -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return the schema as the migrations make it in an empty file."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    from paser_command.journal.upgrade import migrate

    engine = create_engine("sqlite+pysqlite://", poolclass=StaticPool)
    try:
        with engine.connect() as connection:
            migrate(connection, None)
            rows = connection.execute(text(_SQLITE)).all()
    finally:
        engine.dispose()
    return {(row[0], row[1]): tuple(row) for row in rows}


def _on_server(connection: Connection) -> Iterator[Finding]:
    for kind, asked in _POSTGRESQL_EXTRAS.items():
        for name in connection.execute(text(asked)).scalars():
            yield Finding(f"{kind} {name}", Words("was put into the journal from outside"))
    found = {tuple(row) for row in connection.execute(text(_POSTGRESQL_COLUMNS))}
    expected = _expected_columns(connection)
    for table, column in sorted({one[:2] for one in found ^ expected}):
        if table != "alembic_version":
            what = Words("is not as this program makes it")
            yield Finding(f"column {table}.{column}", what)
    indexes = set(connection.execute(text(_POSTGRESQL_INDEXES)).scalars())
    for name in sorted(_expected_indexes() - indexes):
        yield Finding(f"index {name}", Words("is missing"))


def _expected_columns(connection: Connection) -> set[tuple[str, ...]]:
    return {
        (
            table.name,
            column.name,
            column.type.compile(connection.dialect).lower(),
            "YES" if column.nullable else "NO",
        )
        for table in metadata.sorted_tables
        for column in table.columns
    }


def _expected_indexes() -> set[str]:
    keys = {f"{table.name}_pkey" for table in metadata.sorted_tables}
    others = {str(one.name) for table in metadata.sorted_tables for one in table.indexes}
    return keys | others | {"journal_command"}


def check_file(connection: Connection) -> Iterator[Finding]:
    """Let SQLite check its own file."""
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Finding("sqlite", Words("SQLite says {told}", told=row[0]))


def engine_error(error: BaseException) -> str:
    """Return the first line of a database's error."""
    original = getattr(error, "orig", None) or error
    lines = str(original).strip().splitlines()
    return lines[0] if lines else type(error).__name__
