"""Tables of who a business is: its numbers, who speaks for it, where its money goes.

Numbers are sealed (`marketplace.kernel.sealing`) and found by a keyed hash; what may be shown of
them stands beside.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from businesses.rules.identifiers import IdentifierKind
from marketplace.kernel.database import Identified, Model
from marketplace.kernel.transitions import text_enum


class BusinessIdentifier(Identified):
    """A number by which the state knows the business; one active business for each number."""

    __tablename__ = "business_identifiers"
    __table_args__ = (
        Index(
            "uq_business_identifiers_lookup_hash",
            "lookup_hash",
            unique=True,
            postgresql_where="is_active",
        ),
        Index(
            "uq_business_identifiers_business_id",
            "business_id",
            unique=True,
            postgresql_where="is_active",
        ),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    kind: Mapped[IdentifierKind] = mapped_column(text_enum(IdentifierKind))
    sealed: Mapped[bytes]
    lookup_hash: Mapped[bytes]
    masked: Mapped[str] = mapped_column(String(32))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class BusinessRepresentative(Model):
    """The person who answers for a business: its head, director, or the seller in person."""

    __tablename__ = "business_representatives"

    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        primary_key=True,
    )
    full_name: Mapped[str] = mapped_column(String(200))
    born_on: Mapped[date | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class BankAccount(Identified):
    """Where buyers pay to: the holder's name was compared with the business's own."""

    __tablename__ = "business_bank_accounts"
    __table_args__ = (
        Index(
            "uq_business_bank_accounts_business_id",
            "business_id",
            unique=True,
            postgresql_where="is_active",
        ),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    bank_bin: Mapped[str] = mapped_column(String(6))
    number_sealed: Mapped[bytes]
    number_masked: Mapped[str] = mapped_column(String(32))
    holder_name: Mapped[str] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class IdentifierDispute(Identified):
    """Somebody says that a number another business holds is theirs; an officer decides."""

    __tablename__ = "identifier_disputes"
    __table_args__ = (
        Index(
            "uq_identifier_disputes_business_id",
            "business_id",
            unique=True,
            postgresql_where="settled_at IS NULL",
        ),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    holder_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        index=True,
    )
    message: Mapped[str] = mapped_column(String(1000))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    was_upheld: Mapped[bool | None]
