"""For how long a server keeps the changes of votes and the words in cases."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; all is kept where nothing was chosen."""
    op.add_column("servers", sa.Column("retention", sa.JSON()))
