"""What members report to the moderators."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables, and what a delivery is about; nothing was reported before."""
    op.create_table(
        "reports",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("critique_id", _OWN_ID),
        sa.Column("point_id", _OWN_ID),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("author_id", sa.BigInteger()),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("before", sa.String(16)),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["critique_id"], ["critiques.id"], name="fk_reports_critique_id"),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_reports_point_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("point_id", name="uq_reports_point_id"),
        sa.UniqueConstraint("message_id", name="uq_reports_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_guild_id_status", "reports", ["guild_id", "status"])
    op.create_table(
        "voices",
        sa.Column("report_id", _OWN_ID, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_voices_report_id"),
        sa.PrimaryKeyConstraint("report_id", "member_id", name="pk_voices"),
    )
    op.create_index("ix_voices_member_id_at", "voices", ["member_id", "at"])
    op.create_index("ix_voices_at", "voices", ["at"])
    op.add_column("deliveries", sa.Column("report_id", _OWN_ID))
