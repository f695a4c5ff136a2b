"""What moderators are told, what is gone from Discord, answers that are followed, since when a delivery fails."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables and the column."""
    _notices()
    op.create_table(
        "losses",
        sa.Column("what", sa.String(8), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("what", "id", name="pk_losses"),
    )
    op.create_table(
        "followings",
        sa.Column("critique_id", _OWN_ID, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_followings_critique_id"),
        sa.PrimaryKeyConstraint("critique_id", name="pk_followings"),
    )
    op.add_column("deliveries", sa.Column("failing_since", sa.BigInteger()))


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("cause", sa.String(32), nullable=False),
        sa.Column("point_id", _OWN_ID),
        sa.Column("critique_id", _OWN_ID),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_notices_point_id"),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_notices_critique_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("key", name="uq_notices_key"),
    )
    op.create_index("ix_notices_guild_id_told_at", "notices", ["guild_id", "told_at"])
