"""References: which messages refer to points; and what unclear claims are said to be."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the table and columns; what was said before refers to nothing."""
    op.create_table(
        "point_references",
        sa.Column("point_id", _OWN_ID, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_point_references_point_id"),
        sa.PrimaryKeyConstraint("point_id", "message_id", name="pk_point_references"),
    )
    op.create_index("ix_point_references_message_id", "point_references", ["message_id"])
    op.add_column("claims", sa.Column("answers_id", _OWN_ID))
    op.add_column("claims", sa.Column("chosen", sa.String(64), nullable=False, server_default=""))
