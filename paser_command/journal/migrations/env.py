"""Alembic's environment: runs the migrations on the connection that the journal hands over."""

from alembic import context

from paser_command.journal import partial_index as partial_index
from paser_command.journal.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
context.run_migrations()
