"""Who follows what, what has happened there, which side leads, and when members last looked."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables; nobody followed anything before."""
    op.create_table(
        "follows",
        sa.Column("critique_id", _OWN_ID, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_follows_critique_id"),
        sa.PrimaryKeyConstraint("critique_id", "member_id", "what", name="pk_follows"),
    )
    op.create_index("ix_follows_member_id", "follows", ["member_id"])
    op.create_table(
        "followers",
        sa.Column("guild_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=False),
        sa.Column("quiet_to", sa.SmallInteger(), nullable=False),
        sa.Column("heard", sa.BigInteger(), nullable=False),
        sa.Column("telling", sa.BigInteger()),
        sa.Column("told_at", sa.BigInteger()),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("opened_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("guild_id", "member_id", name="pk_followers"),
    )
    op.create_index("ix_followers_opened_at", "followers", ["opened_at"])
    op.create_table(
        "happenings",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("critique_id", _OWN_ID, nullable=False),
        sa.Column("point_id", _OWN_ID),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("member_id", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_happenings_critique_id"),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_happenings_point_id"),
        sa.PrimaryKeyConstraint("id", name="pk_happenings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_happenings_critique_id_id", "happenings", ["critique_id", "id"])
    op.create_index("ix_happenings_at", "happenings", ["at"])
    op.create_table(
        "leads",
        sa.Column("point_id", _OWN_ID, nullable=False),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        sa.Column("turned_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_leads_point_id"),
        sa.PrimaryKeyConstraint("point_id", name="pk_leads"),
    )
    op.create_table(
        "visits",
        sa.Column("critique_id", _OWN_ID, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_visits_critique_id"),
        sa.PrimaryKeyConstraint("critique_id", "member_id", name="pk_visits"),
    )
    op.create_index("ix_visits_member_id", "visits", ["member_id"])
