"""Merged points, and what points said before their words were changed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds to points what tells groups of merged ones and who changed their words, and the table of revisions.

    The tally of a point that is gone was kept until now; it is counted again where the point comes back.
    """
    op.add_column("points", sa.Column("group_id", _OWN_ID))
    op.add_column("points", sa.Column("merged_at", sa.BigInteger()))
    op.add_column("points", sa.Column("reworded", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("points", sa.Column("clears", sa.SmallInteger(), nullable=False, server_default="0"))
    op.create_index("ix_points_group_id", "points", ["group_id"])
    op.execute("DELETE FROM tallies WHERE point_id IN (SELECT id FROM points WHERE status IN ('withdrawn', 'hidden'))")
    op.create_table(
        "revisions",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("point_id", _OWN_ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("by_moderator", sa.Boolean(), nullable=False),
        sa.Column("asked_again", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agree", sa.Integer(), nullable=False),
        sa.Column("disagree", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_revisions_point_id"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
    )
    op.create_index("ix_revisions_point_id", "revisions", ["point_id"])
