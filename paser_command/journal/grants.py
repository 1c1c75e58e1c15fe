"""What each role may do in a journal on PostgreSQL, as SQL for its owner."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from sqlalchemy import text

from paser_command.errors import InputError
from paser_command.journal.engine import told
from paser_command.journal.schema import metadata
from paser_command.journal.store import Journal


class Role(StrEnum):
    """Who looks, who acts as well, who collects as well, and who brings up the schema."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    COLLECTOR = "collector"
    ADMINISTRATOR = "administrator"


_OPERATOR: Mapping[str, str] = {
    "journal": "INSERT",
    "audit": "INSERT",
    "batch": "INSERT",
    "segment": "INSERT, UPDATE",
    "activity": "INSERT, UPDATE",
}
_COLLECTOR: Mapping[str, str] = {
    **_OPERATOR,
    "observation": "INSERT",
    "position": "INSERT",
    "rollup_minute": "INSERT, UPDATE",
    "rollup_hour": "INSERT, UPDATE",
    "keyframe": "INSERT, UPDATE, DELETE",
    "chunk": "INSERT, UPDATE, DELETE",
    "quarantine": "INSERT, UPDATE, DELETE",
    "feed_state": "INSERT, UPDATE",
    "lease": "INSERT, UPDATE, DELETE",
}
WRITES: Mapping[Role, Mapping[str, str]] = {
    Role.VIEWER: {},
    Role.OPERATOR: _OPERATOR,
    Role.COLLECTOR: _COLLECTOR,
}
"""What a role may do beyond reading, by table."""

_OWNER = text(
    "SELECT tableowner, schemaname FROM pg_tables "
    "WHERE tablename = 'journal' AND schemaname = current_schema()"
)


def grants(store: Journal, role: Role, name: str) -> Iterator[str]:
    """Give the statements that make the database's role `name` one of these, in their order.

    An administrator is a member of the tables' owner: nobody else may bring up the schema. That one
    a superuser makes, the others the owner.
    """
    if not store.shared:
        raise InputError("rights are granted on PostgreSQL: who may write a file is the system's")
    with told(store.engine), store.engine.connect() as connection:
        owner, schema = connection.execute(_OWNER).one()
    quoted = store.engine.dialect.identifier_preparer.quote_identifier
    to = f"TO {quoted(name)};"
    if role is Role.ADMINISTRATOR:
        yield f"GRANT {quoted(owner)} {to}"
        return
    place = quoted(schema)
    yield f"GRANT USAGE ON SCHEMA {place} {to}"
    tables = ", ".join(
        f"{place}.{quoted(table)}" for table in ("alembic_version", *metadata.tables)
    )
    yield f"GRANT SELECT ON {tables} {to}"
    for table, rights in WRITES[role].items():
        yield f"GRANT {rights} ON {place}.{quoted(table)} {to}"
    if role is Role.COLLECTOR:
        yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {place} {to}"
