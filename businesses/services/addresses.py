"""The name of a business in addresses; the ones it had lead to it for good."""

from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from businesses.errors import InvalidBusinessError
from businesses.events import BusinessChanged
from businesses.models import Business, OldSlug
from businesses.queries import stores as queries
from businesses.services.activity import record_change
from businesses.services.joining import business_to_manage
from marketplace.kernel.i18n import _
from marketplace.kernel.text import slugify
from marketplace.kernel.unit_of_work import UnitOfWork

SHORTEST_SLUG: Final = 3
LONGEST_SLUG: Final = 80
# Each old address is kept for good, so that nobody may gather many of them.
MOST_OLD_SLUGS: Final = 5


async def change_slug(unit: UnitOfWork, business_id: UUID, typed: str) -> Business:
    """Let the store stand at another address; today's will lead there.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners and managers do this.
        WrongStateError: the business is closed.
        InvalidBusinessError: too short, taken, or changed too often.
    """
    business = await business_to_manage(unit, business_id)
    slug = slugify(typed)[:LONGEST_SLUG].strip("-")
    if len(slug) < SHORTEST_SLUG:
        raise InvalidBusinessError(
            _("The address needs at least {count} letters."), field="slug", count=SHORTEST_SLUG
        )
    if slug == business.slug:
        return business
    # Who asks for the same address at the same moment waits here, and is then told.
    await unit.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"slug {slug}"))))
    if await unit.session.scalar(queries.slug_is_taken(slug, business.id)):
        raise InvalidBusinessError(_("This address is taken."), field="slug")
    old = {row.slug: row for row in await unit.session.scalars(queries.old_slugs_of(business.id))}
    if slug in old:
        await unit.session.delete(old.pop(slug))
    if len(old) >= MOST_OLD_SLUGS:
        raise InvalidBusinessError(
            _("The address was changed often enough; a former one can still be taken again."),
            field="slug",
        )
    await unit.session.flush()
    unit.session.add(OldSlug(slug=business.slug, business_id=business.id, left_at=unit.now))
    left, business.slug = business.slug, slug
    record_change(unit, business.id, "store.moved", ("business", business.id), slug, before=left)
    unit.announce(BusinessChanged(business.id))
    return business
