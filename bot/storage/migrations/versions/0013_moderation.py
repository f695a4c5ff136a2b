"""Why additions wait, what was not recorded yet, and what servers ask of additions."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the columns, the table, and what an author's additions are found by."""
    op.add_column("points", sa.Column("held_for", sa.String(16)))
    op.add_column("servers", sa.Column("rules", sa.JSON()))
    op.create_index("ix_points_author_id_created_at", "points", ["author_id", "created_at"])
    op.create_table(
        "claims",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("critique_id", _OWN_ID, nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("written", sa.Integer()),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("like_id", _OWN_ID),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("point_id", _OWN_ID),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_claims_critique_id"),
        sa.ForeignKeyConstraint(["like_id"], ["points.id"], name="fk_claims_like_id"),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_claims_point_id"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("message_id", "ordinal", name="uq_claims_message_id_ordinal"),
        sqlite_autoincrement=True,
    )
    op.add_column("deliveries", sa.Column("claim_id", _OWN_ID))
    op.create_index("ix_claims_author_id_at", "claims", ["author_id", "at"])
    op.create_index("ix_claims_at", "claims", ["at"])
