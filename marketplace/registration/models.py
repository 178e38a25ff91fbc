"""Tables of registration: dossiers, their papers, what happened to them, the lines of business."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from businesses.models import Business
from marketplace.accounts.models import User
from marketplace.kernel.database import Identified, Model
from marketplace.kernel.transitions import Stateful, state_column, text_enum
from marketplace.places.models import Place
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.states import COUNTED, DossierState

_COUNTED = ", ".join(f"'{state}'" for state in sorted(COUNTED))


class Dossier(Stateful):
    """What a person hands in to register a business, from the first answer to the result.

    Personal answers lie in `sealed` alone and are erased some time after the end; a keyed hash
    keeps one person from registering two household businesses (Decree 168/2025/NĐ-CP art. 83).
    """

    __tablename__ = "dossiers"
    __table_args__ = (
        Index("ix_dossiers_due_at", "due_at", postgresql_where="due_at IS NOT NULL"),
        Index("ix_dossiers_state_place_id", "state", "place_id", "id"),
        Index("ix_dossiers_place_id_name_key", "place_id", "name_key"),
        Index(
            "uq_dossiers_person_hash",
            "person_hash",
            unique=True,
            postgresql_where=f"kind = 'household' AND state IN ({_COUNTED})",
        ),
    )

    our_code: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[DossierKind] = mapped_column(text_enum(DossierKind))
    state: Mapped[DossierState] = state_column(DossierState, DossierState.DRAFT)
    applicant_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    business_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("businesses.id", ondelete="SET NULL"),
        index=True,
    )
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    name_key: Mapped[str] = mapped_column(String(200), default="")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed: Mapped[bytes | None]
    person_hash: Mapped[bytes | None]
    phone_hash: Mapped[bytes | None]
    external_code: Mapped[str | None] = mapped_column(String(64), unique=True)
    external_status: Mapped[int | None] = mapped_column(SmallInteger)
    ext_seq: Mapped[int | None]
    ext_at: Mapped[datetime | None]
    nonce: Mapped[str] = mapped_column(String(64))
    expected_on: Mapped[date | None] = mapped_column(index=True)
    clock_stopped_at: Mapped[datetime | None]
    days_left: Mapped[int | None] = mapped_column(SmallInteger)
    reminded_at: Mapped[datetime | None]
    working_days: Mapped[int] = mapped_column(SmallInteger, default=0)
    supplement_days: Mapped[int] = mapped_column(SmallInteger, default=0)
    result_sealed: Mapped[bytes | None]
    result_masked: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    saved_at: Mapped[datetime] = mapped_column(server_default=func.now())
    filed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    applicant: Mapped[User] = relationship(lazy="raise")
    business: Mapped[Business | None] = relationship(lazy="raise")
    place: Mapped[Place | None] = relationship(lazy="raise", foreign_keys=[place_id])


class DossierDocument(Identified):
    """A paper of the dossier: whether it is there, and what is wrong with it."""

    __tablename__ = "dossier_documents"
    __table_args__ = (UniqueConstraint("dossier_id", "paper"),)

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    paper: Mapped[str] = mapped_column(String(64))
    is_there: Mapped[bool] = mapped_column(default=False)
    is_wrong: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(1000), default="")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class DossierEvent(Identified):
    """What happened to a dossier, or would have: told by a person, an officer or a registry.

    What was told and not applied stays, with the reason: the log tells every late, doubled and
    impossible message.
    """

    __tablename__ = "dossier_events"
    __table_args__ = (
        UniqueConstraint("source", "message_id"),
        Index("ix_dossier_events_dossier_id_at", "dossier_id", "at"),
    )

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(64))
    message_id: Mapped[str | None] = mapped_column(String(128))
    ext_seq: Mapped[int | None]
    ext_at: Mapped[datetime | None]
    from_state: Mapped[DossierState] = mapped_column(text_enum(DossierState))
    to_state: Mapped[DossierState] = mapped_column(text_enum(DossierState))
    is_applied: Mapped[bool] = mapped_column(default=True)
    why_not: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(2000), default="")
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class DossierView(Identified):
    """Somebody opened a filled form, with everything it says about people: who, when, where."""

    __tablename__ = "dossier_views"
    __table_args__ = (Index("ix_dossier_views_dossier_id_at", "dossier_id", "at"),)

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    viewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    address: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]


class Industry(Model):
    """A line of business of the Viet Nam Standard Industrial Classification, in one version.

    A code means another thing in another version, so the key is both.
    """

    __tablename__ = "industries"
    __table_args__ = (Index("ix_industries_version_sort_key", "version", "sort_key"),)

    version: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))
    search: Mapped[str] = mapped_column(String(1000))
    sort_key: Mapped[str] = mapped_column(String(16))
