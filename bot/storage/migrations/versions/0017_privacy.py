"""Members who want no votes stored; when a server was left."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table and the column; nobody has asked for it before."""
    op.create_table(
        "opt_outs",
        sa.Column("mark", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_opt_outs"),
    )
    op.add_column("servers", sa.Column("left_at", sa.BigInteger()))
