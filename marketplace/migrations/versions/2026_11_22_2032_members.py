"""Invitations, hand-overs, assisted selling, identities and what registers say."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = (
    "external_identities",
    "identity_assertions",
    "identity_flows",
    "business_invitations",
    "ownership_handovers",
    "assistances",
    "acting_sessions",
    "enterprise_answers",
    "register_entries",
)


def upgrade() -> None:
    """Add the tables."""
    _external_identities()
    _identity_assertions()
    _identity_flows()
    _business_invitations()
    _ownership_handovers()
    _assistances()
    _acting_sessions()
    _enterprise_answers()
    _register_entries()


def downgrade() -> None:
    """Drop the tables, the last one first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _external_identities() -> None:
    op.create_table(
        "external_identities",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_external_identities_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_external_identities"),
        sa.UniqueConstraint("issuer", "subject", name="uq_external_identities_issuer_subject"),
        sa.UniqueConstraint("issuer", "user_id", name="uq_external_identities_issuer_user_id"),
    )
    op.create_index(
        "ix_external_identities_user_id", "external_identities", ["user_id"], unique=False
    )


def _identity_assertions() -> None:
    op.create_table(
        "identity_assertions",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("level", sa.String(length=120), nullable=False),
        sa.Column("asserted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("birthdate", sa.LargeBinary(), nullable=True),
        sa.Column("identifier", sa.LargeBinary(), nullable=True),
        sa.Column("identifier_hash", sa.LargeBinary(), nullable=True),
        sa.Column("identifier_masked", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_identity_assertions_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_identity_assertions"),
    )
    op.create_index(
        "ix_identity_assertions_identifier_hash",
        "identity_assertions",
        ["identifier_hash"],
        unique=False,
    )
    op.create_index(
        "ix_identity_assertions_user_id", "identity_assertions", ["user_id"], unique=False
    )


def _identity_flows() -> None:
    op.create_table(
        "identity_flows",
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=False),
        sa.Column("redirect_uri", sa.String(length=2000), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_identity_flows_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_identity_flows"),
        sa.UniqueConstraint("state_hash", name="uq_identity_flows_state_hash"),
    )
    op.create_index("ix_identity_flows_expires_at", "identity_flows", ["expires_at"], unique=False)
    op.create_index("ix_identity_flows_user_id", "identity_flows", ["user_id"], unique=False)


def _business_invitations() -> None:
    op.create_table(
        "business_invitations",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("sent_to", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("invited_by_id", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.Column("accepted_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)",
            name="ck_business_invitations_ended_with_reason",
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"],
            ["users.id"],
            name="fk_business_invitations_accepted_by_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name="fk_business_invitations_business_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["users.id"],
            name="fk_business_invitations_invited_by_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_business_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_business_invitations_token_hash"),
    )
    op.create_index(
        "ix_business_invitations_accepted_by_id",
        "business_invitations",
        ["accepted_by_id"],
        unique=False,
    )
    op.create_index(
        "ix_business_invitations_invited_by_id",
        "business_invitations",
        ["invited_by_id"],
        unique=False,
    )
    op.create_index(
        "uq_business_invitations_business_id_sent_to",
        "business_invitations",
        ["business_id", "sent_to"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )


def _ownership_handovers() -> None:
    op.create_table(
        "ownership_handovers",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("from_user_id", sa.Uuid(), nullable=False),
        sa.Column("to_user_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)",
            name="ck_ownership_handovers_ended_with_reason",
        ),
        sa.CheckConstraint("from_user_id <> to_user_id", name="ck_ownership_handovers_to_another"),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name="fk_ownership_handovers_business_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["from_user_id"],
            ["users.id"],
            name="fk_ownership_handovers_from_user_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_user_id"],
            ["users.id"],
            name="fk_ownership_handovers_to_user_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ownership_handovers"),
    )
    op.create_index(
        "ix_ownership_handovers_from_user_id", "ownership_handovers", ["from_user_id"], unique=False
    )
    op.create_index(
        "ix_ownership_handovers_to_user_id", "ownership_handovers", ["to_user_id"], unique=False
    )
    op.create_index(
        "uq_ownership_handovers_business_id",
        "ownership_handovers",
        ["business_id"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )


def _assistances() -> None:
    op.create_table(
        "assistances",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=32), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.String(length=32)), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("witness", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "confirmed_at IS NOT NULL OR method = 'code'", name="ck_assistances_only_codes_wait"
        ),
        sa.CheckConstraint(
            "method <> 'paper' OR evidence_id IS NOT NULL", name="ck_assistances_paper_with_photo"
        ),
        sa.CheckConstraint(
            "method <> 'witness' OR witness <> ''", name="ck_assistances_witness_named"
        ),
        sa.CheckConstraint("cardinality(scopes) > 0", name="ck_assistances_some_scope"),
        sa.CheckConstraint("expires_at > recorded_at", name="ck_assistances_expires_later"),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name="fk_assistances_business_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["users.id"], name="fk_assistances_ended_by_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["media_files.id"], name="fk_assistances_evidence_id"
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["users.id"], name="fk_assistances_helper_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["users.id"], name="fk_assistances_seller_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assistances"),
    )
    op.create_index("ix_assistances_ended_by_id", "assistances", ["ended_by_id"], unique=False)
    op.create_index("ix_assistances_evidence_id", "assistances", ["evidence_id"], unique=False)
    op.create_index("ix_assistances_helper_id", "assistances", ["helper_id"], unique=False)
    op.create_index("ix_assistances_seller_id", "assistances", ["seller_id"], unique=False)
    op.create_index(
        "uq_assistances_business_id_helper_id",
        "assistances",
        ["business_id", "helper_id"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )


def _acting_sessions() -> None:
    op.create_table(
        "acting_sessions",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("assistance_id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assistance_id"],
            ["assistances.id"],
            name="fk_acting_sessions_assistance_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name="fk_acting_sessions_session_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name="pk_acting_sessions"),
    )
    op.create_index(
        "ix_acting_sessions_assistance_id", "acting_sessions", ["assistance_id"], unique=False
    )


def _enterprise_answers() -> None:
    op.create_table(
        "enterprise_answers",
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("identifier_hash", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("status_words", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("is_same_name", sa.Boolean(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_person", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["businesses.id"],
            name="fk_enterprise_answers_business_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enterprise_answers"),
    )
    op.create_index(
        "ix_enterprise_answers_again_at",
        "enterprise_answers",
        ["again_at"],
        unique=False,
        postgresql_where="again_at IS NOT NULL",
    )
    op.create_index(
        "ix_enterprise_answers_business_id_asked_at",
        "enterprise_answers",
        ["business_id", "asked_at"],
        unique=False,
    )
    op.create_index(
        "ix_enterprise_answers_identifier_hash",
        "enterprise_answers",
        ["identifier_hash"],
        unique=False,
    )


def _register_entries() -> None:
    op.create_table(
        "register_entries",
        sa.Column("identifier_hash", sa.LargeBinary(), nullable=False),
        sa.Column("identifier_masked", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("name_folded", sa.String(length=400), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("status_words", sa.String(length=300), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_register_entries"),
        sa.UniqueConstraint("identifier_hash", name="uq_register_entries_identifier_hash"),
    )
    op.create_index(
        "ix_register_entries_name_folded", "register_entries", ["name_folded"], unique=False
    )
