"""Ballots with what of them is shown, points that members skipped, blind critiques."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the table of ballots anew: nothing was ever written to it."""
    op.drop_table("ballots")
    op.create_table(
        "ballots",
        *_member_key(),
        sa.Column("stance", sa.SmallInteger()),
        sa.Column("shown", sa.SmallInteger()),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_ballots_point_id"),
        sa.PrimaryKeyConstraint("point_id", "revision", "member_id", name="pk_ballots"),
    )
    op.create_table(
        "skips",
        *_member_key(),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_skips_point_id"),
        sa.PrimaryKeyConstraint("point_id", "revision", "member_id", name="pk_skips"),
        sqlite_with_rowid=False,
    )
    op.add_column("drafts", sa.Column("blind", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("critiques", sa.Column("blind", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("critiques", sa.Column("released_at", sa.BigInteger()))


def _member_key() -> list[sa.Column[int]]:
    return [
        sa.Column("point_id", _OWN_ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
    ]
