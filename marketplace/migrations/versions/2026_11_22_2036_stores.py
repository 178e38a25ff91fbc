"""store pages."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    _create_stores()
    _create_policies()
    _create_closures()
    _create_slugs()
    _create_downloads()
    _create_closings()


def _business(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["business_id"],
        ["businesses.id"],
        name=op.f(f"fk_{table}_business_id"),
        ondelete="CASCADE",
    )


def _create_stores() -> None:
    op.create_table(
        "stores",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("hours", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("shows_certificates", sa.Boolean(), nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("accent ~ '^#[0-9a-f]{6}$'", name=op.f("ck_stores_accent")),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_stores_point")
        ),
        _business("stores"),
        sa.PrimaryKeyConstraint("business_id", name=op.f("pk_stores")),
    )


def _create_policies() -> None:
    op.create_table(
        "store_policies",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("returns", sa.Text(), nullable=False),
        sa.Column("payment", sa.Text(), nullable=False),
        _business("store_policies"),
        sa.PrimaryKeyConstraint("business_id", "language", name=op.f("pk_store_policies")),
    )


def _create_closures() -> None:
    op.create_table(
        "store_closures",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("note_vi", sa.String(length=300), nullable=False),
        sa.Column("note_en", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_store_closures_days")),
        _business("store_closures"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_closures")),
    )
    op.create_index(
        "ix_store_closures_business_id_last_day", "store_closures", ["business_id", "last_day"]
    )


def _create_slugs() -> None:
    op.create_table(
        "business_slugs",
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        _business("business_slugs"),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_business_slugs")),
    )
    op.create_index(op.f("ix_business_slugs_business_id"), "business_slugs", ["business_id"])


def _create_downloads() -> None:
    op.create_table(
        "data_downloads",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        _business("data_downloads"),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["users.id"],
            name=op.f("fk_data_downloads_asked_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media_files.id"], name=op.f("fk_data_downloads_media_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_downloads")),
    )
    op.create_index(op.f("ix_data_downloads_business_id"), "data_downloads", ["business_id"])
    op.create_index(op.f("ix_data_downloads_media_id"), "data_downloads", ["media_id"])


def _create_closings() -> None:
    op.create_table(
        "business_closings",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_due", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        _business("business_closings"),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["users.id"],
            name=op.f("fk_business_closings_asked_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_closings")),
    )
    op.create_index(
        "uq_business_closings_business_id",
        "business_closings",
        ["business_id"],
        unique=True,
        postgresql_where="state = 'waiting'",
    )
    op.create_index(
        "ix_business_closings_due_at",
        "business_closings",
        ["due_at"],
        postgresql_where="due_at IS NOT NULL",
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("business_closings")
    op.drop_table("data_downloads")
    for table in ("business_slugs", "store_closures", "store_policies", "stores"):
        op.drop_table(table)
