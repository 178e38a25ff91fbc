"""Tables of what can be found: one row per thing, from which every engine answers or is fed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, String, func
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Model
from marketplace.kernel.transitions import text_enum
from search.rules.questions import SearchKind


class SearchDocument(Model):
    """A thing as searches see it, written in the transaction that changed the thing.

    `folded` and `marked` hold its words, without marks and with marks as digits, by weight: A the
    name, B other names and the maker, C category and place, D the text. `document` is what the
    engine is fed with; a row whose `digest` is not the `pushed_digest` is still to be sent there.
    A thing that may not be seen any more stays as a removed row until the engine forgot it, too.
    """

    __tablename__ = "search_documents"
    __table_args__ = (
        Index("ix_search_documents_folded", "folded", postgresql_using="gin"),
        Index("ix_search_documents_title_folded", "title_folded"),
        Index("ix_search_documents_business_id", "business_id"),
        Index(
            "ix_search_documents_unsent",
            "kind",
            "thing_id",
            postgresql_where="pushed_digest IS DISTINCT FROM digest",
        ),
        Index(
            "ix_search_documents_stars_until",
            "stars_until",
            postgresql_where="stars_until IS NOT NULL",
        ),
    )

    kind: Mapped[SearchKind] = mapped_column(text_enum(SearchKind), primary_key=True)
    thing_id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    title_folded: Mapped[str] = mapped_column(String(collation="C"))
    folded: Mapped[Any] = mapped_column(TSVECTOR)
    marked: Mapped[Any] = mapped_column(TSVECTOR)
    business_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
    )
    categories: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    commune: Mapped[str | None]
    old_districts: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    stars: Mapped[int | None] = mapped_column(SmallInteger)
    stars_until: Mapped[date | None]
    seller_kind: Mapped[str | None]
    is_in_stock: Mapped[bool | None]
    prices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    weight: Mapped[int] = mapped_column(SmallInteger, default=0)
    created_at: Mapped[datetime]
    document: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(32))
    pushed_digest: Mapped[str | None] = mapped_column(String(32))
    is_removed: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SearchRebuild(Model):
    """A new index being filled; until the swap every change goes to both indexes."""

    __tablename__ = "search_rebuilds"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
