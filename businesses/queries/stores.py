"""Statements over stores: what they show, when they are closed, how they were called before."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from businesses.models import Business, OldSlug, Store, StoreClosure, StorePolicy
from businesses.queries.businesses import visible_businesses
from marketplace.kernel.viewer import Viewer


def stores_of(business_ids: Collection[UUID]) -> Select[Store]:
    """What those businesses, which the viewer was found to see, show of themselves."""
    return select(Store).where(Store.business_id.in_(business_ids))


def policies_of(business_ids: Collection[UUID]) -> Select[StorePolicy]:
    """What they promise, in every language."""
    return select(StorePolicy).where(StorePolicy.business_id.in_(business_ids))


def closures_from(business_ids: Collection[UUID], day: date) -> Select[StoreClosure]:
    """The days they are closed from that day on, the next first."""
    return (
        select(StoreClosure)
        .where(StoreClosure.business_id.in_(business_ids), StoreClosure.last_day >= day)
        .order_by(StoreClosure.first_day, StoreClosure.id)
    )


def closure_for_change(closure_id: UUID) -> Select[StoreClosure]:
    """One closure, locked until the transaction ends."""
    return select(StoreClosure).where(StoreClosure.id == closure_id).with_for_update()


def moved_from(viewer: Viewer, slug: str) -> Select[Business]:
    """The business that was called so before, if the viewer may see it."""
    return (
        visible_businesses(viewer)
        .join(OldSlug, OldSlug.business_id == Business.id)
        .where(OldSlug.slug == slug)
    )


def slug_is_taken(slug: str, by_others_than: UUID | None = None) -> Select[int]:
    """How many other businesses are, or were, called so: an old address stays its owner's."""
    now = select(Business.id.label("business_id")).where(Business.slug == slug)
    before = select(OldSlug.business_id).where(OldSlug.slug == slug)
    known = now.union_all(before).subquery()
    counted = select(func.count()).select_from(known)
    return (
        counted if by_others_than is None else counted.where(known.c.business_id != by_others_than)
    )


def old_slugs_of(business_id: UUID) -> Select[OldSlug]:
    """Every name the business had in addresses, the newest first."""
    return (
        select(OldSlug).where(OldSlug.business_id == business_id).order_by(OldSlug.left_at.desc())
    )
