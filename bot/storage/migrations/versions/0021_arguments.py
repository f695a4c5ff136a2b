"""What members argue about points, and who backs it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_OWN_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables, and what a delivery is about; nothing was argued before."""
    op.create_table(
        "arguments",
        sa.Column("id", _OWN_ID, nullable=False),
        sa.Column("point_id", _OWN_ID, nullable=False),
        sa.Column("author_id", sa.BigInteger()),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(16)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quoted_channel_id", sa.BigInteger()),
        sa.Column("quoted_message_id", sa.BigInteger()),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("shown_id", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.BigInteger()),
        sa.Column("case_id", _OWN_ID),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name="fk_arguments_point_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_arguments_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_arguments"),
        sa.UniqueConstraint("case_id", name="uq_arguments_case_id"),
        sa.UniqueConstraint("message_id", "ordinal", "point_id", name="uq_arguments_message_id_ordinal_point_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_arguments_point_id_status", "arguments", ["point_id", "status"])
    op.create_index("ix_arguments_author_id_at", "arguments", ["author_id", "at"])
    op.create_index("ix_arguments_shown_id", "arguments", ["shown_id"])
    op.create_table(
        "backings",
        sa.Column("argument_id", _OWN_ID, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("direction", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["argument_id"], ["arguments.id"], name="fk_backings_argument_id"),
        sa.PrimaryKeyConstraint("argument_id", "member_id", name="pk_backings"),
    )
    op.create_index("ix_backings_member_id", "backings", ["member_id"])
    op.add_column("deliveries", sa.Column("argument_id", _OWN_ID))
