"""What has happened in a critique is found by its kind."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the index anew."""
    op.drop_index("ix_happenings_critique_id_id", "happenings")
    op.create_index("ix_happenings_critique_id_what_id", "happenings", ["critique_id", "what", "id"])
