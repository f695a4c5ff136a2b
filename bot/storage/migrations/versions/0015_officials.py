"""Who wrote what a critique is about, and their official answers to its points."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds to critiques who may answer officially, and the table of answers."""
    op.add_column("critiques", sa.Column("answerer_id", sa.BigInteger()))
    op.add_column("critiques", sa.Column("answerer_role_id", sa.BigInteger()))
    op.create_table(
        "officials",
        sa.Column("point_id", _OWN_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_officials_point_id"),
        sa.PrimaryKeyConstraint("point_id", name="pk_officials"),
    )
