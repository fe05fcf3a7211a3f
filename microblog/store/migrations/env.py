"""Run by Alembic with the connection that `store.sql.migrate` opened; the transaction is the caller's."""

from alembic import context

from microblog.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
