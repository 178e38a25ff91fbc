"""Stores for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from businesses.models import OldSlug, StoreClosure

OLD_SLUG = "ten-ngay-xua"


def a_closure(business_id: UUID, **overrides: Any) -> StoreClosure:
    """A holiday far ahead."""
    first = datetime.now(UTC).date() + timedelta(days=300)
    values = {"first_day": first, "last_day": first + timedelta(days=2), "note_vi": "Nghỉ Tết"}
    return StoreClosure(business_id=business_id, **{**values, **overrides})


def an_old_slug(business_id: UUID, slug: str = OLD_SLUG) -> OldSlug:
    """A name a business had in addresses."""
    return OldSlug(slug=slug, business_id=business_id, left_at=datetime.now(UTC))
