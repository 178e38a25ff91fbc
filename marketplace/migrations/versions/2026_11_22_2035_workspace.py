"""what the seller's workspace keeps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOVEMENTS = ("received", "sold", "spoiled", "corrected", "counted", "imported")
IMPORT_STATES = ("received", "queued", "running", "finished", "failed")
# What lies there already begins the book of each stock, so that its sum is right from the start.
OPENING = """
    INSERT INTO stock_movements
        (id, stock_id, business_id, kind, quantity, on_hand_after, note, at)
    SELECT gen_random_uuid(), s.id, w.business_id, 'counted', s.on_hand, s.on_hand, '', now()
    FROM stocks s JOIN warehouses w ON w.id = s.warehouse_id
    WHERE s.on_hand <> 0
"""


def upgrade() -> None:
    """Go forward."""
    _create_changes()
    _create_movements()
    _change_imports()


def _create_changes() -> None:
    op.create_table(
        "business_changes",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("object_type", sa.String(length=64), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=250), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_business_changes_business_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_changes")),
    )
    op.create_index(
        "ix_business_changes_business_id_at_id",
        "business_changes",
        ["business_id", "at", "id"],
    )


def _create_movements() -> None:
    op.add_column(
        "stocks",
        sa.Column("low_threshold", sa.Integer(), server_default="5", nullable=False),
    )
    op.create_table(
        "stock_movements",
        sa.Column("stock_id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *MOVEMENTS,
                name="movementkind",
                native_enum=False,
                create_constraint=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("on_hand_after", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=250), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_stock_movements_quantity")),
        sa.ForeignKeyConstraint(
            ["stock_id"],
            ["stocks.id"],
            name=op.f("fk_stock_movements_stock_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_stock_movements_business_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movements")),
    )
    op.create_index("ix_stock_movements_stock_id", "stock_movements", ["stock_id", "at", "id"])
    op.create_index(
        "ix_stock_movements_business_id_at_id",
        "stock_movements",
        ["business_id", "at", "id"],
    )
    op.execute(OPENING)


def _change_imports() -> None:
    rows = postgresql.JSONB(astext_type=sa.Text())
    op.add_column(
        "import_runs",
        sa.Column("sample", rows, server_default="[]", nullable=False),
    )
    op.add_column(
        "import_runs",
        sa.Column(
            "state",
            sa.Enum(
                *IMPORT_STATES,
                name="importstate",
                native_enum=False,
                create_constraint=False,
                length=32,
            ),
            server_default="finished",
            nullable=False,
        ),
    )
    op.add_column("import_runs", sa.Column("failure", rows, nullable=True))
    op.add_column("import_runs", sa.Column("total", sa.Integer(), nullable=True))
    op.add_column(
        "import_runs",
        sa.Column("seen", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_table(
        "import_file_parts",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["import_runs.id"],
            name=op.f("fk_import_file_parts_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_import_file_parts")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("import_file_parts")
    for name in ("seen", "total", "failure", "state", "sample"):
        op.drop_column("import_runs", name)
    op.drop_table("stock_movements")
    op.drop_column("stocks", "low_threshold")
    op.drop_table("business_changes")
