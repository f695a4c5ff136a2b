"""Votes taken out of the figures, members muted for a time, and notes; acts that are about no critique."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables and columns; nothing was excluded before, and nobody muted."""
    for table in ("holds", "ballots", "kept"):
        op.add_column(table, sa.Column("excluded", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("cases") as batch:
        batch.alter_column("critique_id", existing_type=_OWN_ID, nullable=True)
        batch.add_column(sa.Column("votes", sa.Integer()))
        batch.add_column(sa.Column("until", sa.BigInteger()))
    _add_exclusions()
    _add_mutes_and_notes()


def _add_exclusions() -> None:
    op.create_table(
        "exclusions",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("critique_id", _OWN_ID),
        sa.Column("mark", sa.String(32)),
        sa.Column("since", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("case_id", _OWN_ID, nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_exclusions_critique_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_exclusions_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_exclusions"),
    )
    op.create_index("ix_exclusions_guild_id_lifted_at", "exclusions", ["guild_id", "lifted_at"])
    op.create_table(
        "excluded_votes",
        sa.Column("exclusion_id", _OWN_ID, nullable=False),
        sa.Column("point_id", _OWN_ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(["exclusion_id"], ["exclusions.id"], name="fk_excluded_votes_exclusion_id"),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_excluded_votes_point_id"),
        sa.PrimaryKeyConstraint("exclusion_id", "point_id", "revision", "member_id", name="pk_excluded_votes"),
        sqlite_with_rowid=False,
    )


def _add_mutes_and_notes() -> None:
    op.create_table(
        "mutes",
        sa.Column("guild_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("case_id", _OWN_ID, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_mutes_case_id"),
        sa.PrimaryKeyConstraint("guild_id", "mark", name="pk_mutes"),
    )
    op.create_table(
        "member_notes",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_member_notes"),
    )
    op.create_index("ix_member_notes_member_id_guild_id", "member_notes", ["member_id", "guild_id"])
