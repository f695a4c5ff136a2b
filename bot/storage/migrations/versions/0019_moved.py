"""Points that were moved to another critique, and how long members wait between two messages in a point's thread."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds both to points."""
    op.add_column("points", sa.Column("moved_to", _OWN_ID))
    op.add_column("points", sa.Column("slowmode", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_points_moved_to", "points", ["moved_to"])
