"""What is known of gaps: up to where channels were heard, when points were audited, what readings have mended."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table and the columns; nothing has been read before."""
    op.create_table(
        "heard",
        sa.Column("channel_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", name="pk_heard"),
    )
    op.add_column("points", sa.Column("audited_at", sa.BigInteger()))
    op.add_column("servers", sa.Column("drift", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("servers", sa.Column("reconciled_at", sa.BigInteger()))
