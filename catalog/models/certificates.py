"""Tables of what stands behind a product: OCOP stars, protected names, food papers."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Identified


class OcopCertificate(Identified):
    """A certificate of the "One Commune One Product" programme, valid 36 months.

    Entered by an officer, never by the seller; the badge goes with the certificate's last day.
    Source: Decision 148/QĐ-TTg of 24/2/2023.
    """

    __tablename__ = "ocop_certificates"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 3 AND 5", name="stars"),
        CheckConstraint("expires_on > issued_on", name="expires_on"),
        Index("ix_ocop_certificates_product_id_expires_on", "product_id", "expires_on"),
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(String(60))
    stars: Mapped[int]
    decision_number: Mapped[str | None] = mapped_column(String(80))
    issued_on: Mapped[date]
    expires_on: Mapped[date]
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"))
    entered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class GeographicalIndication(Identified):
    """A protected name of origin, with its register number."""

    __tablename__ = "geographical_indications"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    number: Mapped[str | None] = mapped_column(String(40))
    registered_on: Mapped[date | None]
    year: Mapped[int | None]


class FoodPaper(Identified):
    """A food-safety paper: a self-declaration, a certificate or a small producer's pledge."""

    __tablename__ = "food_papers"
    __table_args__ = (Index("ix_food_papers_product_id", "product_id"),)

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(80))
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"))
