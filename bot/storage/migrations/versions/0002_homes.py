"""Homes: forum channels beside text channels, previews that can be edited, what a server chooses in its setup."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; what is there was made in text homes."""
    for column in (
        sa.Column("moderators_channel_id", sa.BigInteger()),
        sa.Column("time_zone", sa.String(length=64)),
        sa.Column("policy", sa.String(length=16)),
        sa.Column("only_vote_emoji", sa.Boolean()),
    ):
        op.add_column("servers", column)
    for column in (
        sa.Column("home_kind", sa.String(length=8), nullable=False, server_default="text"),
        sa.Column("document", sa.LargeBinary(), nullable=False, server_default=""),
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("chosen", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("edition", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("drafts", column)
    op.add_column("critiques", sa.Column("home_kind", sa.String(length=8), nullable=False, server_default="text"))
    op.add_column("critiques", sa.Column("lobby_id", sa.BigInteger()))
    op.add_column("points", sa.Column("adopted", sa.Boolean(), nullable=False, server_default=sa.false()))
