"""joining and verification."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "business_bank_accounts",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("bank_bin", sa.String(length=6), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("number_masked", sa.String(length=32), nullable=False),
        sa.Column("holder_name", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_business_bank_accounts_business_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_bank_accounts")),
    )
    op.create_index(
        "uq_business_bank_accounts_business_id",
        "business_bank_accounts",
        ["business_id"],
        unique=True,
        postgresql_where="is_active",
    )
    op.create_table(
        "business_identifiers",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "tax_code", "personal_number", name="identifierkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("lookup_hash", sa.LargeBinary(), nullable=False),
        sa.Column("masked", sa.String(length=32), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_business_identifiers_business_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_identifiers")),
    )
    op.create_index(
        "uq_business_identifiers_business_id",
        "business_identifiers",
        ["business_id"],
        unique=True,
        postgresql_where="is_active",
    )
    op.create_index(
        "uq_business_identifiers_lookup_hash",
        "business_identifiers",
        ["lookup_hash"],
        unique=True,
        postgresql_where="is_active",
    )
    op.create_table(
        "business_licences",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "food_safety_certificate",
                "self_declaration",
                "alcohol_production",
                "functional_food",
                "quarantine",
                "plant_nursery",
                "lodging",
                "travel",
                name="licencekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "expires_on IS NULL OR expires_on >= issued_on",
            name=op.f("ck_business_licences_expires_later"),
        ),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_business_licences_business_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_licences")),
    )
    op.create_index(
        op.f("ix_business_licences_business_id"), "business_licences", ["business_id"], unique=False
    )
    op.create_index(
        "ix_business_licences_expires_on", "business_licences", ["expires_on"], unique=False
    )
    op.create_table(
        "business_representatives",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_business_representatives_business_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("business_id", name=op.f("pk_business_representatives")),
    )
    op.create_table(
        "business_suspensions",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("own", "order", name="suspensionkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("document_number", sa.String(length=100), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("takes_effect_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_by_id", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'order' OR (authority <> '' AND document_number <> '' AND legal_basis <> '' AND received_at IS NOT NULL)",
            name=op.f("ck_business_suspensions_order_names_itself"),
        ),
        sa.CheckConstraint(
            "takes_effect_at >= announced_at",
            name=op.f("ck_business_suspensions_effect_after_notice"),
        ),
        sa.ForeignKeyConstraint(
            ["announced_by_id"],
            ["users.id"],
            name=op.f("fk_business_suspensions_announced_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_business_suspensions_business_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_suspensions")),
    )
    op.create_index(
        op.f("ix_business_suspensions_business_id"),
        "business_suspensions",
        ["business_id"],
        unique=False,
    )
    op.create_table(
        "evidence_looks",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column(
            "requirement",
            sa.Enum(
                "name",
                "place",
                "identifier",
                "representative",
                "birth_date",
                "bank_account",
                "household_registration",
                "group_contract",
                "cooperative_registration",
                "enterprise_registration",
                "founding_decision",
                "commune_confirmation",
                "bank_paper",
                "licences",
                name="requirement",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_evidence_looks_business_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"],
            ["users.id"],
            name=op.f("fk_evidence_looks_viewer_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_looks")),
    )
    op.create_index(
        "ix_evidence_looks_business_id_at", "evidence_looks", ["business_id", "at"], unique=False
    )
    op.create_table(
        "identifier_disputes",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("message", sa.String(length=1000), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("was_upheld", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_identifier_disputes_business_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["businesses.id"],
            name=op.f("fk_identifier_disputes_holder_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["users.id"],
            name=op.f("fk_identifier_disputes_settled_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifier_disputes")),
    )
    op.create_index(
        op.f("ix_identifier_disputes_holder_id"), "identifier_disputes", ["holder_id"], unique=False
    )
    op.create_index(
        "uq_identifier_disputes_business_id",
        "identifier_disputes",
        ["business_id"],
        unique=True,
        postgresql_where="settled_at IS NULL",
    )
    op.create_table(
        "verification_checks",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "registry",
                "identity",
                "bank_holder",
                "certificate",
                "register_file",
                "licence",
                name="verificationchannel",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column(
            "evidence", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("checked_by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_verification_checks_business_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"],
            ["users.id"],
            name=op.f("fk_verification_checks_checked_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_checks")),
    )
    op.create_index(
        "ix_verification_checks_business_id_channel_at",
        "verification_checks",
        ["business_id", "channel", "at"],
        unique=False,
    )
    op.create_table(
        "verifications",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "in_review",
                "needs_changes",
                "verified",
                "refused",
                name="verificationstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column(
            "notes", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_due", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_verifications_business_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["users.id"],
            name=op.f("fk_verifications_officer_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verifications")),
        sa.UniqueConstraint("business_id", name=op.f("uq_verifications_business_id")),
    )
    op.create_index(
        "ix_verifications_due_at",
        "verifications",
        ["due_at"],
        unique=False,
        postgresql_where="due_at IS NOT NULL",
    )
    op.create_index(
        "ix_verifications_state_submitted_at",
        "verifications",
        ["state", "submitted_at"],
        unique=False,
    )
    op.create_table(
        "evidences",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column(
            "requirement",
            sa.Enum(
                "name",
                "place",
                "identifier",
                "representative",
                "birth_date",
                "bank_account",
                "household_registration",
                "group_contract",
                "cooperative_registration",
                "enterprise_registration",
                "founding_decision",
                "commune_confirmation",
                "bank_paper",
                "licences",
                name="requirement",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("licence_id", sa.Uuid(), nullable=True),
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["users.id"],
            name=op.f("fk_evidences_added_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name=op.f("fk_evidences_business_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["licence_id"],
            ["business_licences.id"],
            name=op.f("fk_evidences_licence_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media_files.id"], name=op.f("fk_evidences_media_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidences")),
        sa.UniqueConstraint("media_id", name=op.f("uq_evidences_media_id")),
    )
    op.create_index(
        "ix_evidences_business_id_requirement",
        "evidences",
        ["business_id", "requirement"],
        unique=False,
    )
    op.create_index(op.f("ix_evidences_licence_id"), "evidences", ["licence_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_evidences_licence_id"), table_name="evidences")
    op.drop_index("ix_evidences_business_id_requirement", table_name="evidences")
    op.drop_table("evidences")
    op.drop_index("ix_verifications_state_submitted_at", table_name="verifications")
    op.drop_index(
        "ix_verifications_due_at", table_name="verifications", postgresql_where="due_at IS NOT NULL"
    )
    op.drop_table("verifications")
    op.drop_index("ix_verification_checks_business_id_channel_at", table_name="verification_checks")
    op.drop_table("verification_checks")
    op.drop_index(
        "uq_identifier_disputes_business_id",
        table_name="identifier_disputes",
        postgresql_where="settled_at IS NULL",
    )
    op.drop_index(op.f("ix_identifier_disputes_holder_id"), table_name="identifier_disputes")
    op.drop_table("identifier_disputes")
    op.drop_index("ix_evidence_looks_business_id_at", table_name="evidence_looks")
    op.drop_table("evidence_looks")
    op.drop_index(op.f("ix_business_suspensions_business_id"), table_name="business_suspensions")
    op.drop_table("business_suspensions")
    op.drop_table("business_representatives")
    op.drop_index("ix_business_licences_expires_on", table_name="business_licences")
    op.drop_index(op.f("ix_business_licences_business_id"), table_name="business_licences")
    op.drop_table("business_licences")
    op.drop_index(
        "uq_business_identifiers_lookup_hash",
        table_name="business_identifiers",
        postgresql_where="is_active",
    )
    op.drop_index(
        "uq_business_identifiers_business_id",
        table_name="business_identifiers",
        postgresql_where="is_active",
    )
    op.drop_table("business_identifiers")
    op.drop_index(
        "uq_business_bank_accounts_business_id",
        table_name="business_bank_accounts",
        postgresql_where="is_active",
    )
    op.drop_table("business_bank_accounts")
