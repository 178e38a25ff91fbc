"""Table of what people changed for a business, beside the log of the state machines."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Identified


class BusinessChange(Identified):
    """One line of the append-only log: what was changed of what, by whom and for whom.

    `name` says what was done (`product.edited`), `label` what the thing was called that day, and
    `details` names the fields; values stand there only where everybody of the business sees them.
    """

    __tablename__ = "business_changes"
    __table_args__ = (Index("ix_business_changes_business_id_at_id", "business_id", "at", "id"),)

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(64))
    object_type: Mapped[str] = mapped_column(String(64))
    object_id: Mapped[UUID]
    label: Mapped[str] = mapped_column(String(250), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    actor_id: Mapped[UUID | None]
    on_behalf_of_id: Mapped[UUID | None]
    at: Mapped[datetime]
