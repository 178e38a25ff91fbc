"""dossiers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COUNTED = (
    "'decided', 'payment_required', 'processing', 'received', 'returned', 'submitted',"
    " 'supplement_required'"
)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "industries",
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column("search", sa.String(length=1000), nullable=False),
        sa.Column("sort_key", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("version", "code", name=op.f("pk_industries")),
    )
    op.create_index("ix_industries_version_sort_key", "industries", ["version", "sort_key"])
    op.create_table(
        "dossiers",
        sa.Column("our_code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("person_hash", sa.LargeBinary(), nullable=True),
        sa.Column("phone_hash", sa.LargeBinary(), nullable=True),
        sa.Column("external_code", sa.String(length=64), nullable=True),
        sa.Column("external_status", sa.SmallInteger(), nullable=True),
        sa.Column("ext_seq", sa.Integer(), nullable=True),
        sa.Column("ext_at", TIME, nullable=True),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("clock_stopped_at", TIME, nullable=True),
        sa.Column("days_left", sa.SmallInteger(), nullable=True),
        sa.Column("reminded_at", TIME, nullable=True),
        sa.Column("working_days", sa.SmallInteger(), nullable=False),
        sa.Column("supplement_days", sa.SmallInteger(), nullable=False),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("result_masked", sa.String(length=32), nullable=True),
        sa.Column("created_at", TIME, server_default=sa.text("now()"), nullable=False),
        sa.Column("saved_at", TIME, server_default=sa.text("now()"), nullable=False),
        sa.Column("filed_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("erased_at", TIME, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("on_due", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["users.id"], name=op.f("fk_dossiers_applicant_id")
        ),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_dossiers_business_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_dossiers_place_id")),
        sa.ForeignKeyConstraint(["office_id"], ["places.id"], name=op.f("fk_dossiers_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("external_code", name=op.f("uq_dossiers_external_code")),
        sa.UniqueConstraint("our_code", name=op.f("uq_dossiers_our_code")),
    )
    op.create_index(
        "ix_dossiers_due_at",
        "dossiers",
        ["due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("ix_dossiers_state_place_id", "dossiers", ["state", "place_id", "id"])
    op.create_index("ix_dossiers_place_id_name_key", "dossiers", ["place_id", "name_key"])
    op.create_index(op.f("ix_dossiers_applicant_id"), "dossiers", ["applicant_id"])
    op.create_index(op.f("ix_dossiers_business_id"), "dossiers", ["business_id"])
    op.create_index(op.f("ix_dossiers_office_id"), "dossiers", ["office_id"])
    op.create_index(op.f("ix_dossiers_expected_on"), "dossiers", ["expected_on"])
    op.create_index(
        "uq_dossiers_person_hash",
        "dossiers",
        ["person_hash"],
        unique=True,
        postgresql_where=sa.text(f"kind = 'household' AND state IN ({COUNTED})"),
    )
    op.create_table(
        "dossier_documents",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=False),
        sa.Column("is_there", sa.Boolean(), nullable=False),
        sa.Column("is_wrong", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", TIME, server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_dossier_documents_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["media_files.id"], name=op.f("fk_dossier_documents_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_documents")),
        sa.UniqueConstraint(
            "dossier_id", "paper", name=op.f("uq_dossier_documents_dossier_id_paper")
        ),
    )
    op.create_index(op.f("ix_dossier_documents_file_id"), "dossier_documents", ["file_id"])
    op.create_table(
        "dossier_events",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=128), nullable=True),
        sa.Column("ext_seq", sa.Integer(), nullable=True),
        sa.Column("ext_at", TIME, nullable=True),
        sa.Column("from_state", sa.String(length=32), nullable=False),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("is_applied", sa.Boolean(), nullable=False),
        sa.Column("why_not", sa.String(length=64), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["users.id"],
            name=op.f("fk_dossier_events_actor_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_dossier_events_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_events")),
        sa.UniqueConstraint(
            "source", "message_id", name=op.f("uq_dossier_events_source_message_id")
        ),
    )
    op.create_index("ix_dossier_events_dossier_id_at", "dossier_events", ["dossier_id", "at"])
    op.create_table(
        "dossier_views",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_dossier_views_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"],
            ["users.id"],
            name=op.f("fk_dossier_views_viewer_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_views")),
    )
    op.create_index("ix_dossier_views_dossier_id_at", "dossier_views", ["dossier_id", "at"])
    op.execute("CREATE SEQUENCE dossier_numbers")


def downgrade() -> None:
    """Go back."""
    op.execute("DROP SEQUENCE dossier_numbers")
    op.drop_table("dossier_views")
    op.drop_table("dossier_events")
    op.drop_table("dossier_documents")
    op.drop_table("dossiers")
    op.drop_table("industries")
