"""Acts of moderators, and the appeals against them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the table, and to deliveries what they tell of it."""
    op.create_table(
        "cases",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("critique_id", _OWN_ID, nullable=False),
        sa.Column("point_id", _OWN_ID),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("before", sa.String(16)),
        sa.Column("member_id", sa.BigInteger()),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("owes_word", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.Column("appeal", sa.Text()),
        sa.Column("appealed_at", sa.BigInteger()),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_by", sa.BigInteger()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("granted", sa.Boolean()),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_cases_critique_id"),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_cases_point_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_guild_id_at", "cases", ["guild_id", "at"])
    op.create_index("ix_cases_member_id_guild_id", "cases", ["member_id", "guild_id"])
    op.add_column("deliveries", sa.Column("case_id", _OWN_ID))
